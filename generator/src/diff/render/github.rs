//! Changes as annotations of a GitHub workflow, at the lines of the new version, the worst first.

use crate::diagnostic::annotation;
use crate::diff::change::{Change, Diff};
use crate::diff::verdict::{Rust, Wire};
use crate::emit::visible;
use crate::text::{FileId, Span};

use super::phrase;

pub(super) fn render(diff: &Diff) -> String {
    let groups = phrase::groups(&diff.changes);
    let changes = groups.into_iter().flat_map(|(_, _, changes)| changes);
    let mut changes: Vec<&Change> = changes.collect();
    // GitHub only shows the first few annotations of a step.
    changes.sort_by_key(|change| std::cmp::Reverse((change.wire(), change.rust)));
    let lines = changes.into_iter().map(|change| of_change(diff, change));
    lines.collect()
}

fn of_change(diff: &Diff, change: &Change) -> String {
    let level = match (change.wire(), change.rust) {
        (Wire::Breaking, _) => "error",
        (Wire::Review, _) | (_, Rust::Major) => "warning",
        _ => "notice",
    };
    let title = format!(
        "{} ({}, {})",
        change.rule.title,
        phrase::verdict(change),
        change.rule.code
    );
    let sides = phrase::sides(change, visible);
    let subject = format!("{}{sides}", change.subject);
    let users = phrase::used_by(change, |user| format!("`{}`", visible(user)));
    let removed = match (change.new, change.old) {
        (None, Some(old)) => format!("was at {}", diff.location(old)),
        _ => String::new(),
    };
    let help = phrase::help(change, |code| format!("`{}`", visible(code)));
    let lines = [subject, removed].into_iter();
    let lines = lines.chain(phrase::reasons(change)).chain([users]);
    let lines: Vec<String> = lines.chain(help).filter(|line| !line.is_empty()).collect();
    let span = location(diff, change);
    annotation(level, span, &title, &lines.join("\n"), &diff.sources)
}

/// The beginning of the change in the new version. For something that was removed, the beginning of the file.
fn location(diff: &Diff, change: &Change) -> Option<Span> {
    let beginning = |file: FileId, at: u32| Span {
        file,
        start: at,
        end: at,
    };
    let file = || Some(beginning(*diff.new_files.get(&change.api)?, 0));
    match change.new {
        // GitHub shows an annotation below its last line, which may be far from the first, so it is limited to the
        // beginning.
        Some(span) => Some(beginning(span.file, span.start)),
        None => file(),
    }
}
