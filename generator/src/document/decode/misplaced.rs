//! Properties that are written directly in their schema, because `properties` was forgotten.

use super::super::code::{ASSUMED, UNKNOWN_KEY};
use super::types::is_type;
use super::words::words;
use super::{Decoder, Object, keys};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Key, Member, Node, Value};

/// Keywords whose value is never an object: a schema under one of these names is a property.
const NO_OBJECTS: &[&str] = words!("
        $anchor $comment $id $ref $schema contentEncoding contentMediaType deprecated description enum
        exclusiveMaximum exclusiveMinimum format id maxContains maxItems maxLength maxProperties maximum minContains
        minItems minLength minProperties minimum multipleOf nullable pattern prefixItems readOnly required title
        type uniqueItems writeOnly");

/// Keywords whose value may be a schema or any value, and which are common names of properties as well.
const AMBIGUOUS: &[&str] = words!("const contains default example items not properties");

/// Keywords that can occur beside forgotten properties.
const BESIDE: &[&str] = words!("
        $anchor $comment $defs $id $schema additionalProperties definitions deprecated description discriminator
        externalDocs maxProperties minProperties nullable readOnly required title type unevaluatedProperties
        writeOnly xml");

/// The role of a key in a schema without `properties`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// A property, regardless of the other keys.
    Property,
    /// A property if another key is one.
    Ambiguous,
    /// A keyword of an object, or an extension.
    Keyword,
    /// Anything else.
    Other,
}

impl<'t> Decoder<'t, '_> {
    /// Whether a schema contains its properties directly, without `properties`. If so, it is reported. At least one key
    /// has to hold a schema though it is not a keyword, or is a keyword that takes no schema, and no keyword may rule
    /// out an object.
    pub(super) fn lacks_properties(&mut self, object: &Object<'t>) -> bool {
        let mut first = None;
        for member in object.members {
            match reading(member) {
                Reading::Property => first = first.or(Some(member)),
                Reading::Ambiguous | Reading::Keyword => {}
                Reading::Other => return false,
            }
        }
        let Some(first) = first else { return false };
        let properties = object.members.iter().filter(|member| is_property(member));
        let names: Vec<_> = properties.map(|it| format!("`{}`", it.key.text)).collect();
        let message = "the properties of this schema must be under `properties`";
        let label = if names.len() == 1 {
            "read as a property".to_owned()
        } else {
            format!(
                "the first of {} keys that are read as properties",
                names.len()
            )
        };
        self.reporter.push(
            Diagnostic::warning(ASSUMED, message)
                .strict()
                .at(first.key.span, label)
                .help("write `properties:` above them"),
        );
        true
    }
}

/// Whether a key of a schema is such a property.
pub(super) fn is_property(member: &Member) -> bool {
    matches!(reading(member), Reading::Property | Reading::Ambiguous)
}

/// The diagnostic of a property beside `properties`, mostly a result of wrong indentation.
pub(super) fn outside_of_properties(key: &Key) -> Diagnostic {
    let message = format!("`{}` is not a key of a schema; it is ignored", key.text);
    Diagnostic::warning(UNKNOWN_KEY, message)
        .strict()
        .at(key.span, "its value is a schema, as that of a property")
        .help("indent it, so that it is under `properties`")
}

fn reading(member: &Member) -> Reading {
    let key = &*member.key.text;
    let among = |list: &[&str]| list.contains(&key);
    let holds_schema = is_schema(&member.value);
    if key.starts_with("x-") {
        Reading::Keyword
    } else if holds_schema && (among(NO_OBJECTS) || is_name(key)) {
        Reading::Property
    } else if holds_schema && among(AMBIGUOUS) {
        Reading::Ambiguous
    } else if allows_object(member) && among(BESIDE) {
        Reading::Keyword
    } else {
        Reading::Other
    }
}

/// Whether a key is neither a keyword nor a misspelt one.
fn is_name(key: &str) -> bool {
    let near = nearest(key, keys::SCHEMA.all());
    // Most words are near to a short keyword.
    !keys::SCHEMA.has(key) && near.is_none_or(|near| near.len() < keys::SHORTEST_OF_SLIPS)
}

/// Whether a node is obviously a schema: a map of keywords, one of which determines the type of its values.
fn is_schema(node: &Node) -> bool {
    let Some(members) = node.as_map() else {
        return false;
    };
    let known = |key: &str| keys::SCHEMA.has(key) || key.starts_with("x-");
    let says = |member: &Member| match (&*member.key.text, &member.value.value) {
        ("$ref", Value::String(_))
        | ("properties" | "items", Value::Map(_))
        | ("allOf" | "anyOf" | "oneOf" | "enum", Value::List(_)) => true,
        ("type", Value::String(word)) => is_type(word),
        ("type", Value::List(words)) => words.iter().all(|it| it.as_str().is_some_and(is_type)),
        _ => false,
    };
    members.iter().any(says) && members.iter().all(|member| known(&member.key.text))
}

/// Whether the value of a keyword is possible in a schema of an object. Only `type` can rule that out.
fn allows_object(member: &Member) -> bool {
    let is_object = |node: &Node| matches!(node.as_str(), Some("object" | "null"));
    match (&*member.key.text, &member.value.value) {
        ("type", Value::List(words)) => words.iter().all(is_object),
        ("type", _) => is_object(&member.value),
        _ => true,
    }
}
