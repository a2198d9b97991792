//! Media types: which of them is used, and what kind of bytes it is.

use crate::document::{Document, MediaType, SchemaId, SimpleType};
pub(crate) use crate::document::{FORM, FORM_DATA, essence, is_json, without_charset};
use crate::lower::operation::file::is_bytes;
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::same::same_as_last;
use crate::lower::schema::scalar::scalar;
use crate::model::{Codec, Scalar};

/// The kinds of content, the preferred ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Content {
    Json,
    Events,
    JsonLines,
    Form,
    Multipart,
    Text,
    Bytes,
}

impl Content {
    /// The kind of a media type by its name and its schema. A binary string is bytes, whatever the name is; a range
    /// such as `*/*` with a string is text; and an object, a number or a boolean under a media type of plain text is
    /// serialized as JSON.
    pub(crate) fn in_media(document: &Document<'_>, media: &MediaType<'_>) -> Self {
        let name = essence(media.name.text);
        let named = Self::of_essence(&name);
        let Some(schema) = media.schema else {
            return named;
        };
        match named {
            Self::Json | Self::Text if is_bytes(document, schema) => Self::Bytes,
            Self::Json if is_range(&name) && holds_text(document, schema) => Self::Text,
            Self::Json if is_range(&name) && is_string(document, schema) => Self::Text,
            Self::Text if is_plain_text(&name) && is_written_as_json(document, schema) => {
                Self::Json
            }
            // A form consists of fields, so a value that is not an object is passed as text.
            Self::Form if has_no_fields(document, schema) => Self::Text,
            named => named,
        }
    }

    /// The kind of a media type by its name alone.
    pub(crate) fn of(name: &str) -> Self {
        Self::of_essence(&essence(name))
    }

    fn of_essence(essence: &str) -> Self {
        match essence {
            "application/json" | "application/*" | "*/*" => Self::Json,
            "text/event-stream" => Self::Events,
            name if is_json_lines(name) => Self::JsonLines,
            FORM => Self::Form,
            "application/xml"
            | "application/yaml"
            | "application/x-yaml"
            | "application/javascript"
            | "application/graphql" => Self::Text,
            other if is_json(other) => Self::Json,
            other if other.ends_with("+xml") || other.ends_with("+yaml") => Self::Text,
            other if other.starts_with("text/") => Self::Text,
            other if other.starts_with("multipart/") => Self::Multipart,
            _ => Self::Bytes,
        }
    }

    /// The codec of a request body of this kind.
    pub(crate) fn codec(self) -> Codec {
        match self {
            Self::Json => Codec::Json,
            Self::Form => Codec::Form,
            Self::Multipart => Codec::Multipart,
            Self::Text | Self::Events | Self::JsonLines => Codec::Text,
            Self::Bytes => Codec::Bytes,
        }
    }
}

/// Whether a media type is a sequence of JSON values. Most of its spellings are not registered.
fn is_json_lines(essence: &str) -> bool {
    let (main, subtype) = essence.split_once('/').unwrap_or_default();
    let subtype = subtype.rsplit('+').next().unwrap_or_default();
    let bare = subtype.strip_prefix("x-").unwrap_or(subtype);
    let lines = ["ndjson", "jsonl", "jsonlines", "json-lines", "json-seq"];
    matches!(
        essence,
        "application/stream+json" | "application/x-json-stream"
    ) || (matches!(main, "application" | "text") && lines.contains(&bare))
}

/// Whether a media type is XML, which is passed on as text.
pub(crate) fn is_xml(essence: &str) -> bool {
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

fn is_range(essence: &str) -> bool {
    matches!(essence, "*/*" | "application/*")
}

/// Whether a text media type does not define how a value is written as text.
fn is_plain_text(essence: &str) -> bool {
    matches!(
        essence,
        "text/plain" | "text/*" | "application/graphql" | "application/javascript"
    )
}

/// Whether a schema is a plain string, without a type of its own.
pub(crate) fn is_string(document: &Document<'_>, schema: SchemaId) -> bool {
    let parts = Parts::of(document, schema);
    let plain = parts.values.is_none() && parts.unions.is_empty();
    plain
        && parts.simple_types() == [SimpleType::String]
        && scalar(SimpleType::String, parts.format, parts.base64, parts.reach)
            == Some(Scalar::String)
}

/// Whether a schema is a string with an encoding, or with content other than bytes. The body is that string as it is,
/// unless its media type says otherwise.
fn holds_text(document: &Document<'_>, schema: SchemaId) -> bool {
    let schema = document.schema(same_as_last(document, schema));
    let says = schema.content_encoding.is_some() || schema.content_media_type.is_some();
    says && schema.types.contains(&SimpleType::String)
}

/// The media type that the schema of a body names, if its content is not encoded.
fn media_type_of(document: &Document<'_>, schema: SchemaId) -> Option<String> {
    let schema = document.schema(same_as_last(document, schema));
    let encoded = schema
        .content_encoding
        .is_some_and(|name| !name.eq_ignore_ascii_case("binary"));
    let name = schema.content_media_type.filter(|_| !encoded)?.trim();
    let is_one = name.contains('/') && !name.contains(['*', ',']);
    (is_one && !name.contains(char::is_control)).then(|| name.to_owned())
}

/// Whether a media type has a syntax of its own, such as a table, a page or an image, and its schema says no more than
/// that. A JSON string means the same as plain text and as a string in `MessagePack`, but not the same as one of these.
pub(crate) fn has_own_syntax(document: &Document<'_>, media: &MediaType<'_>) -> bool {
    let name = essence(media.name.text);
    let bare = matches!(&*name, "text/plain" | "text/*" | "*/*" | "application/*");
    let content = Content::in_media(document, media);
    let is_document = |schema| is_string(document, schema) && !is_serialization(&name);
    let says_no_more = |schema| is_document(schema) || says_nothing(document, schema);
    !bare
        && matches!(content, Content::Text | Content::Bytes)
        && media.schema.is_some_and(says_no_more)
}

/// Whether a media type is another serialization of the values that JSON can have, so that a string is the same value in
/// both: `application/x-msgpack`.
fn is_serialization(essence: &str) -> bool {
    const FORMATS: [&str; 9] = [
        "avro", "bson", "cbor", "gob", "msgpack", "protobuf", "smile", "xml", "yaml",
    ];
    let subtype = essence.rsplit(['/', '+']).next().unwrap_or_default();
    let format = subtype.trim_start_matches("x-").trim_start_matches("vnd.");
    FORMATS.contains(&format.trim_start_matches("google."))
}

/// Whether a schema allows any value.
fn says_nothing(document: &Document<'_>, schema: SchemaId) -> bool {
    let parts = Parts::of(document, schema);
    parts.simple_types().is_empty() && parts.unions.is_empty() && parts.values.is_none()
}

/// Whether a schema describes the content of an object or an array.
pub(crate) fn is_structured(document: &Document<'_>, schema: SchemaId) -> bool {
    let parts = Parts::of(document, schema);
    parts.has_properties() || (parts.items.is_some() && parts.unions.is_empty())
}

/// Whether a schema describes the content of an object or an array, or some of its alternatives do.
pub(crate) fn may_be_structured(document: &Document<'_>, schema: SchemaId) -> bool {
    is_structured(document, schema) || structured_branches(document, schema).contains(&true)
}

/// For each alternative of a schema, whether it describes the content of an object or an array.
fn structured_branches(document: &Document<'_>, schema: SchemaId) -> Vec<bool> {
    let parts = Parts::of(document, schema);
    let branches = parts.unions.iter().flat_map(|union| &union.branches);
    branches
        .map(|&branch| is_structured(document, branch))
        .collect()
}

/// Whether the values of a schema are written in plain text as JSON writes them: objects, arrays, numbers and booleans.
fn is_written_as_json(document: &Document<'_>, schema: SchemaId) -> bool {
    let types = Parts::of(document, schema).simple_types();
    let is_bare = |one: &SimpleType| {
        matches!(
            one,
            SimpleType::Integer | SimpleType::Number | SimpleType::Boolean
        )
    };
    let branches = structured_branches(document, schema);
    is_structured(document, schema)
        || (!branches.is_empty() && !branches.contains(&false))
        || (!types.is_empty() && types.iter().all(is_bare))
}

/// Whether no value of a schema is an object.
fn has_no_fields(document: &Document<'_>, schema: SchemaId) -> bool {
    let parts = Parts::of(document, schema);
    let types = parts.simple_types();
    parts.unions.is_empty() && !types.is_empty() && !types.contains(&SimpleType::Object)
}

/// The rank of a media type, the best first: by kind, then those with a schema, then by name. `application/json` comes
/// first because every server knows it, and its versions come next: `application/json; v=1.0`. Of bytes,
/// `application/octet-stream` comes first, because any bytes are of this type. Names of vendors come after registered
/// ones, and ranges last. Of names alike, the shortest comes first, and of several the first by alphabet: their order in
/// the description has no meaning.
pub(crate) fn rank<'t>(document: &Document<'t>, media: &MediaType<'t>) -> Rank<'t> {
    let name = without_charset(media.name.text);
    let content = Content::in_media(document, media);
    let by_name = match name.as_str() {
        "application/json" => 0,
        "text/plain" if content == Content::Text => 0,
        "application/octet-stream" if content == Content::Bytes => 0,
        "*/*" => 6,
        name if name.contains('*') => 5,
        name if essence(name) == "application/json" => 1,
        // A list of changes comes after the value itself, or a part of it.
        name if essence(name) == "application/json-patch+json" => 4,
        name if content == Content::Json && !essence(name).ends_with("+json") => 4,
        name if name.contains("/vnd.") || name.contains("/x-") => 3,
        _ => 2,
    };
    let has_none = media.schema.is_none();
    (
        content,
        has_none,
        by_name,
        name.len(),
        name,
        media.name.text,
    )
}

/// The rank of a media type: its kind, whether it has no schema, the rank of its name, its name without the charset after
/// the length of that, and its whole name.
pub(crate) type Rank<'t> = (Content, bool, u8, usize, String, &'t str);

/// The entry with the best rank.
pub(crate) fn preferred<'d, 't>(
    document: &Document<'t>,
    content: &'d [MediaType<'t>],
) -> Option<&'d MediaType<'t>> {
    match content {
        [only] => Some(only),
        content => content.iter().min_by_key(|media| rank(document, media)),
    }
}

/// The media type to send. A range such as `image/*` cannot be sent; the schema may name the media type of its value.
pub(crate) fn content_type(document: &Document<'_>, media: &MediaType<'_>) -> String {
    let name = media.name.text;
    let content = Content::in_media(document, media);
    let named = media
        .schema
        .and_then(|schema| media_type_of(document, schema));
    let named = named.filter(|_| name.contains('*'));
    match (content, named) {
        (Content::Text | Content::Bytes, Some(named)) => named,
        (Content::Json, _) if name.contains('*') => "application/json".to_owned(),
        (Content::Text, _) if name.contains('*') => "text/plain".to_owned(),
        (Content::Bytes, _) if name.contains('*') => "application/octet-stream".to_owned(),
        (Content::Multipart, _) if name.contains('*') || essence(name) == FORM_DATA => {
            FORM_DATA.to_owned()
        }
        (Content::Multipart, _) => without_boundary(name),
        _ => name.trim().to_owned(),
    }
}

/// The media type without the boundary, which differs for each body.
fn without_boundary(name: &str) -> String {
    let parameters = name.split(';').map(str::trim).filter(|parameter| {
        let named = parameter.get(.."boundary=".len());
        !named.is_some_and(|named| named.eq_ignore_ascii_case("boundary="))
    });
    parameters.collect::<Vec<_>>().join("; ")
}
