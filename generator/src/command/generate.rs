//! `specwright generate`.

use std::path::PathBuf;
use std::process::ExitCode;

use specwright::Options;
use specwright::config::Crate;
use specwright::diagnostic::Format;
use specwright::package::{self, Package, Runtime};
use specwright::tree::Report;

use super::output::{closing, colours, say, verdict, with_progress};
use super::reading::{Reading, configured};

/// What is generated, where it is written, and how.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The descriptions, YAML or JSON; by default the crates of the configuration are generated.
    specs: Vec<PathBuf>,
    /// The configuration; by default the nearest `specwright.yaml`, if no description is named.
    #[arg(long, value_name = "FILE", conflicts_with = "specs")]
    config: Option<PathBuf>,
    /// The directory of the crate.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The name of the crate; that of its directory by default.
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// The crate `specwright-runtime` to depend on, or the copy of it in another generated crate; by default a copy
    /// is written to DIR/runtime.
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
    /// Reports mistakes as warnings and ignores what is wrong, for a description that you cannot correct.
    #[arg(long)]
    lenient: bool,
    #[command(flatten)]
    reading: Reading,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let specs = &arguments.specs;
    if !specs.is_empty() {
        let out = arguments.out.clone();
        let out = out.ok_or("`--out` is missing: the directory of the crate")?;
        let shown = specs.iter().map(|spec| spec.to_string_lossy());
        let advice = format!("specwright check {}", shown.collect::<Vec<_>>().join(" "));
        return write(&Crate::new(out, specs.clone()), arguments, &advice).map(verdict);
    }
    let mut configuration = configured(arguments.config.as_deref())?;
    say(&configuration.render(Format::Human, colours()));
    let mut fails = configuration.diagnostics.has_errors();
    if configuration.crates.len() > 1 && (arguments.out.is_some() || arguments.name.is_some()) {
        return Err(
            "`--out` and `--name` are for one crate; the configuration has several".to_owned(),
        );
    }
    if let (Some(out), [one]) = (&arguments.out, &mut configuration.crates[..]) {
        one.out.clone_from(out);
    }
    for one in &configuration.crates {
        if fails {
            let specs = &one.descriptions;
            let run = specwright::check_with(specs, &Options::of(one, "", package::COMMAND));
            say(&run.render(Format::Human, colours()));
        } else {
            fails = write(one, arguments, "specwright check")?;
        }
    }
    Ok(verdict(fails))
}

/// Writes a crate, and says whether there are errors, with which nothing is written. `advice` is the command that
/// shows the warnings.
fn write(one: &Crate, arguments: &Arguments, advice: &str) -> Result<bool, String> {
    let out = &one.out;
    let name = arguments.name.clone().or_else(|| one.name.clone());
    let name = name.unwrap_or_else(|| package::name_of(out));
    if let Some(fault) = package::name_fault(&name) {
        return Err(format!("`{name}` cannot be the name of the crate: {fault}"));
    }
    let runtime = arguments.runtime_path.as_ref().or(one.runtime.as_ref());
    let runtime = runtime
        .map(|runtime| Runtime::find(out, runtime).map_err(|error| error.to_string()))
        .transpose()?;
    let mut options = Options::of(one, &name, package::COMMAND);
    options.lenient |= arguments.lenient;
    arguments.reading.set(&mut options)?;
    let specs = &one.descriptions;
    let mut run = with_progress("generating from", specs, || {
        specwright::generate(specs, &options)
    });
    say(&run.render_briefly(colours()));
    let Some(mut tree) = run.tree.take() else {
        say(&closing(&run, "; nothing was written"));
        if !options.lenient && !run.apis.is_empty() {
            say("help: mend it, or leave out what is wrong with `--lenient`\n");
        }
        return Ok(true);
    };
    let package = Package {
        name: &name,
        runtime,
    };
    package
        .complete(&run, out, &mut tree)
        .map_err(|error| error.to_string())?;
    let report = tree.write(out).map_err(|error| error.to_string())?;
    say(&closing(&run, &format!("; `{advice}` shows them")));
    for path in &report.removed {
        say(&format!("- {}\n", out.join(path).display()));
    }
    say(&format!("{}: {}\n", out.display(), counted(&report)));
    if let Some(advice) = package::workspace_advice(out) {
        say(&format!("note: {advice}\n"));
    }
    Ok(false)
}

fn counted(report: &Report) -> String {
    let Report {
        written,
        removed,
        left,
    } = report;
    format!(
        "{} written, {} removed, {left} unchanged",
        written.len(),
        removed.len()
    )
}
