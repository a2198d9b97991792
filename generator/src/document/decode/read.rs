//! Reads values. Each is of the expected type, or unusual but unambiguous (a warning), or invalid (an error).

use serde_json::Number;

use super::super::code::{ASSUMED, DANGLING_REFERENCE, MISTYPED_KEY, UNKNOWN_KEY, WRONG_TYPE};
use super::super::{Text, Version};
use super::grammar::Form;
use super::keys::{
    PARAMETER, PATH_ITEM, RESPONSE, SCHEMA, describes_operations, is_essential, is_inert, is_ours,
    is_slip, is_spelling_of,
};
use super::misplaced::{is_property, outside_of_properties};
use super::{Decoder, Keys, Object};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Member, Node, Span, Value};
pub(super) use crate::source::{describe, head};

/// The span that marks an entry: its value if that is short, otherwise its key.
pub(super) fn place(member: &Member) -> Span {
    scalar_or(&member.value, member.key.span)
}

impl<'t> Decoder<'t, '_> {
    /// The node as an object. Reports a node that is not an object, and every unknown key.
    pub(super) fn object(
        &mut self,
        node: &'t Node,
        at: Span,
        keys: &'static Keys,
    ) -> Option<Object<'t>> {
        let object = self.members(node, at, keys)?;
        if object.has_unknown {
            self.check_keys(&object, keys, |_| false);
        }
        // Swagger 2.0 has keys of its own.
        let is_limited = self.version > Version::V2_0;
        for key in keys.newer_than(self.version).filter(|_| is_limited) {
            let newer = object.get(key).filter(|member| &*member.key.text == key);
            let since = keys.since(key);
            self.newer_keys
                .extend(newer.map(|member| (&member.key, since)));
        }
        Some(object)
    }

    /// The entries of the node. Reports a node that is not an object: as an error if the object is essential.
    pub(super) fn members(
        &mut self,
        node: &'t Node,
        at: Span,
        keys: &'static Keys,
    ) -> Option<Object<'t>> {
        if let Some(members) = node.as_map() {
            return Some(Object::of(members, at, keys.of(self.version)));
        }
        let message = format!("{} must be an object, not {}", keys.noun, describe(node));
        let diagnostic = if keys.is_essential(&Object::empty(at)) || keys.noun == PARAMETER.noun {
            Diagnostic::error(WRONG_TYPE, message)
        } else {
            Diagnostic::warning(WRONG_TYPE, format!("{message}; it is ignored")).strict()
        };
        self.reporter.push(diagnostic.at(scalar_or(node, at), ""));
        None
    }

    /// Reports the keys that are not keys of the object, except those for which `read` holds.
    pub(super) fn check_keys(
        &mut self,
        object: &Object<'t>,
        keys: &'static Keys,
        read: fn(&str) -> bool,
    ) {
        let keys = keys.of(self.version);
        for member in object.members {
            if !keys.has(&member.key.text) && !read(&member.key.text) {
                self.unknown_key(object, member, keys);
            }
        }
    }

    /// Reports an unknown key: as a misspelling if a similar known key is absent, otherwise as ignored.
    ///
    /// Returns the known key if the two differ only in case and in `_`. [`Object::get`] then finds the value as well.
    pub(super) fn unknown_key(
        &mut self,
        object: &Object<'t>,
        member: &'t Member,
        keys: &'static Keys,
    ) -> Option<&'static str> {
        let keys = keys.of(self.version);
        let key = &member.key;
        if key.text.starts_with("x-") {
            // Keys of schemas that nothing is generated from are unknown to their decoder.
            if !keys.has(&key.text) {
                self.extension(member, keys);
            }
            return None;
        }
        let absent = |known: &&str| {
            !object
                .members
                .iter()
                .any(|member| *member.key.text == **known)
        };
        let is_meant = |near: &&'static str| absent(near) && may_hold(keys, near, &member.value);
        if let Some(known) = keys
            .all()
            .find(|known| is_spelling_of(known, &key.text))
            .filter(absent)
        {
            let message = format!("the key `{}` is read as `{known}`", key.text);
            self.reporter.push(meant(
                Diagnostic::warning(ASSUMED, message).strict(),
                &key.text,
                key.span,
                known,
            ));
            return Some(known);
        }
        let mut all_near = keys.nearest(&key.text).filter(is_meant);
        let Some(near) = all_near.next() else {
            if keys.noun == SCHEMA.noun && is_property(member) {
                self.reporter.push(outside_of_properties(key));
            } else if keys.noun != PATH_ITEM.noun || !self.is_under_unknown_method(member) {
                let help = self.home(&key.text, keys);
                if help.is_some() || !self.report_misplaced_security(member, keys.noun) {
                    self.reporter.ignored(key, keys.noun, help);
                }
            }
            return None;
        };
        let message = format!("unknown key `{}` in {}", key.text, keys.noun);
        let is_harmless = keys.noun == SCHEMA.noun && !is_of_secrets(near);
        let diagnostic = if is_inert(near) || keys.are_inert() {
            Diagnostic::warning(MISTYPED_KEY, message).strict()
        } else if describes_operations(near)
            || is_essential(near) && !is_harmless && keys.noun != RESPONSE.noun
        {
            Diagnostic::error(MISTYPED_KEY, message)
        } else {
            Diagnostic::warning(MISTYPED_KEY, format!("{message}; it is ignored")).strict()
        };
        let other = all_near.find(|other| *other != near);
        let diagnostic = match other {
            None => meant(diagnostic, &key.text, key.span, near),
            Some(other) => diagnostic
                .at(key.span, format!("did you mean `{near}` or `{other}`?"))
                .respell(&key.text, key.span, near)
                .respell(&key.text, key.span, other),
        };
        let is_slip = is_slip(member, near);
        self.reporter.push(diagnostic.unsure_if(!is_slip));
        None
    }

    /// Checks our own extensions. Those of other tools are ignored.
    fn extension(&mut self, member: &'t Member, keys: &'static Keys) {
        let key = &member.key;
        if is_ours(&key.text) {
            self.reporter.ignored(key, keys.noun, None);
        } else if let Some(near) =
            nearest(&key.text, keys.all().filter(|key| key.starts_with("x-")))
        {
            let message = format!("the key `{}` is ignored, it looks like `{near}`", key.text);
            self.reporter.push(meant(
                Diagnostic::warning(UNKNOWN_KEY, message).strict(),
                &key.text,
                key.span,
                near,
            ));
        }
    }

    /// A string, with its location.
    pub(super) fn word(&mut self, member: Option<&'t Member>) -> Option<Text<'t>> {
        let member = member?;
        let span = member.value.span;
        if member.value.value == Value::Null {
            self.without_value(member);
            return None;
        }
        let Some(text) = member.value.as_scalar() else {
            return self.borrowed_word(member);
        };
        self.unquoted(&member.value, text, || {
            format!("`{}` must be a string", member.key.text)
        });
        Some(Text { text, span })
    }

    /// Warns about a number or a boolean that is read as a string.
    pub(super) fn unquoted(&mut self, node: &Node, text: &str, expected: impl FnOnce() -> String) {
        if node.as_str().is_none() {
            let message = format!("{}; it is read as `{text}`", expected());
            let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
            let diagnostic = diagnostic.at(node.span, "");
            let quoted = format!("\"{text}\"");
            self.reporter
                .push(diagnostic.fix("quote it", node.span, quoted));
        }
    }

    /// A string.
    pub(super) fn text(&mut self, member: Option<&'t Member>) -> Option<&'t str> {
        self.word(member).map(|word| word.text)
    }

    /// The string that a `$ref` points to, where a `$ref` is written instead of a string.
    fn borrowed_word(&mut self, member: &'t Member) -> Option<Text<'t>> {
        let word = member
            .value
            .get("$ref")
            .and_then(|reference| self.behind(reference))
            .and_then(|node| {
                let (text, span) = (node.as_str()?, node.span);
                Some(Text { text, span })
            });
        match word {
            Some(_) => {
                let message = format!(
                    "`{}` must be a string; the string that `$ref` refers to is used",
                    member.key.text
                );
                self.assume(member.key.span, message);
            }
            None => self.wrong_type(member, "a string"),
        }
        word
    }

    /// A string that is required. Reports a missing one.
    pub(super) fn required_word(
        &mut self,
        object: &Object<'t>,
        key: &str,
        keys: &'static Keys,
    ) -> Option<Text<'t>> {
        let member = object.get(key);
        let member = member.filter(|member| member.value.value != Value::Null);
        if member.is_none() {
            self.missing_word(object, key, keys);
        }
        self.word(member)
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, member: Option<&'t Member>) -> Option<bool> {
        let member = member?;
        let flag = match &member.value.value {
            Value::Bool(flag) => return Some(*flag),
            Value::Null => {
                self.without_value(member);
                return None;
            }
            Value::String(text) if text.trim().eq_ignore_ascii_case("true") => true,
            Value::String(text) if text.trim().eq_ignore_ascii_case("false") => false,
            Value::List(elements) => match elements.as_slice() {
                [
                    Node {
                        value: Value::Bool(flag),
                        ..
                    },
                ] => *flag,
                _ => return self.no_flag(member),
            },
            _ => return self.no_flag(member),
        };
        let (key, what) = (&member.key.text, describe(&member.value));
        let message =
            format!("`{key}` must be `true` or `false`, not {what}; it is read as `{flag}`");
        let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
        let diagnostic = diagnostic.at(place(member), "");
        self.reporter.push(match member.value.value {
            Value::List(_) => diagnostic.help(format!("write `{key}: {flag}`")),
            _ => diagnostic.fix(
                format!("write `{flag}`"),
                member.value.span,
                flag.to_string(),
            ),
        });
        Some(flag)
    }

    fn no_flag(&mut self, member: &'t Member) -> Option<bool> {
        self.wrong_type(member, "`true` or `false`");
        None
    }

    /// The entries of a map of names.
    pub(super) fn map(&mut self, member: Option<&'t Member>) -> &'t [Member] {
        let Some(member) = member else { return &[] };
        match &member.value.value {
            Value::Map(members) => match &members[..] {
                [only] if &*only.key.text == "$ref" && only.value.as_str().is_some() => {
                    self.borrowed_map(member, &only.value)
                }
                _ => members,
            },
            Value::Null => {
                self.nothing(member, "an empty map");
                &[]
            }
            Value::List(elements) if elements.is_empty() => {
                self.assume(
                    place(member),
                    format!(
                        "`{}` must be an object; the empty array is read as one",
                        member.key.text
                    ),
                );
                &[]
            }
            _ => {
                self.wrong_type(member, "an object");
                &[]
            }
        }
    }

    /// The map that a `$ref` points to, where a `$ref` is written instead of a map of names.
    fn borrowed_map(&mut self, member: &'t Member, reference: &'t Node) -> &'t [Member] {
        let key = &member.key.text;
        let names = self.behind(reference).and_then(Node::as_map);
        let Some(names) = names.filter(|names| names.iter().all(is_no_reference)) else {
            let message = format!("`$ref` does not refer to an object for `{key}`");
            self.reporter.push(
                unreadable(key, DANGLING_REFERENCE, message)
                    .at(reference.span, "this is not a reference to an object")
                    .help(format!("write the names under `{key}`")),
            );
            return &[];
        };
        let message = format!(
            "`{key}` cannot be a reference; the entries of the object that it refers to are used"
        );
        self.assume(reference.span, message);
        names
    }

    /// An array of strings, each with its location.
    pub(super) fn words(&mut self, member: Option<&'t Member>) -> Vec<Text<'t>> {
        let Some(member) = member else {
            return Vec::new();
        };
        let elements = self.list(Some(member), |node| node.as_str().is_some());
        let mut words = Vec::with_capacity(elements.len());
        for node in elements {
            if let Some(text) = node.as_scalar() {
                self.unquoted(node, text, || {
                    format!("an element of `{}` must be a string", member.key.text)
                });
                words.push(Text {
                    text,
                    span: node.span,
                });
                continue;
            }
            let (key, what) = (&member.key.text, describe(node));
            let message = format!(
                "`{key}` must be an array of strings, but contains {what}; that element is ignored"
            );
            let diagnostic = Diagnostic::warning(WRONG_TYPE, message).strict();
            self.reporter.push(diagnostic.at(head(node), ""));
        }
        words
    }

    /// Reports a value of the wrong type: as an error if the key is essential.
    pub(super) fn wrong_type(&mut self, member: &'t Member, expected: &str) {
        let key = &*member.key.text;
        let message = format!(
            "`{key}` must be {expected}, not {}",
            describe(&member.value)
        );
        let diagnostic = unreadable(key, WRONG_TYPE, message);
        let diagnostic = diagnostic.at(place(member), format!("expected {expected}"));
        let number = member.value.as_str().filter(|text| {
            expected.contains("number") && serde_json::from_str::<Number>(text).is_ok()
        });
        self.reporter.push(match number {
            Some(number) => diagnostic.fix("remove the quotes", member.value.span, number),
            None => diagnostic,
        });
    }

    /// Warns about a key without a value, which is ignored.
    pub(super) fn without_value(&mut self, member: &'t Member) {
        let message = format!("`{}` has no value; it is ignored", member.key.text);
        self.assume(member.key.span, message);
    }

    /// Warns about a key without a value, which is read as an empty one.
    pub(super) fn nothing(&mut self, member: &'t Member, read_as: &str) {
        self.assume(
            member.key.span,
            format!(
                "`{}` has no value; it is read as {read_as}",
                member.key.text
            ),
        );
    }
}

fn is_no_reference(member: &Member) -> bool {
    &*member.key.text != "$ref"
}

/// Whether the value of an unknown key can be that of a known one: an object cannot be that of a string, and the other way
/// round. Essential keys are suggested in any case.
pub(super) fn may_hold(keys: &'static Keys, known: &str, value: &Node) -> bool {
    let form = keys.entry(known).map(|entry| entry.form);
    let is_collection = value.as_map().is_some() || value.as_list().is_some();
    match form {
        _ if is_essential(known) => true,
        Some(Form::Text | Form::Word(_) | Form::Flag | Form::Number) => !is_collection,
        // In Swagger 2.0, a discriminator is a string.
        Some(Form::Object(keys)) if keys.is_newer() => true,
        Some(Form::Object(_) | Form::Map(..)) => {
            value.as_scalar().is_none() && value.as_list().is_none()
        }
        _ => true,
    }
}

/// The diagnostic of an invalid value: a warning that the key is ignored, or an error if the key is essential.
pub(super) fn unreadable(key: &str, code: &'static str, message: String) -> Diagnostic {
    if is_essential(key) {
        Diagnostic::error(code, message)
    } else {
        Diagnostic::warning(code, format!("{message}; it is ignored")).strict()
    }
}

/// Adds the correct spelling of `written`, and the fix.
pub(super) fn meant(diagnostic: Diagnostic, written: &str, span: Span, meant: &str) -> Diagnostic {
    diagnostic
        .at(span, format!("did you mean `{meant}`?"))
        .respell(written, span, meant)
}

fn scalar_or(node: &Node, at: Span) -> Span {
    match node.value {
        Value::Null | Value::List(_) | Value::Map(_) => at,
        _ => node.span,
    }
}

/// Whether a keyword can mark a value as secret: if it were ignored, the secret would be shown.
fn is_of_secrets(keyword: &str) -> bool {
    matches!(keyword, "format" | "writeOnly")
}
