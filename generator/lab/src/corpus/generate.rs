//! One document → one crate, in a process of its own: a crash costs one document, and memory is that of one.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use specwright::diagnostic::{Diagnostics, Format, Severity};
use specwright::package::{COMMAND, Package, Runtime};
use specwright::source::{self, Node};
use specwright::tree::Tree;
use specwright::{Options, Run};

use super::record::{Generation, hash_of};
use super::{count, usage};

/// How long one document may take.
const LONGEST: Duration = Duration::from_secs(600);
/// How often it is looked whether it is done.
const INTERVAL: Duration = Duration::from_millis(5);
/// How much of a crash's message is kept.
const SHOWN: usize = 400;

/// What the process for one document is told.
#[derive(Debug, Clone, Args)]
pub(crate) struct Job {
    /// The description.
    #[arg(long)]
    document: PathBuf,
    /// The directory of the crate.
    #[arg(long)]
    out: PathBuf,
    /// The name of the crate.
    #[arg(long)]
    package: String,
    /// The runtime's crate.
    #[arg(long)]
    runtime: PathBuf,
    /// How many threads generate.
    #[arg(long)]
    threads: usize,
}

impl Job {
    /// The job of making `package` in `out`.
    pub(super) fn new(document: &Path, out: PathBuf, package: String, threads: usize) -> Self {
        Self {
            document: document.to_owned(),
            out,
            package,
            runtime: PathBuf::from(super::RUNTIME),
            threads,
        }
    }

    /// Lets a process do the job. The outer error is the machine's, the inner one the document's.
    pub(super) fn start(
        &self,
        program: &Path,
        output: &Path,
    ) -> io::Result<Result<Generation, String>> {
        let (out, err) = (output.with_extension("json"), output.with_extension("err"));
        let mut child = Command::new(program)
            .arg("corpus-one")
            .arg("--document")
            .arg(&self.document)
            .arg("--out")
            .arg(&self.out)
            .arg("--package")
            .arg(&self.package)
            .arg("--runtime")
            .arg(&self.runtime)
            .arg("--threads")
            .arg(self.threads.to_string())
            .stdin(Stdio::null())
            .stdout(File::create(&out)?)
            .stderr(File::create(&err)?)
            .spawn()?;
        let started = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if started.elapsed() > LONGEST {
                child.kill()?;
                child.wait()?;
                return Ok(Err(format!("took longer than {} s", LONGEST.as_secs())));
            }
            thread::sleep(INTERVAL);
        };
        if status.success() {
            let text = fs::read_to_string(&out)?;
            return Ok(serde_json::from_str(&text).map_err(|error| error.to_string()));
        }
        let said = fs::read_to_string(&err)?;
        let said: String = said.trim().chars().take(SHOWN).collect();
        Ok(Err(format!("{status}: {said}")))
    }
}

/// Does a job and tells what came of it, as JSON.
///
/// # Errors
/// Files that cannot be read or written.
pub(crate) fn one(job: &Job) -> io::Result<String> {
    let inputs = [job.document.clone()];
    let mut options = Options::new(job.package.as_str(), COMMAND);
    options.jobs = job.threads;
    // Others' documents, which are not ours to mend; the table counts their mistakes.
    options.lenient = true;
    let started = Instant::now();
    let mut run = specwright::generate(&inputs, &options);
    let mut generation = Generation {
        seconds: started.elapsed().as_secs_f64(),
        cpu: usage::own_seconds(),
        peak: usage::peak_memory("self"),
        ..Generation::default()
    };
    options.jobs = if job.threads == 1 { 3 } else { 1 };
    generation.same = specwright::generate(&inputs, &options).tree == run.tree;
    describe(&run, &mut generation);
    if let Some(mut tree) = run.tree.take() {
        measure(&tree, &mut generation);
        let runtime = Runtime::find(&job.out, &job.runtime.canonicalize()?)?;
        let package = Package {
            name: &job.package,
            runtime: Some(runtime),
        };
        package.complete(&run, &job.out, &mut tree)?;
        tree.write(&job.out)?;
    }
    Ok(serde_json::to_string(&generation)?)
}

fn describe(run: &Run, generation: &mut Generation) {
    if let Some(root) = root(run) {
        generation.described = count::described(&root);
        let version = root.get("openapi").or_else(|| root.get("swagger"));
        generation.version = version
            .map(|version| {
                run.sources
                    .text(version.span)
                    .trim_matches(['"', '\''])
                    .to_owned()
            })
            .unwrap_or_default();
    }
    for (_, file) in run.sources.iter() {
        let bytes = fs::read(&file.path).unwrap_or_default();
        generation.inputs.insert(file.path.clone(), hash_of(&bytes));
    }
    generation.errors = by_code(&run.diagnostics, Severity::Error);
    generation.warnings = by_code(&run.diagnostics, Severity::Warning);
    generation.mistakes = run.diagnostics.softened();
    if run.diagnostics.has_errors() {
        let text = run.render(Format::Short, false);
        let first = text.lines().find(|line| line.contains("error["));
        generation.first_error = first.map(str::to_owned);
    }
    for api in &run.apis {
        generation.types += api.types.len();
        for (kind, typed) in count::places(api) {
            let sum = generation.places.entry(kind).or_default();
            sum.all += typed.all;
            sum.raw += typed.raw;
        }
    }
}

/// The tree of the description itself, without the files it refers to.
fn root(run: &Run) -> Option<Node> {
    let (file, _) = run.sources.iter().next()?;
    source::parse(file, &run.sources, &mut Diagnostics::new())
}

fn by_code(diagnostics: &Diagnostics, severity: Severity) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for one in diagnostics.iter().filter(|one| one.severity == severity) {
        *counts.entry(one.code.to_owned()).or_default() += 1;
    }
    counts
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
