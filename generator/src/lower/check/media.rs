//! Schemas of objects and arrays under media types that are not decoded into types, such as XML.

use hashbrown::HashMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::code::DUPLICATE;
use crate::document::{Document, MediaType, Operation};
use crate::lower::code;
use crate::lower::operation::file::may_be_bytes;
use crate::lower::operation::form::forms;
use crate::lower::operation::media::{Content, essence, may_be_structured, without_charset};
use crate::lower::operation::output::{failures, successes};
use crate::lower::operation::representation::{
    ResponseMode, distinct_media, repeated, xml_beside_json,
};
use crate::source::Span;

/// A media type with the first body that has a schema under it, and how many more there are.
struct Undecoded {
    name: String,
    /// What happens to the body.
    treatment: Treatment,
    first: Span,
    more: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Treatment {
    Text,
    Bytes,
    /// The client accepts the body as JSON, which has another schema.
    JsonInstead,
    /// The body of an error response, which has a type only if it is JSON.
    Untyped,
}

impl Treatment {
    fn label(self) -> &'static str {
        match self {
            Self::Text => "the body is passed as text",
            Self::Bytes => "the body is passed as bytes",
            Self::JsonInstead => "the body is read as JSON, which has another schema",
            Self::Untyped => "the error has no type; `Error::body` returns the bytes",
        }
    }
}

/// Reports each such media type once: otherwise the description of an XML API would have a warning for every operation.
pub(super) fn check(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    let mut found = Found::default();
    for operation in document.operations() {
        diagnostics.extend(described_twice(document, operation));
        for media in sent(document, operation) {
            let content = Content::in_media(document, media);
            match content {
                Content::Text | Content::Events | Content::JsonLines => {
                    found.add(document, media, Treatment::Text);
                }
                Content::Bytes => found.add(document, media, Treatment::Bytes),
                Content::Json => {
                    diagnostics.extend(bytes_in_json(document, media, "sent as a JSON string"));
                }
                Content::Form | Content::Multipart => {}
            }
        }
        for response in successes(operation) {
            for media in distinct_media(document, &response.content, ResponseMode::Whole) {
                match Content::in_media(document, media) {
                    Content::Text => found.add(document, media, Treatment::Text),
                    Content::Form | Content::Multipart | Content::Bytes => {
                        found.add(document, media, Treatment::Bytes);
                    }
                    Content::Json => {
                        let reading =
                            "read as JSON; `send_bytes` returns the body as it was received";
                        diagnostics.extend(bytes_in_json(document, media, reading));
                    }
                    Content::Events | Content::JsonLines => {}
                }
            }
            for media in xml_beside_json(document, &response.content) {
                found.add(document, media, Treatment::JsonInstead);
            }
        }
        for response in failures(operation) {
            let is_json =
                |media: &MediaType<'_>| Content::in_media(document, media) == Content::Json;
            if response.content.iter().any(is_json) {
                continue;
            }
            for media in &response.content {
                found.add(document, media, Treatment::Untyped);
            }
        }
    }
    for undecoded in found.list {
        let message = format!("the schema of `{}` is not used", undecoded.name);
        let mut diagnostic = Diagnostic::warning(code::SCHEMA_UNUSED, message)
            .at(undecoded.first, undecoded.treatment.label());
        if undecoded.more > 0 {
            let bodies = if undecoded.more == 1 {
                "body"
            } else {
                "bodies"
            };
            diagnostic = diagnostic.note(format!(
                "the same holds for {} more {bodies}",
                undecoded.more
            ));
        }
        let is_form = Content::of(&undecoded.name) == Content::Form;
        diagnostics.push(diagnostic.help(if is_form {
            "describe an object whose properties are the fields of the form"
        } else {
            "describe the body as JSON too, where the server can send or take it"
        }));
    }
}

/// Media types that differ in their charset only, and have different schemas.
fn described_twice<'d>(
    document: &'d Document<'_>,
    operation: &'d Operation<'_>,
) -> impl Iterator<Item = Diagnostic> {
    let body = operation.body.iter().map(|body| &body.content);
    let responses = operation.responses.iter();
    let contents = body.chain(responses.map(|response| &response.content));
    let repeated = contents.flat_map(|content| repeated(document, content));
    repeated.map(|(media, better)| {
        let name = without_charset(media.name.text);
        let message = format!("`{name}` has two schemas; that of `{better}` counts");
        Diagnostic::warning(DUPLICATE, message)
            .strict()
            .at(media.name.span, "the same media type, with another schema")
            .help("neither a charset nor the case of letters distinguishes two bodies: remove a schema")
    })
}

/// A JSON body with an alternative that cannot be JSON.
fn bytes_in_json(
    document: &Document<'_>,
    media: &MediaType<'_>,
    reading: &str,
) -> Option<Diagnostic> {
    let message = format!("an alternative of this `{}` is bytes", media.name.text);
    let diagnostic = Diagnostic::warning(code::BYTES_IN_JSON, message)
        .at(media.name.span, reading)
        .help("describe the bytes under a media type of their own: `application/octet-stream`");
    media
        .schema
        .filter(|&schema| may_be_bytes(document, schema))
        .map(|_| diagnostic)
}

/// The media types in which an operation sends its body.
fn sent<'d, 't>(
    document: &'d Document<'t>,
    operation: &'d Operation<'t>,
) -> impl Iterator<Item = &'d MediaType<'t>> {
    let body = operation.body.iter();
    body.flat_map(move |body| forms(document, body))
}

/// Whether a media type describes objects or arrays.
fn has_structure(document: &Document<'_>, media: &MediaType<'_>) -> bool {
    let schemas = [media.schema, media.item_schema];
    let mut schemas = schemas.into_iter().flatten();
    media.is_known && schemas.any(|schema| may_be_structured(document, schema))
}

/// Media types by their names, in their order.
#[derive(Default)]
struct Found {
    list: Vec<Undecoded>,
    positions: HashMap<(String, Treatment), usize>,
}

impl Found {
    fn add(&mut self, document: &Document<'_>, media: &MediaType<'_>, treatment: Treatment) {
        if !has_structure(document, media) {
            return;
        }
        let name = essence(media.name.text).into_owned();
        let next = self.list.len();
        let position = *self
            .positions
            .entry((name.clone(), treatment))
            .or_insert(next);
        match self.list.get_mut(position) {
            Some(undecoded) => undecoded.more += 1,
            None => self.list.push(Undecoded {
                name,
                treatment,
                first: media.name.span,
                more: 0,
            }),
        }
    }
}
