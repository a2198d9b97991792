//! Changes as a report.

mod excerpt;
mod github;
mod html;
mod human;
mod json;
mod markdown;
mod phrase;
mod short;

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::text::Span;

use super::change::Diff;
use super::verdict::{Rust, Wire};

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a person at a terminal.
    Human,
    /// One line for each change.
    Short,
    /// One JSON object.
    Json,
    /// For a comment on a pull request.
    Markdown,
    /// Annotations of a GitHub workflow.
    Github,
    /// One HTML page.
    Html,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "human" => Ok(Self::Human),
            "short" => Ok(Self::Short),
            "json" => Ok(Self::Json),
            "markdown" => Ok(Self::Markdown),
            "github" => Ok(Self::Github),
            "html" => Ok(Self::Html),
            _ => Err("write `human`, `short`, `json`, `markdown`, `github` or `html`".to_owned()),
        }
    }
}

/// The verdict from which on a comparison fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// A verdict for the wire.
    Wire(Wire),
    /// A verdict for Rust.
    Rust(Rust),
}

impl FromStr for Threshold {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "breaking" => Ok(Self::Wire(Wire::Breaking)),
            "review" => Ok(Self::Wire(Wire::Review)),
            "major" => Ok(Self::Rust(Rust::Major)),
            "minor" => Ok(Self::Rust(Rust::Minor)),
            _ => Err("write `breaking`, `review`, `major` or `minor`".to_owned()),
        }
    }
}

/// The number of changes for each verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// For the wire, the worst first.
    pub wire: BTreeMap<Wire, usize>,
    /// For Rust.
    pub rust: BTreeMap<Rust, usize>,
    /// Changes at run time although every program still compiles.
    pub behaviour: usize,
}

impl Diff {
    /// The changes as a report.
    pub fn render(&self, format: Format, colour: bool) -> String {
        match format {
            Format::Human => human::render(self, colour),
            Format::Short => short::render(self, colour),
            Format::Json => json::render(self),
            Format::Markdown => markdown::render(self),
            Format::Github => github::render(self),
            Format::Html => html::render(self),
        }
    }

    /// The number of changes for each verdict.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for change in &self.changes {
            *summary.wire.entry(change.wire()).or_default() += 1;
            *summary.rust.entry(change.rust).or_default() += 1;
            summary.behaviour += usize::from(change.behaviour.is_some());
        }
        summary
    }

    /// Whether a change has this verdict or a worse one.
    pub fn reaches(&self, threshold: Threshold) -> bool {
        self.changes.iter().any(|change| match threshold {
            Threshold::Wire(wire) => change.wire() >= wire,
            Threshold::Rust(rust) => change.rust >= rust,
        })
    }

    /// A location as text: `spec/museum.yaml:12:7`.
    fn location(&self, span: Span) -> String {
        self.sources.file(span.file).place(span.start)
    }
}

impl Summary {
    /// The step of semantic versioning for the crate.
    pub fn crate_step(&self) -> Rust {
        self.rust.keys().max().copied().unwrap_or(Rust::Patch)
    }

    /// The step of semantic versioning for the API.
    pub fn api_step(&self) -> Rust {
        match self.wire.keys().max() {
            Some(Wire::Breaking) => Rust::Major,
            Some(Wire::Review | Wire::Additive) => Rust::Minor,
            Some(Wire::None) | None => Rust::Patch,
        }
    }
}
