//! Groups diagnostics about the same mistake at several locations.

use hashbrown::HashMap;

use super::{Diagnostic, Severity};
use crate::text::{FileId, Sources, Span};

/// The maximum number of similar diagnostics that are shown separately.
const FEW: usize = 5;

/// The number of further locations that are listed.
const NAMED: usize = 3;

/// Replaces each group of similar diagnostics by the first of them, with a note about the number and the locations of
/// the others. Diagnostics are similar if they differ only in the text between backticks.
pub(super) fn grouped(sorted: &[&Diagnostic], sources: &Sources) -> Vec<Diagnostic> {
    let kinds: Vec<_> = sorted.iter().map(|diagnostic| kind(diagnostic)).collect();
    let mut groups: HashMap<_, Vec<&Diagnostic>> = HashMap::new();
    for (kind, &diagnostic) in kinds.iter().zip(sorted) {
        groups.entry(kind).or_default().push(diagnostic);
    }
    let mut shown = Vec::new();
    for (kind, &diagnostic) in kinds.iter().zip(sorted) {
        let group = &groups[kind];
        if group.len() <= FEW {
            shown.push(diagnostic.clone());
        } else if std::ptr::eq(group[0], diagnostic) {
            shown.push(first_of(group, sources));
        }
    }
    shown
}

fn first_of(group: &[&Diagnostic], sources: &Sources) -> Diagnostic {
    let first = group[0].primary.as_ref().map(|label| label.span.file);
    let spans = group[1..]
        .iter()
        .filter_map(|one| one.primary.as_ref())
        .map(|label| label.span);
    let mut places: Vec<String> = spans
        .take(NAMED)
        .map(|span| place(span, first, sources))
        .collect();
    if group.len() - 1 > NAMED {
        places.push("…".to_owned());
    }
    let note = format!(
        "the same in {} more places: {}",
        group.len() - 1,
        places.join(", ")
    );
    group[0].clone().note(note)
}

/// The line and column of a location, with the path if it is in another file.
fn place(span: Span, first: Option<FileId>, sources: &Sources) -> String {
    let file = sources.file(span.file);
    if first != Some(span.file) {
        return file.place(span.start);
    }
    let (line, column) = file.location(span.start);
    format!("{line}:{column}")
}

/// The parts that similar diagnostics have in common: the code, the message without the text in backticks, and the
/// label.
fn kind(diagnostic: &Diagnostic) -> (&'static str, Severity, String, &str) {
    let parts = diagnostic.message.split('`').step_by(2);
    let label = diagnostic.primary.as_ref().map_or("", |label| &label.text);
    let message = parts.collect::<Vec<_>>().join("`");
    (diagnostic.code, diagnostic.severity, message, label)
}
