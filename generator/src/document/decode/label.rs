//! The keys by which vendors name and describe the values of an `enum`.
//!
//! `x-enum-varnames` and `x-enum-descriptions` are those of `OpenAPI` Generator, `x-enumNames` and `x-enumDescriptions`
//! those of `NSwag`, `x-ms-enum` that of Microsoft's `AutoRest`.

use hashbrown::HashMap;

use super::super::code::{ASSUMED, UNKNOWN_WORD};
use super::super::label::Label;
use super::{Decoder, Object};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Member, Node, Value};

/// The keys that name the values of an `enum`.
pub(crate) const VALUE_NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];
const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

impl<'t> Decoder<'t, '_> {
    /// Records the names and descriptions of the values of an `enum`.
    pub(super) fn labels(&mut self, object: &Object<'t>, values: &[&'t Node]) {
        let member = |key: &&str| {
            object
                .members
                .iter()
                .find(|member| *member.key.text == **key)
        };
        let microsoft = member(&"x-ms-enum").and_then(|member| member.value.get("values"));
        let by_text = by_text(values);
        for entry in microsoft.and_then(Node::as_list).into_iter().flatten() {
            let described = entry.get("value");
            let value = described.and_then(|it| by_text.get(it.as_json_scalar()?));
            if let Some(value) =
                value.filter(|value| described.is_some_and(|it| it.value == value.value))
            {
                *self.labels.entry(value) = Label {
                    name: text(entry.get("name")),
                    description: text(entry.get("description")),
                    former_names: Vec::new(),
                };
            }
        }
        if let Some(names) = VALUE_NAMES.iter().find_map(member) {
            self.label_each(names, values, |label, text| label.name = Some(text));
        }
        if let Some(descriptions) = DESCRIPTIONS.iter().find_map(member) {
            self.label_each(descriptions, values, |label, text| {
                label.description = Some(text);
            });
        }
        if let Some(names) = member(&"x-enum-former-names") {
            self.former_value_names(names, &by_text);
        }
    }

    /// `x-enum-former-names`: a map from values to the former names of their variants.
    fn former_value_names(&mut self, names: &'t Member, by_text: &HashMap<&'t str, &&'t Node>) {
        for entry in self.map(Some(names)) {
            let former = self.former_names(Some(entry));
            if let Some(value) = by_text.get(&*entry.key.text) {
                self.labels.entry(value).former_names = former;
                continue;
            }
            let message = format!(
                "`{}` is not a value of this `enum`; it is ignored",
                entry.key.text
            );
            let near = nearest(&entry.key.text, by_text.keys().copied());
            let diagnostic = Diagnostic::error(UNKNOWN_WORD, message).at(entry.key.span, "unknown");
            self.reporter.push(match near {
                Some(near) => diagnostic.respell(&entry.key.text, entry.key.span, near),
                None => diagnostic.help("name a value that `enum` lists"),
            });
        }
    }

    /// Applies `set` to each value with its entry in an array, which has the order of the values, or in a map, whose
    /// keys are the values as text.
    fn label_each(
        &mut self,
        member: &'t Member,
        values: &[&'t Node],
        set: fn(&mut Label<'t>, &'t str),
    ) {
        match &member.value.value {
            Value::List(labels) if labels.len() == values.len() => {
                for (value, label) in values.iter().zip(labels) {
                    if let Some(text) = text(Some(label)) {
                        set(self.labels.entry(value), text);
                    }
                }
            }
            Value::List(labels) => {
                let (key, count) = (&member.key.text, labels.len());
                let message = format!("`{key}` has {count} entries for {} values", values.len());
                self.reporter.push(
                    Diagnostic::warning(ASSUMED, message)
                        .strict()
                        .at(member.key.span, "ignored")
                        .help("write one entry for each value of `enum`, in the same order"),
                );
            }
            Value::Map(members) => {
                let by_text = by_text(values);
                for label in members {
                    let value = by_text.get(&*label.key.text);
                    if let (Some(value), Some(text)) = (value, text(Some(&label.value))) {
                        set(self.labels.entry(value), text);
                    }
                }
            }
            _ => {}
        }
    }
}

fn text(node: Option<&Node>) -> Option<&str> {
    node?
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// The values by their text, as it is written and as JSON writes it. Of equal ones the first counts.
fn by_text<'n, 't>(values: &'n [&'t Node]) -> HashMap<&'t str, &'n &'t Node> {
    let texts = |value: &'n &'t Node| {
        let texts = [value.as_json_scalar(), value.as_scalar()];
        texts.into_iter().flatten().map(move |text| (text, value))
    };
    values.iter().rev().flat_map(texts).collect()
}
