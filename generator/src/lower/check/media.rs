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
    content: Content,
    first: Span,
    more: usize,
}

/// Reports each such media type once: a description of an API that speaks XML would have a warning for every operation.
pub(super) fn check(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    let mut found = Found::default();
    for operation in document.operations() {
        for media in used(document, operation) {
            let content = Content::in_media(document, media);
            let unread = media.is_known
                && matches!(content, Content::Text | Content::Bytes)
                && media
                    .schema
                    .is_some_and(|schema| is_structured(document, schema));
            if unread {
                found.add(media, content);
            }
        }
    }
    for unread in found.list {
        let passed = if unread.content == Content::Text {
            "text"
        } else {
            "bytes"
        };
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

/// The media types in which an operation sends its body and reads its successes.
fn used<'d, 't>(document: &Document<'t>, operation: &'d Operation<'t>) -> Vec<&'d MediaType<'t>> {
    let sent = operation.body.iter().flat_map(|body| forms(document, body));
    let read = successes(operation).into_iter();
    let read = read.flat_map(|response| telling(document, &response.content, Half::Whole));
    sent.chain(read).collect()
}

/// Media types by their names, in their order.
#[derive(Default)]
struct Found {
    list: Vec<Unread>,
    positions: HashMap<String, usize>,
}

impl Found {
    fn add(&mut self, media: &MediaType<'_>, content: Content) {
        let name = essence(&media.key.text);
        let next = self.list.len();
        let position = *self.positions.entry(name.clone()).or_insert(next);
        match self.list.get_mut(position) {
            Some(unread) => unread.more += 1,
            None => self.list.push(Unread {
                name,
                content,
                first: media.key.span,
                more: 0,
            }),
        }
    }
}
