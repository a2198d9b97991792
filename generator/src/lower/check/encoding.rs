//! `encoding` of a body where it changes nothing.

use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::{Document, Encoding, MediaType};
use crate::lower::code;
use crate::lower::operation::body::has_styles;
use crate::lower::operation::media::{Content, essence};
use crate::lower::schema::compose::Parts;

pub(super) fn check(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    let operations = document.paths.iter().flat_map(|path| &path.operations);
    let bodies = operations.filter_map(|operation| operation.body.as_ref());
    for media in bodies.flat_map(|body| &body.content) {
        let Some(first) = media.encoding.first() else {
            continue;
        };
        if matches!(
            Content::of(&media.key.text),
            Content::Form | Content::Multipart
        ) {
            strangers(document, media, diagnostics);
            if !has_styles(document.version, Content::of(&media.key.text)) {
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

/// Reports styles where they do not count.
fn styles(media: &MediaType<'_>, diagnostics: &mut Diagnostics) {
    let styled = |encoding: &&Encoding<'_>| encoding.style.is_some() || encoding.explode.is_some();
    for Encoding { key, .. } in media.encoding.iter().filter(styled) {
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
