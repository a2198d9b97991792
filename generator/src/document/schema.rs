//! Schemas, with the keywords that matter for types.

use std::sync::OnceLock;

use super::{Example, Page, SchemaId, Text};
use crate::source::{Key, Node, Span, Value};

/// The simple types of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum SimpleType {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `string`
    String,
    /// `array`
    Array,
    /// `object`
    Object,
}

impl SimpleType {
    /// The type with a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// The type with its article, for messages: `an array`.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// A schema, with the keywords that matter for types. Large values that most schemas lack are boxed, because a
/// description has up to a hundred thousand schemas.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of the specification"
)]
#[expect(
    clippy::struct_field_names,
    reason = "fields are named after their keywords"
)]
pub(crate) struct Schema<'t> {
    /// The node it was decoded from (`None` only in tests).
    pub node: Option<&'t Node>,
    /// The hash of the content of the node, computed on first use.
    pub fingerprint: OnceLock<(u64, u64)>,
    /// Whether its keywords are written directly in a parameter or header (2.0).
    pub of_parameter: bool,
    /// The best location to mark: the key of the schema, otherwise the schema itself.
    pub mark: Option<Span>,
    /// Name under `components.schemas` (or `$defs`, `definitions`), if it is defined there.
    pub component: Option<&'t str>,
    /// For a schema that is `true` or `false`.
    pub boolean: Option<bool>,
    /// `$ref`, with the location of its value. Siblings are decoded as well.
    pub reference: Option<(SchemaId, Span)>,
    /// `type`, one or several; `nullable: true` adds `Null` where a type is given.
    pub types: Vec<SimpleType>,
    /// Null is allowed: `nullable: true` or `null` in `type`.
    pub nullable: bool,
    /// `format`.
    pub format: Option<Text<'t>>,
    /// `title`.
    pub title: Option<&'t str>,
    /// `description`.
    pub description: Option<&'t str>,
    /// `externalDocs`.
    pub external_docs: Option<Box<Page<'t>>>,
    /// `enum`.
    pub enumeration: Option<Vec<&'t Node>>,
    /// `const`.
    pub constant: Option<&'t Node>,
    /// `default`.
    pub default: Option<&'t Node>,
    /// `example` and `examples`.
    pub examples: Vec<Example<'t>>,
    /// `properties`.
    pub properties: Vec<(Text<'t>, SchemaId)>,
    /// `required`.
    pub required: Vec<Text<'t>>,
    /// `additionalProperties: true | false`.
    pub additional: Option<bool>,
    /// `additionalProperties: {…}`.
    pub additional_schema: Option<SchemaId>,
    /// `patternProperties`.
    pub pattern_properties: Vec<(Text<'t>, SchemaId)>,
    /// `items`.
    pub items: Option<SchemaId>,
    /// `prefixItems`.
    pub prefix_items: Vec<SchemaId>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `oneOf`.
    pub one_of: Vec<SchemaId>,
    /// `anyOf`.
    pub any_of: Vec<SchemaId>,
    /// `not`.
    pub not: Option<Span>,
    /// `discriminator`.
    pub discriminator: Option<Box<Discriminator<'t>>>,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `contentEncoding`.
    pub content_encoding: Option<&'t str>,
    /// `contentMediaType`.
    pub content_media_type: Option<&'t str>,
    /// `contentSchema`: the schema of the data in a string.
    pub content_schema: Option<SchemaId>,
    /// Any of `minLength`, `maxLength`, `pattern`: an untyped schema with one is a string.
    pub has_string_keywords: bool,
    /// Any of `minimum`, `maximum`, `exclusive…`, `multipleOf`: an untyped schema with one is a number.
    pub has_number_keywords: bool,
    /// Any of `minItems`, `maxItems`, `uniqueItems`, `contains`: an untyped schema with one is an array.
    pub has_list_keywords: bool,
    /// Any of `minProperties`, `maxProperties`, `propertyNames`: an untyped schema with one is an object.
    pub has_object_keywords: bool,
    /// The size of the integers in its limits and values.
    pub reach: Reach,
    /// The limits of length, size and number.
    pub limits: Option<Box<Limits>>,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
    /// `x-rust-type`: the path of a type of another crate.
    pub rust_type: Option<Text<'t>>,
    /// `x-rust-former-name`.
    pub former_names: Vec<Text<'t>>,
    /// `x-enum: open | closed`: whether it is open.
    pub open: Option<bool>,
    /// `x-ms-discriminator-value`: the value of a discriminator that leads to this schema, in place of its name.
    pub tag_value: Option<&'t str>,
    /// `x-success-flag`.
    pub success_flag: Option<Box<SuccessFlag<'t>>>,
}

/// The smallest integer type that holds every integer a schema mentions: its limits, values and default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// `i64`
    #[default]
    Signed,
    /// `u64`
    Unsigned,
    /// Neither of them is large enough.
    Beyond,
}

impl Reach {
    /// The range that one value needs. A value that is not an integer needs only the smallest.
    pub(crate) fn of_value(node: &Node) -> Self {
        let Value::Number(text) = &node.value else {
            return Self::Signed;
        };
        if text.contains(['.', 'e', 'E']) || text.parse::<i64>().is_ok() {
            Self::Signed
        } else if text.parse::<u64>().is_ok() {
            Self::Unsigned
        } else {
            Self::Beyond
        }
    }

    /// The range that the largest value needs. 2⁶³ and 2⁶⁴ are often written where one less is meant, because they were
    /// converted to a double, and a power of ten where there is no limit.
    pub(crate) fn of_largest(node: &Node) -> Self {
        let Value::Number(text) = &node.value else {
            return Self::Signed;
        };
        match text.parse::<f64>() {
            Ok(largest) if largest <= 9_223_372_036_854_775_808.0 => Self::Signed,
            Ok(largest) if largest <= 18_446_744_073_709_551_616.0 => Self::Unsigned,
            _ if text.contains(['.', 'e', 'E']) => Self::Unsigned,
            _ => Self::Beyond,
        }
    }
}

/// The limits of length, size and number. They affect no type, only the values of examples.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Limits {
    /// `minLength`.
    pub min_length: Option<usize>,
    /// `maxLength`.
    pub max_length: Option<usize>,
    /// `minimum`; with `exclusiveMinimum` the next integer.
    pub minimum: Option<f64>,
    /// `maximum`; with `exclusiveMaximum` the integer before it.
    pub maximum: Option<f64>,
    /// `minItems`.
    pub min_items: Option<usize>,
    /// `maxItems`.
    pub max_items: Option<usize>,
}

impl Schema<'_> {
    /// The limits of length, size and number.
    pub(crate) fn limits(&self) -> Limits {
        self.limits.as_deref().copied().unwrap_or_default()
    }

    /// Whether it has keywords for the values of one type: limits, patterns and the like.
    pub(crate) fn has_keywords_of_type(&self) -> bool {
        self.has_string_keywords
            || self.has_number_keywords
            || self.has_list_keywords
            || self.has_object_keywords
    }

    /// The target of a schema that is nothing but a reference, or an `allOf` of one.
    pub(crate) fn bare_reference(&self) -> Option<SchemaId> {
        let target = match (self.reference, &self.all_of[..]) {
            (Some((target, _)), []) => target,
            (None, [only]) => *only,
            _ => return None,
        };
        let is_bare = self.node?.as_map()?.len() == 1;
        is_bare.then_some(target)
    }
}

impl Limits {
    /// The limits of a value that both apply to.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            min_length: self.min_length.max(other.min_length),
            max_length: least(self.max_length, other.max_length),
            minimum: tighter(self.minimum, other.minimum, f64::max),
            maximum: tighter(self.maximum, other.maximum, f64::min),
            min_items: self.min_items.max(other.min_items),
            max_items: least(self.max_items, other.max_items),
        }
    }
}

fn least(a: Option<usize>, b: Option<usize>) -> Option<usize> {
    a.into_iter().chain(b).min()
}

fn tighter(a: Option<f64>, b: Option<f64>, choose: fn(f64, f64) -> f64) -> Option<f64> {
    a.into_iter().chain(b).reduce(choose)
}

/// The property that selects the alternative of a union.
#[derive(Debug, Clone)]
pub(crate) struct Discriminator<'t> {
    /// `propertyName`.
    pub property: Text<'t>,
    /// `mapping`: value → schema. A dangling reference is reported and ignored.
    pub mapping: Vec<(&'t Key, SchemaId)>,
    /// `defaultMapping`: the schema of a value whose property is missing or has an unknown value.
    pub default: Option<SchemaId>,
}

/// `x-success-flag`: a 2xx body that can report a failure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SuccessFlag<'t> {
    /// The boolean property that is true on success.
    pub flag: Text<'t>,
    /// The property with the reasons of a failure.
    pub messages: Option<Text<'t>>,
}

/// The text of a scalar that is a value of these types: as it is written if only strings are allowed, otherwise as JSON
/// writes it. Without quotes, `010` is a number in YAML, but the string is `010` and not `10`.
pub(crate) fn scalar_text<'n>(node: &'n Node, types: &[SimpleType]) -> Option<&'n str> {
    if types == [SimpleType::String] {
        node.as_scalar()
    } else {
        node.as_json_scalar()
    }
}

/// Keywords that do not change which values fit, and only document them.
pub(crate) const ANNOTATIONS: [&str; 7] = [
    "title",
    "description",
    "example",
    "examples",
    "externalDocs",
    "deprecated",
    "$comment",
];

/// Whether a schema allows any JSON only because of a mistake in it, which the decoder reported: a reference to nothing, an
/// unknown type, or a value that is not a schema.
pub(crate) fn is_broken(schema: &Schema<'_>) -> bool {
    schema.node.is_some_and(|node| match &node.value {
        Value::Bool(_) => false,
        Value::Map(_) => {
            let dangles = schema.reference.is_none() && node.get("$ref").is_some();
            let says_type = node.get("type").is_some();
            dangles || says_type && schema.types.is_empty()
        }
        _ => true,
    })
}
