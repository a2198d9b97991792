//! The keys and values of `specwright.yaml` with their docs, from its JSON Schema.

use std::sync::LazyLock;

use serde_json::Value as Json;

use super::completion::Layout;
use super::cursor::{Cursor, Part, Step};
use crate::codes;
use crate::config::SCHEMA;
use crate::diagnostic::code::Level;

/// The schema of a value in the file.
#[derive(Clone, Copy)]
pub(super) struct Entry(&'static Json);

impl Entry {
    /// The value at a path from the root.
    pub(super) fn at(path: &[Step]) -> Option<Self> {
        path.iter().try_fold(Self::root(), Self::inner)
    }

    fn root() -> Self {
        static ROOT: LazyLock<Json> =
            LazyLock::new(|| serde_json::from_str(SCHEMA).unwrap_or_default());
        Self(&ROOT)
    }

    fn inner(self, step: &Step) -> Option<Self> {
        let schema = self.resolved();
        let inner = match step {
            Step::Key(key) => {
                let own = schema.get("properties").and_then(|all| all.get(key));
                let any = schema.get("additionalProperties");
                own.or(any.filter(|any| any.is_object()))
            }
            Step::Element => schema.get("items"),
        };
        inner.map(Self)
    }

    /// The schema that is referred to, otherwise the schema itself.
    fn resolved(self) -> &'static Json {
        let pointer = self.0["$ref"].as_str().and_then(|it| it.strip_prefix('#'));
        let target = pointer.and_then(|pointer| Self::root().0.pointer(pointer));
        target.unwrap_or(self.0)
    }

    /// Whether its keys are codes.
    pub(super) fn has_codes(self) -> bool {
        self.resolved()["additionalProperties"]["$ref"] == "#/$defs/Setting"
    }

    /// What the value means.
    pub(super) fn docs(self) -> &'static str {
        let own = [self.0, self.resolved()].map(|schema| schema["description"].as_str());
        own.into_iter().flatten().next().unwrap_or_default()
    }

    /// The keys of an object, with their values.
    pub(super) fn keys(self) -> impl Iterator<Item = (&'static str, Self)> {
        let keys = self.resolved()["properties"].as_object();
        let keys = keys.into_iter().flatten();
        keys.map(|(key, value)| (key.as_str(), Self(value)))
    }

    /// The words that the value can be, with their docs.
    pub(super) fn words(self) -> Vec<(&'static str, &'static str)> {
        let schema = self.resolved();
        if schema["type"] == "boolean" {
            return vec![("true", ""), ("false", "")];
        }
        let words = schema["oneOf"].as_array().into_iter().flatten();
        let word = |one: &'static Json| Some((one["const"].as_str()?, Self(one).docs()));
        words.filter_map(word).collect()
    }

    /// Where the value begins: an object, and an array that can be nothing else, stand below their key.
    pub(super) fn layout(self) -> Layout {
        match self.resolved()["type"].as_str() {
            Some("object") => Layout::Object,
            Some("array") => Layout::List,
            _ => Layout::Inline,
        }
    }
}

/// The keys of `rules`, with what they stand for.
pub(super) fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    let groups = [
        ("all", "every code that is on by default"),
        ("pedantic", "every code that is off by default"),
    ];
    let codes = codes::all().filter(|code| code.level != Level::Error);
    let codes = codes.map(|code| (code.code, code.title));
    groups.into_iter().chain(codes)
}

/// The docs of the key or the word at a byte of the file.
pub(super) fn docs_at(text: &str, at: usize) -> Option<&'static str> {
    let cursor = Cursor::at(text, at)?;
    let entry = Entry::at(&cursor.path)?;
    let word = text.get(cursor.word)?;
    let docs = match cursor.part {
        Part::Key if entry.has_codes() => return None,
        Part::Key => entry.inner(&Step::Key(word.to_owned()))?.docs(),
        Part::Value | Part::Element => {
            let key = entry.keys().find(|(key, _)| *key == word);
            let key = key.map(|(_, value)| value.docs());
            let mut words = entry.words().into_iter();
            key.or_else(|| Some(words.find(|(known, _)| *known == word)?.1))?
        }
    };
    Some(docs).filter(|docs| !docs.is_empty())
}
