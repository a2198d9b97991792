//! `specwright diff`.

use std::io::{IsTerminal, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use specwright::diagnostic::Format;
use specwright::diff;

use super::output::{colours, print, say, verdict, wants_colours};
use super::reading::nearest;
use super::values::named;

/// What is compared, and how the changes are reported.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The old version: a description, a folder of them, `REV:PATH` for one of a git revision, or `-`.
    old: String,
    /// The new version.
    new: String,
    /// The format of the report: human, short, json, markdown, github or html.
    #[arg(long, default_value = "human", value_parser = named(diff::Format::NAMES), hide_possible_values = true)]
    format: diff::Format,
    /// Fails if a change is at least breaking or review (on the wire), major or minor (in Rust).
    #[arg(long, value_name = "VERDICT", value_parser = named(diff::Threshold::NAMES), hide_possible_values = true)]
    fail_on: Option<diff::Threshold>,
    /// An overlay that is applied to both versions; several are applied in their order.
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// The configuration, whose settings for the descriptions hold for both versions; by default the nearest
    /// `specwright.yaml`.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(crate) fn run(given: &Arguments) -> Result<ExitCode, String> {
    let configuration = nearest(given.config.as_deref())?;
    if let Some(configuration) = configuration
        .as_ref()
        .filter(|it| it.diagnostics.has_errors())
    {
        say(&configuration.render(Format::Human, colours()));
        return Err("the configuration cannot be used".to_owned());
    }
    let configuration = configuration.as_ref();
    let diff = diff::diff_with(&given.old, &given.new, &given.overlays, configuration);
    let diff = diff.map_err(|error| error.to_string())?;
    if !diff.is_complete {
        say(&diff
            .diagnostics
            .render(&diff.sources, Format::Human, colours()));
        return Err("the descriptions cannot be compared".to_owned());
    }
    let colour = stdout().is_terminal() && wants_colours();
    print(&diff.render(given.format, colour));
    let fails = given.fail_on.is_some_and(|fails| diff.reaches(fails));
    Ok(verdict(fails))
}
