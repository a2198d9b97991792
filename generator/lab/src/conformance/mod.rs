//! `cargo lab conformance`: tests generated clients against independent servers.
//!
//! For each description, a crate and a program that calls it are generated. Every call has to be sent, accepted by the
//! server, and decoded. Faults of the servers and descriptions are listed in `exceptions.yaml`, with the reason.

mod exceptions;
mod live;
mod mocks;
mod program;
mod running;
mod seen;
mod spector;
mod table;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::Outcome;
use crate::corpus::{CORPUS, Workspace};
use crate::install::Stop;
use exceptions::Expectations;
use table::Row;

/// The directory of everything that a run writes.
const SCRATCH: &str = "target/conformance";

/// What to run.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The suites to run; all of them by default.
    #[arg(value_enum)]
    suites: Vec<Suite>,
    /// The directory of the corpus.
    #[arg(long, value_name = "DIR", default_value = CORPUS)]
    dir: PathBuf,
    /// Only the descriptions with this in their names.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// The suites, each with an independent server.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Suite {
    /// Mock servers, which check the requests of all operations of a dozen descriptions.
    Mocks,
    /// The workflow server Prefect, used like its users do, through a client of its own description.
    Prefect,
    /// The vector database Chroma, used like its users do, through a client of its own description.
    Chroma,
    /// `TypeSpec` Spector, a mock server that compares every request with the one that its scenario expects.
    Spector,
}

impl Suite {
    /// Runs the suite and returns the rows of the table.
    fn run(self, arguments: &Arguments, workspace: &Workspace) -> Result<Vec<Row>, Stop> {
        match self {
            Self::Mocks => mocks::rows(arguments, workspace),
            Self::Prefect => live::PREFECT.rows(workspace),
            Self::Chroma => live::CHROMA.rows(workspace),
            Self::Spector => spector::rows(arguments.only.as_deref(), workspace),
        }
    }
}

/// Generates, builds and runs, and reports the results in a table. The repository is the current directory.
///
/// # Errors
/// Files that cannot be read or written.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let suites = match arguments.suites.as_slice() {
        [] => Suite::value_variants(),
        chosen => chosen,
    };
    let expectations = Expectations::read()?;
    let workspace = Workspace::open(SCRATCH)?;
    let (mut text, mut rows, mut passed) = (String::new(), Vec::new(), true);
    for suite in suites {
        match suite.run(arguments, &workspace) {
            Ok(found) => rows.extend(found),
            Err(Stop::Skipped(reason)) => drop(writeln!(text, "skipped: {suite:?}: {reason}")),
            Err(Stop::Failed(error)) => {
                passed = false;
                let _ = writeln!(text, "failed: {suite:?}: {error}");
            }
        }
    }
    if rows.is_empty() {
        return Ok((text + "nothing ran\n", passed));
    }
    let (table, well) = table::table(&rows, &expectations, arguments.only.is_none());
    fs::write(workspace.dir().join("summary.txt"), &table)?;
    Ok((text + &table, passed && well))
}
