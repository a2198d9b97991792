//! The phrases and the order of changes, for all formats that people read.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::diff::change::{Change, Diff, Subject};
use crate::diff::verdict::{Rust, Wire};
use crate::text::{self, Span};

/// The maximum number of users and items in an entry.
pub(super) const MOST_LISTED: usize = 5;

/// The changes, grouped by subject: the name of the description, the subject and its changes, the worst first.
pub(super) fn groups<'a>(
    changes: impl IntoIterator<Item = &'a Change>,
) -> Vec<(&'a str, &'a Subject, Vec<&'a Change>)> {
    let mut groups: BTreeMap<(&str, &Subject), Vec<&Change>> = BTreeMap::new();
    for change in changes {
        let key = (&*change.api, &change.subject);
        groups.entry(key).or_default().push(change);
    }
    let mut groups: Vec<_> = groups
        .into_iter()
        .map(|((api, subject), changes)| (api, subject, changes))
        .collect();
    let severity = |change: &Change| Reverse((change.wire(), change.rust));
    for (_, _, changes) in &mut groups {
        changes.sort_by_key(|change| severity(change));
    }
    groups.sort_by_key(|(_, _, changes)| changes.first().map(|worst| severity(worst)));
    groups
}

/// Whether there are changes of several descriptions, so that each subject needs the name of its description.
pub(super) fn several(diff: &Diff) -> bool {
    let apis: BTreeSet<&str> = diff.changes.iter().map(|change| &*change.api).collect();
    apis.len() > 1
}

/// Whether a change only affects texts.
pub(super) fn is_note(change: &Change) -> bool {
    change.rule.code.starts_with("SWD80") && change.rust == Rust::Patch
}

/// Both verdicts: `breaking, major`.
pub(super) fn verdict(change: &Change) -> String {
    match change.wire() {
        Wire::None => change.rust.word().to_owned(),
        wire => format!("{}, {}", wire.word(), change.rust.word()),
    }
}

/// The old and the new value: `: 3 → 4`. `mark` formats a value of the description.
pub(super) fn sides(change: &Change, mark: impl Fn(&str) -> String) -> String {
    let sides = match (&change.from, &change.to) {
        (Some(from), Some(to)) => format!(": {} → {}", mark(from), mark(to)),
        (Some(one), None) | (None, Some(one)) => format!(": {}", mark(one)),
        (None, None) => String::new(),
    };
    let similarity = change.similarity;
    let similarity = similarity.map(|percent| format!(", {percent} % of it the same"));
    sides + &similarity.unwrap_or_default()
}

/// Both locations. `mark` formats one.
pub(super) fn places(change: &Change, mark: impl Fn(Span) -> String) -> String {
    match (change.new, change.old) {
        (Some(new), Some(old)) => format!("at {}, was at {}", mark(new), mark(old)),
        (Some(new), None) => format!("at {}", mark(new)),
        (None, Some(old)) => format!("was at {}", mark(old)),
        (None, None) => String::new(),
    }
}

/// The reasons of the verdicts, one per line.
pub(super) fn reasons(change: &Change) -> Vec<String> {
    let directions = [
        ("requests", change.request(), change.rule.request),
        ("responses", change.response(), change.rule.response),
    ];
    let wire = directions
        .into_iter()
        .filter_map(|(direction, verdict, rule)| {
            let wire = verdict.filter(|wire| *wire != Wire::None)?;
            Some(format!("{direction}: {}, {}", wire.word(), rule.reason))
        });
    let behaviour = change.behaviour.map(|what| format!("behaviour: {what}"));
    wire.chain(behaviour).collect()
}

/// The operations that a change affects; empty if the subject already names them. `mark` formats the name of one.
pub(super) fn used_by(change: &Change, mark: impl Fn(&str) -> String) -> String {
    let own = change.subject.part.operation();
    let users = &change.users;
    if users.is_empty() || (users.len() == 1 && users.first().map(String::as_str) == own) {
        return String::new();
    }
    let shown = users.iter().take(MOST_LISTED).map(|user| mark(user));
    let shown: Vec<String> = shown.collect();
    let rest = users.len().saturating_sub(MOST_LISTED);
    let more = if rest > 0 {
        format!(" and {}", counted(rest, "other"))
    } else {
        String::new()
    };
    format!("used by {}{more}", shown.join(", "))
}

/// The help of a change. `mark` formats the code in it: the text between the first and the last backtick, because names
/// may contain backticks as well.
pub(super) fn help(change: &Change, mark: impl Fn(&str) -> String) -> Option<String> {
    let help = change.help.as_deref()?;
    let parts = help
        .split_once('`')
        .and_then(|(before, rest)| Some((before, rest.rsplit_once('`')?)));
    Some(match parts {
        Some((before, (code, after))) => format!("help: {before}{}{after}", mark(code)),
        None => format!("help: {help}"),
    })
}

/// The number of changes that comments accept, if there are any.
pub(super) fn accepted(diff: &Diff) -> Option<String> {
    let accepted = counted(diff.accepted, "change");
    (diff.accepted > 0).then(|| format!("{accepted} accepted by comments"))
}

/// The lines of the summary after the counts. `hidden` is the number of changes of texts that are not shown.
pub(super) fn remarks(diff: &Diff, hidden: usize) -> Vec<String> {
    let summary = diff.summary();
    let mut remarks: Vec<String> = accepted(diff).into_iter().collect();
    if hidden > 0 {
        let changes = counted(hidden, "change of a text or an example");
        remarks.push(format!("{changes} not shown"));
    }
    if summary.behaviour > 0 {
        let changes = counted(summary.behaviour, "change");
        remarks.push(format!("{changes} of behaviour that no compiler reports"));
    }
    let (of_crate, of_api) = (summary.crate_step().word(), summary.api_step().word());
    remarks.push(format!(
        "the crate needs a {of_crate} step, the API a {of_api} step"
    ));
    remarks
}

/// The noun for a verdict on the wire, for counting.
pub(super) fn word(wire: Wire) -> &'static str {
    match wire {
        Wire::None => "without effect on the wire",
        wire => wire.word(),
    }
}

/// `1 change`, `3 changes of a text`.
pub(super) fn counted(count: usize, what: &str) -> String {
    match what.strip_prefix("change ") {
        Some(rest) => format!("{} {rest}", text::counted(count, "change")),
        None => text::counted(count, what),
    }
}
