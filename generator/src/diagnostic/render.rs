//! Renders diagnostics as text.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::group::grouped;
use super::{Diagnostic, Diagnostics, Severity, human, machine, report};
use crate::text::{FileId, Sources, counted};

/// The maximum number of diagnostics that a person is shown at once.
const SHOWN: usize = 50;

/// The maximum number of warnings of one code among them, if not all can be shown.
const OF_ONE_CODE: usize = 10;

/// The output format of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// With excerpts of the files, for people.
    #[default]
    Human,
    /// One line each: `file:line:col: error[SW0102]: …`.
    Short,
    /// One JSON object per line.
    Json,
    /// Annotations of GitHub's workflows.
    Github,
    /// A log in the Static Analysis Results Interchange Format 2.1.0.
    Sarif,
    /// A test report in the XML format of `JUnit`.
    Junit,
}

impl Format {
    /// The formats by their names on the command line.
    pub const NAMES: [(&'static str, Self); 6] = [
        ("human", Self::Human),
        ("short", Self::Short),
        ("json", Self::Json),
        ("github", Self::Github),
        ("sarif", Self::Sarif),
        ("junit", Self::Junit),
    ];

    /// Whether a report in this format is one document, which cannot follow another one.
    pub fn is_document(self) -> bool {
        matches!(self, Self::Sarif | Self::Junit)
    }
}

/// The diagnostics of several runs, each with the files that it read, for one report.
#[derive(Debug, Default)]
pub struct Reports(Vec<(Diagnostics, Sources)>);

impl Reports {
    /// Adds the diagnostics of a run.
    pub fn add(&mut self, diagnostics: Diagnostics, sources: Sources) {
        self.0.push((diagnostics, sources));
    }

    /// Whether any of the diagnostics is an error.
    pub fn has_errors(&self) -> bool {
        self.0
            .iter()
            .any(|(diagnostics, _)| diagnostics.has_errors())
    }

    /// Whether lenient runs have no errors.
    pub fn can_be_softened(&self) -> bool {
        self.0
            .iter()
            .all(|(diagnostics, _)| diagnostics.can_be_softened())
    }

    /// Removes everything except the errors.
    pub fn retain_errors(&mut self) {
        for (diagnostics, _) in &mut self.0 {
            diagnostics.retain_errors();
        }
    }

    /// Renders the diagnostics, run by run.
    pub fn render(&self, format: Format, colour: bool) -> String {
        let parts = self.0.iter();
        let parts = parts.map(|(diagnostics, sources)| (diagnostics.sorted(), sources));
        let parts: Vec<report::Part<'_>> = parts.collect();
        rendered(&parts, format, colour)
    }

    /// The closing line for all runs, as [`Diagnostics::summary`].
    pub fn summary(&self) -> Option<String> {
        let mut files = BTreeSet::new();
        let (mut errors, mut warnings) = (0, 0);
        for (diagnostics, sources) in &self.0 {
            let sorted = diagnostics.sorted();
            errors += count(&sorted, Severity::Error);
            warnings += count(&sorted, Severity::Warning);
            files.extend(
                sorted
                    .iter()
                    .filter_map(|one| Some(&*sources.file(file(one)?).path)),
            );
        }
        closing_line(errors, warnings, files.len())
    }
}

impl Diagnostics {
    /// Renders all diagnostics, sorted by file and location, with colours if `colour` is set.
    pub fn render(&self, sources: &Sources, format: Format, colour: bool) -> String {
        rendered(&[(self.sorted(), sources)], format, colour)
    }

    /// Renders the errors for people, including those that `--lenient` turned into warnings. Returns the number of the
    /// other warnings by code.
    pub(crate) fn render_errors(
        &self,
        sources: &Sources,
        colour: bool,
    ) -> (String, BTreeMap<&'static str, usize>) {
        let (mut errors, mut counts) = (Vec::new(), BTreeMap::new());
        for one in self.sorted() {
            if one.severity == Severity::Error || one.is_softened() {
                errors.push(one);
            } else {
                *counts.entry(one.code).or_insert(0) += 1;
            }
        }
        let errors = grouped(&errors, sources);
        let text = all_shown(&errors, |one| human::render(one, sources, colour));
        (text, counts)
    }

    /// The closing line: `error: 10 errors, 1 warning in 2 files`; `None` without any diagnostics.
    pub fn summary(&self) -> Option<String> {
        let sorted = self.sorted();
        let files: BTreeSet<FileId> = sorted.iter().filter_map(|one| file(one)).collect();
        let (errors, warnings) = (
            count(&sorted, Severity::Error),
            count(&sorted, Severity::Warning),
        );
        closing_line(errors, warnings, files.len())
    }

    /// Sorts by file and location, diagnostics without a location first, and removes duplicates.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.iter().collect();
        sorted.sort_by(|one, other| key(one).cmp(&key(other)));
        sorted.dedup();
        sorted
    }
}

/// Renders the sorted diagnostics of several runs. A document contains all of them; in other formats, one run follows the
/// other.
fn rendered(parts: &[report::Part<'_>], format: Format, colour: bool) -> String {
    let lines = |line: fn(&Diagnostic, &Sources) -> String| {
        let parts = parts.iter();
        let lines =
            parts.flat_map(|(sorted, sources)| sorted.iter().map(move |one| line(one, sources)));
        lines.collect()
    };
    match format {
        Format::Human => {
            let texts = parts.iter().map(|(sorted, sources)| {
                let grouped = grouped(sorted, sources);
                all_shown(&grouped, |one| human::render(one, sources, colour))
            });
            texts.collect()
        }
        Format::Short => lines(machine::short),
        Format::Sarif => report::sarif(parts),
        Format::Junit => report::junit(parts),
        Format::Json => lines(machine::json),
        Format::Github => lines(machine::github),
    }
}

type SortKey<'a> = (Option<(FileId, u32, u32)>, &'a str, &'a str);

fn key(diagnostic: &Diagnostic) -> SortKey<'_> {
    let place = diagnostic
        .primary
        .as_ref()
        .map(|label| (label.span.file, label.span.start, label.span.end));
    (place, diagnostic.code, &diagnostic.message)
}

fn file(diagnostic: &Diagnostic) -> Option<FileId> {
    diagnostic.primary.as_ref().map(|label| label.span.file)
}

fn count(sorted: &[&Diagnostic], severity: Severity) -> usize {
    sorted
        .iter()
        .filter(|diagnostic| diagnostic.severity == severity)
        .count()
}

fn closing_line(errors: usize, warnings: usize, files: usize) -> Option<String> {
    let counts: Vec<String> = [(errors, "error"), (warnings, "warning")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| counted(number, noun))
        .collect();
    let level = if errors > 0 { "error" } else { "warning" };
    let place = match files {
        0 => String::new(),
        _ => format!(" in {}", counted(files, "file")),
    };
    (!counts.is_empty()).then(|| format!("{level}: {}{place}", counts.join(", ")))
}

/// Renders up to [`SHOWN`] diagnostics in their order, errors in preference to warnings, and counts the others.
fn all_shown(sorted: &[Diagnostic], render: impl Fn(&Diagnostic) -> String) -> String {
    let is_error = |one: &&Diagnostic| one.severity == Severity::Error;
    let errors = sorted.iter().filter(is_error).count();
    let (mut room, mut warnings) = (errors.min(SHOWN), SHOWN.saturating_sub(errors));
    let most = if sorted.len() > SHOWN {
        OF_ONE_CODE
    } else {
        SHOWN
    };
    let mut of_code: HashMap<&str, usize> = HashMap::new();
    let mut text = String::new();
    let mut left: Vec<(&str, usize)> = Vec::new();
    for diagnostic in sorted {
        let shown = of_code.entry(diagnostic.code).or_default();
        let room = match diagnostic.severity {
            Severity::Error => &mut room,
            Severity::Warning if *shown >= most => &mut 0,
            Severity::Warning => &mut warnings,
        };
        if *room == 0 {
            match left.iter_mut().find(|(code, _)| *code == diagnostic.code) {
                Some((_, count)) => *count += 1,
                None => left.push((diagnostic.code, 1)),
            }
            continue;
        }
        *room -= 1;
        *shown += 1;
        text.push_str(&render(diagnostic));
        text.push('\n');
    }
    if !left.is_empty() {
        let counts: Vec<String> = left
            .iter()
            .map(|(code, count)| format!("{count} × {code}"))
            .collect();
        text.extend(["… and ", &counts.join(", "), "\n\n"]);
    }
    text
}
