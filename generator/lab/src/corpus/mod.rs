//! `cargo lab corpus`: generates a crate from each of many documents and compiles the crates.

mod compile;
mod count;
mod documents;
mod generate;
mod share;
mod summary;
mod workspace;
mod wrapper;

use std::fs;
use std::io;
use std::num::NonZero;
use std::path::PathBuf;
use std::thread;

use clap::Args;

use summary::Row;

pub(crate) use compile::fault;
pub(crate) use documents::{Document, find};
pub(crate) use generate::{Job, one, write_crate};
pub(crate) use workspace::Workspace;
pub(crate) use wrapper::{Cost, VARIABLE, cost_of_children, wrap};

use crate::{Outcome, table};

/// The prefix of the names of generated packages.
pub(crate) const PACKAGE: &str = "corpus-";
/// The usual directory of the corpus.
pub(crate) const CORPUS: &str = "../shared/corpus";
/// The directory of everything that a run writes.
const SCRATCH: &str = "target/corpus";

/// The documents, and what to do with the crates.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The directory of the documents.
    #[arg(long, value_name = "DIR", default_value = CORPUS)]
    dir: PathBuf,
    /// Only the documents with this in their names.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// The crates of a `specwright.yaml` instead, with its settings.
    #[arg(long, value_name = "FILE", conflicts_with = "dir")]
    config: Option<PathBuf>,
    /// How many processes run at the same time; by default as many as there are processors.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// Checks that the crates and their docs compile without a warning.
    #[arg(long)]
    check: bool,
    /// Checks the same, and runs clippy as well.
    #[arg(long)]
    clippy: bool,
    /// Runs the tests of the crates.
    #[arg(long)]
    test: bool,
}

impl Arguments {
    /// Returns the subcommands of cargo to run.
    fn steps(&self) -> Vec<&'static str> {
        let mut steps = match (self.check, self.clippy) {
            (_, true) => vec!["check", "clippy", "doc"],
            (true, false) => vec!["check", "doc"],
            (false, false) => Vec::new(),
        };
        steps.extend(self.test.then_some("test"));
        steps
    }

    /// Returns the documents, or the reason why there are none.
    fn documents(&self) -> io::Result<Result<Vec<Document>, String>> {
        let only = self.only.as_deref();
        if let Some(config) = &self.config {
            return documents::of_crates(config, only).map(Ok);
        }
        let dir = self.dir.display();
        if !self.dir.is_dir() {
            let text = format!("skipped: there is no corpus at `{dir}`; name one with `--dir`\n");
            return Ok(Err(text));
        }
        let documents = find(&self.dir, only)?;
        if documents.is_empty() {
            return Ok(Err(format!("skipped: no document of `{dir}` matches\n")));
        }
        Ok(Ok(documents))
    }
}

/// Generates from every document, compiles the crates if asked to, and reports the results in a table. The repository
/// is the current directory.
///
/// # Errors
/// A file or process fails. Errors in a document are not among them.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let documents = match arguments.documents()? {
        Ok(documents) => documents,
        Err(skipped) => return Ok((skipped, true)),
    };
    let steps = arguments.steps();
    let jobs = arguments.jobs.map_or_else(processors, NonZero::get);
    let mut workspace = Workspace::open(SCRATCH)?;
    // The types of a configuration may be those of any crate.
    workspace.is_offline = arguments.config.is_none();
    let generations = generate::all(&documents, &workspace, jobs)?;
    let members = documents.iter().zip(&generations);
    let members = members.filter(|(_, generation)| generation.errors.is_empty());
    let members: Vec<&str> = members.map(|(document, _)| &*document.name).collect();
    let faults = compile::run(&members, &workspace, jobs, &steps)?;
    let rows: Vec<Row> = documents
        .into_iter()
        .zip(generations)
        .map(|(document, generation)| Row::new(document, generation, &faults))
        .map(|row| {
            if steps.contains(&"check") {
                row.with_cost(&workspace)
            } else {
                row
            }
        })
        .collect();
    let cells = summary::cells(&rows);
    let shares = share::of(&rows);
    let shown: String = shares.iter().map(ToString::to_string).collect();
    let text = table::aligned(&cells) + &summary::summary(&rows, &faults) + &shown;
    let lines: Vec<String> = cells.iter().map(|row| row.join("\t") + "\n").collect();
    fs::write(workspace.dir().join("table.tsv"), lines.concat())?;
    fs::write(workspace.dir().join("summary.txt"), &text)?;
    let passes = rows.iter().all(Row::passes) && shares.iter().all(share::Share::passes);
    Ok((text, passes))
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}
