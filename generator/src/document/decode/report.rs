//! Collects diagnostics and removes duplicates.

use hashbrown::{HashMap, HashSet};

use super::super::code::UNKNOWN_KEY;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::source::{Key, Span};

/// Receives every diagnostic of the decoder.
///
/// A component is decoded wherever it is referenced, so the same mistake is found several times but reported once. Some
/// files have hundreds of ignored keys, so there is one message for each kind of object and key, with the number of
/// occurrences.
pub(super) struct Reporter<'t, 'd> {
    diagnostics: &'d mut Diagnostics,
    /// The number of diagnostics of others, which come first.
    others: usize,
    seen: HashSet<(&'static str, Option<Span>, String)>,
    errors: usize,
    mistakes: usize,
    ignored: Vec<Ignored<'t>>,
    positions: HashMap<(&'static str, &'t str), usize>,
    ignored_places: HashSet<Span>,
    /// The keys that objects lack, by the locations of these.
    missing: HashMap<Span, Vec<String>>,
}

struct Ignored<'t> {
    noun: &'static str,
    /// The keys, in the order in which they were met.
    keys: Vec<&'t Key>,
    /// Where the key belongs.
    help: Option<&'static str>,
}

impl<'t, 'd> Reporter<'t, 'd> {
    pub(super) fn new(diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            others: diagnostics.len(),
            diagnostics,
            seen: HashSet::new(),
            errors: 0,
            mistakes: 0,
            ignored: Vec::new(),
            positions: HashMap::new(),
            ignored_places: HashSet::new(),
            missing: HashMap::new(),
        }
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        let is_error = diagnostic.severity == Severity::Error;
        self.errors += usize::from(is_error);
        self.mistakes += usize::from(is_error || diagnostic.strict);
        let span = diagnostic.span();
        if self
            .seen
            .insert((diagnostic.code, span, diagnostic.message.clone()))
        {
            self.diagnostics.push(diagnostic);
        }
    }

    /// The number of errors so far, repeated ones included. A caller compares two counts to see whether decoding a part
    /// failed.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    /// The number of errors, and of warnings that are errors in a strict run.
    pub(super) fn mistakes(&self) -> usize {
        self.mistakes
    }

    /// Counts errors that were already reported and are met again.
    pub(super) fn repeat(&mut self, errors: usize) {
        self.errors += errors;
    }

    /// Records a key that is ignored in this kind of object.
    pub(super) fn ignored(&mut self, key: &'t Key, noun: &'static str, help: Option<&'static str>) {
        if !self.ignored_places.insert(key.span) {
            return;
        }
        let next = self.ignored.len();
        let position = *self.positions.entry((noun, &key.text)).or_insert(next);
        match self.ignored.get_mut(position) {
            Some(ignored) => ignored.keys.push(key),
            None => self.ignored.push(Ignored {
                noun,
                keys: vec![key],
                help,
            }),
        }
    }

    /// Forgets an ignored key that another diagnostic mentions. Returns whether it was recorded, now or before.
    pub(super) fn forget(&mut self, key: &'t Key, noun: &'static str) -> bool {
        if let Some(&position) = self.positions.get(&(noun, &*key.text)) {
            self.ignored[position]
                .keys
                .retain(|known| known.span != key.span);
        }
        self.ignored_places.contains(&key.span)
    }

    /// The keys that are ignored, with the objects that ignore them.
    pub(super) fn ignored_keys(&self) -> impl Iterator<Item = (Span, Option<&'static str>)> {
        self.ignored.iter().flat_map(|ignored| {
            let spans = ignored.keys.iter().map(|key| key.span);
            spans.map(|span| (span, Some(ignored.noun)))
        })
    }

    /// Records a key that an object lacks.
    pub(super) fn lacks(&mut self, object: Span, key: &str) {
        let missing = self.missing.entry(object).or_default();
        if !missing.iter().any(|known| known == key) {
            missing.push(key.to_owned());
        }
    }

    /// Takes the keys that objects lack, by the locations of these.
    pub(super) fn take_missing(&mut self) -> HashMap<Span, Vec<String>> {
        std::mem::take(&mut self.missing)
    }

    /// The diagnostics of the decoder so far.
    pub(super) fn own(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().skip(self.others)
    }

    /// Keeps some of the diagnostics of the decoder so far, which may be changed.
    pub(super) fn retain_mut(&mut self, mut keeps: impl FnMut(&mut Diagnostic) -> bool) {
        let mut number = 0;
        self.diagnostics.retain_mut(|one| {
            number += 1;
            number <= self.others || keeps(one)
        });
    }

    /// Adds a diagnostic that stands for others, which were counted.
    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports what was collected.
    pub(super) fn finish(self) {
        for Ignored { noun, keys, help } in self.ignored {
            let Some(key) = keys.first() else { continue };
            let diagnostic = not_a_key(key, noun);
            let diagnostic = help.into_iter().fold(diagnostic, Diagnostic::help);
            self.diagnostics.push(match keys.len() {
                1 => diagnostic,
                2 => diagnostic.note("the same key is ignored in one more place"),
                count => diagnostic.note(format!(
                    "the same key is ignored in {} more places",
                    count - 1
                )),
            });
        }
    }
}

/// The report about a key that is ignored in this kind of object.
pub(super) fn not_a_key(key: &Key, noun: &str) -> Diagnostic {
    let message = format!("`{}` is not a key of {noun}; it is ignored", key.text);
    let diagnostic = Diagnostic::warning(UNKNOWN_KEY, message).strict();
    diagnostic.at(key.span, "")
}
