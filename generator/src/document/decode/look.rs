//! Recognizes the kind of a node by its keys, for references that point to the wrong kind of object, or into one.

use super::grammar::Form;
use super::keys::{self, Keys};
use super::kind::ObjectKind;
use super::pointer::escape;
use crate::source::{Member, Node, Value};

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

/// The objects whose parts have no names of their own.
const WHOLES: [&Keys; 9] = [
    &keys::SCHEMA,
    &keys::PATH_ITEM,
    &keys::OPERATION,
    &keys::PARAMETER,
    &keys::HEADER,
    &keys::BODY,
    &keys::RESPONSE,
    &keys::MEDIA_TYPE,
    &keys::DOCUMENT,
];

/// The maximum number of keys of an object; a map may have more.
const MOST_KEYS: usize = 100;

/// Whether a key of `node` is that of a part of an object, such as the `schema` of a parameter, and not an entry of a map
/// that has the same name. The key of a schema itself can only be one that holds schemas.
pub(super) fn is_part(node: &Node, key: &str, is_schema: bool) -> bool {
    let is_held = |form: Form| match form {
        Form::Any => true,
        form if is_schema => form
            .object()
            .is_some_and(|own| own.noun == keys::SCHEMA.noun),
        form => can_be(form, node.get(key)),
    };
    // The components of a description are maps of names.
    let has = |keys: &&&'static Keys| keys.entry(key).is_some_and(|entry| is_held(entry.form));
    let mut wholes = WHOLES.iter().filter(has).filter(|_| key != "components");
    wholes.any(|keys| is_object(node, keys))
}

/// Whether a node is an object with these keys, and not a map whose entries have names. All entries of such a map are
/// arrays or objects.
fn is_object(node: &Node, keys: &'static Keys) -> bool {
    let members = node.as_map().unwrap_or_default();
    let is_scalar = |member: &Member| !matches!(member.value.value, Value::Map(_) | Value::List(_));
    let fits = |member: &Member| {
        let entry = keys.entry(&member.key.text);
        member.key.text.starts_with("x-")
            || entry.is_some_and(|entry| can_be(entry.form, Some(&member.value)))
    };
    members.len() <= MOST_KEYS && (members.iter().any(is_scalar) || members.iter().all(fits))
}

/// Whether a value of this form can be such an array or object. Scalars are not compared.
fn can_be(form: Form, node: Option<&Node>) -> bool {
    match node.map(|node| &node.value) {
        Some(Value::Map(_)) => {
            form.object().is_some()
                || matches!(form, Form::Any | Form::Map(..) | Form::Reference(_))
        }
        Some(Value::List(_)) => matches!(form, Form::Any | Form::List(_) | Form::OneOrList(_)),
        _ => true,
    }
}
