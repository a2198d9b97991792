//! A schema as it is compared: with all parts from `$ref` and `allOf`, in one spelling.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::document::{Example, Schema, SchemaId, SimpleType};
use crate::lower::{Joined, Parts, target};
use crate::source::{Node, Span, Value, canonical_number};

/// A schema with all of its parts.
pub(super) struct View<'s, 't> {
    pub id: SchemaId,
    pub parts: Arc<Parts<'t>>,
    /// The schemas that it is composed of.
    pub composed: Vec<&'s Schema<'t>>,
    /// The values of alternatives that are all constants, which are an enum in another spelling.
    constants: Option<Vec<&'t Node>>,
}

/// The media type of any bytes.
const ANY_BYTES: &str = "application/octet-stream";

/// The properties that a schema allows beside its `properties`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Additional {
    /// Any, because the keyword is missing.
    Unstated,
    /// Any, as written.
    Any,
    /// None.
    Closed,
    /// Those whose values match a schema.
    Of(SchemaId),
}

impl<'s, 't> View<'s, 't> {
    pub(super) fn of(joined: &'s Joined<'t>, id: SchemaId) -> Self {
        let document = &joined.document;
        let parts = joined.parts(id);
        let mut ids: Vec<SchemaId> = parts.composed().collect();
        ids.sort_unstable();
        Self {
            id,
            composed: ids.into_iter().map(|id| document.schema(id)).collect(),
            constants: constants(joined, &parts),
            parts,
        }
    }

    /// The two sides of a pair. Alternatives that are all constants are compared as an enum only if the other side has no
    /// alternatives of another kind.
    pub(super) fn both(
        sides: (&'s Joined<'t>, &'s Joined<'t>),
        ids: (SchemaId, SchemaId),
    ) -> (Self, Self) {
        let (mut old, mut new) = (Self::of(sides.0, ids.0), Self::of(sides.1, ids.1));
        if old.has_alternatives() || new.has_alternatives() {
            old.constants = None;
            new.constants = None;
        }
        (old, new)
    }

    /// Whether every keyword is equal to that of another view. The schemas that they refer to can still differ.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let same = |(own, other): (&&Schema<'_>, &&Schema<'_>)| match (own.node, other.node) {
            (Some(own), Some(other)) => own.says_the_same(other),
            _ => false,
        };
        self.composed.len() == other.composed.len()
            && self.composed.iter().zip(&other.composed).all(same)
    }

    /// The location to mark for the schema as a whole.
    pub(super) fn span(&self) -> Option<Span> {
        self.composed.iter().find_map(|schema| schema.mark)
    }

    /// The location of a keyword, otherwise that of the schema.
    pub(super) fn keyword(&self, keyword: &str) -> Option<Span> {
        let spans = self.all(keyword).map(|(span, _)| span);
        spans.last().or_else(|| self.span())
    }

    /// The values of a keyword in all parts, each with the location of the keyword and the value.
    pub(super) fn all<'a>(
        &'a self,
        keyword: &'a str,
    ) -> impl Iterator<Item = (Span, &'t Node)> + 'a {
        self.composed.iter().filter_map(move |schema| {
            let member = schema.node?.member(keyword)?;
            Some((member.span(), &member.value))
        })
    }

    /// The last string value of a keyword.
    pub(super) fn text(&self, keyword: &str) -> Option<(&'t str, Span)> {
        let texts = self.all(keyword);
        texts
            .filter_map(|(span, node)| Some((node.as_str()?, span)))
            .last()
    }

    /// The format in the last part that has one. In Swagger 2.0, `type: file` says `format: binary`.
    pub(super) fn format(&self) -> Option<(&'t str, Span)> {
        let mut formats = self.composed.iter().filter_map(|schema| schema.format);
        let format = formats.next_back()?;
        let written = self.text("format").filter(|(text, _)| *text == format.text);
        Some(written.unwrap_or((format.text, format.span)))
    }

    /// Whether a property is required.
    pub(super) fn requires(&self, property: &str) -> bool {
        self.parts.required.get(property).is_some()
    }

    /// Whether a keyword is `true` in any part.
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.all(keyword)
            .any(|(_, node)| node.value == Value::Bool(true))
    }

    /// The simple types except null; empty for any. Without `type`, the allowed values have them.
    pub(super) fn types(&self) -> BTreeSet<SimpleType> {
        let types: BTreeSet<SimpleType> = self.parts.simple_types().into_iter().collect();
        if types.is_empty() {
            let values = self.all_values().into_iter().flatten();
            values.filter_map(|node| type_of(&node.value)).collect()
        } else {
            types
        }
    }

    /// Whether the types are only those of the allowed values.
    pub(super) fn is_typed_by_values(&self) -> bool {
        self.parts.simple_types().is_empty() && self.all_values().is_some()
    }

    fn all_values(&self) -> Option<&Vec<&'t Node>> {
        self.parts.values.as_ref().or(self.constants.as_ref())
    }

    /// How a string holds bytes, as a format: `contentEncoding: base64` is `byte`, and a string of any bytes is `binary`.
    pub(super) fn bytes(&self) -> Option<&'static str> {
        let format = self.format().map(|(format, _)| format);
        let encoding = self.text("contentEncoding").map(|(text, _)| text);
        let any_bytes = self
            .text("contentMediaType")
            .is_some_and(|(text, _)| text == ANY_BYTES);
        match (format, encoding) {
            (Some("byte"), None | Some("base64")) | (None, Some("base64")) => Some("byte"),
            (Some("binary"), None) => Some("binary"),
            (None, None) if any_bytes => Some("binary"),
            _ => None,
        }
    }

    /// The media type of the bytes in a string, if it says more than that they are bytes.
    pub(super) fn content(&self) -> Option<(&'t str, Span)> {
        let content = self.text("contentMediaType");
        content.filter(|(text, _)| *text != ANY_BYTES)
    }

    /// Whether values of both have the same simple types and the same format.
    pub(super) fn is_of_type(&self, other: &Self) -> bool {
        let format = |view: &Self| view.text("format").map(|(format, _)| format.to_owned());
        self.types() == other.types()
            && self.has_alternatives() == other.has_alternatives()
            && format(self) == format(other)
    }

    /// Whether it has alternatives that are compared as such.
    pub(super) fn has_alternatives(&self) -> bool {
        !self.parts.unions.is_empty() && self.constants.is_none()
    }

    /// The alternatives that are compared as the values of an enum.
    pub(super) fn constant_branches(&self) -> &[SchemaId] {
        match (&self.constants, &self.parts.unions[..]) {
            (Some(_), [union]) => &union.branches,
            _ => &[],
        }
    }

    pub(super) fn is_deprecated(&self) -> bool {
        self.composed.iter().any(|schema| schema.deprecated)
    }

    /// The allowed values except null, by their text.
    pub(super) fn values(&self) -> Option<BTreeMap<String, &'t Node>> {
        let values = self.all_values()?;
        let values = values.iter().filter(|node| node.value != Value::Null);
        Some(values.map(|node| (json(node), *node)).collect())
    }

    pub(super) fn additional(&self) -> Additional {
        match (self.parts.additional, self.parts.additional_schema) {
            (Some(false), _) => Additional::Closed,
            (_, Some(id)) => Additional::Of(id),
            (Some(true), None) => Additional::Any,
            (None, None) => Additional::Unstated,
        }
    }
}

/// A value as JSON text.
pub(super) fn json(node: &Node) -> String {
    node.to_json().to_string()
}

/// Examples as JSON texts.
pub(super) fn examples(list: &[Example<'_>]) -> Vec<String> {
    list.iter().map(|example| json(example.value)).collect()
}

/// The schema at the end of references and wrappers that add nothing.
pub(super) fn meant(joined: &Joined<'_>, id: SchemaId) -> SchemaId {
    target(&joined.document, id)
}

/// A schema, the schema that it refers to, and the schemas that the latter is composed of.
pub(super) fn with_leaves(joined: &Joined<'_>, id: SchemaId) -> impl Iterator<Item = SchemaId> {
    let leaves = joined.document.leaves.get(&id).cloned().unwrap_or_default();
    [id, meant(joined, id)].into_iter().chain(leaves)
}

/// The values of the alternatives of a schema, if they are all constants.
fn constants<'t>(joined: &Joined<'t>, parts: &Parts<'t>) -> Option<Vec<&'t Node>> {
    let [union] = &parts.unions[..] else {
        return None;
    };
    if union.discriminator.is_some() || parts.values.is_some() || union.branches.is_empty() {
        return None;
    }
    let mut values = Vec::new();
    for branch in &union.branches {
        let parts = joined.parts(*branch);
        values.extend(parts.values.as_ref().filter(|_| parts.unions.is_empty())?);
    }
    Some(values)
}

/// The simple type of a value except null.
fn type_of(value: &Value) -> Option<SimpleType> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => SimpleType::Boolean,
        Value::Number(text) if canonical_number(text).contains('e') => SimpleType::Number,
        Value::Number(_) => SimpleType::Integer,
        Value::String(_) => SimpleType::String,
        Value::List(_) => SimpleType::Array,
        Value::Map(_) => SimpleType::Object,
    })
}
