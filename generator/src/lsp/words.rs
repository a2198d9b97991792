//! The meanings of words, for hover texts and completions.

use crate::document::decode::{Word, Words};
use crate::document::{FORM, FORM_DATA, Format};
use crate::lower::Content;

/// The media types that are completed in every description.
pub(super) const MEDIA_TYPES: [&str; 7] = [
    "application/json",
    "application/octet-stream",
    "application/problem+json",
    FORM,
    FORM_DATA,
    "text/event-stream",
    "text/plain",
];

/// The most common status codes of responses, with their meanings.
pub(super) const STATUS_CODES: &[Word] = &[
    ("200", "OK"),
    ("201", "Created"),
    ("202", "Accepted"),
    ("204", "No Content"),
    ("301", "Moved Permanently"),
    ("302", "Found"),
    ("304", "Not Modified"),
    ("400", "Bad Request"),
    ("401", "Unauthorized"),
    ("403", "Forbidden"),
    ("404", "Not Found"),
    ("405", "Method Not Allowed"),
    ("409", "Conflict"),
    ("410", "Gone"),
    ("412", "Precondition Failed"),
    ("413", "Content Too Large"),
    ("415", "Unsupported Media Type"),
    ("422", "Unprocessable Content"),
    ("429", "Too Many Requests"),
    ("500", "Internal Server Error"),
    ("502", "Bad Gateway"),
    ("503", "Service Unavailable"),
    ("504", "Gateway Timeout"),
    ("2XX", "any success"),
    ("4XX", "any client error"),
    ("5XX", "any server error"),
    ("default", "every other response"),
];

/// The meaning of a word where one of these can stand.
pub(super) fn docs_of_word(words: Words, text: &str) -> Option<&'static str> {
    let in_all = |all: &[Word]| {
        all.iter()
            .find(|(word, _)| *word == text)
            .map(|(_, docs)| *docs)
    };
    match words {
        Words::Of(words) | Words::Suggested(words) => in_all(words),
        Words::Format => Format::words()
            .find(|(word, _)| *word == text)
            .map(|(_, docs)| docs),
        Words::MediaType => Some(docs_of_media_type(text)),
        Words::TagName
        | Words::Tag
        | Words::OperationId
        | Words::Operation
        | Words::Property
        | Words::Scope => None,
    }
}

/// The title of a status code.
pub(super) fn docs_of_status(text: &str) -> Option<&'static str> {
    let mut codes = STATUS_CODES.iter();
    codes
        .find(|(code, _)| code.eq_ignore_ascii_case(text))
        .map(|(_, title)| *title)
}

/// What a body of a media type is in Rust.
pub(super) fn docs_of_media_type(text: &str) -> &'static str {
    match Content::of(text) {
        Content::Json => "JSON: the type of the schema.",
        Content::Events => "A stream of server-sent events, each with the type of the schema.",
        Content::JsonLines => "A stream of JSON values, each with the type of the schema.",
        Content::Form => "The fields of a form, from the properties of the schema.",
        Content::Multipart => "A form with files, from the properties of the schema.",
        Content::Text => "Text: a `String`.",
        Content::Bytes => "Bytes as they are.",
    }
}
