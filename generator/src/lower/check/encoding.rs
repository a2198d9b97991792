//! `encoding` of a body that has no effect.

use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::{Document, Encoding, MediaType, SchemaId, Style};
use crate::lower::code;
use crate::lower::operation::body::has_styles;
use crate::lower::operation::file::Elements;
use crate::lower::operation::media::{Content, FORM_DATA, essence};
use crate::lower::schema::compose::Parts;
use crate::lower::schema::record::is_object;

pub(super) fn check(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    let operations = || document.operations();
    let responses = operations().flat_map(|operation| &operation.responses);
    let bodies = operations().filter_map(|operation| operation.body.as_ref());
    let sent = || bodies.clone().flat_map(|body| &body.content);
    for media in sent().chain(responses.flat_map(|response| &response.content)) {
        of_items(document, media, diagnostics);
    }
    for media in sent() {
        if has_nameless_parts(media) {
            by_position(document, media, diagnostics);
        }
        by_name(document, media, diagnostics);
    }
}

/// Reports the encodings of properties that have no effect on the request.
fn by_name(document: &Document<'_>, media: &MediaType<'_>, diagnostics: &mut Diagnostics) {
    let Some(first) = media.encoding.first() else {
        return;
    };
    let (name, content) = (essence(media.name.text), Content::of(media.name.text));
    if !matches!(content, Content::Form | Content::Multipart) {
        let message = format!("`encoding` has no effect for `{name}`");
        diagnostics.push(
            Diagnostic::warning(code::ENCODING_IGNORED, message)
                .at(first.name.span, "it is ignored")
                .note("it is for forms and multipart bodies"),
        );
        return;
    }
    unknown_properties(document, media, diagnostics);
    if content == Content::Multipart {
        objects(document, media, diagnostics);
    }
    if has_styles(document.version, content) {
        types_beside_styles(media, diagnostics);
    } else {
        styles(media, diagnostics);
    }
}

/// Whether the parts of a body can be without names. The parts of a form always have names.
fn has_nameless_parts(media: &MediaType<'_>) -> bool {
    Content::of(media.name.text) == Content::Multipart && essence(media.name.text) != FORM_DATA
}

/// Reports the encodings of parts without names if the body has no such parts, and an item schema if the body has no
/// items.
fn of_items(document: &Document<'_>, media: &MediaType<'_>, diagnostics: &mut Diagnostics) {
    let (name, has_parts) = (essence(media.name.text), has_nameless_parts(media));
    if !has_parts {
        for encoding in first_of_each(media) {
            let message = format!("`{}` has no effect for `{name}`", encoding.name.text);
            diagnostics.push(
                Diagnostic::warning(code::ENCODING_IGNORED, message)
                    .at(encoding.name.span, "it is ignored")
                    .note("it is for multipart bodies whose parts have no names"),
            );
        }
    }
    let has_items = match Content::of(&name) {
        Content::Events | Content::JsonLines => true,
        _ => has_parts && Elements::of_array(document, media).is_none(),
    };
    let item = media.item_schema.filter(|_| !has_items && media.is_known);
    if let Some(place) = item.and_then(|item| document.schema(item).mark) {
        let message = format!("the `itemSchema` of `{name}` is not used");
        let diagnostic =
            Diagnostic::warning(code::SCHEMA_UNUSED, message).at(place, "it is ignored");
        diagnostics.push(diagnostic.note(if has_parts {
            "the elements of `schema` are the parts"
        } else {
            "it is for multipart bodies and for streams, such as `application/jsonl`"
        }));
    }
}

/// The first encoding by position of each kind.
fn first_of_each<'d, 't>(media: &'d MediaType<'t>) -> impl Iterator<Item = &'d Encoding<'t>> {
    media
        .prefix_encoding
        .first()
        .into_iter()
        .chain(&media.item_encoding)
}

/// Reports encodings by name of parts that have none, and by position of parts that have names or do not exist.
fn by_position(document: &Document<'_>, media: &MediaType<'_>, diagnostics: &mut Diagnostics) {
    let mut ignored = |encoding: &Encoding<'_>, message: String, note: &'static str| {
        let diagnostic = Diagnostic::warning(code::ENCODING_IGNORED, message);
        diagnostics.push(
            diagnostic
                .at(encoding.name.span, "it is ignored")
                .note(note),
        );
    };
    let Some(elements) = Elements::of(document, media) else {
        let has_names = media
            .schema
            .is_some_and(|schema| is_object(&Parts::of(document, schema)));
        for encoding in first_of_each(media).filter(|_| has_names && media.encoding.is_empty()) {
            let message = format!(
                "`{}` has no effect for parts with names",
                encoding.name.text
            );
            ignored(encoding, message, "it is for the elements of an array");
        }
        return;
    };
    let positions = media.prefix_encoding.iter().chain(&media.item_encoding);
    for (position, encoding) in positions.clone().enumerate() {
        if elements.most.is_some_and(|most| position >= most) {
            let message = format!("the body has no part {}", position + 1);
            ignored(encoding, message, "its array is shorter");
        } else if has_style(encoding) {
            let message = format!("the style of `{}` is ignored", encoding.name.text);
            ignored(
                encoding,
                message,
                "a part without a name is not written in a style",
            );
        }
    }
    if let (Some(named), None) = (media.encoding.first(), positions.clone().next()) {
        let message = "`encoding` has no effect for parts without names".to_owned();
        ignored(
            named,
            message,
            "`prefixEncoding` and `itemEncoding` are for the elements of an array",
        );
    }
}

/// The encodings with a style.
fn styled<'d, 't>(media: &'d MediaType<'t>) -> impl Iterator<Item = &'d Encoding<'t>> {
    let encodings = media.encoding.iter();
    encodings.filter(|encoding| has_style(encoding))
}

fn has_style(encoding: &Encoding<'_>) -> bool {
    encoding.style.is_some() || encoding.explode.is_some()
}

/// Reports content types that are overridden by a style of the same encoding.
fn types_beside_styles(media: &MediaType<'_>, diagnostics: &mut Diagnostics) {
    let typed = |encoding: &&Encoding<'_>| encoding.content_type.is_some();
    for Encoding { name, .. } in styled(media).filter(typed) {
        let message = format!("the `contentType` of `{}` is ignored", name.text);
        diagnostics.push(
            Diagnostic::warning(code::ENCODING_IGNORED, message)
                .at(name.span, "`style` and `explode` replace it"),
        );
    }
}

/// Reports styles that have no effect. Swashbuckle writes `style: form` for each part: a part is written so anyway, and an
/// array repeats its name.
fn styles(media: &MediaType<'_>, diagnostics: &mut Diagnostics) {
    let is_usual = |encoding: &&Encoding<'_>| {
        encoding.explode != Some(false) && matches!(encoding.style, None | Some(Style::Form))
    };
    for Encoding { name, .. } in styled(media).filter(|encoding| !is_usual(encoding)) {
        let message = format!("the style of `{}` is ignored", name.text);
        diagnostics.push(
            Diagnostic::warning(code::ENCODING_IGNORED, message)
                .at(name.span, "a part of a multipart body")
                .note("OpenAPI 3.0 has styles for forms only, 3.1 for parts as well"),
        );
    }
}

/// Reports content types of parts that contain an object, which can only be serialized as JSON.
fn objects(document: &Document<'_>, media: &MediaType<'_>, diagnostics: &mut Diagnostics) {
    let Some(schema) = media.schema else { return };
    let parts = Parts::of(document, schema);
    for encoding in &media.encoding {
        let other = |content_type: &&str| {
            !content_type.contains([',', '*']) && Content::of(content_type) != Content::Json
        };
        let holds_object = |property: SchemaId| {
            let parts = Parts::of(document, property);
            let element = parts.items.map(|items| Parts::of(document, items));
            is_object(&parts) || element.is_some_and(|element| is_object(&element))
        };
        let property = parts.property(encoding.name.text);
        if let Some(content_type) = encoding.content_type.filter(other)
            && property.is_some_and(holds_object)
            && !has_style(encoding)
        {
            let message = format!(
                "`{}` cannot be written as `{content_type}`",
                encoding.name.text
            );
            diagnostics.push(
                Diagnostic::warning(code::ENCODING_IGNORED, message)
                    .at(
                        encoding.name.span,
                        "an object is sent as JSON, with this content type",
                    )
                    .help("describe the part as a string, and write it"),
            );
        }
    }
}

/// Reports encodings of properties that the body does not have.
fn unknown_properties(
    document: &Document<'_>,
    media: &MediaType<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(schema) = media.schema else { return };
    let parts = Parts::of(document, schema);
    // Additional properties and those of alternatives are not known here.
    let open = parts.additional == Some(true) || parts.additional_schema.is_some();
    if open || !parts.unions.is_empty() || !parts.has_properties() {
        return;
    }
    for Encoding { name, .. } in &media.encoding {
        // A name in `required` without a property is reported there, and is an input.
        if parts.knows(name.text) || parts.requires(name.text) {
            continue;
        }
        let message = format!("the body has no property `{}`", name.text);
        let diagnostic = Diagnostic::warning(code::ENCODING_IGNORED, message)
            .strict()
            .at(name.span, "this encoding is ignored");
        let described = |name: &&str| !media.encoding.iter().any(|other| other.name.text == *name);
        let known = parts.properties.iter().map(|(known, _)| known.text);
        diagnostics.push(match nearest(name.text, known.filter(described)) {
            Some(near) => diagnostic.help(format!("write `{near}`")),
            None => diagnostic,
        });
    }
}
