//! `specwright`: checks descriptions, and generates a crate from them.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use specwright::codes::{Rules, Setting};
use specwright::diagnostic::{Baseline, Format};
use specwright::package::{self, Package, Runtime};
use specwright::tree::Report;
use specwright::{Options, Run, codes, diff};

/// Generates Rust clients from `OpenAPI` descriptions.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Reads descriptions and reports what is wrong with them.
    Check(CheckArguments),
    /// Reports what changed between two versions of a description, on the wire and in Rust.
    Diff {
        /// The old version: a description, a folder of them, `REV:PATH` for one of a git revision, or `-`.
        old: String,
        /// The new version.
        new: String,
        /// The format of the report: human, short, json, markdown, github or html.
        #[arg(long, default_value = "human")]
        format: diff::Format,
        /// Fails if a change is at least breaking or review (on the wire), major or minor (in Rust).
        #[arg(long, value_name = "VERDICT")]
        fail_on: Option<diff::Threshold>,
    },
    /// Explains a code such as SW0301; without one, lists all codes.
    Explain {
        /// The code.
        code: Option<String>,
        /// Writes the explanations of all codes as one Markdown page.
        #[arg(long, conflicts_with = "code")]
        all: bool,
    },
    /// Writes a crate with a client for each description.
    Generate {
        /// The descriptions, YAML or JSON.
        #[arg(required = true)]
        specs: Vec<PathBuf>,
        /// The directory of the crate.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// The name of the crate; that of its directory by default.
        #[arg(long, value_name = "CRATE")]
        name: Option<String>,
        /// The crate `specwright-runtime` to depend on, or the copy of it in another generated crate; by default a copy
        /// is written to DIR/runtime.
        #[arg(long, value_name = "DIR")]
        runtime_path: Option<PathBuf>,
        /// Reports mistakes as warnings and ignores what is wrong, for a description that you cannot correct.
        #[arg(long)]
        lenient: bool,
        #[command(flatten)]
        rules: RuleArguments,
    },
}

/// What is checked, and how it is reported.
#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
struct CheckArguments {
    /// The descriptions, YAML or JSON.
    #[arg(required = true)]
    specs: Vec<PathBuf>,
    /// The format of the report: human, short, json, github, sarif or junit.
    #[arg(long, default_value = "human")]
    format: Format,
    /// Reports errors only.
    #[arg(long, short)]
    quiet: bool,
    /// A file with known warnings, which are not reported.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Writes all warnings to the file of `--baseline`, so that they are known from now on.
    #[arg(long, requires = "baseline")]
    update_baseline: bool,
    /// Corrects what has one certain correction, and shows what was changed.
    #[arg(long)]
    fix: bool,
    /// Reports every mistake as an error, even one with a usable reading, for a description that you own.
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    rules: RuleArguments,
}

/// What is done with the warnings of single codes.
#[derive(Debug, clap::Args)]
struct RuleArguments {
    /// Does not report the warnings of a code, of `all` codes, or of the `pedantic` ones, which are off by default.
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    /// Reports them.
    #[arg(long, value_name = "CODE")]
    warn: Vec<String>,
    /// Reports them as errors.
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
}

impl RuleArguments {
    /// The settings: those of groups first, so that a code is an exception of its group.
    fn rules(&self) -> Result<Rules, String> {
        let mut rules = Rules::default();
        let lists = [
            (&self.allow, Setting::Allow),
            (&self.warn, Setting::Warn),
            (&self.deny, Setting::Deny),
        ];
        for is_group in [true, false] {
            for (selectors, setting) in lists {
                for selector in selectors {
                    if matches!(&**selector, "all" | "pedantic") == is_group {
                        rules.set(selector, setting)?;
                    }
                }
            }
        }
        Ok(rules)
    }
}

/// Exit code: the descriptions have errors.
const FINDINGS: u8 = 1;
/// Exit code: the command line is invalid, or reading or writing failed.
const REFUSED: u8 = 2;

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Check(arguments) => check(&arguments),
        Command::Diff {
            old,
            new,
            format,
            fail_on,
        } => compare(&old, &new, format, fail_on),
        Command::Explain { code, all } => explain(code.as_deref(), all),
        Command::Generate {
            specs,
            out,
            name,
            runtime_path,
            lenient,
            rules,
        } => generate(&specs, &out, name, runtime_path.as_deref(), lenient, &rules),
    };
    done.unwrap_or_else(|message| {
        say(&format!("error: {message}\n"));
        ExitCode::from(REFUSED)
    })
}

fn check(arguments: &CheckArguments) -> Result<ExitCode, String> {
    let CheckArguments { specs, format, .. } = arguments;
    let mut options = Options::new("", package::COMMAND);
    options.strict = arguments.strict;
    options.rules = arguments.rules.rules()?;
    if arguments.fix {
        correct(specs, &options)?;
    }
    let mut run = with_progress("reading", specs, || specwright::check_with(specs, &options));
    if let Some(file) = &arguments.baseline {
        if arguments.update_baseline {
            let text = Baseline::text(&run.diagnostics, &run.sources);
            std::fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))?;
        }
        let text = std::fs::read_to_string(file);
        let text = text.map_err(|error| format!("{}: {error}", file.display()))?;
        Baseline::parse(&text).apply(&mut run.diagnostics, &run.sources);
    }
    if arguments.quiet {
        run.diagnostics.retain_errors();
    }
    if *format == Format::Human {
        say(&run.render(*format, colours()));
        say(&closing(&run, ""));
        if run.diagnostics.is_empty() && !arguments.quiet {
            say(&format!("{}, no mistakes\n", files(specs.len())));
        }
    } else {
        print(&run.render(*format, false));
    }
    Ok(verdict(&run))
}

/// The most times that files are corrected: one correction can show another mistake.
const ROUNDS: usize = 10;

/// Applies the corrections that are certain, and shows each changed line.
fn correct(specs: &[PathBuf], options: &Options) -> Result<(), String> {
    for _ in 0..ROUNDS {
        let corrected = specwright::check_with(specs, options).corrected();
        if corrected.is_empty() {
            break;
        }
        for file in &corrected {
            let written = std::fs::write(&file.path, &file.after);
            written.map_err(|error| format!("{}: {error}", file.path))?;
            say(&file.diff());
        }
    }
    Ok(())
}

fn compare(
    old: &str,
    new: &str,
    format: diff::Format,
    fail_on: Option<diff::Threshold>,
) -> Result<ExitCode, String> {
    let diff = diff::diff(old, new).map_err(|error| error.to_string())?;
    if !diff.is_complete {
        say(&diff
            .diagnostics
            .render(&diff.sources, Format::Human, colours()));
        return Err("the descriptions cannot be compared".to_owned());
    }
    let colour = stdout().is_terminal() && wants_colours();
    print(&diff.render(format, colour));
    let fails = fail_on.is_some_and(|threshold| diff.reaches(threshold));
    Ok(if fails {
        ExitCode::from(FINDINGS)
    } else {
        ExitCode::SUCCESS
    })
}

fn explain(code: Option<&str>, all: bool) -> Result<ExitCode, String> {
    if all {
        print(&codes::page());
    } else if let Some(code) = code.map(str::to_ascii_uppercase) {
        print(&explained(&code)?);
    } else {
        let lines: String = codes::all().map(codes::Code::line).collect();
        let rules: String = diff::ALL.iter().map(|rule| rule.explained()).collect();
        print(&(lines + &rules));
    }
    Ok(ExitCode::SUCCESS)
}

/// What a code means, with the explanation where there is one.
fn explained(code: &str) -> Result<String, String> {
    if let Some(rule) = diff::find(code) {
        return Ok(rule.explained());
    }
    let known = codes::find(code).ok_or_else(|| codes::unknown(code))?;
    Ok(match known.explanation {
        "" => known.line(),
        explanation => format!("{}\n{explanation}", known.line()),
    })
}

fn generate(
    specs: &[PathBuf],
    out: &Path,
    name: Option<String>,
    runtime: Option<&Path>,
    lenient: bool,
    rules: &RuleArguments,
) -> Result<ExitCode, String> {
    let name = name.unwrap_or_else(|| package::name_of(out));
    if let Some(fault) = package::name_fault(&name) {
        return Err(format!("`{name}` cannot be the name of the crate: {fault}"));
    }
    let runtime = runtime
        .map(|runtime| Runtime::find(out, runtime).map_err(|error| error.to_string()))
        .transpose()?;
    let mut options = Options::new(name.as_str(), package::COMMAND);
    options.lenient = lenient;
    options.rules = rules.rules()?;
    let mut run = with_progress("generating from", specs, || {
        specwright::generate(specs, &options)
    });
    say(&run.render(Format::Human, colours()));
    let Some(mut tree) = run.tree.take() else {
        say(&closing(&run, "; nothing was written"));
        if !lenient && !run.apis.is_empty() {
            say("help: mend it, or leave out what is wrong with `--lenient`\n");
        }
        return Ok(verdict(&run));
    };
    let package = Package {
        name: &name,
        runtime,
    };
    package
        .complete(&run, out, &mut tree)
        .map_err(|error| error.to_string())?;
    let report = tree.write(out).map_err(|error| error.to_string())?;
    say(&closing(&run, ""));
    for path in &report.removed {
        say(&format!("- {}\n", out.join(path).display()));
    }
    say(&format!("{}: {}\n", out.display(), counted(&report)));
    if let Some(advice) = package::workspace_advice(out) {
        say(&format!("note: {advice}\n"));
    }
    Ok(verdict(&run))
}

fn counted(report: &Report) -> String {
    let Report {
        written,
        removed,
        left,
    } = report;
    format!(
        "{} written, {} removed, {left} unchanged",
        written.len(),
        removed.len()
    )
}

fn closing(run: &Run, end: &str) -> String {
    run.diagnostics
        .summary()
        .map_or_else(String::new, |summary| format!("{summary}{end}\n"))
}

fn verdict(run: &Run) -> ExitCode {
    if run.diagnostics.has_errors() {
        ExitCode::from(FINDINGS)
    } else {
        ExitCode::SUCCESS
    }
}

/// Shows progress on a terminal, and removes it at the end.
fn with_progress<T>(doing: &str, specs: &[PathBuf], work: impl FnOnce() -> T) -> T {
    let shows = stderr().is_terminal();
    if shows {
        say(&format!("{doing} {} …", files(specs.len())));
    }
    let done = work();
    if shows {
        say("\r\x1b[2K");
    }
    done
}

fn files(count: usize) -> String {
    match count {
        1 => "1 file".to_owned(),
        _ => format!("{count} files"),
    }
}

fn colours() -> bool {
    stderr().is_terminal() && wants_colours()
}

fn wants_colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn print(text: &str) {
    // A closed pipe, as after `| head`, is not an error.
    let _ = stdout().lock().write_all(text.as_bytes());
}

fn say(text: &str) {
    // An error cannot be reported: this is the error output.
    let _ = stderr().lock().write_all(text.as_bytes());
}
