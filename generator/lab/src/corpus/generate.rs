//! Generates a crate from each document, in a separate process: a crash affects only one document, and memory is
//! measured for each.

use std::collections::BTreeMap;
use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::thread;
use std::time::Duration;

use clap::Args;
use serde::{Deserialize, Serialize};
use specwright::config::{Configuration, Settings};
use specwright::diagnostic::{Diagnostics, Format, Severity};
use specwright::internals::source::{self, Node};
use specwright::package::{About, COMMAND, Package, Runtime};
use specwright::tree::Tree;
use specwright::{Options, Run};

use super::wrapper::{self, Cost};
use super::{Document, PACKAGE, Workspace, count};

/// The maximum time for one document.
const LONGEST: Duration = Duration::from_secs(600);
/// The maximum length of the message of a crash.
const SHOWN: usize = 400;
/// The directory of the runtime.
const RUNTIME: &str = "generator/runtime";

/// The results of generating from a document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Generation {
    /// The `openapi` of the document.
    pub(super) version: String,
    /// The number of operations under `paths`.
    pub(super) described: usize,
    /// The number of operations in the docs of methods.
    pub(super) emitted: usize,
    /// The number of named types.
    pub(super) types: usize,
    /// The number of typed values, by kind.
    pub(super) typed: BTreeMap<String, Typed>,
    /// The errors, by code.
    pub(super) errors: BTreeMap<String, usize>,
    /// The warnings, by code.
    pub(super) warnings: BTreeMap<String, usize>,
    /// The number of warnings that are errors unless the description is read leniently.
    pub(super) mistakes: usize,
    /// The first error, on one line.
    pub(super) first_error: Option<String>,
    /// The cost of generating.
    pub(super) cost: Cost,
    /// The number of generated files.
    pub(super) files: usize,
    /// The number of their lines.
    pub(super) lines: usize,
    /// The number of lines of the longest file.
    pub(super) longest: usize,
    /// Whether a second run with more threads produced the same bytes.
    pub(super) same: bool,
}

/// How well values of one kind are typed.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Typed {
    /// The number of values.
    pub(super) all: usize,
    /// The number of values with raw JSON in their types.
    pub(super) raw: usize,
}

/// The arguments of the process for one document.
#[derive(Debug, Args)]
pub(crate) struct Job {
    document: PathBuf,
    out: PathBuf,
    package: String,
    /// The configuration with the crate.
    #[arg(long, requires = "index")]
    config: Option<PathBuf>,
    /// The index of the crate.
    #[arg(long)]
    index: Option<usize>,
}

impl Job {
    /// Returns the descriptions, and the options to generate from them.
    fn inputs(&self) -> io::Result<(Vec<PathBuf>, Options)> {
        let (Some(config), Some(index)) = (&self.config, self.index) else {
            let mut options = Options::new(self.package.as_str(), COMMAND);
            // The documents come from others, and the table counts their mistakes.
            options.lenient = true;
            return Ok((vec![self.document.clone()], options));
        };
        let mut crates = Configuration::load(config).crates.into_iter();
        let one = crates.nth(index);
        let one = one.ok_or_else(|| io::Error::other("the configuration has no such crate"))?;
        let mut options = Options::of(&one, &self.package, COMMAND);
        options.out.clone_from(&self.out);
        Ok((one.descriptions, options))
    }
}

/// Generates from all documents, `jobs` at the same time.
///
/// # Errors
/// A process cannot be started.
pub(super) fn all(
    documents: &[Document],
    workspace: &Workspace,
    jobs: usize,
) -> io::Result<Vec<Generation>> {
    let work = |first: usize| {
        let own = documents.iter().enumerate().skip(first).step_by(jobs);
        own.map(|(at, document)| Ok((at, start(document, workspace)?)))
            .collect::<io::Result<Vec<_>>>()
    };
    let work = &work;
    let done = thread::scope(|scope| {
        let threads: Vec<_> = (0..jobs)
            .map(|first| scope.spawn(move || work(first)))
            .collect();
        let joined = threads.into_iter().map(|thread| {
            let panicked = |_| Err(io::Error::other("a thread panicked"));
            thread.join().unwrap_or_else(panicked)
        });
        joined.collect::<io::Result<Vec<_>>>()
    })?;
    let done: BTreeMap<usize, Generation> = done.into_iter().flatten().collect();
    Ok(done.into_values().collect())
}

/// Starts the process of a document and waits for it.
fn start(document: &Document, workspace: &Workspace) -> io::Result<Generation> {
    eprintln!("generating from {}", document.name);
    let mut command = Command::new(env::current_exe()?);
    command
        .arg("corpus-one")
        .arg(&document.path)
        .arg(workspace.crates().join(&document.name))
        .arg(format!("{PACKAGE}{}", document.name));
    if let Some((config, index)) = &document.configured {
        command.arg("--config").arg(config);
        command.arg("--index").arg(index.to_string());
    }
    let output = command.output()?;
    if output.status.success() {
        return Ok(serde_json::from_slice(&output.stdout)?);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let shown: String = stderr.trim().chars().take(SHOWN).collect();
    Ok(Generation {
        errors: BTreeMap::from([("crashed".to_owned(), 1)]),
        first_error: Some(format!("{}: {shown}", output.status)),
        ..Generation::default()
    })
}

/// Generates from one document, writes the crate, and returns a [`Generation`] as JSON.
///
/// # Errors
/// A file cannot be read or written.
pub(crate) fn one(job: &Job) -> io::Result<String> {
    thread::spawn(|| {
        thread::sleep(LONGEST);
        eprintln!("took longer than {LONGEST:?}");
        process::exit(1);
    });
    let (inputs, mut options) = job.inputs()?;
    options.jobs = 1;
    let mut run = specwright::generate(&inputs, &options);
    let mut generation = Generation {
        cost: wrapper::own_cost(),
        ..Generation::default()
    };
    options.jobs = 3;
    generation.same = specwright::generate(&inputs, &options).tree == run.tree;
    describe(&run, &job.document, &mut generation);
    if let Some(tree) = run.tree.take() {
        measure(&tree, &mut generation);
        write_crate(&run, tree, &job.out, &job.package, &options.settings)?;
    }
    Ok(serde_json::to_string(&generation)?)
}

/// Writes a crate that uses the runtime of this repository.
///
/// # Errors
/// A file cannot be read or written.
pub(crate) fn write_crate(
    run: &Run,
    mut tree: Tree,
    out: &Path,
    name: &str,
    settings: &Settings,
) -> io::Result<()> {
    let package = Package {
        name,
        runtime: Runtime::find(out, &Path::new(RUNTIME).canonicalize()?, &[])?,
        about: About::default(),
        settings,
    };
    package.complete(&run.apis, out, &mut tree)?;
    tree.write(out)?;
    Ok(())
}

fn describe(run: &Run, document: &Path, generation: &mut Generation) {
    if let Some(root) = root(run, document) {
        generation.described = count::described(&root);
        let version = root.get("openapi").or_else(|| root.get("swagger"));
        let version = version.map(|version| run.sources.text(version.span));
        let version = version.unwrap_or_default().trim_matches(['"', '\'']);
        version.clone_into(&mut generation.version);
    }
    for one in &run.diagnostics {
        let codes = match one.severity {
            Severity::Error => &mut generation.errors,
            Severity::Warning => &mut generation.warnings,
        };
        *codes.entry(one.code.to_owned()).or_default() += 1;
    }
    generation.mistakes = run.diagnostics.softened();
    if run.diagnostics.has_errors() {
        let text = run.render(Format::Short, false);
        let first = text.lines().find(|line| line.contains("error["));
        generation.first_error = first.map(str::to_owned);
    }
    for api in &run.apis {
        generation.types += api.types.len();
        count::typed(api, &mut generation.typed);
    }
}

/// Returns the tree of the document itself, without the files that it refers to.
fn root(run: &Run, document: &Path) -> Option<Node> {
    let mut files = run.sources.iter();
    let (file, _) = files.find(|(_, source)| Path::new(&source.path) == document)?;
    source::parse(file, &run.sources, &mut Diagnostics::new())
}

fn measure(tree: &Tree, generation: &mut Generation) {
    generation.emitted = count::emitted(tree);
    generation.files = tree.len();
    for (_, text) in tree.iter() {
        let lines = text.lines().count();
        generation.lines += lines;
        generation.longest = generation.longest.max(lines);
    }
}
