//! Examples that are written as the text of JSON, where their schemas describe objects or arrays.

use serde_json::Value as Json;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Example, MediaType, PathItem, SchemaId, SimpleType};
use crate::lower::code;
use crate::lower::schema::compose::Parts;
use crate::source::{JsonTexts, Node};

/// The values of all examples of a description that are written as the text of JSON.
pub(crate) fn json_texts(document: &Document<'_>) -> JsonTexts {
    let mut texts = JsonTexts::new();
    let mut add = |id: SchemaId, examples: &[Example<'_>]| {
        for example in examples {
            if let Some(value) = value_of(example.value)
                && is_never_text(document, id)
            {
                texts.insert(example.value.span, value);
            }
        }
    };
    for (index, schema) in document.schemas.iter().enumerate() {
        let id = SchemaId::at(index);
        add(id, &schema.examples);
    }
    let items = document.items().into_iter();
    for operation in items.flat_map(|item| &item.operations) {
        let parameters = operation.parameters.iter();
        parameters
            .filter_map(|it| Some((it.schema?, &it.examples)))
            .for_each(|(id, examples)| add(id, examples));
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let responses = operation
            .responses
            .iter()
            .flat_map(|response| &response.content);
        // In other media types the text can be what is sent.
        let media = bodies.chain(responses);
        media
            .filter(|media| media.name.text.to_ascii_lowercase().contains("json"))
            .filter_map(|media| Some((media.schema?, &media.examples)))
            .for_each(|(id, examples)| add(id, examples));
    }
    texts
}

/// Replaces the texts by their values, and reports them.
pub(crate) fn read_json_texts<'t>(
    document: &mut Document<'t>,
    texts: &'t JsonTexts,
    diagnostics: &mut Diagnostics,
) {
    if texts.is_empty() {
        return;
    }
    let read = |examples: &mut [Example<'t>]| {
        for example in examples {
            if let Some(value) = texts.get(&example.value.span) {
                example.value = value;
            }
        }
    };
    document
        .schemas
        .iter_mut()
        .for_each(|schema| read(&mut schema.examples));
    let items = document.paths.iter_mut().chain(&mut document.webhooks);
    items.for_each(|item| read_item(item, &read));
    diagnostics.extend(texts.iter().map(|(span, value)| {
        let message = "this example is the text of JSON, and its schema describes the value";
        Diagnostic::warning(code::EXAMPLE_MISFIT, message)
            .at(*span, "it is read as the value")
            .fix("write the value itself", *span, value.to_json().to_string())
    }));
}

fn read_item<'t>(item: &mut PathItem<'t>, read: &impl Fn(&mut [Example<'t>])) {
    for operation in &mut item.operations {
        operation
            .parameters
            .iter_mut()
            .for_each(|it| read(&mut it.examples));
        let bodies = operation.body.iter_mut().flat_map(|body| &mut body.content);
        let responses = operation.responses.iter_mut();
        let responses = responses.flat_map(|response| &mut response.content);
        let media = bodies.chain(responses);
        media.for_each(|media: &mut MediaType<'t>| read(&mut media.examples));
        operation
            .callbacks
            .iter_mut()
            .for_each(|item| read_item(item, read));
    }
}

/// The object or array whose JSON a string is.
fn value_of(node: &Node) -> Option<Node> {
    let text = node.as_str()?.trim();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let json: Json = serde_json::from_str(text).ok()?;
    Some(Node::of_json(&json, node.span))
}

/// Whether a schema describes objects or arrays only.
fn is_never_text(document: &Document<'_>, id: SchemaId) -> bool {
    let parts = Parts::of(document, id);
    let types = parts.simple_types();
    let is_composite = |it: &SimpleType| matches!(it, SimpleType::Object | SimpleType::Array);
    if parts.unions.is_empty() {
        return !types.is_empty() && types.iter().all(is_composite);
    }
    let mut branches = parts.unions.iter().flat_map(|union| &union.branches);
    branches.all(|&branch| {
        let parts = Parts::of(document, branch);
        let types = parts.simple_types();
        parts.unions.is_empty() && !types.is_empty() && types.iter().all(is_composite)
    })
}
