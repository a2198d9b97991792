//! Keywords that limit a value or have no effect, and the names that a description sets with `x-rust-name`.

use hashbrown::HashMap;

use super::super::code::{BAD_NAME, DUPLICATE};
use super::super::{Limits, Schema, Text};
use super::grammar::Form;
use super::misplaced::{is_property, outside_of_properties};
use super::{Decoder, keys};
use crate::diagnostic::Diagnostic;
use crate::source::{Member, Node, Value, is_beyond_json};

impl<'t> Decoder<'t, '_> {
    /// Decodes a keyword that limits a value. Returns `false` if the key is not one. No generated type expresses the
    /// limit, but a schema without `type` gets its type from it, and an invalid limit is reported.
    pub(super) fn limit(&mut self, schema: &mut Schema<'t>, key: &str, member: &'t Member) -> bool {
        let (fits, expected): (fn(&Node) -> bool, _) = match key {
            "minimum" | "maximum" => (is_number, "a number"),
            "exclusiveMinimum" | "exclusiveMaximum" => {
                (|node| is_number(node) || is_flag(node), "a number")
            }
            "multipleOf" => (
                |node| node.as_number().is_some_and(|it| it > 0.0),
                "a number above 0",
            ),
            "pattern" => (|node| node.as_str().is_some(), "a string"),
            "uniqueItems" => (|_| true, "`true` or `false`"),
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minContains" | "maxContains"
            | "minProperties" | "maxProperties" => (is_count, "a whole number from 0 on"),
            "contains" | "propertyNames" => (
                |node| matches!(node.value, Value::Map(_) | Value::Bool(_)),
                "a schema",
            ),
            _ => return false,
        };
        note(schema.limits.get_or_insert_default(), key, &member.value);
        match key {
            "minLength" | "maxLength" | "pattern" => schema.has_string_keywords = true,
            "minProperties" | "maxProperties" | "propertyNames" => {
                schema.has_object_keywords = true;
            }
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
                schema.has_number_keywords = true;
            }
            _ => schema.has_list_keywords = true,
        }
        match member.value.value {
            _ if key == "uniqueItems" => _ = self.flag(Some(member)),
            Value::Null => self.without_value(member),
            _ if !fits(&member.value) => self.wrong_type(member, expected),
            _ => {}
        }
        true
    }

    /// Checks the value of a keyword that is not used otherwise.
    pub(super) fn shape(&mut self, member: &'t Member) {
        let value = &member.value.value;
        let expected = match keys::SCHEMA.entry(&member.key.text).map(|entry| entry.form) {
            _ if *value == Value::Null => return self.without_value(member),
            Some(Form::ObjectOrFlag(_)) if !matches!(value, Value::Map(_) | Value::Bool(_)) => {
                "a schema"
            }
            Some(Form::Text) if is_property(member) => {
                return self.reporter.push(outside_of_properties(&member.key));
            }
            Some(Form::Text) if member.value.as_str().is_none() => "a string",
            Some(Form::Map(_, Form::List(_))) => {
                for entry in self.map(Some(member)) {
                    if entry.value.as_list().is_none() {
                        self.wrong_type(entry, "an array of property names");
                    }
                }
                return;
            }
            _ => return,
        };
        self.wrong_type(member, expected);
    }

    /// The names of a list without duplicates, which are reported.
    pub(super) fn each_once(&mut self, key: &str, names: Vec<Text<'t>>) -> Vec<Text<'t>> {
        let mut once: Vec<Text<'t>> = Vec::with_capacity(names.len());
        let mut firsts: HashMap<&str, Text<'t>> = HashMap::with_capacity(names.len());
        for name in names {
            let Some(first) = firsts.get(name.text) else {
                firsts.insert(name.text, name);
                once.push(name);
                continue;
            };
            let message = format!("duplicate `{}` in `{key}`", name.text);
            let diagnostic = Diagnostic::warning(DUPLICATE, message).strict();
            let diagnostic = diagnostic.at(name.span, "named again");
            self.reporter
                .push(diagnostic.also(first.span, "named here"));
        }
        once
    }

    /// `x-rust-name`: an identifier, in any case style.
    pub(super) fn rust_name(&mut self, member: Option<&'t Member>) -> Option<Text<'t>> {
        let name = self.word(member)?;
        self.identifier(name)
    }

    /// `x-rust-former-name`: one identifier, or several.
    pub(super) fn former_names(&mut self, member: Option<&'t Member>) -> Vec<Text<'t>> {
        let is_list = member.is_some_and(|member| member.value.as_list().is_some());
        let names = if is_list {
            self.words(member)
        } else {
            self.word(member).into_iter().collect()
        };
        let names = names.into_iter();
        names.filter_map(|name| self.identifier(name)).collect()
    }

    /// A string that can be an identifier. Any other string is reported.
    pub(super) fn identifier(&mut self, name: Text<'t>) -> Option<Text<'t>> {
        let mut letters = name.text.chars();
        let begins = letters
            .next()
            .is_some_and(|c| c.is_alphabetic() || c == '_');
        if begins && letters.all(|c| c.is_alphanumeric() || c == '_') {
            return Some(name);
        }
        let message = format!("`{}` cannot be a name in Rust; it is ignored", name.text);
        self.reporter.push(
            Diagnostic::warning(BAD_NAME, message)
                .strict()
                .at(name.span, "")
                .help("write letters, digits and `_`, a letter first"),
        );
        None
    }
}

/// Records a limit. The `exclusive…` of 3.0 are booleans beside the number, and can be written before or after it.
fn note(limits: &mut Limits, key: &str, node: &Node) {
    let count = || match &node.value {
        Value::Number(text) => text.parse().ok().or_else(|| whole(text)),
        _ => None,
    };
    let number = node.as_number();
    match key {
        "minLength" => limits.min_length = count(),
        "maxLength" => limits.max_length = count(),
        "minItems" => limits.min_items = count(),
        "maxItems" => limits.max_items = count(),
        "minimum" => limits.minimum = limits.minimum.or(number),
        "maximum" => limits.maximum = limits.maximum.or(number),
        "exclusiveMinimum" => limits.minimum = number.map(|n| n.floor() + 1.0).or(limits.minimum),
        "exclusiveMaximum" => limits.maximum = number.map(|n| n.ceil() - 1.0).or(limits.maximum),
        _ => {}
    }
}

/// A count that is written with a point: `2.0`.
fn whole(text: &str) -> Option<usize> {
    text.split_once('.')?.0.parse().ok()
}

/// Accepts a number that JSON cannot express as well, because that is reported elsewhere.
fn is_number(node: &Node) -> bool {
    node.as_number().is_some() || node.as_str().is_some_and(is_beyond_json)
}

fn is_flag(node: &Node) -> bool {
    matches!(node.value, Value::Bool(_))
}

/// Whether a node is a count. It may be written as `5.0`, or be too large for every integer type.
fn is_count(node: &Node) -> bool {
    node.as_number()
        .is_some_and(|number| number >= 0.0 && number.fract() == 0.0)
}
