//! Reports missing keys.

use super::super::Version;
use super::super::code::MISSING_KEY;
use super::{Decoder, Keys, Object};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

impl<'t> Decoder<'t, '_> {
    /// Reports a missing key without which an object is ignored.
    pub(super) fn missing_word(&mut self, object: &Object<'t>, key: &str, keys: &'static Keys) {
        let message = format!("`{key}` is missing in {}, which is ignored", keys.noun);
        let diagnostic = if keys.is_essential(object) {
            Diagnostic::error(MISSING_KEY, message)
        } else {
            Diagnostic::warning(MISSING_KEY, message).strict()
        };
        self.push_missing(diagnostic, object, key, keys);
    }

    /// Reports a missing key, together with the only unknown key of the object, which most likely stands for it. A
    /// misspelling of the key is reported already.
    pub(super) fn push_missing(
        &mut self,
        diagnostic: Diagnostic,
        object: &Object<'t>,
        key: &str,
        keys: &'static Keys,
    ) {
        let known = keys.of(self.version);
        if object
            .meant(key, known)
            .is_some_and(|member| !known.has(&member.key.text))
        {
            return;
        }
        let diagnostic = diagnostic.at(object.at, "");
        let unknown = object.members.iter().map(|member| &member.key);
        let mut unknown =
            unknown.filter(|key| !known.has(&key.text) && !key.text.starts_with("x-"));
        let only = unknown.next().filter(|_| unknown.next().is_none());
        let only = only.filter(|key| self.reporter.forget(key, known.noun));
        let Some(only) = only else {
            self.reporter.lacks(object.at, key);
            self.reporter.push(diagnostic);
            return;
        };
        let label = format!("this is not a key of {}", known.noun);
        let help = self.home(&only.text, known).into_iter();
        let diagnostic = diagnostic.also(only.span, label);
        self.reporter.push(help.fold(diagnostic, Diagnostic::help));
    }

    /// Where an unknown key of an object belongs.
    pub(super) fn home(&self, key: &str, keys: &Keys) -> Option<&'static str> {
        let is_known = self.version > Version::V2_0;
        keys.home(key).filter(|_| is_known)
    }

    /// Warns about a missing key of an object that decoding does not need.
    pub(super) fn incomplete(&mut self, object: &Object<'t>, key: &str, keys: &'static Keys) {
        self.push_missing(should_have(keys.noun, key), object, key, keys);
    }

    /// Warns about a missing key that decoding does not need.
    pub(super) fn missing(&mut self, at: Span, key: &str, noun: &str) {
        self.reporter.push(should_have(noun, key).at(at, ""));
    }
}

pub(super) fn should_have(noun: &str, key: &str) -> Diagnostic {
    Diagnostic::warning(MISSING_KEY, format!("{noun} should have `{key}`")).strict()
}
