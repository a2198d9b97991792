//! Properties that stand at the level of their schema, because `properties` was forgotten.

use super::super::code::{ASSUMED, UNKNOWN_KEY};
use super::types::is_type;
use super::{Decoder, Object, keys};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Key, Member, Node, Value};

/// Keywords whose value is never an object: what holds a schema under one of these names is a property.
const NO_OBJECTS: &str = "
        $anchor $comment $id $ref $schema contentEncoding contentMediaType deprecated description enum
        exclusiveMaximum exclusiveMinimum format id maxContains maxItems maxLength maxProperties maximum minContains
        minItems minLength minProperties minimum multipleOf nullable pattern prefixItems readOnly required title
        type uniqueItems writeOnly";

/// Keywords that may hold a schema or any value, and are names of properties as well.
const AMBIGUOUS: &str = "const contains default example items not properties";

/// Keywords that say nothing against properties.
const BESIDE: &str = "
        $anchor $comment $defs $id $schema additionalProperties definitions deprecated description discriminator
        externalDocs maxProperties minProperties nullable readOnly required title type unevaluatedProperties
        writeOnly xml";

/// What a key of a schema that lacks `properties` is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// A property, whatever stands beside it.
    Property,
    /// A property where something else is one.
    Ambiguous,
    /// A keyword of an object, or an extension.
    Keyword,
    /// Anything else.
    Other,
}

impl<'t> Decoder<'t, '_> {
    /// Whether the properties of a schema stand at its own level, which is reported. That is clear where a key holds a
    /// schema but is no keyword, or one that holds no schema, and no keyword says that the schema is no object.
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

/// Whether a key of a schema that lacks `properties` is one of these.
pub(super) fn is_property(member: &Member) -> bool {
    matches!(reading(member), Reading::Property | Reading::Ambiguous)
}

/// Says that a property stands beside `properties`, which wrong indentation leads to.
pub(super) fn outside_of_properties(key: &Key) -> Diagnostic {
    let message = format!("`{}` is not a key of a schema; it is ignored", key.text);
    Diagnostic::warning(UNKNOWN_KEY, message)
        .strict()
        .at(key.span, "its value is a schema, as that of a property")
        .help("indent it, so that it is under `properties`")
}

fn reading(member: &Member) -> Reading {
    let key = &*member.key.text;
    let among = |list: &str| list.split_ascii_whitespace().any(|known| known == key);
    if key.starts_with("x-") {
        Reading::Keyword
    } else if is_schema(&member.value) && (among(NO_OBJECTS) || is_name(key)) {
        Reading::Property
    } else if is_schema(&member.value) && among(AMBIGUOUS) {
        Reading::Ambiguous
    } else if among(BESIDE) && allows_object(member) {
        Reading::Keyword
    } else {
        Reading::Other
    }
}

/// Whether a key is not a keyword, and not a misspelt one.
fn is_name(key: &str) -> bool {
    !keys::SCHEMA.has(key) && nearest(key, keys::SCHEMA.all()).is_none()
}

/// Whether a node is plainly a schema: an object of keywords that says what its values are.
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

/// Whether the value of a keyword belongs to the schema of an object. Only `type` says more than that.
fn allows_object(member: &Member) -> bool {
    let is_object = |node: &Node| matches!(node.as_str(), Some("object" | "null"));
    match (&*member.key.text, &member.value.value) {
        ("type", Value::List(words)) => words.iter().all(is_object),
        ("type", _) => is_object(&member.value),
        _ => true,
    }
}
