//! Keys that are not indented deeper than the key that they belong to.
//!
//! In `content:` with `application/json:` in the column of `content`, one key has no value, and the next one is unknown
//! where it stands. In `requestBody:` with `content:` in its column, the body lacks a key that is unknown where it stands.
//! Each is reported where it is decoded; here the reports about such keys are joined to one.

use hashbrown::{HashMap, HashSet};

use super::super::code::{ASSUMED, BAD_NAME, MISSING_KEY, UNKNOWN_KEY, UNKNOWN_WORD, WRONG_TYPE};
use super::report::{Reporter, not_a_key};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{Key, Member, Node, Span};

impl<'t> Reporter<'t, '_> {
    /// Joins the reports about such keys in some files.
    pub(super) fn join_unindented(&mut self, roots: impl Iterator<Item = &'t Node>) {
        let reported = self.reported();
        if reported.unknown.is_empty() {
            return;
        }
        let mut joined = HashMap::new();
        let mut dropped = HashSet::new();
        let mut firsts = HashSet::new();
        let mut new = Vec::new();
        let places = roots.flat_map(|root| after_incomplete_keys(root, &reported.missing));
        for (before, rest) in places {
            let missing = reported.missing.get(&before.span);
            let missing = missing.map_or(&[][..], Vec::as_slice);
            let is_outside = |member: &&Member| {
                let (text, span) = (&*member.key.text, member.key.span);
                let is_meant = missing.is_empty() || missing.iter().any(|key| key == text);
                let is_unknown = reported.unknown.contains_key(&span);
                is_meant && is_unknown && span.file == before.span.file
            };
            let outside: Vec<&Member> = rest.iter().take_while(is_outside).collect();
            let is_there = |key: &String| outside.iter().any(|member| *member.key.text == **key);
            let is_clear = missing.iter().all(is_there) && !reported.has_own_mistake(before.span);
            let Some(first) = outside.first().filter(|_| is_clear) else {
                continue;
            };
            // The last key of an object that lacks the key may have no value.
            if !firsts.insert(first.key.span) {
                continue;
            }
            let run = Run {
                before,
                missing,
                severity: reported.without_value.get(&before.span).copied(),
                count: outside.len(),
            };
            dropped.insert(before.span);
            for member in &outside {
                if let Some(Some(noun)) = reported.unknown.get(&member.key.span) {
                    self.forget(&member.key, noun);
                } else {
                    dropped.insert(member.key.span);
                }
            }
            if let Some(Some(noun)) = reported.unknown.get(&first.key.span) {
                let mut report = not_a_key(&first.key, noun);
                run.explain(&mut report);
                new.push(report);
            } else {
                joined.insert(first.key.span, run);
            }
        }
        self.retain_mut(|one| {
            let Some(span) = one.span() else { return true };
            match joined.get(&span).filter(|_| is_about_an_unknown_key(one)) {
                Some(run) => run.explain(one),
                None => return !dropped.contains(&span) || has_own_mistake(one),
            }
            true
        });
        for one in new {
            self.add(one);
        }
    }

    fn reported(&mut self) -> Reported {
        let mut reported = Reported {
            missing: self.take_missing(),
            ..Reported::default()
        };
        reported.unknown.extend(self.ignored_keys());
        for one in self.own() {
            let Some(span) = one.span() else { continue };
            if is_about_an_unknown_key(one) {
                reported.unknown.insert(span, None);
            } else if is_about_a_missing_value(one) {
                let severity = reported.without_value.entry(span).or_insert(one.severity);
                *severity = one.severity.min(*severity);
            } else {
                reported.others.insert(span);
            }
        }
        reported
    }
}

/// What is reported about keys.
#[derive(Default)]
struct Reported {
    /// The keys that have no meaning where they stand; with the object that ignores the key, if that is not pushed yet.
    unknown: HashMap<Span, Option<&'static str>>,
    /// The keys that lack a value.
    without_value: HashMap<Span, Severity>,
    /// The keys that objects lack, by the locations of these.
    missing: HashMap<Span, Vec<String>>,
    /// The keys with another mistake.
    others: HashSet<Span>,
}

impl Reported {
    /// Whether the mistake may be the key itself, and not that it has no value.
    fn has_own_mistake(&self, key: Span) -> bool {
        self.unknown.contains_key(&key) || self.others.contains(&key)
    }
}

/// A number of unknown keys after one that has no value, or whose object lacks some of them.
struct Run<'t> {
    before: &'t Key,
    /// What the object lacks.
    missing: &'t [String],
    /// The severity of the report about what is missing.
    severity: Option<Severity>,
    count: usize,
}

impl Run<'_> {
    /// Says in the report about the first of the keys what the others lack.
    fn explain(&self, one: &mut Diagnostic) {
        let (key, span) = (&self.before.text, self.before.span);
        let text = match self.missing {
            [] => "this key has no value".to_owned(),
            missing => format!("this lacks `{}`", missing.join("` and `")),
        };
        one.secondary.push(Label { span, text });
        one.severity = self.severity.unwrap_or(one.severity).min(one.severity);
        one.helps = vec![match self.count {
            1 => format!("if it belongs to `{key}`, indent it deeper"),
            _ => format!("if this key and those after it belong to `{key}`, indent them deeper"),
        }];
    }
}

/// Whether a report says that a key has no meaning where it stands, and does not know which one was meant.
fn is_about_an_unknown_key(one: &Diagnostic) -> bool {
    one.fixes.is_empty() && matches!(one.code, UNKNOWN_KEY | UNKNOWN_WORD | BAD_NAME)
}

/// Whether a report about a key without a value is about the value.
fn is_about_a_missing_value(one: &Diagnostic) -> bool {
    one.fixes.is_empty() && matches!(one.code, ASSUMED | MISSING_KEY | WRONG_TYPE)
}

fn has_own_mistake(one: &Diagnostic) -> bool {
    !is_about_an_unknown_key(one) && !is_about_a_missing_value(one)
}

/// The keys without a value, or whose objects lack a key, that another key follows, with the entries from that one on.
fn after_incomplete_keys<'t>(
    root: &'t Node,
    missing: &HashMap<Span, Vec<String>>,
) -> Vec<(&'t Key, &'t [Member])> {
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
                found.extend(missing.contains_key(&key.span).then_some((key, rest)));
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

fn is_before(one: Span, other: Span) -> bool {
    one.file == other.file && one.end <= other.start
}
