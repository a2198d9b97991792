//! Duplicate keys of a map.

use hashbrown::HashMap;

use super::node::{Member, Node, Value};
use crate::diagnostic::{Diagnostic, code};
use crate::text::Span;

/// Up to this number of keys, comparing all pairs is faster than hashing.
const SMALL: usize = 8;

/// Keeps the first entry of each key, or the next one if nothing is written for it, as while a key is being typed above.
/// Returns a diagnostic for each duplicate.
pub(super) fn keep_first(members: Vec<Member>, found: &mut Vec<Diagnostic>) -> Vec<Member> {
    let repeats = repeats(&members);
    if repeats.is_empty() {
        return members;
    }
    found.extend(duplicates(&members, &repeats));
    let mut repeats = repeats.into_iter().peekable();
    let mut kept: Vec<Member> = Vec::with_capacity(members.len());
    for (index, member) in members.into_iter().enumerate() {
        match repeats.next_if(|repeat| repeat.index == index) {
            Some(_) => {
                let mut first = kept.iter_mut();
                let first = first.find(|first| first.key.text == member.key.text);
                if let Some(first) = first.filter(|first| is_empty(&first.value)) {
                    *first = member;
                }
            }
            None => kept.push(member),
        }
    }
    kept
}

/// Whether nothing is written for a value.
fn is_empty(value: &Node) -> bool {
    value.value == Value::Null && value.span.start == value.span.end
}

/// An entry whose key occurred before.
struct Repeat {
    index: usize,
    first: Span,
    /// Whether the values of both are the same scalar.
    same: bool,
}

impl Repeat {
    fn new(index: usize, member: &Member, first: &Member) -> Self {
        Self {
            index,
            first: first.key.span,
            same: first.value.value == member.value.value,
        }
    }
}

fn repeats(members: &[Member]) -> Vec<Repeat> {
    if members.len() <= SMALL {
        let found = members.iter().enumerate().filter_map(|(index, member)| {
            let first = members[..index]
                .iter()
                .find(|other| other.key.text == member.key.text)?;
            Some(Repeat::new(index, member, first))
        });
        return found.collect();
    }
    let mut seen: HashMap<&str, &Member> = HashMap::with_capacity(members.len());
    let mut found = Vec::new();
    for (index, member) in members.iter().enumerate() {
        match seen.get(&*member.key.text) {
            Some(first) => found.push(Repeat::new(index, member, first)),
            None => {
                seen.insert(&member.key.text, member);
            }
        }
    }
    found
}

/// A diagnostic for each duplicate, and one for several that follow each other: most likely these are one more element.
fn duplicates(members: &[Member], repeats: &[Repeat]) -> Vec<Diagnostic> {
    let runs = repeats.chunk_by(|one, next| one.index + 1 == next.index);
    let report = |run: &[Repeat]| {
        let first = run.first()?;
        let member = members.get(first.index)?;
        let same = run.iter().all(|repeat| repeat.same);
        Some(duplicate(member, first, same, run.len()))
    };
    runs.filter_map(report).collect()
}

fn duplicate(member: &Member, repeat: &Repeat, same: bool, count: usize) -> Diagnostic {
    let message = format!("duplicate key `{}`", member.key.text);
    let diagnostic = if same {
        Diagnostic::warning(code::DUPLICATE_KEY, message).note("both have the same value")
    } else {
        Diagnostic::error(code::DUPLICATE_KEY, message)
    };
    let diagnostic = diagnostic
        .at(member.key.span, "again here")
        .also(repeat.first, "first here");
    match count {
        1 => diagnostic.help("remove one of them, or give it another name"),
        _ => diagnostic
            .note(format!(
                "it is the first of {count} duplicate keys in a row"
            ))
            .help("remove them; if another element of a list begins here, write `- ` before it"),
    }
}
