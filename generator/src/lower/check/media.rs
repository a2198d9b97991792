//! Schemas of objects and arrays under media types that are not read into types, such as XML.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, MediaType, Operation};
use crate::lower::code;
use crate::lower::operation::form::forms;
use crate::lower::operation::media::{Content, essence, is_structured};
use crate::lower::operation::output::successes;
use crate::lower::operation::representation::{Half, telling};
use crate::source::Span;

/// A media type with the first body that has a schema under it, and how many more there are.
struct Unread {
    name: String,
    /// Whether it is passed as text, and not as bytes.
    is_text: bool,
    first: Span,
    more: usize,
}

/// Reports each such media type once: a description of an API that speaks XML would have a warning for every operation.
pub(super) fn check(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    let mut found = Found::default();
    for operation in document.operations() {
        for media in sent(document, operation) {
            let content = Content::in_media(document, media);
            let is_text = matches!(
                content,
                Content::Text | Content::Events | Content::JsonLines
            );
            if is_text || content == Content::Bytes {
                found.add(document, media, is_text);
            }
        }
        for media in read(document, operation) {
            let content = Content::in_media(document, media);
            let is_text = content == Content::Text;
            if is_text || matches!(content, Content::Form | Content::Multipart | Content::Bytes) {
                found.add(document, media, is_text);
            }
        }
    }
    for unread in found.list {
        let passed = if unread.is_text { "text" } else { "bytes" };
        let message = format!("the schema of `{}` is not used", unread.name);
        let label = format!("the body is passed as {passed}");
        let mut diagnostic =
            Diagnostic::warning(code::SCHEMA_UNUSED, message).at(unread.first, label);
        if unread.more > 0 {
            let bodies = if unread.more == 1 { "body" } else { "bodies" };
            diagnostic =
                diagnostic.note(format!("the same holds for {} more {bodies}", unread.more));
        }
        diagnostics.push(
            diagnostic.help("describe the body as JSON too, where the server can send or take it"),
        );
    }
}

/// The media types in which an operation sends its body.
fn sent<'d, 't>(
    document: &'d Document<'t>,
    operation: &'d Operation<'t>,
) -> impl Iterator<Item = &'d MediaType<'t>> {
    let body = operation.body.iter();
    body.flat_map(move |body| forms(document, body))
}

/// The media types in which an operation reads its successes whole.
fn read<'d, 't>(
    document: &'d Document<'t>,
    operation: &'d Operation<'t>,
) -> impl Iterator<Item = &'d MediaType<'t>> {
    let successes = successes(operation).into_iter();
    successes.flat_map(move |response| telling(document, &response.content, Half::Whole))
}

/// Whether a media type describes objects or arrays.
fn has_structure(document: &Document<'_>, media: &MediaType<'_>) -> bool {
    let schemas = [media.schema, media.item_schema];
    let mut schemas = schemas.into_iter().flatten();
    media.is_known && schemas.any(|schema| is_structured(document, schema))
}

/// Media types by their names, in their order.
#[derive(Default)]
struct Found {
    list: Vec<Unread>,
    positions: HashMap<String, usize>,
}

impl Found {
    fn add(&mut self, document: &Document<'_>, media: &MediaType<'_>, is_text: bool) {
        if !has_structure(document, media) {
            return;
        }
        let name = essence(&media.key.text);
        let next = self.list.len();
        let position = *self.positions.entry(name.clone()).or_insert(next);
        match self.list.get_mut(position) {
            Some(unread) => unread.more += 1,
            None => self.list.push(Unread {
                name,
                is_text,
                first: media.key.span,
                more: 0,
            }),
        }
    }
}
