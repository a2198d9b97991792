//! `specwright generate`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use specwright::Options;
use specwright::config::{Configuration, Crate};
use specwright::diagnostic::{Format, Reports};
use specwright::package::{self, About, ManifestValue, Package, Runtime, RuntimeCopy};
use specwright::tree::{Report, Tree, drifted};

use super::output::{closing, colours, command_line, say, verdict, with_progress};
use super::reading::{Reading, is_configuration, needs_crates, selected};

/// What is generated, where it is written, and how.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The descriptions, YAML or JSON, `-` for standard input; by default the crates of the configuration are generated.
    #[arg(value_name = "DESCRIPTION")]
    specs: Vec<PathBuf>,
    /// The configuration; by default the nearest `specwright.yaml`, if no description is named.
    #[arg(long, value_name = "FILE", conflicts_with = "specs")]
    config: Option<PathBuf>,
    /// The directory of the crate.
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The name of the crate; that of its directory by default. It also names the module of the standard input, which
    /// by default is named after the title of the description.
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// The crate `specwright-runtime` to depend on, or the copy of it in another generated crate. By default the crate
    /// keeps the runtime of its manifest, and for a new crate a copy is written to DIR/runtime.
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
    /// The version of the registry's `specwright-runtime` to depend on, such as 0.1.
    #[arg(long, value_name = "VERSION", conflicts_with = "runtime_path")]
    runtime_version: Option<String>,
    /// The version of the crate; a new one has 0.1.0.
    #[arg(long, value_name = "VERSION")]
    crate_version: Option<String>,
    /// The licence of the crate, as an SPDX expression.
    #[arg(long, value_name = "LICENSE")]
    license: Option<String>,
    /// The URL of the crate's repository.
    #[arg(long, value_name = "URL")]
    repository: Option<String>,
    /// An author of the crate; there may be several.
    #[arg(long = "author", value_name = "NAME")]
    authors: Vec<String>,
    /// Reports mistakes as warnings and ignores what is wrong, for a description that you cannot correct.
    #[arg(long)]
    lenient: bool,
    /// Writes nothing; fails and shows the differences if the crate is not what the descriptions say.
    #[arg(long)]
    check: bool,
    /// Writes nothing; lists the files that would be written and removed.
    #[arg(long, conflicts_with = "check")]
    dry_run: bool,
    #[command(flatten)]
    reading: Reading,
}

impl Arguments {
    /// The path and the version of the runtime from the flags, otherwise from the configuration.
    fn chosen_runtime<'a>(&'a self, one: &'a Crate) -> (Option<&'a Path>, Option<&'a String>) {
        match (&self.runtime_path, &self.runtime_version) {
            (None, None) => (one.runtime.as_deref(), one.runtime_version.as_ref()),
            (path, version) => (path.as_deref(), version.as_ref()),
        }
    }

    /// The runtime of a crate. `copies` are those that this run writes.
    fn runtime(&self, one: &Crate, copies: &[RuntimeCopy]) -> Result<Runtime, String> {
        match self.chosen_runtime(one) {
            (Some(path), _) => {
                Runtime::find(&one.out, path, copies).map_err(|error| error.to_string())
            }
            (None, Some(version)) => Ok(Runtime::Version(version.clone())),
            (None, None) => Ok(Runtime::kept(&one.out, copies)),
        }
    }

    /// The fields of the manifest from the flags, otherwise from the configuration.
    fn about(&self, configured: &About) -> About {
        let or = |flag: &Option<String>, other: &Option<String>| flag.clone().or(other.clone());
        About {
            version: or(&self.crate_version, &configured.version),
            license: or(&self.license, &configured.license),
            repository: or(&self.repository, &configured.repository),
            authors: match &*self.authors {
                [] => configured.authors.clone(),
                authors => authors.to_owned(),
            },
        }
    }

    /// The name of a crate from the flags, otherwise from the configuration, otherwise from its folder.
    fn name_of(&self, one: &Crate) -> String {
        let name = self.name.as_ref().or(one.name.as_ref());
        name.map_or_else(|| package::name_of(&one.out), Clone::clone)
    }

    /// The copy of the runtime that is written beside a crate.
    fn copy(&self, one: &Crate) -> Option<RuntimeCopy> {
        let is_copied = self.chosen_runtime(one) == (None, None);
        is_copied
            .then(|| RuntimeCopy::of(&one.out, &self.name_of(one)))
            .flatten()
    }

    /// Checks the flags whose values are written to the manifest.
    fn check_values(&self) -> Result<(), String> {
        for (kind, text) in [
            (ManifestValue::Name, &self.name),
            (ManifestValue::Version, &self.crate_version),
            (ManifestValue::License, &self.license),
            (ManifestValue::Repository, &self.repository),
            (ManifestValue::RuntimeVersion, &self.runtime_version),
        ] {
            text.iter().try_for_each(|text| valid(kind, text))?;
        }
        let mut authors = self.authors.iter();
        authors.try_for_each(|author| valid(ManifestValue::Author, author))
    }
}

fn valid(kind: ManifestValue, text: &str) -> Result<(), String> {
    kind.fault(text).map_or(Ok(()), Err)
}

/// The crates to generate, and the configurations that they are from.
fn chosen(arguments: &Arguments) -> Result<(Vec<Crate>, Vec<Configuration>), String> {
    let specs = &arguments.specs;
    let has_descriptions = specs.iter().any(|spec| !is_configuration(spec));
    if has_descriptions && arguments.out.is_none() {
        return Err("`--out` is missing: the directory of the crate".to_owned());
    }
    let (mut crates, configurations) = selected(specs, arguments.config.as_deref())?;
    // Nothing can be outdated then.
    if !arguments.check {
        needs_crates(&crates, &configurations)?;
    }
    if crates.len() > 1 && (arguments.out.is_some() || arguments.name.is_some()) {
        let several = if has_descriptions {
            "the descriptions belong to several crates"
        } else {
            "the configuration has several"
        };
        return Err(format!("`--out` and `--name` are for one crate; {several}"));
    }
    if let (Some(out), [one]) = (&arguments.out, &mut crates[..]) {
        one.out.clone_from(out);
    }
    Ok((crates, configurations))
}

/// What is between two errors.
const AND: &str = "\nerror: ";

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    arguments.check_values()?;
    let (crates, configurations) = chosen(arguments)?;
    let mut reports = Reports::default();
    for one in configurations {
        reports.add(one.diagnostics, one.sources);
    }
    say(&reports.render(Format::Human, colours()));
    if crates.is_empty() && !reports.has_errors() {
        say("note: the configuration has no `crates`, so nothing is compared\n");
    }
    let copies = crates.iter().filter_map(|one| arguments.copy(one));
    let copies: Vec<_> = copies.collect();
    let mut faults = Vec::new();
    let mut trees = Vec::new();
    for one in &crates {
        match generated(one, arguments, &copies, &mut reports) {
            Ok(tree) => trees.extend(tree.map(|tree| (tree, &*one.out))),
            Err(fault) => faults.push(fault),
        }
    }
    say(&ending(&reports, arguments));
    let mut fails = reports.has_errors();
    if arguments.check {
        for (tree, out) in &trees {
            match compare(tree, out) {
                Ok(is_outdated) => fails |= is_outdated,
                Err(error) => faults.push(error.to_string()),
            }
        }
    } else if !fails && faults.is_empty() {
        write(&trees, arguments)?;
    }
    if faults.is_empty() {
        return Ok(verdict(fails));
    }
    Err(faults.join(AND))
}

/// The closing line about the descriptions of all crates.
fn ending(reports: &Reports, arguments: &Arguments) -> String {
    if !reports.has_errors() {
        let end = format!("; `{}` shows them", advice(arguments));
        return closing(reports.summary(), &end);
    }
    let writes = !arguments.check && !arguments.dry_run;
    let end = if writes { "; nothing was written" } else { "" };
    let mut text = closing(reports.summary(), end);
    if reports.can_be_softened() {
        text += "help: correct it, or ignore it with `--lenient`\n";
    }
    text
}

fn options(one: &Crate, name: &str, arguments: &Arguments) -> Result<Options, String> {
    let mut options = Options::of(one, name, package::COMMAND);
    options.lenient |= arguments.lenient;
    options.input_name.clone_from(&arguments.name);
    arguments.reading.set(&mut options)?;
    Ok(options)
}

/// Generates a crate, shows its errors, and adds its diagnostics to the reports. Returns its files, if its descriptions have
/// no errors, or what prevents the crate from being written.
fn generated(
    one: &Crate,
    arguments: &Arguments,
    copies: &[RuntimeCopy],
    reports: &mut Reports,
) -> Result<Option<Tree>, String> {
    let name = arguments.name_of(one);
    let is_named = valid(ManifestValue::Name, &name);
    let options = options(
        one,
        is_named.as_ref().map_or("client", |()| &name),
        arguments,
    )?;
    let specs = &one.descriptions;
    let run = with_progress("generating from", specs, || {
        specwright::generate(specs, &options)
    });
    say(&(run.render_briefly(colours()) + &run.derived));
    // The configuration reports an invalid name of its own.
    if one.name.as_ref() != Some(&name) {
        is_named?;
    }
    reports.add(run.diagnostics, run.sources);
    let Some(mut tree) = run.tree else {
        return Ok(None);
    };
    let package = Package {
        name: &name,
        runtime: arguments.runtime(one, copies)?,
        about: arguments.about(&one.about),
        settings: &options.settings,
    };
    let completed = package.complete(&run.apis, &one.out, &mut tree);
    completed.map_err(|error| error.to_string())?;
    Ok(Some(tree))
}

/// Shows the differences between a crate and its files. Returns whether there are any.
fn compare(tree: &Tree, out: &Path) -> std::io::Result<bool> {
    let drifts = tree.diff(out)?;
    say(&drifted(&drifts, out, &without_check()));
    say_notes(tree, out);
    Ok(!drifts.is_empty())
}

/// Writes the crates together or not at all, or lists the files that would be written.
fn write(trees: &[(Tree, &Path)], arguments: &Arguments) -> Result<(), String> {
    // A single crate is checked when it is written.
    if trees.len() > 1 {
        let planned = trees.iter().map(|(tree, out)| tree.planned(out));
        let faults = planned.filter_map(Result::err);
        let faults: Vec<_> = faults.map(|error| error.to_string()).collect();
        if !faults.is_empty() {
            return Err(faults.join(AND));
        }
    }
    for (tree, out) in trees {
        let done = if arguments.dry_run {
            plan(tree, out)
        } else {
            tree.write(out).map(|report| listed(&report, out, ""))
        };
        say(&done.map_err(|error| error.to_string())?);
    }
    // A crate can need the runtime of one that is written after it.
    for (tree, out) in trees.iter().filter(|_| !arguments.dry_run) {
        say_notes(tree, out);
    }
    Ok(())
}

/// The files of a crate that would be written and removed.
fn plan(tree: &Tree, out: &Path) -> std::io::Result<String> {
    let report = tree.planned(out)?;
    let written = report.written.iter();
    let written = written.map(|path| format!("+ {}\n", out.join(path).display()));
    Ok(written.collect::<String>() + &listed(&report, out, "would be "))
}

fn say_notes(tree: &Tree, out: &Path) {
    for note in package::advice(out, tree) {
        say(&format!("note: {note}\n"));
    }
}

/// The removed files, and the numbers of written, removed and unchanged files.
fn listed(report: &Report, out: &Path, mood: &str) -> String {
    let Report {
        written,
        removed,
        left,
    } = report;
    let lines = removed
        .iter()
        .map(|path| format!("- {}\n", out.join(path).display()));
    lines.collect::<String>()
        + &format!(
            "{}: {} {mood}written, {} {mood}removed, {left} unchanged\n",
            out.display(),
            written.len(),
            removed.len()
        )
}

/// The command that shows all warnings of a run: `check` with the same descriptions and flags.
fn advice(arguments: &Arguments) -> String {
    let mut words = vec!["specwright".to_owned(), "check".to_owned()];
    let shown = |path: &PathBuf| path.to_string_lossy().into_owned();
    words.extend(arguments.specs.iter().map(shown));
    if let Some(path) = &arguments.config {
        words.extend(["--config".to_owned(), shown(path)]);
    }
    words.extend(arguments.reading.flags());
    command_line(words)
}

/// The given command without `--check`.
fn without_check() -> String {
    let words = std::env::args_os().skip(1);
    let words = words.map(|word| word.to_string_lossy().into_owned());
    let words = words.filter(|word| word != "--check");
    command_line(std::iter::once("specwright".to_owned()).chain(words))
}
