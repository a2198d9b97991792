//! `specwright check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use specwright::config::Crate;
use specwright::diagnostic::{Baseline, Corrected, Format, ROUNDS, Reports};
use specwright::{Options, Run, is_standard_input, package};

use super::output::{closing, colours, files, print, say, show, verdict, with_progress};
use super::reading::{Reading, needs_crates, selected};
use super::values::named;

/// What is checked, and how it is reported.
#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct Arguments {
    /// The descriptions, YAML or JSON, `-` for standard input; those of the configuration by default.
    #[arg(value_name = "DESCRIPTION")]
    specs: Vec<PathBuf>,
    /// The configuration; by default the nearest `specwright.yaml`, if no description is named.
    #[arg(long, value_name = "FILE", conflicts_with = "specs")]
    config: Option<PathBuf>,
    /// The format of the report: human, short, json, github, sarif or junit.
    #[arg(long, default_value = "human", value_parser = named(Format::NAMES), hide_possible_values = true)]
    format: Format,
    /// Reports errors only.
    #[arg(long, short)]
    quiet: bool,
    /// A file with known warnings, which are not reported.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Writes all warnings to the file of `--baseline`, so that they are known from now on.
    #[arg(long, requires = "baseline")]
    update_baseline: bool,
    /// Corrects what has one certain correction, and shows what was changed.
    #[arg(long)]
    fix: bool,
    /// Reports mistakes that have a usable reading as errors, for a description that you own.
    #[arg(long)]
    strict: bool,
    /// Writes an overlay to standard output that adds `x-pagination` to operations whose responses look like pages.
    #[arg(long, conflicts_with = "format")]
    suggest: bool,
    #[command(flatten)]
    reading: Reading,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    if arguments.fix && arguments.specs.iter().any(|spec| is_standard_input(spec)) {
        return Err("`--fix` cannot change the standard input".to_owned());
    }
    let (crates, configurations) = selected(&arguments.specs, arguments.config.as_deref())?;
    needs_crates(&crates, &configurations)?;
    let mut reports = Reports::default();
    for one in configurations {
        reports.add(one.diagnostics, one.sources);
    }
    let checked = crates.iter().map(|one| checked(one, arguments));
    let mut runs = checked.collect::<Result<Vec<_>, _>>()?;
    if let Some(file) = &arguments.baseline {
        let update = arguments.update_baseline;
        apply_baseline(file, update, &mut runs)
            .map_err(|error| format!("{}: {error}", file.display()))?;
    }
    if arguments.suggest {
        suggest(&runs)?;
    }
    let mut derived = String::new();
    for run in runs {
        reports.add(run.diagnostics, run.sources);
        derived += &run.derived;
    }
    if arguments.quiet {
        reports.retain_errors();
    }
    show(
        &reports.render(arguments.format, colours()),
        arguments.format,
    );
    if arguments.format == Format::Human {
        let count = crates.iter().map(|one| one.descriptions.len()).sum();
        let none = (!arguments.quiet).then(|| files(count) + ", no mistakes");
        say(&(closing(reports.summary().or(none), "") + &derived));
    }
    Ok(verdict(reports.has_errors()))
}

/// Removes the known warnings, which are all of them if the file is updated.
fn apply_baseline(file: &Path, update: bool, runs: &mut [Run]) -> std::io::Result<()> {
    if update {
        let texts = runs.iter();
        let texts = texts.map(|run| Baseline::text(&run.diagnostics, &run.sources));
        std::fs::write(file, texts.collect::<String>())?;
    }
    let mut baseline = Baseline::parse(&std::fs::read_to_string(file)?);
    for run in runs {
        baseline.apply(&mut run.diagnostics, &run.sources);
    }
    Ok(())
}

/// Writes the overlay with suggestions to standard output.
fn suggest(runs: &[Run]) -> Result<(), String> {
    let apis = runs.iter().flat_map(|run| &run.apis).count();
    if apis > 1 {
        return Err("`--suggest` writes one overlay, so it is for one description".to_owned());
    }
    let suggestions: Vec<String> = runs.iter().flat_map(Run::suggestions).collect();
    if suggestions.is_empty() {
        say("no operation without `x-pagination` looks as if its responses came in pages\n");
    }
    print(&suggestions.concat());
    Ok(())
}

/// Checks the descriptions of a crate. With `--fix`, certain fixes are applied first, and the changed lines are shown.
fn checked(one: &Crate, arguments: &Arguments) -> Result<Run, String> {
    let mut options = Options::of(one, "", package::COMMAND);
    options.strict = arguments.strict;
    arguments.reading.set(&mut options)?;
    let specs = &one.descriptions;
    let read = || with_progress("reading", specs, || specwright::check_with(specs, &options));
    let mut run = read();
    for _ in 0..ROUNDS {
        let corrected = if arguments.fix {
            run.corrected()
        } else {
            Vec::new()
        };
        if corrected.is_empty() {
            break;
        }
        for file in &corrected {
            write(file).map_err(|error| format!("{}: {error}", file.path))?;
            say(&file.diff());
        }
        run = read();
    }
    Ok(run)
}

/// Writes a corrected file. A byte order mark, which is not part of the text, is kept.
fn write(file: &Corrected) -> std::io::Result<()> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let before = std::fs::read(&file.path)?;
    let mark = before.get(..MARK.len()).filter(|mark| *mark == MARK);
    let text = [mark.unwrap_or_default(), file.after.as_bytes()];
    std::fs::write(&file.path, text.concat())
}
