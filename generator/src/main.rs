//! `specwright`: checks descriptions, and generates a crate from them.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use specwright::codes::{Rules, Setting};
use specwright::config::{self, Configuration, Crate};
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
    Diff(DiffArguments),
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
        /// The descriptions, YAML or JSON; by default the crates of the configuration are generated.
        specs: Vec<PathBuf>,
        /// The configuration; by default the nearest `specwright.yaml`, if no description is named.
        #[arg(long, value_name = "FILE", conflicts_with = "specs")]
        config: Option<PathBuf>,
        /// The directory of the crate.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
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
        reading: ReadingArguments,
    },
    /// Writes the JSON Schema of a file to the output, for editors.
    Schema {
        /// The file: config, which is `specwright.yaml`.
        #[arg(value_parser = ["config"])]
        file: String,
    },
}

/// What is compared, and how the changes are reported.
#[derive(Debug, clap::Args)]
struct DiffArguments {
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
    /// An overlay that is applied to both versions first; several are applied in their order.
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
}

/// What is checked, and how it is reported.
#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
struct CheckArguments {
    /// The descriptions, YAML or JSON; those of the configuration by default.
    specs: Vec<PathBuf>,
    /// The configuration; by default the nearest `specwright.yaml`, if no description is named.
    #[arg(long, value_name = "FILE", conflicts_with = "specs")]
    config: Option<PathBuf>,
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
    reading: ReadingArguments,
}

/// How descriptions are read, and what is done with the warnings of single codes.
#[derive(Debug, clap::Args)]
struct ReadingArguments {
    /// An overlay that is applied to the descriptions first; several are applied in their order.
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
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

impl ReadingArguments {
    /// Adds the settings: those of groups first, so that a code is an exception of its group.
    fn set(&self, options: &mut Options) -> Result<(), String> {
        options.overlays.extend_from_slice(&self.overlays);
        let lists = [
            (&self.allow, Setting::Allow),
            (&self.warn, Setting::Warn),
            (&self.deny, Setting::Deny),
        ];
        let entries = lists.into_iter().flat_map(|(selectors, setting)| {
            let selectors = selectors.iter();
            selectors.map(move |selector| (selector, setting))
        });
        let mut entries: Vec<_> = entries.collect();
        Rules::groups_first(&mut entries, |(selector, _)| selector);
        for (selector, setting) in entries {
            options.rules.set(selector, setting)?;
        }
        Ok(())
    }
}

/// Exit code: the descriptions have errors.
const FINDINGS: u8 = 1;
/// Exit code: the command line is invalid, or reading or writing failed.
const REFUSED: u8 = 2;

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Check(arguments) => check(&arguments),
        Command::Diff(arguments) => compare(&arguments),
        Command::Explain { code, all } => explain(code.as_deref(), all),
        Command::Generate {
            specs,
            config,
            out,
            name,
            runtime_path,
            lenient,
            reading,
        } => generate(
            specs,
            config,
            &Flags {
                out,
                name,
                runtime: runtime_path,
                lenient,
                reading,
            },
        ),
        Command::Schema { file: _ } => {
            print(config::SCHEMA);
            Ok(ExitCode::SUCCESS)
        }
    };
    done.unwrap_or_else(|message| {
        say(&format!("error: {message}\n"));
        ExitCode::from(REFUSED)
    })
}

/// The flags of `generate` that override the configuration.
struct Flags {
    out: Option<PathBuf>,
    name: Option<String>,
    runtime: Option<PathBuf>,
    lenient: bool,
    reading: ReadingArguments,
}

/// The crates of a configuration; without one, the nearest is looked for.
fn configured(path: Option<PathBuf>) -> Result<Configuration, String> {
    let found = path.map_or_else(config::find, |path| Ok(Some(path)));
    let path = found.map_err(|error| error.to_string())?.ok_or(
        "no description is named, and neither this folder nor one above it has a `specwright.yaml`",
    )?;
    Ok(Configuration::load(&path))
}

fn check(arguments: &CheckArguments) -> Result<ExitCode, String> {
    let mut crates = vec![Crate::new(PathBuf::new(), arguments.specs.clone())];
    let mut fails = false;
    if arguments.specs.is_empty() {
        let configuration = configured(arguments.config.clone())?;
        fails = configuration.diagnostics.has_errors();
        if !configuration.diagnostics.is_empty() {
            show(
                &configuration.render(arguments.format, colours()),
                arguments.format,
            );
        }
        crates = configuration.crates;
    }
    let checked = crates.iter().map(|one| checked(one, arguments));
    let mut runs = checked.collect::<Result<Vec<_>, _>>()?;
    if let Some(file) = &arguments.baseline {
        let named = |error: std::io::Error| format!("{}: {error}", file.display());
        if arguments.update_baseline {
            let texts = runs
                .iter()
                .map(|run| Baseline::text(&run.diagnostics, &run.sources));
            std::fs::write(file, texts.collect::<String>()).map_err(named)?;
        }
        let mut baseline = Baseline::parse(&std::fs::read_to_string(file).map_err(named)?);
        for run in &mut runs {
            baseline.apply(&mut run.diagnostics, &run.sources);
        }
    }
    for (mut run, one) in runs.into_iter().zip(&crates) {
        fails |= report(&mut run, one.descriptions.len(), arguments);
    }
    Ok(verdict(fails))
}

/// The most times that files are corrected: one correction can show another mistake.
const ROUNDS: usize = 10;

/// Reads the descriptions of a crate. Where it is asked for, what has a certain correction is corrected, and each changed
/// line is shown.
fn checked(one: &Crate, arguments: &CheckArguments) -> Result<Run, String> {
    let mut options = Options::of(one, "", package::COMMAND);
    options.strict = arguments.strict;
    arguments.reading.set(&mut options)?;
    let specs = &one.descriptions;
    let read = || with_progress("reading", specs, || specwright::check_with(specs, &options));
    let mut run = read();
    for _ in 0..ROUNDS {
        let corrected = if arguments.fix {
            run.corrected()
        } else {
            Vec::new()
        };
        if corrected.is_empty() {
            break;
        }
        for file in &corrected {
            let written = std::fs::write(&file.path, &file.after);
            written.map_err(|error| format!("{}: {error}", file.path))?;
            say(&file.diff());
        }
        run = read();
    }
    Ok(run)
}

/// Reports what was found in the descriptions of a crate, and says whether there are errors.
fn report(run: &mut Run, count: usize, arguments: &CheckArguments) -> bool {
    if arguments.quiet {
        run.diagnostics.retain_errors();
    }
    show(&run.render(arguments.format, colours()), arguments.format);
    if arguments.format == Format::Human {
        say(&closing(run, ""));
        if run.diagnostics.is_empty() && !arguments.quiet {
            say(&format!("{}, no mistakes\n", files(count)));
        }
    }
    run.diagnostics.has_errors()
}

fn compare(given: &DiffArguments) -> Result<ExitCode, String> {
    let diff = diff::diff_with(&given.old, &given.new, &given.overlays);
    let diff = diff.map_err(|error| error.to_string())?;
    if !diff.is_complete {
        say(&diff
            .diagnostics
            .render(&diff.sources, Format::Human, colours()));
        return Err("the descriptions cannot be compared".to_owned());
    }
    let colour = stdout().is_terminal() && wants_colours();
    print(&diff.render(given.format, colour));
    let fails = given.fail_on.is_some_and(|fails| diff.reaches(fails));
    Ok(verdict(fails))
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
    let separator = if known.explanation.is_empty() {
        ""
    } else {
        "\n"
    };
    Ok(known.line() + separator + known.explanation)
}

fn generate(
    specs: Vec<PathBuf>,
    config: Option<PathBuf>,
    flags: &Flags,
) -> Result<ExitCode, String> {
    if !specs.is_empty() {
        let out = flags
            .out
            .clone()
            .ok_or("`--out` is missing: the directory of the crate")?;
        let shown = specs.iter().map(|spec| spec.to_string_lossy());
        let advice = format!("specwright check {}", shown.collect::<Vec<_>>().join(" "));
        return write(&Crate::new(out, specs), flags, &advice).map(verdict);
    }
    let mut configuration = configured(config)?;
    say(&configuration.render(Format::Human, colours()));
    let mut fails = configuration.diagnostics.has_errors();
    if configuration.crates.len() > 1 && (flags.out.is_some() || flags.name.is_some()) {
        return Err(
            "`--out` and `--name` are for one crate; the configuration has several".to_owned(),
        );
    }
    if let (Some(out), [one]) = (&flags.out, &mut configuration.crates[..]) {
        one.out.clone_from(out);
    }
    for one in &configuration.crates {
        if fails {
            let specs = &one.descriptions;
            let run = specwright::check_with(specs, &Options::of(one, "", package::COMMAND));
            say(&run.render(Format::Human, colours()));
        } else {
            fails = write(one, flags, "specwright check")?;
        }
    }
    Ok(verdict(fails))
}

/// Writes a crate, and says whether there are errors, with which nothing is written. `advice` is the command that
/// shows the warnings.
fn write(one: &Crate, flags: &Flags, advice: &str) -> Result<bool, String> {
    let out = &one.out;
    let name = flags.name.clone().or_else(|| one.name.clone());
    let name = name.unwrap_or_else(|| package::name_of(out));
    if let Some(fault) = package::name_fault(&name) {
        return Err(format!("`{name}` cannot be the name of the crate: {fault}"));
    }
    let runtime = flags.runtime.as_ref().or(one.runtime.as_ref());
    let runtime = runtime
        .map(|runtime| Runtime::find(out, runtime).map_err(|error| error.to_string()))
        .transpose()?;
    let mut options = Options::of(one, &name, package::COMMAND);
    options.lenient |= flags.lenient;
    flags.reading.set(&mut options)?;
    let specs = &one.descriptions;
    let mut run = with_progress("generating from", specs, || {
        specwright::generate(specs, &options)
    });
    say(&run.render_briefly(colours()));
    let Some(mut tree) = run.tree.take() else {
        say(&closing(&run, "; nothing was written"));
        if !options.lenient && !run.apis.is_empty() {
            say("help: mend it, or leave out what is wrong with `--lenient`\n");
        }
        return Ok(true);
    };
    let package = Package {
        name: &name,
        runtime,
    };
    package
        .complete(&run, out, &mut tree)
        .map_err(|error| error.to_string())?;
    let report = tree.write(out).map_err(|error| error.to_string())?;
    say(&closing(&run, &format!("; `{advice}` shows them")));
    for path in &report.removed {
        say(&format!("- {}\n", out.join(path).display()));
    }
    say(&format!("{}: {}\n", out.display(), counted(&report)));
    if let Some(advice) = package::workspace_advice(out) {
        say(&format!("note: {advice}\n"));
    }
    Ok(false)
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

fn verdict(fails: bool) -> ExitCode {
    if fails {
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

/// A report: for people to the error output, for programs to the output.
fn show(report: &str, format: Format) {
    if format == Format::Human {
        say(report);
    } else {
        print(report);
    }
}

fn print(text: &str) {
    // A closed pipe, as after `| head`, is not an error.
    let _ = stdout().lock().write_all(text.as_bytes());
}

fn say(text: &str) {
    // An error cannot be reported: this is the error output.
    let _ = stderr().lock().write_all(text.as_bytes());
}
