//! `encoding` of a body where it changes nothing.

use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::{Document, Encoding, MediaType};
use crate::lower::code;
use crate::lower::operation::body::has_styles;
use crate::lower::operation::media::{Content, essence};
use crate::lower::schema::compose::Parts;

pub(super) fn check(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    let operations = || document.operations();
    let responses = operations().flat_map(|operation| &operation.responses);
    let bodies = operations().filter_map(|operation| operation.body.as_ref());
    let sent = || bodies.clone().flat_map(|body| &body.content);
    for media in sent().chain(responses.flat_map(|response| &response.content)) {
        of_items(document, media, diagnostics);
    }
    for media in sent() {
        let Some(first) = media.encoding.first() else {
            continue;
        };
        if matches!(
            Content::of(&media.key.text),
            Content::Form | Content::Multipart
        ) {
            strangers(document, media, diagnostics);
            if has_styles(document.version, Content::of(&media.key.text)) {
                types_beside_styles(media, diagnostics);
            } else {
                styles(media, diagnostics);
            }
        } else {
            let name = essence(&media.key.text);
            let message = format!("`encoding` has no effect for `{name}`");
            diagnostics.push(
                Diagnostic::warning(code::ENCODING_IGNORED, message)
                    .at(first.key.span, "it is ignored")
                    .note("it is for forms and multipart bodies"),
            );
        }
    }
}

/// Reports what is said of items where there are none.
fn of_items(document: &Document<'_>, media: &MediaType<'_>, diagnostics: &mut Diagnostics) {
    let (name, content) = (essence(&media.key.text), Content::of(&media.key.text));
    if let Some(encoding) = media
        .item_encoding
        .as_ref()
        .filter(|_| content != Content::Multipart)
    {
        let message = format!("`itemEncoding` has no effect for `{name}`");
        diagnostics.push(
            Diagnostic::warning(code::ENCODING_IGNORED, message)
                .at(encoding.key.span, "it is ignored")
                .note("it is for multipart bodies"),
        );
    }
    let has_items = matches!(
        content,
        Content::Events | Content::JsonLines | Content::Multipart
    );
    let item = media.item_schema.filter(|_| !has_items && media.is_known);
    if let Some(place) = item.and_then(|item| document.schema(item).mark) {
        let message = format!("the `itemSchema` of `{name}` is not used");
        diagnostics.push(
            Diagnostic::warning(code::SCHEMA_UNUSED, message)
                .at(place, "it is ignored")
                .note("it is for multipart bodies and for streams, such as `application/jsonl`"),
        );
    }
}

/// The encodings with a style.
fn styled<'d, 't>(media: &'d MediaType<'t>) -> impl Iterator<Item = &'d Encoding<'t>> {
    let encodings = media.encoding.iter();
    encodings.filter(|encoding| encoding.style.is_some() || encoding.explode.is_some())
}

/// Reports content types that the styles beside them replace.
fn types_beside_styles(media: &MediaType<'_>, diagnostics: &mut Diagnostics) {
    let typed = |encoding: &&Encoding<'_>| encoding.content_type.is_some();
    for Encoding { key, .. } in styled(media).filter(typed) {
        let message = format!("the `contentType` of `{}` is ignored", key.text);
        diagnostics.push(
            Diagnostic::warning(code::ENCODING_IGNORED, message)
                .at(key.span, "`style` and `explode` replace it"),
        );
    }
}

/// Reports styles where they do not count.
fn styles(media: &MediaType<'_>, diagnostics: &mut Diagnostics) {
    for Encoding { key, .. } in styled(media) {
        let message = format!("the style of `{}` is ignored", key.text);
        diagnostics.push(
            Diagnostic::warning(code::ENCODING_IGNORED, message)
                .at(key.span, "a part of a multipart body")
                .note("OpenAPI 3.0 has styles for forms only, 3.1 for parts as well"),
        );
    }
}

/// Reports encodings of properties that the body does not have.
fn strangers(document: &Document<'_>, media: &MediaType<'_>, diagnostics: &mut Diagnostics) {
    let Some(schema) = media.schema else { return };
    let parts = Parts::of(document, schema);
    // What other properties there are, and what alternatives have, is not known here.
    let open = parts.additional == Some(true) || parts.additional_schema.is_some();
    if open || !parts.unions.is_empty() || !parts.has_members() {
        return;
    }
    for Encoding { key, .. } in &media.encoding {
        if parts.knows(&key.text) {
            continue;
        }
        let message = format!("the body has no property `{}`", key.text);
        let diagnostic = Diagnostic::warning(code::ENCODING_IGNORED, message)
            .at(key.span, "this encoding is ignored");
        let described = |name: &&str| !media.encoding.iter().any(|other| *other.key.text == **name);
        let known = parts.properties.iter().map(|(known, _)| &*known.text);
        diagnostics.push(match nearest(&key.text, known.filter(described)) {
            Some(near) => diagnostic.help(format!("write `{near}`")),
            None => diagnostic,
        });
    }
}
