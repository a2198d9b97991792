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
    seen: HashSet<(&'static str, Option<Span>, String)>,
    errors: usize,
    mistakes: usize,
    ignored: Vec<Ignored<'t>>,
    positions: HashMap<(&'static str, &'t str), usize>,
    ignored_places: HashSet<Span>,
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
            diagnostics,
            seen: HashSet::new(),
            errors: 0,
            mistakes: 0,
            ignored: Vec::new(),
            positions: HashMap::new(),
            ignored_places: HashSet::new(),
        }
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        let is_error = diagnostic.severity == Severity::Error;
        self.errors += usize::from(is_error);
        self.mistakes += usize::from(is_error || diagnostic.strict);
        let span = diagnostic.primary.as_ref().map(|label| label.span);
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

    /// Reports what was collected.
    pub(super) fn finish(self) {
        for Ignored { noun, keys, help } in self.ignored {
            let Some(key) = keys.first() else { continue };
            let message = format!("`{}` is not a key of {noun}; it is ignored", key.text);
            let diagnostic = Diagnostic::warning(UNKNOWN_KEY, message).strict();
            let diagnostic = diagnostic.at(key.span, "");
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
