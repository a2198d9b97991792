//! The docs of schemas.

use super::page;
use super::schema::limits::limits;
use crate::document::{Document, Schema, SchemaId};
use crate::model::Docs;

/// The description of a schema, otherwise its title if it says more than the name of the item.
pub(super) fn prose<'t>(schema: &Schema<'t>, name: &str) -> Option<&'t str> {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|character| character.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let title = schema.title.filter(|title| letters(title) != letters(name));
    schema.description.or(title)
}

/// The docs of a schema's own type, which has this name.
pub(super) fn schema_docs(document: &Document<'_>, id: SchemaId, name: &str) -> Docs {
    let schema = document.schema(id);
    Docs {
        summary: None,
        description: prose(schema, name).map(str::to_owned),
        facts: limits(document, id)
            .into_iter()
            .chain(schema.external_docs.as_deref().copied().and_then(page::see))
            .collect(),
        ..Docs::default()
    }
}
