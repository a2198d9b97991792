//! Recognizes the kind of a node by its keys, for references that point to the wrong kind of object.

use super::keys;
use super::kind::ObjectKind;
use super::pointer::escape;
use crate::source::Node;

/// The kind of a node, if its keys make it obvious.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Schema,
    Parameter,
    PathItem,
    /// A request body or a response.
    Body,
}

impl Look {
    pub(super) fn of(node: &Node) -> Option<Self> {
        let has = |key| node.member(key).is_some();
        let is_text = |key| node.get(key).is_some_and(|node| node.as_str().is_some());
        let is_map = |key| node.get(key).is_some_and(|node| node.as_map().is_some());
        let schema = [
            "type",
            "properties",
            "items",
            "allOf",
            "oneOf",
            "anyOf",
            "enum",
        ];
        if has("$ref") {
            None
        } else if is_text("name") && is_text("in") {
            Some(Self::Parameter)
        } else if schema.iter().any(|key| has(key)) {
            Some(Self::Schema)
        } else if is_map("content") {
            Some(Self::Body)
        } else if ["get", "post", "put", "patch", "delete"]
            .iter()
            .any(|key| is_map(key))
        {
            Some(Self::PathItem)
        } else {
            None
        }
    }

    /// The kind of a node that is obviously not of the expected kind, wherever it is.
    pub(super) fn other_than(kind: ObjectKind, node: &Node) -> Option<Self> {
        let expected = match kind {
            ObjectKind::Schema | ObjectKind::Alternative => Self::Schema,
            ObjectKind::RequestBody | ObjectKind::Response | ObjectKind::MediaType => Self::Body,
            _ => return None,
        };
        Self::of(node).filter(|look| *look != expected)
    }

    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Schema => keys::SCHEMA.noun,
            Self::Parameter => keys::PARAMETER.noun,
            Self::PathItem => keys::PATH_ITEM.noun,
            Self::Body => "a body",
        }
    }
}

/// The reference to the schema in a parameter or a body, if `reference` points to one where a schema is expected.
pub(super) fn schema_within(reference: &str, node: &Node) -> Option<String> {
    if node.get("schema").is_some() {
        return Some(format!("{reference}/schema"));
    }
    let media = node.get("content")?.as_map()?.first()?;
    media.value.get("schema")?;
    let name = escape(&media.key.text);
    Some(format!("{reference}/content/{name}/schema"))
}
