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

impl Format {
    /// The formats by their names on the command line.
    pub const NAMES: [(&'static str, Self); 6] = [
        ("human", Self::Human),
        ("short", Self::Short),
        ("json", Self::Json),
        ("markdown", Self::Markdown),
        ("github", Self::Github),
        ("html", Self::Html),
    ];
}

/// The verdict from which on a comparison fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// A verdict for the wire.
    Wire(Wire),
    /// A verdict for Rust.
    Rust(Rust),
}

impl Threshold {
    /// The verdicts by their names on the command line.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("breaking", Self::Wire(Wire::Breaking)),
        ("review", Self::Wire(Wire::Review)),
        ("major", Self::Rust(Rust::Major)),
        ("minor", Self::Rust(Rust::Minor)),
    ];
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
