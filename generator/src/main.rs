//! `specwright`: checks descriptions, and generates a crate from them.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use specwright::diagnostic::Format;
use specwright::package::{self, Package, Runtime};
use specwright::tree::Report;
use specwright::{Options, Run, codes};

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
    Check {
        /// The descriptions, YAML or JSON.
        #[arg(required = true)]
        specs: Vec<PathBuf>,
        /// The format of the report: human, short, json or github.
        #[arg(long, default_value = "human")]
        format: Format,
        /// Reports every mistake as an error, even one with a usable reading, for a description that you own.
        #[arg(long)]
        strict: bool,
    },
    /// Explains a code such as SW0301; without one, lists all codes.
    Explain {
        /// The code.
        code: Option<String>,
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
    },
}

/// Exit code: the descriptions have errors.
const FINDINGS: u8 = 1;
/// Exit code: the command line is invalid, or reading or writing failed.
const REFUSED: u8 = 2;

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Check {
            specs,
            format,
            strict,
        } => Ok(check(&specs, format, strict)),
        Command::Explain { code } => explain(code.as_deref()),
        Command::Generate {
            specs,
            out,
            name,
            runtime_path,
            lenient,
        } => generate(&specs, &out, name, runtime_path.as_deref(), lenient),
    };
    done.unwrap_or_else(|message| {
        say(&format!("error: {message}\n"));
        ExitCode::from(REFUSED)
    })
}

fn check(specs: &[PathBuf], format: Format, strict: bool) -> ExitCode {
    let run = with_progress("reading", specs, || {
        if strict {
            specwright::check_strictly(specs)
        } else {
            specwright::check(specs)
        }
    });
    if format == Format::Human {
        say(&run.render(format, colours()));
        say(&closing(&run, ""));
        if run.diagnostics.is_empty() {
            say(&format!("{}, no mistakes\n", files(specs.len())));
        }
    } else {
        print(&run.render(format, false));
    }
    verdict(&run)
}

fn explain(code: Option<&str>) -> Result<ExitCode, String> {
    let known = |code: &str| {
        codes::find(&code.to_ascii_uppercase()).ok_or_else(|| format!("unknown code `{code}`"))
    };
    let wanted = match code {
        Some(code) => vec![known(code)?],
        None => codes::all().collect(),
    };
    let lines = wanted
        .iter()
        .map(|code| format!("{} ({}): {}\n", code.code, code.level, code.title));
    print(&lines.collect::<String>());
    Ok(ExitCode::SUCCESS)
}

fn generate(
    specs: &[PathBuf],
    out: &Path,
    name: Option<String>,
    runtime: Option<&Path>,
    lenient: bool,
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
    stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn print(text: &str) {
    // A closed pipe, as after `| head`, is not an error.
    let _ = stdout().lock().write_all(text.as_bytes());
}

fn say(text: &str) {
    // An error cannot be reported: this is the error output.
    let _ = stderr().lock().write_all(text.as_bytes());
}
