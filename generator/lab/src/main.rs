//! `cargo lab`: measures the generator and the clients that it generates.

mod conformance;
mod corpus;
mod cost;
mod diff_edits;
mod diff_suite;
mod install;
mod lsp_edits;
mod mistakes;
mod npm;
mod overlay_suite;
mod peers;
mod process;
mod soak;
mod table;
mod walkthrough;

use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

/// A report, and whether all checks passed.
type Outcome = (String, bool);

/// The report of a command whose input is missing.
fn skipped(input: &Path) -> Outcome {
    (
        format!("skipped: `{}` is not there\n", input.display()),
        true,
    )
}

/// Measures the generator and the clients that it generates.
#[derive(Debug, Parser)]
#[command(name = "cargo lab", arg_required_else_help = true)]
enum Command {
    /// Generates a crate from each document of a corpus and reports the results.
    Corpus(corpus::Arguments),
    /// Calls a server that fails in many ways, and checks each call against the retry policy.
    Soak(soak::Arguments),
    /// Compares the cost of a call with reqwest used by hand and with a client of progenitor.
    Cost,
    /// Tests generated clients against independent servers.
    Conformance(conformance::Arguments),
    /// Makes random edits of a large description and checks that a comparison finds exactly these.
    DiffEdits(diff_edits::Arguments),
    /// Compares pairs of descriptions that openapi-diff has judged, and prints where the verdicts differ.
    DiffSuite(diff_suite::Arguments),
    /// Applies the overlays of the test sets of the Overlay Specification, and prints where the results differ.
    OverlaySuite(overlay_suite::Arguments),
    /// Makes random edits of the descriptions of a corpus in the language server.
    LspEdits(lsp_edits::Arguments),
    /// Compares what specwright, Redocly and Spectral report of descriptions with one mistake each.
    Mistakes(mistakes::Arguments),
    /// Holds the schema for editors against YAML's language server, and the report in SARIF against its published schema.
    Npm(npm::Arguments),
    /// Measures other generators and this one in one run: generating, checking the result, and a program with it.
    Peers(peers::Arguments),
    /// Follows the book as a new user would: runs the commands of its first chapters in an empty folder.
    Walkthrough,
    /// Generates from one document. `corpus` starts it.
    #[command(hide = true)]
    CorpusOne(corpus::Job),
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> io::Result<ExitCode> {
    if let Some(dir) = std::env::var_os(corpus::VARIABLE) {
        return corpus::wrap(dir.as_ref());
    }
    let command = Command::parse();
    // Reports name descriptions relative to the repository, independent of the current directory.
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))?;
    let (text, passed) = match command {
        Command::Corpus(arguments) => corpus::run(&arguments)?,
        Command::Soak(arguments) => soak::run(&arguments)?,
        Command::Cost => cost::run()?,
        Command::DiffEdits(arguments) => diff_edits::run(&arguments)?,
        Command::DiffSuite(arguments) => diff_suite::run(&arguments)?,
        Command::OverlaySuite(arguments) => overlay_suite::run(&arguments)?,
        Command::Conformance(arguments) => conformance::run(&arguments)?,
        Command::LspEdits(arguments) => lsp_edits::run(&arguments)?,
        Command::Mistakes(arguments) => mistakes::run(&arguments)?,
        Command::Npm(arguments) => npm::run(&arguments)?,
        Command::Peers(arguments) => peers::run(&arguments)?,
        Command::Walkthrough => walkthrough::run()?,
        Command::CorpusOne(job) => {
            println!("{}", corpus::one(&job)?);
            return Ok(ExitCode::SUCCESS);
        }
    };
    eprint!("{text}");
    Ok(if passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
