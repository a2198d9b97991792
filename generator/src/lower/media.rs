//! Media types: which of them is used, and what kind of bytes it is.

use crate::document::MediaType;
use crate::model::Codec;

/// The kinds of content, the preferred ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Content {
    Json,
    Events,
    JsonLines,
    Form,
    Multipart,
    Text,
    Bytes,
}

impl Content {
    /// The kind of a media type by its name.
    pub(super) fn of(name: &str) -> Self {
        match essence(name).as_str() {
            "application/json" | "text/json" | "application/*" | "*/*" => Self::Json,
            "text/event-stream" => Self::Events,
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonlines"
            | "application/json-seq"
            | "application/jsonlines"
            | "application/x-jsonl"
            | "application/stream+json"
            | "application/x-json-stream"
            | "application/geo+json-seq" => Self::JsonLines,
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::Multipart,
            "application/xml"
            | "application/yaml"
            | "application/x-yaml"
            | "application/javascript"
            | "application/graphql" => Self::Text,
            other if other.ends_with("+json") => Self::Json,
            other if other.ends_with("+xml") || other.ends_with("+yaml") => Self::Text,
            other if other.starts_with("text/") => Self::Text,
            _ => Self::Bytes,
        }
    }

    /// How a request body of this kind is written.
    pub(super) fn codec(self) -> Codec {
        match self {
            Self::Json => Codec::Json,
            Self::Form => Codec::Form,
            Self::Multipart => Codec::Multipart,
            Self::Text | Self::Events | Self::JsonLines => Codec::Text,
            Self::Bytes => Codec::Bytes,
        }
    }
}

/// The media type without its parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    name.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The entry that is used where one must be chosen: the preferred kind, and the first of it.
pub(super) fn preferred<'d, 't>(content: &'d [MediaType<'t>]) -> Option<&'d MediaType<'t>> {
    content
        .iter()
        .min_by_key(|media| Content::of(&media.key.text))
}

/// The name to send: a wildcard is no media type of its own.
pub(super) fn content_type(name: &str, content: Content) -> String {
    match content {
        Content::Json if name.contains('*') => "application/json".to_owned(),
        Content::Text if name.contains('*') => "text/plain".to_owned(),
        Content::Bytes if name.contains('*') => "application/octet-stream".to_owned(),
        _ => name.trim().to_owned(),
    }
}
