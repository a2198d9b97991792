//! Keys that are not indented deeper than the key that they belong to.
//!
//! In `content:` with `application/json:` in the column of `content`, one key has no value, and the next one is unknown
//! where it stands. Each is reported where it is decoded; here the diagnostics of such keys are joined to one.

use hashbrown::{HashMap, HashSet};

use super::super::code::{BAD_NAME, UNKNOWN_KEY, UNKNOWN_WORD};
use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity};
use crate::source::{Key, Member, Node, Span};

/// Joins the diagnostics of such keys in some files. The first ones in the list, up to this number, are about something else.
pub(super) fn join<'t>(
    roots: impl Iterator<Item = &'t Node>,
    diagnostics: &mut Diagnostics,
    first: usize,
) {
    let reported = Reported::of(diagnostics.iter().skip(first));
    if reported.unknown.is_empty() {
        return;
    }
    let mut joined = HashMap::new();
    let mut dropped = Vec::new();
    for (empty, rest) in roots.flat_map(after_empty_keys) {
        let is_outside = |member: &&Member| reported.unknown.contains(&member.key.span);
        let outside: Vec<&Member> = rest.iter().take_while(is_outside).collect();
        if let [first, rest @ ..] = &outside[..] {
            dropped.extend([empty.span, first.value.span]);
            dropped.extend(rest.iter().flat_map(|it| [it.key.span, it.value.span]));
            let outside = Outside {
                empty,
                severity: reported.severities.get(&empty.span).copied(),
                count: outside.len(),
            };
            joined.insert(first.key.span, outside);
        }
    }
    dropped.sort_unstable();
    let is_dropped = |span: Span| {
        let after =
            dropped.partition_point(|part| (part.file, part.start) <= (span.file, span.start));
        let part = after.checked_sub(1).map(|at| dropped[at]);
        part.is_some_and(|part| part.file == span.file && span.end <= part.end)
    };
    let mut number = 0;
    diagnostics.retain_mut(|one| {
        number += 1;
        let Some(span) = marked(one).filter(|_| number > first) else {
            return true;
        };
        let outside = joined.get(&span);
        if let Some(outside) = outside {
            outside.explain(one);
        }
        outside.is_some() || !is_dropped(span)
    });
}

/// What is reported about which parts of the text.
struct Reported {
    /// The keys that have no meaning where they stand.
    unknown: HashSet<Span>,
    severities: HashMap<Span, Severity>,
}

impl Reported {
    fn of<'d>(diagnostics: impl Iterator<Item = &'d Diagnostic>) -> Self {
        let mut unknown = HashSet::new();
        let mut severities = HashMap::new();
        for one in diagnostics {
            let Some(span) = marked(one) else { continue };
            let severity = severities.entry(span).or_insert(one.severity);
            *severity = one.severity.min(*severity);
            if is_about_an_unknown_key(one) {
                unknown.insert(span);
            }
        }
        Self {
            unknown,
            severities,
        }
    }
}

/// A number of unknown keys after one that has no value.
struct Outside<'t> {
    empty: &'t Key,
    /// The severity of the diagnostic about its missing value.
    severity: Option<Severity>,
    count: usize,
}

impl Outside<'_> {
    /// Says in the diagnostic about the first of the keys what the others lack.
    fn explain(&self, one: &mut Diagnostic) {
        let (key, span) = (&self.empty.text, self.empty.span);
        let text = "this key has no value".to_owned();
        one.secondary.push(Label { span, text });
        one.severity = self
            .severity
            .map_or(one.severity, |own| own.min(one.severity));
        one.helps = vec![match self.count {
            1 => format!("if it belongs to `{key}`, indent it deeper"),
            _ => format!("if this key and those after it belong to `{key}`, indent them deeper"),
        }];
    }
}

/// Whether a diagnostic says that a key has no meaning where it stands, and does not know which one was meant.
fn is_about_an_unknown_key(one: &Diagnostic) -> bool {
    one.fixes.is_empty() && matches!(one.code, UNKNOWN_KEY | UNKNOWN_WORD | BAD_NAME)
}

/// The keys without a value that another key follows, with the entries from that one on.
fn after_empty_keys(root: &Node) -> Vec<(&Key, &[Member])> {
    let mut found = Vec::new();
    let mut empty: Option<&Key> = None;
    let mut open: Vec<Open<'_>> = vec![Open::Node(root)];
    while let Some(next) = open.pop() {
        match next {
            Open::Node(node) => {
                let elements = node.as_list().unwrap_or_default().iter().rev();
                open.extend(elements.map(Open::Node));
                open.extend(node.as_map().map(Open::Entries));
            }
            Open::Entries([]) => {}
            Open::Entries(all @ [member, rest @ ..]) => {
                let (key, value) = (&member.key, &member.value);
                let before = empty.take();
                let before = before.filter(|before| is_before(before.span, key.span));
                found.extend(before.map(|before| (before, all)));
                open.push(Open::Entries(rest));
                if value.has_no_text() {
                    empty = Some(key);
                // The value of an alias, and what an overlay adds, stand elsewhere.
                } else if is_before(key.span, value.span) {
                    open.push(Open::Node(value));
                }
            }
        }
    }
    found
}

/// A part of the tree that is still to be walked, in the order of the text.
enum Open<'t> {
    Node(&'t Node),
    Entries(&'t [Member]),
}

fn marked(one: &Diagnostic) -> Option<Span> {
    one.primary.as_ref().map(|label| label.span)
}

fn is_before(one: Span, other: Span) -> bool {
    one.file == other.file && one.end <= other.start
}
