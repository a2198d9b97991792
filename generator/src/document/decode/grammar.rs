//! The grammar of a description: for each key of each object, the form of its value and a sentence of documentation.
//!
//! `keys` lists the keys of each object, this table their meaning. The language server and the JSON Schema of
//! descriptions are made from both tables; a test checks that they agree.

use std::sync::LazyLock;

use hashbrown::HashMap;

use super::keys::{COMPONENTS, DOCUMENT, Keys};
use super::meaning::ROWS;
use crate::document::Version;

/// The form of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    /// A string. Some keys also accept other scalars.
    Text,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// Any value.
    Any,
    /// A string from a known set, or a name that is declared elsewhere.
    Word(Words),
    /// A `$ref` to an object.
    Reference(&'static Keys),
    /// An object with the keys that the specification defines.
    Object(&'static Keys),
    /// Such an object, or `true` or `false`.
    ObjectOrFlag(&'static Keys),
    /// A map with arbitrary keys.
    Map(Names, &'static Form),
    /// An array.
    List(&'static Form),
    /// One value or an array of them.
    OneOrList(&'static Form),
}

/// A word with its meaning, as a sentence.
pub(crate) type Word = (&'static str, &'static str);

/// The set of strings that a [`Form::Word`] can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// One of these.
    Of(&'static [Word]),
    /// One of these is usual, but any other string is allowed.
    Suggested(&'static [Word]),
    /// A format.
    Format,
    /// A media type.
    MediaType,
    /// The name of a tag, at its declaration.
    TagName,
    /// The name of a tag, in an operation.
    Tag,
    /// The id of an operation, at its declaration.
    OperationId,
    /// The id of an operation, in a reference to it.
    Operation,
    /// A property of the schema.
    Property,
    /// A scope of a security scheme.
    Scope,
}

/// The keys of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// Any names.
    Any,
    /// Names of components.
    Component,
    /// Path templates.
    Path,
    /// Status codes.
    Status,
    /// Media types.
    MediaType,
    /// Names of security schemes.
    Scheme,
}

/// A key of an object, with its meaning.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// The form of its value.
    pub form: Form,
    /// Its meaning, as a sentence.
    pub docs: &'static str,
}

impl Keys {
    /// The meaning of a key of this object; `None` if the object does not have the key, and it is not read as that of
    /// another object.
    pub(crate) fn entry(&'static self, key: &str) -> Option<Entry> {
        static TABLE: LazyLock<HashMap<(&str, &str), Entry>> = LazyLock::new(|| {
            let rows = ROWS.iter().flat_map(|(noun, rows)| {
                let rows = rows.iter();
                rows.map(move |(key, form, docs)| {
                    let entry = Entry { form: *form, docs };
                    ((*noun, *key), entry)
                })
            });
            rows.collect()
        });
        if key == "$ref" && self.section().is_some() {
            let docs = TABLE.get(&("", key))?.docs;
            let form = Form::Reference(self);
            return Some(Entry { form, docs });
        }
        let has = || self.has(key) || self.of(Version::V2_0).has(key);
        if let Some((lender, _)) = self.borrowed().filter(|(_, borrowed)| *borrowed == key) {
            return lender.entry(key);
        }
        let own = TABLE.get(&(self.noun, key));
        own.or_else(|| TABLE.get(&("", key)).filter(|_| has()))
            .copied()
    }

    /// The section of `components` that has such objects.
    pub(crate) fn section(&self) -> Option<&'static str> {
        let of_components = ROWS.iter().find(|(noun, _)| *noun == COMPONENTS.noun)?;
        let mut sections = of_components.1.iter();
        let found = sections.find(|(_, form, _)| {
            matches!(form, Form::Map(_, Form::Object(keys) | Form::ObjectOrFlag(keys))
                if keys.noun == self.noun)
        });
        found.map(|(section, _, _)| *section)
    }
}

impl Form {
    /// A whole description.
    pub(crate) const DESCRIPTION: Self = Self::Object(&DOCUMENT);

    /// The form of the value of a key in a value of this form.
    pub(crate) fn of_key(self, key: &str) -> Option<Self> {
        match self {
            Self::Object(keys) | Self::ObjectOrFlag(keys) => Some(keys.entry(key)?.form),
            Self::Map(_, inner) if !key.starts_with("x-") => Some(*inner),
            Self::OneOrList(inner) => inner.of_key(key),
            _ => None,
        }
    }

    /// The form of an element of an array of this form.
    pub(crate) fn of_element(self) -> Option<Self> {
        match self {
            Self::List(inner) | Self::OneOrList(inner) => Some(*inner),
            _ => None,
        }
    }

    /// The words that a value of this form can be; `None` for other values.
    pub(crate) fn words(self) -> Option<Words> {
        match self {
            Self::Word(words) => Some(words),
            Self::OneOrList(inner) => inner.words(),
            _ => None,
        }
    }

    /// The object that a value of this form is; `None` for other values.
    pub(crate) fn object(self) -> Option<&'static Keys> {
        match self {
            Self::Object(keys) | Self::ObjectOrFlag(keys) => Some(keys),
            Self::OneOrList(inner) => inner.object(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_every_object_means_something() {
        for (noun, _) in ROWS.iter().skip(1) {
            let keys = super::super::keys::ALL.iter();
            let of_noun = keys.filter(|keys| keys.noun == *noun);
            assert!(of_noun.count() > 0, "no object is {noun}");
        }
        for keys in super::super::keys::ALL {
            for version in [Version::V2_0, Version::V3_2] {
                let of_version = keys.of(version);
                let missing = of_version
                    .all()
                    .filter(|key| of_version.entry(key).is_none());
                let missing: Vec<_> = missing.collect();
                assert!(missing.is_empty(), "{}: {missing:?}", keys.noun);
            }
        }
    }

    #[test]
    fn no_row_is_without_a_key() {
        for (noun, rows) in ROWS.iter().skip(1) {
            for (key, _, _) in *rows {
                let mut keys = super::super::keys::ALL.iter();
                let is_known = keys.any(|keys| {
                    let is_own = keys.noun == *noun;
                    is_own && (keys.has(key) || keys.of(Version::V2_0).has(key))
                });
                assert!(is_known, "{noun} has no key `{key}`");
            }
        }
    }
}
