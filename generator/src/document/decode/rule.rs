//! Rules about the keys of one object. An object that violates one is still read, and the warning says how.

use super::super::code::{ASSUMED, UNKNOWN_WORD};
use super::super::{Expression, Text, template};
use super::keys::is_spelling_of;
use super::read::meant;
use super::{Decoder, Object};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Member, Span};

impl<'t> Decoder<'t, '_> {
    /// Warns about something unusual but unambiguous. The message says how it was read. It is an error in a strict run,
    /// because the author of a description can correct it.
    pub(super) fn assume(&mut self, span: Span, message: String) {
        let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
        self.reporter.push(diagnostic.at(span, ""));
    }

    /// Warns about a string that is read as another one, and suggests to write that one.
    pub(super) fn assume_as(&mut self, written: Text<'t>, message: String, meant: &str) {
        let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
        let Text { text, span } = written;
        self.reporter
            .push(diagnostic.at(span, "").respell(text, span, meant));
    }

    /// Warns about each pair of mutually exclusive keys in the object.
    pub(super) fn exclusive(&mut self, object: &Object<'t>, pairs: &[(&str, &str)], reading: &str) {
        for (one, other) in pairs {
            if let (Some(_), Some(member)) = (object.get(one), object.get(other)) {
                let message = format!("`{one}` and `{other}` exclude each other; {reading}");
                self.assume(member.key.span, message);
            }
        }
    }

    /// Warns about keys that have no effect in this object. `place` describes where: "beside `content`".
    pub(super) fn meaningless(&mut self, object: &Object<'t>, keys: &[&str], place: &str) {
        for member in keys.iter().filter_map(|key| object.get(key)) {
            let message = format!(
                "`{}` has no meaning {place}; it is ignored",
                member.key.text
            );
            self.assume(member.key.span, message);
        }
    }

    /// The meaning of a value from a fixed set. One that differs only in case is accepted with a warning.
    pub(super) fn choose<T: Copy>(
        &mut self,
        word: Text<'t>,
        what: &str,
        allowed: &[(&str, T)],
    ) -> Option<T> {
        if let Some((_, meaning)) = allowed.iter().find(|(known, _)| *known == word.text) {
            return Some(*meaning);
        }
        let trimmed = word.text.trim();
        if let Some((known, meaning)) = allowed
            .iter()
            .find(|(known, _)| is_spelling_of(known, trimmed))
        {
            self.assume(word.span, format!("`{}` is read as `{known}`", word.text));
            return Some(*meaning);
        }
        let diagnostic = Diagnostic::error(UNKNOWN_WORD, format!("unknown {what} `{}`", word.text));
        let words = || allowed.iter().map(|(known, _)| *known);
        self.reporter.push(match nearest(word.text, words()) {
            Some(near) => meant(diagnostic, word.text, word.span, near),
            None => diagnostic.at(word.span, "").note(format!(
                "allowed are: {}",
                words().collect::<Vec<_>>().join(", ")
            )),
        });
        None
    }

    /// The meaning of a value from a fixed set, otherwise that of the most similar value. If there is none, returns
    /// `None`, and `fallback` describes the effect.
    pub(super) fn choose_near<T: Copy>(
        &mut self,
        word: Text<'t>,
        what: &str,
        allowed: &[(&str, T)],
        fallback: &str,
    ) -> Option<T> {
        let find = |name: &str| allowed.iter().find(|(known, _)| *known == name);
        if let Some((_, meaning)) = find(word.text) {
            return Some(*meaning);
        }
        let names = || allowed.iter().map(|(known, _)| *known);
        let near = nearest(word.text.trim(), names()).and_then(find);
        let reading = near.map_or(fallback.to_owned(), |(known, _)| {
            format!("it is read as `{known}`")
        });
        let message = format!("unknown {what} `{}`; {reading}", word.text);
        let diagnostic = Diagnostic::warning(UNKNOWN_WORD, message).strict();
        self.reporter.push(match near {
            Some((known, _)) => meant(diagnostic, word.text, word.span, known),
            None => diagnostic.at(word.span, "").note(format!(
                "allowed are: {}",
                names().collect::<Vec<_>>().join(", ")
            )),
        });
        near.map(|(_, meaning)| *meaning)
    }

    /// Warns about an invalid runtime expression in a string: the whole string if it begins with `$`, otherwise each
    /// part in braces. In the key of a callback, every part in braces is an expression.
    pub(super) fn expression(&mut self, text: &'t str, span: Span, is_callback: bool) {
        if is_callback && text.matches('{').count() != text.matches('}').count() {
            let message = format!("a brace of `{text}` has no counterpart");
            let diagnostic = Diagnostic::warning(UNKNOWN_WORD, message).strict();
            self.reporter.push(
                diagnostic
                    .at(span, "")
                    .help("write an expression in braces: `{$request.body#/url}`"),
            );
            return;
        }
        let mut expressions = template::expressions(text).into_iter();
        let invalid = expressions.find(|text| {
            (is_callback || text.starts_with('$')) && Expression::parse(text).is_none()
        });
        if let Some(invalid) = invalid {
            let message = format!("`{invalid}` is not a runtime expression");
            let diagnostic = Diagnostic::warning(UNKNOWN_WORD, message).strict();
            self.reporter.push(diagnostic.at(span, "").help(
                "write one such as `$request.path.id`, `$request.body#/url` or `$response.header.Location`",
            ));
        }
    }

    /// Like [`Self::expression`], for the value of an entry.
    pub(super) fn expression_in(&mut self, member: &'t Member) {
        if let Some(text) = member.value.as_str() {
            self.expression(text, member.value.span, false);
        }
    }
}
