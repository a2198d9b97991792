//! Merge patches (RFC 7396): null removes a property, so every optional property of a merge patch is nullable. And JSON
//! patches (RFC 6902), which are arrays.

use hashbrown::HashSet;

use crate::document::{Document, MediaType, SchemaId, SimpleType};
use crate::lower::operation::form::forms;
use crate::lower::operation::media::essence;
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::nullable::Nullable;

/// The media type of a merge patch.
const MERGE_PATCH: &str = "application/merge-patch+json";

/// The media type of a JSON patch.
const JSON_PATCH: &str = "application/json-patch+json";

/// Whether a JSON patch is described as any object, which it never is. Kubernetes has one schema for patches of all media
/// types.
pub(crate) fn is_misdescribed(document: &Document<'_>, media: &MediaType<'_>) -> bool {
    let schema = media
        .schema
        .filter(|_| essence(media.name.text) == JSON_PATCH);
    schema.is_some_and(|schema| {
        let parts = Parts::of(document, schema);
        matches!(parts.types[..], [SimpleType::Object])
            && !parts.has_properties()
            && parts.additional_schema.is_none()
    })
}

/// Lets the optional properties of merge patches be null, at every depth outside of arrays, which are replaced whole.
pub(crate) fn allow_null(document: &Document<'_>, nullable: &mut Nullable) {
    let operations = document.operations();
    let bodies = operations.filter_map(|operation| operation.body.as_ref());
    let is_patch = |media: &&MediaType<'_>| essence(media.name.text) == MERGE_PATCH;
    let bodies = bodies.filter(|body| body.content.iter().any(|media| is_patch(&media)));
    let patches = bodies.flat_map(|body| forms(document, body).filter(is_patch));
    let mut open: Vec<SchemaId> = patches.filter_map(|media| media.schema).collect();
    let mut seen = HashSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let parts = Parts::of(document, id);
        for (key, property) in &parts.properties {
            if !parts.requires(key.text) {
                nullable.allow(*property);
            }
            open.push(*property);
        }
        let others = parts.patterns.iter().map(|(_, id)| *id);
        for other in others.chain(parts.additional_schema) {
            nullable.allow(other);
            open.push(other);
        }
        let branches = parts.unions.iter().flat_map(|union| &union.branches);
        open.extend(branches);
    }
}
