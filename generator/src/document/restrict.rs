//! The types whose values the keywords of schemas restrict.

use super::SimpleType;

/// The keywords that restrict only values of certain types, with these types.
const RESTRICTS: &[(&str, &[SimpleType])] = &[
    ("minLength", &[SimpleType::String]),
    ("maxLength", &[SimpleType::String]),
    ("pattern", &[SimpleType::String]),
    ("minimum", NUMBERS),
    ("maximum", NUMBERS),
    ("exclusiveMinimum", NUMBERS),
    ("exclusiveMaximum", NUMBERS),
    ("multipleOf", NUMBERS),
    ("items", &[SimpleType::Array]),
    ("prefixItems", &[SimpleType::Array]),
    ("minItems", &[SimpleType::Array]),
    ("maxItems", &[SimpleType::Array]),
    ("uniqueItems", &[SimpleType::Array]),
    ("properties", &[SimpleType::Object]),
    ("additionalProperties", &[SimpleType::Object]),
    ("patternProperties", &[SimpleType::Object]),
    ("minProperties", &[SimpleType::Object]),
    ("maxProperties", &[SimpleType::Object]),
    ("required", &[SimpleType::Object]),
];

/// The types of numbers.
pub(crate) const NUMBERS: &[SimpleType] = &[SimpleType::Integer, SimpleType::Number];

/// Whether a keyword restricts values of one of these types.
pub(crate) fn restricts_any(keyword: &str, types: &[SimpleType]) -> bool {
    let row = RESTRICTS.iter().find(|(key, _)| *key == keyword);
    row.is_none_or(|(_, restricted)| types.iter().any(|it| restricted.contains(it)))
}
