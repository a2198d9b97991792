//! The docs of schemas.

use super::page;
use super::schema::compose::same::same_as;
use super::schema::limits::limits;
use crate::document::{Document, SchemaId};
use crate::model::Docs;

/// The text about an item: the description of its schema, otherwise the title. If it has neither, the description of a part
/// of an `allOf`, or of the only alternative of a union, that belongs to this schema alone.
pub(super) fn prose<'t>(document: &Document<'t>, id: SchemaId, name: &str) -> Option<&'t str> {
    let schema = document.schema(id);
    let known = |text: &&str| says_more(text, name);
    let inner = || {
        let parts = schema.all_of.iter().copied();
        let parts = parts.filter(|&part| document.schema(part).reference.is_none());
        let only = same_as(document, id).filter(|&only| document.schema(only).component.is_none());
        let inner = parts.chain(only).map(|inner| document.schema(inner));
        inner.filter_map(|inner| inner.description).find(known)
    };
    let mut own = [schema.description, schema.title].into_iter().flatten();
    own.find(known).or_else(inner)
}

/// Whether a text says more than the name of the item.
pub(super) fn says_more(text: &str, name: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|character| character.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    letters(text) != letters(name)
}

/// The docs of a schema's own type, which has this name.
pub(super) fn schema_docs(document: &Document<'_>, id: SchemaId, name: &str) -> Docs {
    let schema = document.schema(id);
    Docs {
        summary: None,
        description: prose(document, id, name).map(str::to_owned),
        facts: limits(document, id)
            .into_iter()
            .chain(schema.external_docs.as_deref().copied().and_then(page::see))
            .collect(),
        ..Docs::default()
    }
}
