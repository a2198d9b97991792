//! `cargo lab peers`: measures other generators of Rust clients and specwright in one run.
//!
//! Each generator writes a crate from each description, in turns, into folders that did not exist before: a file system
//! may need much longer to create files where others were deleted a moment ago. Then each crate is checked with its
//! dependencies built, and a program that makes one call with it is built with optimizations. CPU seconds are the
//! figures to compare on a machine that does something else as well.

mod compile;
mod measure;
mod program;
mod reading;
mod report;
mod tool;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::Outcome;
use crate::corpus::{CORPUS, Document, find};
use compile::{Compiled, Place};
use tool::Tool;

/// The directory of everything that a run writes.
const SCRATCH: &str = "target/peers";
/// The descriptions that are measured: a small one that all generators read, and two large ones.
const DESCRIPTIONS: [&str; 3] = [program::SMALL, "openai", "github"];
/// How often each generator runs. The least time counts, because other processes only make it longer.
const ROUNDS: usize = 3;

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The directory of the descriptions.
    #[arg(long, value_name = "DIR", default_value = CORPUS)]
    dir: PathBuf,
    /// Only the descriptions with this in their names.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Only generates, and compiles nothing.
    #[arg(long)]
    generate: bool,
    /// Counts how many of all descriptions each generator reads, and measures nothing.
    #[arg(long, conflicts_with = "generate")]
    read: bool,
}

/// The figures of one generator for one description.
struct Row {
    document: String,
    tool: Tool,
    generated: Result<Generated, String>,
    checked: Option<Result<Compiled, String>>,
    built: Option<Result<Compiled, String>>,
}

/// The cost of generating.
#[derive(Debug, Clone, Copy)]
struct Generated {
    seconds: f64,
    wall: f64,
    files: usize,
}

/// Measures everything, and prints the tables. The repository is the current directory.
///
/// # Errors
/// A file or process fails. A generator that fails is a result.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    if !arguments.dir.is_dir() {
        return Ok(crate::skipped(&arguments.dir));
    }
    let mut documents = find(&arguments.dir, arguments.only.as_deref())?;
    documents.retain(|document| arguments.read || DESCRIPTIONS.contains(&&*document.name));
    let scratch = std::path::absolute(SCRATCH)?;
    let (mut tools, mut text) = (Vec::new(), String::new());
    for tool in Tool::ALL {
        eprintln!("installing {}", tool.name());
        match tool.install(&scratch)? {
            None => tools.push(tool),
            Some(reason) => drop(writeln!(text, "skipped: {}: {reason}", tool.name())),
        }
    }
    measure::limit()?;
    let folder = scratch.join(format!("run-{}", std::process::id()));
    if arguments.read {
        let table = reading::table(&documents, &tools, &scratch, &folder)?;
        return Ok((text + &table, true));
    }
    let mut rows = generate_all(&documents, &tools, &scratch, &folder)?;
    if !arguments.generate {
        compile_all(&mut rows, &scratch, &folder)?;
    }
    fs::remove_dir_all(&folder)?;
    Ok((text + &report::tables(&rows), true))
}

/// Runs the generators in turns, so that all of them meet the same load of the machine. Keeps the crates of the first
/// round.
fn generate_all(
    documents: &[Document],
    tools: &[Tool],
    scratch: &Path,
    folder: &Path,
) -> io::Result<Vec<Row>> {
    let mut rows: Vec<Row> = Vec::new();
    for document in documents {
        let name = &document.name;
        let first = rows.len();
        for round in 0..ROUNDS {
            for (at, &tool) in tools.iter().enumerate() {
                eprintln!("generating from {name}: {}, {round}", tool.name());
                let crates = folder.join(format!("{name}-{round}")).join(tool.name());
                let out = crates.join(package(name));
                let generated = tool.generate(scratch, &document.path, &out)?;
                match rows.get_mut(first + at) {
                    Some(row) => row.keep_least(generated),
                    None => rows.push(Row {
                        document: name.clone(),
                        tool,
                        generated,
                        checked: None,
                        built: None,
                    }),
                }
            }
        }
    }
    // Only now, because deleting makes the creation of files slower for a while.
    for document in documents {
        for round in 1..ROUNDS {
            fs::remove_dir_all(folder.join(format!("{}-{round}", document.name)))?;
        }
    }
    Ok(rows)
}

/// Checks the crates and builds the programs, from the least description to the greatest. The tables are written after
/// each step, because the last ones take long.
fn compile_all(rows: &mut [Row], scratch: &Path, folder: &Path) -> io::Result<()> {
    // Each run builds the dependencies of the programs, so that their cost is measured.
    let release = scratch.join("release");
    if release.is_dir() {
        fs::remove_dir_all(release)?;
    }
    for at in 0..rows.len() {
        let row = &mut rows[at];
        if row.generated.is_err() {
            continue;
        }
        let (name, tool) = (&row.document, row.tool);
        let crates = folder.join(format!("{name}-0")).join(tool.name());
        let place = Place::new(scratch, &crates, &package(name));
        program::write(&place, name, tool)?;
        eprintln!("checking {name}: {}", tool.name());
        let checked = place.check()?;
        if checked.is_ok() && program::call(name, tool).is_some() {
            eprintln!("building {name}: {}", tool.name());
            row.built = Some(place.build()?);
        }
        row.checked = Some(checked);
        fs::write(scratch.join("summary.md"), report::tables(rows))?;
    }
    Ok(())
}

/// The name of the crates of a description.
fn package(document: &str) -> String {
    format!("{}{document}", crate::corpus::PACKAGE)
}

impl Row {
    /// Keeps the least figures of the successful runs.
    fn keep_least(&mut self, other: Result<Generated, String>) {
        if let (Ok(least), Ok(other)) = (&mut self.generated, other) {
            least.seconds = least.seconds.min(other.seconds);
            least.wall = least.wall.min(other.wall);
        }
    }
}
