//! `cargo lab corpus`: a crate from each of many documents, and what the compiler thinks of it.

mod compile;
mod count;
mod documents;
mod generate;
mod measure;
mod pages;
mod progress;
mod record;
mod summary;
mod table;
mod usage;
mod verdict;
mod workspace;

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use clap::Args;

use compile::{Cargo, Fault, Step};
use measure::Cost;
use progress::Progress;
use record::{Record, hash_of};
use verdict::Row;

pub(crate) use documents::{Document, find};
pub(crate) use generate::{Job, one};
pub(crate) use measure::{VARIABLE, wrap};
pub(crate) use workspace::Workspace;

use crate::Outcome;

/// What the names of the generated packages begin with.
const PACKAGE: &str = "corpus-";
/// The same as the names of crates have it.
const PREFIX: &str = "corpus_";
/// Where the corpus usually is.
pub(crate) const CORPUS: &str = "../shared/corpus";
/// Where everything goes.
const SCRATCH: &str = "target/corpus";
/// The runtime's crate.
pub(crate) const RUNTIME: &str = "generator/runtime";

/// What a person asks for.
#[derive(Debug, Clone, Args)]
pub(crate) struct Arguments {
    /// The directory of the documents; ../shared/corpus by default.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Only the documents with this in their names; with a `*` in it, those whose names look like it.
    #[arg(long, value_name = "PATTERN")]
    only: Option<String>,
    /// How many documents at once; all cores by default.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Checks that the crates and their docs build without a warning.
    #[arg(long)]
    check: bool,
    /// The same, and clippy as well.
    #[arg(long)]
    clippy: bool,
}

impl Arguments {
    fn steps(&self) -> &'static [Step] {
        match (self.check, self.clippy) {
            (_, true) => &[Step::Check, Step::Clippy, Step::Doc],
            (true, false) => &[Step::Check, Step::Doc],
            (false, false) => &[],
        }
    }
}

/// Generates from every document, compiles what came of it as far as is wished, and tells in a table how it went. The
/// workspace is the current directory.
///
/// # Errors
/// What the machine refuses; never what is wrong with a document.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let dir = arguments.dir.clone().unwrap_or_else(|| CORPUS.into());
    if !dir.is_dir() {
        let text = format!(
            "there is no corpus at `{}`; name one with `--dir`\n",
            dir.display()
        );
        return Ok((text, true));
    }
    let documents = find(&dir, arguments.only.as_deref())?;
    if documents.is_empty() {
        let text = format!("no document of `{}` is asked for\n", dir.display());
        return Ok((text, true));
    }
    let program = env::current_exe()?;
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let jobs = arguments.jobs.unwrap_or(cores).max(1);
    // Absolute, since cargo runs within it.
    let workspace = Workspace::open(std::path::absolute(SCRATCH)?)?;
    let threads = (cores / jobs).max(1);
    let records = generate_all(&documents, &workspace, &program, jobs, threads)?;
    let faults = compile_all(
        &documents,
        &records,
        &workspace,
        &program,
        jobs,
        arguments.steps(),
    )?;
    let rows = judged(documents, records, &workspace, &faults, arguments.steps());
    let below = summary::summary(&rows, &faults, !arguments.steps().is_empty());
    let text = table::aligned(&rows) + &below;
    fs::write(workspace.table(), table::with_tabs(&rows))?;
    fs::write(workspace.summary(), &text)?;
    Ok((text, rows.iter().all(Row::is_well)))
}

/// A crate for each document, by this very program; gives the names of the packages.
///
/// # Errors
/// What the machine refuses, and the first document that does not generate.
pub(crate) fn crates(documents: &[Document], workspace: &Workspace) -> io::Result<Vec<String>> {
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let records = generate_all(documents, workspace, &env::current_exe()?, cores, 1)?;
    for (document, record) in documents.iter().zip(&records) {
        let fault = match &record.generation {
            Ok(generation) => generation.first_error.as_ref(),
            Err(ended) => Some(ended),
        };
        if let Some(fault) = fault {
            return Err(io::Error::other(format!("{}: {fault}", document.name)));
        }
    }
    Ok(documents.iter().map(package_of).collect())
}

fn package_of(document: &Document) -> String {
    format!("{PACKAGE}{}", document.name)
}

/// Generates from all documents, some at once.
fn generate_all(
    documents: &[Document],
    workspace: &Workspace,
    program: &Path,
    jobs: usize,
    threads: usize,
) -> io::Result<Vec<Record>> {
    let generator = hash_of(&fs::read(program)?);
    let progress = Progress::new(documents.len());
    let next = AtomicUsize::new(0);
    let records = Mutex::new(vec![None; documents.len()]);
    let work = || -> io::Result<()> {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(document) = documents.get(at) else {
                return Ok(());
            };
            let record = generate(document, workspace, program, generator, threads)?;
            progress.step(&format!("generate {}", document.name));
            records.lock().unwrap_or_else(PoisonError::into_inner)[at] = Some(record);
        }
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..jobs).map(|_| scope.spawn(work)).collect();
        let mine = work();
        let theirs = others.into_iter().map(|other| {
            other
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("a thread ended early")))
        });
        theirs.fold(mine, Result::and)
    })?;
    let records = records.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(records.into_iter().flatten().collect())
}

fn generate(
    document: &Document,
    workspace: &Workspace,
    program: &Path,
    generator: u64,
    threads: usize,
) -> io::Result<Record> {
    let path = workspace.records().join(&document.name);
    let kept = path.with_extension("record");
    if let Some(record) = Record::current(&kept, generator) {
        return Ok(record);
    }
    let out = workspace.crates().join(&document.name);
    let package = package_of(document);
    let job = Job::new(&document.path, out, package, threads);
    let record = Record {
        generator,
        generation: job.start(program, &path)?,
    };
    record.write(&kept)?;
    Ok(record)
}

/// Takes the wished steps with every crate that was generated.
fn compile_all(
    documents: &[Document],
    records: &[Record],
    workspace: &Workspace,
    program: &Path,
    jobs: usize,
    steps: &[Step],
) -> io::Result<Vec<Fault>> {
    let generated = |record: &Record| {
        let generation = record.generation.as_ref();
        generation.is_ok_and(|generation| generation.errors.is_empty())
    };
    let members: Vec<&str> = documents
        .iter()
        .zip(records)
        .filter(|(_, record)| generated(record))
        .map(|(document, _)| document.name.as_str())
        .collect();
    let mut faults = Vec::new();
    if steps.is_empty() || members.is_empty() {
        return Ok(faults);
    }
    workspace.prepare(&members, Path::new("Cargo.lock"))?;
    let tests = |name: &&str| workspace.crates().join(name).join("tests").is_dir();
    let cargo = Cargo {
        workspace,
        wrapper: program,
        jobs,
        tests: members.iter().any(tests),
    };
    for step in steps {
        faults.extend(cargo.run(*step, members.len())?);
    }
    Ok(faults)
}

fn judged(
    documents: Vec<Document>,
    records: Vec<Record>,
    workspace: &Workspace,
    faults: &[Fault],
    steps: &[Step],
) -> Vec<Row> {
    let measures = workspace.measures().join(Step::Check.name());
    let rows = documents.into_iter().zip(records);
    rows.map(|(document, record)| {
        let name = package_of(&document).replace('-', "_");
        let cost = (!steps.is_empty()).then(|| Cost::read(&measures, &name));
        Row::new(
            document,
            record.generation,
            cost.flatten().unwrap_or_default(),
            faults,
        )
    })
    .collect()
}
