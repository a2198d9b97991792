//! The spanned tree.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// The error that ends the parsing of a file.
pub(super) type Fatal = Box<Diagnostic>;

/// The maximum depth of nested values. No real description is deeper, and because the depth is bounded, every later
/// stage can recurse.
pub(crate) const DEEPEST: usize = 200;

/// The maximum number of values that aliases may add to a tree; long strings count as several. No description that a
/// person wrote comes near it, and a file that is made to exhaust memory is rejected.
pub(crate) const MOST_COPIED: usize = 500_000;

/// The number of bytes of text that count as one value.
const BYTES: usize = 64;

/// A value of the tree with its location.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The text of the value; a map or list ends where its last child ends.
    pub span: Span,
    /// The value.
    pub value: Value,
    /// The text of a number or boolean that is not written as in JSON: `010`, `True`.
    pub written: Option<Box<str>>,
}

/// What a node holds (YAML 1.2 core schema, which includes JSON).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or an empty value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as JSON writes it; its text is kept.
    Number(Box<str>),
    /// A string.
    String(Box<str>),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file, without duplicate keys.
    Map(Vec<Member>),
}

/// The values of strings that are the text of JSON, by the locations of the strings.
pub(crate) type JsonTexts = BTreeMap<Span, Node>;

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The key.
    pub key: Key,
    /// The value.
    pub value: Node,
}

impl Member {
    /// The location of the key and the value.
    pub(crate) fn span(&self) -> Span {
        Span {
            end: self.value.span.end.max(self.key.span.end),
            ..self.key.span
        }
    }
}

/// A key with its location. A scalar that is not a string is a key by its text (`200:` is `"200"`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key's text.
    pub text: Box<str>,
    /// Its location, quotes included.
    pub span: Span,
}

impl Node {
    /// A value that is written as in JSON.
    pub(crate) fn new(span: Span, value: Value) -> Self {
        Self {
            span,
            value,
            written: None,
        }
    }

    /// Whether nothing is written where the value should be: `key:`.
    pub(crate) fn has_no_text(&self) -> bool {
        self.span.start == self.span.end
    }

    /// Whether both are equal, regardless of their locations.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::List(own), Value::List(others)) => {
                let mut both = own.iter().zip(others);
                own.len() == others.len() && both.all(|(own, other)| own.says_the_same(other))
            }
            (Value::Map(own), Value::Map(others)) => {
                let mut both = own.iter().zip(others);
                let same = |own: &Member, other: &Member| {
                    own.key.text == other.key.text && own.value.says_the_same(&other.value)
                };
                own.len() == others.len() && both.all(|(own, other)| same(own, other))
            }
            (own, other) => own == other,
        }
    }

    /// The value of the key at this location, at any depth.
    pub(crate) fn under(&self, key: Span) -> Option<&Self> {
        let mut node = self;
        loop {
            let around = |span: Span| span.start <= key.start && key.end <= span.end;
            let elements = node.as_list().unwrap_or_default();
            if let Some(element) = elements.iter().find(|element| around(element.span)) {
                node = element;
                continue;
            }
            let mut members = node.as_map()?.iter();
            let member = members.find(|it| it.key.span == key || around(it.value.span))?;
            node = &member.value;
            if member.key.span == key {
                return Some(node);
            }
        }
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a value that is neither a map nor a list nor null, as it is written: `010` and not 10.
    pub(crate) fn as_scalar(&self) -> Option<&str> {
        self.written.as_deref().or_else(|| self.as_json_scalar())
    }

    /// The text of a value that is neither a map nor a list nor null, as JSON writes it.
    pub(crate) fn as_json_scalar(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) | Value::Number(text) => Some(text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The number, if it is one.
    pub(crate) fn as_number(&self) -> Option<f64> {
        match &self.value {
            Value::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The entries, if it is a map.
    pub fn as_map(&self) -> Option<&[Member]> {
        match &self.value {
            Value::Map(members) => Some(members),
            _ => None,
        }
    }

    /// The elements, if it is a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(elements) => Some(elements),
            _ => None,
        }
    }

    /// The entry with this key, if it is a map that has it.
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.as_map()?
            .iter()
            .find(|member| &*member.key.text == key)
    }

    /// The value of the entry with this key, if it is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.member(key).map(|member| &member.value)
    }

    /// The number of values in it, itself included; long strings count as several.
    pub(crate) fn weight(&self) -> usize {
        1 + match &self.value {
            Value::String(text) | Value::Number(text) => text.len() / BYTES,
            Value::List(elements) => elements.iter().map(Self::weight).sum(),
            Value::Map(members) => members
                .iter()
                .map(|member| member.key.text.len() / BYTES + member.value.weight())
                .sum(),
            Value::Null | Value::Bool(_) => 0,
        }
    }

    /// The depth of nested values: 1 for a scalar.
    pub(crate) fn height(&self) -> usize {
        let below = match &self.value {
            Value::List(elements) => elements.iter().map(Self::height).max(),
            Value::Map(members) => members.iter().map(|member| member.value.height()).max(),
            _ => None,
        };
        1 + below.unwrap_or_default()
    }
}
