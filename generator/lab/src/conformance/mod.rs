//! `cargo lab conformance`: generated clients against servers that others wrote.
//!
//! For each description a crate is generated, and a program that calls it. Every call has to be sent, accepted by the
//! server and decoded; what is wrong on the other side is listed in `exceptions.rs` with its reason.

mod driver;
mod exceptions;
mod install;
mod live;
mod mock;
mod mocks;
mod program;
mod running;
mod seen;
mod spector;
mod table;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::Outcome;
use crate::corpus::Workspace;
use table::Row;

/// Where everything goes.
const SCRATCH: &str = "target/conformance";

/// What a person asks for.
#[derive(Debug, Clone, Args)]
pub(crate) struct Arguments {
    /// The suites to run; all of them by default.
    #[arg(value_enum)]
    suites: Vec<Suite>,
    /// The directory of the corpus; ../shared/corpus by default.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Only the descriptions with this in their names.
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

/// Servers that others wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Suite {
    /// Mock servers, which check the requests of all operations of a dozen descriptions.
    Mocks,
    /// The workflow server Prefect, used as its users do, by its own description.
    Prefect,
    /// The vector database Chroma, used as its users do, by its own description.
    Chroma,
    /// `TypeSpec` Spector, a mock server that compares every request with the one that its scenario expects.
    Spector,
}

impl Suite {
    /// The rows of the table; the inner error says why the suite cannot run here.
    fn run(
        self,
        arguments: &Arguments,
        workspace: &Workspace,
    ) -> io::Result<Result<Vec<Row>, String>> {
        match self {
            Self::Mocks => mocks::rows(arguments, workspace),
            Self::Prefect => live::PREFECT.rows(workspace),
            Self::Chroma => live::CHROMA.rows(workspace),
            Self::Spector => spector::rows(arguments.only.as_deref(), workspace),
        }
    }

    /// What a person calls it.
    fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// Generates, builds and runs, and tells in a table how it went. The workspace is the current directory.
///
/// # Errors
/// What the machine refuses.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let suites = match arguments.suites.as_slice() {
        [] => Suite::value_variants(),
        chosen => chosen,
    };
    let scratch = std::path::absolute(Path::new(SCRATCH))?;
    let workspace = Workspace::open(scratch.clone())?;
    let (mut text, mut rows, mut ran) = (String::new(), Vec::new(), true);
    for suite in suites {
        let reason = match suite.run(arguments, &workspace) {
            Ok(Ok(found)) => {
                rows.extend(found);
                continue;
            }
            Ok(Err(reason)) => format!("skipped: {}: {reason}", suite.name()),
            Err(error) => {
                ran = false;
                format!("failed: {}: {error}", suite.name())
            }
        };
        // A string takes everything that is written to it.
        let _ = writeln!(text, "{reason}");
    }
    if rows.is_empty() {
        return Ok((text + "nothing ran\n", ran));
    }
    let (table, well) = table::table(&rows, arguments.only.is_none());
    fs::write(scratch.join("summary.txt"), &table)?;
    Ok((text + &table, ran && well))
}
