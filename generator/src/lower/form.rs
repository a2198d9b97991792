//! Forms of a body: the media types in which it can be sent.
//!
//! Most descriptions list several media types for one schema, and one of them says it all. What differs in meaning is a
//! form of its own, and its operation gets a method for it: `edit` sends JSON, `edit_as_multipart` files.

use super::file::chosen;
use super::media::{Content, FORM_DATA, essence, is_special_text, without_charset};
use super::schema::mean_the_same;
use crate::document::{Document, MediaType, RequestBody};

/// The forms of a body, the one that is sent by default first.
pub(super) fn forms<'d, 't>(
    document: &Document<'t>,
    body: &'d RequestBody<'t>,
) -> Vec<&'d MediaType<'t>> {
    let mut forms: Vec<_> = chosen(document, &body.content).into_iter().collect();
    for media in &body.content {
        if !forms.iter().any(|form| covers(document, form, media)) {
            forms.push(media);
        }
    }
    forms
}

/// Whether nothing is lost where a body is sent in one form and never in the other.
fn covers(document: &Document<'_>, form: &MediaType<'_>, other: &MediaType<'_>) -> bool {
    let (name, theirs) = (essence(&form.key.text), essence(&other.key.text));
    let kind = Content::in_media(document, form);
    let other_kind = Content::in_media(document, other);
    if without_charset(&form.key.text) == without_charset(&other.key.text) {
        return true;
    }
    match (form.schema, other.schema) {
        _ if kind == other_kind && matches!(kind, Content::Text | Content::Bytes) => false,
        _ if other_kind == Content::Text && is_special_text(document, other) => false,
        (Some(schema), Some(other)) if !mean_the_same(document, schema, other) => false,
        (Some(_), None) => false,
        // `application/merge-patch+json` and `application/json-patch+json` ask for different things.
        _ => kind != other_kind || kind != Content::Json || is_plain(&name) || is_plain(&theirs),
    }
}

/// Whether a media type says nothing but that it is JSON.
fn is_plain(essence: &str) -> bool {
    !essence.ends_with("+json")
}

/// `multipart/form-data` → `multipart`: what the method of a form is told apart by.
pub(super) fn word(media: &MediaType<'_>) -> String {
    let essence = essence(&media.key.text);
    match essence.as_str() {
        "application/x-www-form-urlencoded" => "form".to_owned(),
        FORM_DATA => "multipart".to_owned(),
        "text/plain" => "text".to_owned(),
        "application/octet-stream" => "bytes".to_owned(),
        other => {
            let subtype = other.split_once('/').map_or(other, |(_, subtype)| subtype);
            subtype.strip_suffix("+json").unwrap_or(subtype).to_owned()
        }
    }
}
