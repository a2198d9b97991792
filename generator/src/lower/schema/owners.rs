//! Owners: the components that inline properties are named after.

use hashbrown::HashMap;

use crate::document::{Document, SchemaId};
use crate::lower::schema::compose::known_parts::KnownParts;

/// The component that describes each inline property. The type of the property is named after that component, even if
/// the component is composed into others.
pub(crate) fn owners<'t>(
    document: &Document<'t>,
    known_parts: &KnownParts<'t>,
) -> HashMap<SchemaId, SchemaId> {
    let mut owners = HashMap::new();
    for (_, component) in document.named_schemas() {
        let mut open = vec![component];
        while let Some(id) = open.pop() {
            let schema = document.schema(id);
            for &(_, property) in &schema.properties {
                owners.entry(property).or_insert(component);
            }
            let is_inline = |branch: &SchemaId| document.schema(*branch).component.is_none();
            open.extend(schema.all_of.iter().copied().filter(is_inline));
        }
    }
    for (&joint, leaves) in &document.leaves {
        let of_leaves: Option<Vec<SchemaId>> =
            leaves.iter().map(|id| owners.get(id).copied()).collect();
        let of_leaves = of_leaves.unwrap_or_default();
        let takes_in = |owner: &&SchemaId| {
            let parts = known_parts.of(document, **owner);
            of_leaves.iter().all(|other| parts.has(*other))
        };
        if let Some(owner) = of_leaves.iter().find(takes_in) {
            owners.insert(joint, *owner);
        }
    }
    owners
}
