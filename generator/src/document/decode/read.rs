//! Reading values: the expected type, the odd but clear one with a warning, or an error.

use super::super::Text;
use super::super::code::{
    ASSUMED, MISSING_KEY, MISTYPED_KEY, UNKNOWN_KEY, UNKNOWN_WORD, WRONG_TYPE,
};
use super::keys::EXTENSIONS;
use super::nearest::nearest;
use super::{Decoder, Keys, Object};
use crate::diagnostic::Diagnostic;
use crate::source::{Member, Node, Span, Value};

/// What a value is, for messages.
pub(super) fn describe(node: &Node) -> String {
    match &node.value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(text) => format!("the number {text}"),
        Value::String(text) if text.chars().count() <= 40 && !text.contains(['\n', '`']) => {
            format!("the text `{text}`")
        }
        Value::String(_) => "text".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a map".to_owned(),
    }
}

/// A short place that stands for a value: the first key of a map, else the value.
pub(super) fn head(node: &Node) -> Span {
    match &node.value {
        Value::Map(members) => members.first().map_or(node.span, |member| member.key.span),
        Value::List(elements) => elements.first().map_or(node.span, head_of_element),
        _ => node.span,
    }
}

fn head_of_element(node: &Node) -> Span {
    match &node.value {
        Value::Map(members) => members.first().map_or(node.span, |member| member.key.span),
        _ => node.span,
    }
}

/// The place of a member to mark: its value where that is short, else its key.
pub(super) fn place(member: &Member) -> Span {
    match member.value.value {
        Value::Null | Value::Map(_) | Value::List(_) => member.key.span,
        _ => member.value.span,
    }
}

impl<'t> Decoder<'t, '_> {
    /// The node as an object; an error where it is none. Keys that it does not know are reported.
    pub(super) fn object(
        &mut self,
        node: &'t Node,
        at: Span,
        keys: &'static Keys,
    ) -> Option<Object<'t>> {
        let Some(members) = node.as_map() else {
            let message = format!("{} must be a map, not {}", keys.noun, describe(node));
            self.reporter
                .push(Diagnostic::error(WRONG_TYPE, message).at(scalar_or(node, at), ""));
            return None;
        };
        let object = Object { members, at };
        for member in members {
            if !keys.known.contains(&&*member.key.text) {
                self.unknown_key(&object, member, keys);
            }
        }
        Some(object)
    }

    /// Reports a key that means nothing here: a slip where a known one is near and absent, else ignored.
    pub(super) fn unknown_key(
        &mut self,
        object: &Object<'t>,
        member: &'t Member,
        keys: &'static Keys,
    ) {
        let key = &member.key;
        if key.text.starts_with("x-") {
            self.extension(member, keys);
            return;
        }
        let absent = keys
            .known
            .iter()
            .copied()
            .filter(|known| object.get(known).is_none());
        let Some(near) = nearest(&key.text, absent) else {
            self.reporter.ignored(key, keys.noun);
            return;
        };
        let message = format!("unknown key `{}` in {}", key.text, keys.noun);
        self.reporter.push(
            Diagnostic::error(MISTYPED_KEY, message)
                .at(key.span, format!("did you mean `{near}`?"))
                .fix(format!("write `{near}`"), key.span, near),
        );
    }

    /// Extensions of others are left alone; ours are checked.
    fn extension(&mut self, member: &'t Member, keys: &'static Keys) {
        let key = &member.key;
        if EXTENSIONS.contains(&&*key.text) {
            self.reporter.ignored(key, keys.noun);
        } else if let Some(near) = nearest(
            &key.text,
            keys.known
                .iter()
                .copied()
                .filter(|key| key.starts_with("x-")),
        ) {
            let message = format!("the key `{}` is ignored, it looks like `{near}`", key.text);
            self.reporter.push(
                Diagnostic::warning(UNKNOWN_KEY, message)
                    .at(key.span, format!("did you mean `{near}`?"))
                    .fix(format!("write `{near}`"), key.span, near),
            );
        }
    }

    /// Text, with its place.
    pub(super) fn word(&mut self, member: Option<&'t Member>) -> Option<Text<'t>> {
        let member = member?;
        let span = member.value.span;
        if member.value.value == Value::Null {
            return None;
        }
        let Some(text) = scalar(&member.value) else {
            self.wrong_type(member, "text");
            return None;
        };
        if member.value.as_str().is_none() {
            let message = format!("`{}` must be text; it is read as `{text}`", member.key.text);
            let diagnostic = Diagnostic::warning(ASSUMED, message).at(span, "");
            self.reporter
                .push(diagnostic.fix("quote it", span, format!("\"{text}\"")));
        }
        Some(Text { text, span })
    }

    /// Text.
    pub(super) fn text(&mut self, member: Option<&'t Member>) -> Option<&'t str> {
        self.word(member).map(|word| word.text)
    }

    /// Text that has to be there.
    pub(super) fn required_word(
        &mut self,
        object: &Object<'t>,
        key: &str,
        keys: &'static Keys,
    ) -> Option<Text<'t>> {
        let member = object.get(key);
        if member.is_none_or(|member| member.value.value == Value::Null) {
            self.missing_word(object.at, key, keys);
        }
        self.word(member)
    }

    fn missing_word(&mut self, at: Span, key: &str, keys: &'static Keys) {
        let message = format!("{} must have `{key}`; it is left out", keys.noun);
        self.reporter
            .push(Diagnostic::error(MISSING_KEY, message).at(at, ""));
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, member: Option<&'t Member>) -> Option<bool> {
        let member = member?;
        let flag = match &member.value.value {
            Value::Bool(flag) => return Some(*flag),
            Value::Null => return None,
            Value::String(text) if text.trim().eq_ignore_ascii_case("true") => true,
            Value::String(text) if text.trim().eq_ignore_ascii_case("false") => false,
            _ => {
                self.wrong_type(member, "`true` or `false`");
                return None;
            }
        };
        let message = format!(
            "`{}` must not be text; it is read as `{flag}`",
            member.key.text
        );
        let span = member.value.span;
        let diagnostic = Diagnostic::warning(ASSUMED, message).at(span, "");
        self.reporter
            .push(diagnostic.fix("write it without quotes", span, flag.to_string()));
        Some(flag)
    }

    /// The elements of a list. A value for which `single` holds reads as a list of one.
    pub(super) fn list(
        &mut self,
        member: Option<&'t Member>,
        single: fn(&Node) -> bool,
    ) -> &'t [Node] {
        let Some(member) = member else { return &[] };
        match &member.value.value {
            Value::List(elements) => elements,
            Value::Null => {
                self.nothing(member, "an empty list");
                &[]
            }
            _ if single(&member.value) => {
                let message = format!(
                    "`{}` must be a list; this is read as a list of one",
                    member.key.text
                );
                self.assume(place(member), message);
                std::slice::from_ref(&member.value)
            }
            _ => {
                self.wrong_type(member, "a list");
                &[]
            }
        }
    }

    /// The members of a map of names.
    pub(super) fn map(&mut self, member: Option<&'t Member>) -> &'t [Member] {
        let Some(member) = member else { return &[] };
        match &member.value.value {
            Value::Map(members) => members,
            Value::Null => {
                self.nothing(member, "an empty map");
                &[]
            }
            Value::List(elements) if elements.is_empty() => {
                self.assume(
                    place(member),
                    format!(
                        "`{}` must be a map; the empty list is read as one",
                        member.key.text
                    ),
                );
                &[]
            }
            _ => {
                self.wrong_type(member, "a map");
                &[]
            }
        }
    }

    /// A list of texts, each with its place.
    pub(super) fn words(&mut self, member: Option<&'t Member>) -> Vec<Text<'t>> {
        let Some(member) = member else {
            return Vec::new();
        };
        let elements = self.list(Some(member), |node| node.as_str().is_some());
        let mut words = Vec::with_capacity(elements.len());
        for node in elements {
            match scalar(node) {
                Some(text) => words.push(Text {
                    text,
                    span: node.span,
                }),
                None => {
                    let message = format!(
                        "`{}` must be a list of texts, but here is {}",
                        member.key.text,
                        describe(node)
                    );
                    self.reporter
                        .push(Diagnostic::error(WRONG_TYPE, message).at(head(node), ""));
                }
            }
        }
        words
    }

    /// Reports a value of a type that can't be understood.
    pub(super) fn wrong_type(&mut self, member: &'t Member, expected: &str) {
        let message = format!(
            "`{}` must be {expected}, not {}",
            member.key.text,
            describe(&member.value)
        );
        self.reporter.push(
            Diagnostic::error(WRONG_TYPE, message)
                .at(place(member), format!("{expected} is expected")),
        );
    }

    /// Warns about something odd but clear; the message says how it was read.
    pub(super) fn assume(&mut self, span: Span, message: String) {
        self.reporter
            .push(Diagnostic::warning(ASSUMED, message).at(span, ""));
    }

    /// Warns about a key without a value.
    fn nothing(&mut self, member: &'t Member, read_as: &str) {
        self.assume(
            member.key.span,
            format!(
                "`{}` has no value; it is read as {read_as}",
                member.key.text
            ),
        );
    }

    /// Warns about a key that should be there and without which all goes on.
    pub(super) fn missing(&mut self, at: Span, key: &str, noun: &str) {
        let message = format!("{noun} should have `{key}`");
        self.reporter
            .push(Diagnostic::warning(MISSING_KEY, message).at(at, ""));
    }

    /// Reports a word that is none of the allowed ones.
    pub(super) fn unknown_word(&mut self, word: Text<'t>, what: &str, allowed: &[&str]) {
        let message = format!("`{}` is no {what}", word.text);
        let diagnostic = Diagnostic::error(UNKNOWN_WORD, message);
        self.reporter
            .push(match nearest(word.text, allowed.iter().copied()) {
                Some(near) => diagnostic
                    .at(word.span, format!("did you mean `{near}`?"))
                    .fix(format!("write `{near}`"), word.span, near),
                None => diagnostic
                    .at(word.span, "")
                    .note(format!("allowed are: {}", allowed.join(", "))),
            });
    }
}

/// The text of a value that is neither a map nor a list nor null.
pub(super) fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::String(text) | Value::Number(text) => Some(text),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

fn scalar_or(node: &Node, at: Span) -> Span {
    match node.value {
        Value::Null | Value::List(_) | Value::Map(_) => at,
        _ => node.span,
    }
}
