//! `specwright diff`.

use std::io::{IsTerminal, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use specwright::diagnostic::Format;
use specwright::diff;

use super::output::{colours, print, say, verdict, wants_colours};

/// What is compared, and how the changes are reported.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The old version: a description, a folder of them, `REV:PATH` for one of a git revision, or `-`.
    old: String,
    /// The new version.
    new: String,
    /// The format of the report: human, short, json, markdown, github or html.
    #[arg(long, default_value = "human")]
    format: diff::Format,
    /// Fails if a change is at least breaking or review (on the wire), major or minor (in Rust).
    #[arg(long, value_name = "VERDICT")]
    fail_on: Option<diff::Threshold>,
    /// An overlay that is applied to both versions first; several are applied in their order.
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
}

pub(crate) fn run(given: &Arguments) -> Result<ExitCode, String> {
    let diff = diff::diff_with(&given.old, &given.new, &given.overlays);
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
