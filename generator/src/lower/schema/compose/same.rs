//! Schemas that mean the same as another schema, or that only allow null.

use hashbrown::HashMap;

use crate::document::{Document, Reach, Schema, SchemaId, SimpleType};
use crate::lower::schema::compose::{Parts, keyword_type};
use crate::source::{Node, Value};

/// The maximum length of a chain of schemas with the same meaning that is followed.
const FARTHEST: usize = 32;

/// The schema that a schema means: a named one, or the first with keywords of its own.
pub(crate) fn target(document: &Document<'_>, mut id: SchemaId) -> SchemaId {
    for _ in 0..FARTHEST {
        if document.schema(id).component.is_some() {
            break;
        }
        match same_as(document, id) {
            Some(next) => id = next,
            None => break,
        }
    }
    id
}

/// The schema at the end of the references and compositions that add nothing.
pub(crate) fn same_as_last(document: &Document<'_>, mut schema: SchemaId) -> SchemaId {
    for _ in 0..FARTHEST {
        match same_as(document, schema) {
            Some(next) => schema = next,
            None => break,
        }
    }
    schema
}

/// The schema that this one only refers to; for a joint, the schema that its deciding part refers to.
pub(crate) fn described_by(document: &Document<'_>, id: SchemaId) -> Option<SchemaId> {
    let same = same_as(document, id)?;
    if document.leaves.contains_key(&id) && document.schema(same).component.is_none() {
        return same_as(document, same).or(Some(same));
    }
    Some(same)
}

/// The schema that this one only refers to: by a reference, or by an `allOf` or a union with one real branch.
pub(crate) fn same_as(document: &Document<'_>, id: SchemaId) -> Option<SchemaId> {
    let schema = document.schema(id);
    let has_unions = !schema.one_of.is_empty() || !schema.any_of.is_empty();
    // This is asked of every schema several times. Most are composed of nothing, or are only a reference.
    if schema.all_of.is_empty() && !has_unions {
        match schema.reference {
            None => return None,
            Some(_) if schema.bare_reference().is_some() => return schema.bare_reference(),
            Some(_) => {}
        }
    }
    if schema.constant.is_some() || schema.enumeration.is_some() || has_structure(schema) {
        return None;
    }
    // The default counts as a further alternative.
    let discriminator = schema.discriminator.as_ref();
    if discriminator.is_some_and(|known| known.default.is_some()) {
        return None;
    }
    let mut targets: Vec<SchemaId> = schema.reference.iter().map(|&(target, _)| target).collect();
    targets.extend(
        schema
            .all_of
            .iter()
            .copied()
            .filter(|&branch| !changes_nothing(document.schema(branch))),
    );
    for branches in [&schema.one_of, &schema.any_of] {
        let real = real_branches(document, branches);
        if real.len() > 1 {
            return None;
        }
        targets.extend(real);
    }
    let (first, others) = targets.split_first()?;
    let one = others
        .iter()
        .all(|other| leads_to(document, *other) == leads_to(document, *first));
    (one && types_agree(document, schema, *first)).then_some(*first)
}

/// The named schema that a plain reference leads to.
fn leads_to(document: &Document<'_>, id: SchemaId) -> SchemaId {
    let schema = document.schema(id);
    match schema.reference {
        Some((target, _)) if schema.component.is_none() && adds_nothing(schema) => target,
        _ => id,
    }
}

/// Whether no keyword of a schema except `$ref` describes a type.
fn adds_nothing(schema: &Schema<'_>) -> bool {
    schema.types.is_empty()
        && schema.format.is_none()
        && schema.enumeration.is_none()
        && schema.constant.is_none()
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && !has_structure(schema)
}

/// Whether a `type` or `format` beside a reference or composition adds nothing.
fn types_agree(document: &Document<'_>, schema: &Schema<'_>, target: SchemaId) -> bool {
    if schema.types.is_empty() && schema.format.is_none() {
        return true;
    }
    let parts = Parts::without_alternatives(document, target);
    let own: Vec<_> = schema
        .types
        .iter()
        .copied()
        .filter(|&t| t != SimpleType::Null)
        .collect();
    (own.is_empty() || parts.simple_types() == own)
        && schema
            .format
            .is_none_or(|format| parts.format == Some(format.text))
}

/// Whether a schema itself describes properties or elements.
fn has_structure(schema: &Schema<'_>) -> bool {
    !schema.properties.is_empty()
        || !schema.required.is_empty()
        || schema.additional_schema.is_some()
        || !schema.pattern_properties.is_empty()
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
}

/// Whether a schema that is composed with others does not change the type: it only documents or restricts it.
pub(crate) fn changes_nothing(schema: &Schema<'_>) -> bool {
    says_no_type(schema) && schema.reach == Reach::Signed
}

/// Whether a schema only has documentation.
pub(crate) fn is_annotation(schema: &Schema<'_>) -> bool {
    says_no_type(schema) && keyword_type(schema).is_none()
}

fn says_no_type(schema: &Schema<'_>) -> bool {
    schema.boolean != Some(false)
        && schema.reference.is_none()
        && schema.additional != Some(true)
        && adds_nothing(schema)
}

/// Whether a schema is `false`.
pub(crate) fn never_fits(document: &Document<'_>, id: SchemaId) -> bool {
    document.schema(id).boolean == Some(false)
}

/// The alternatives other than null and those that only list required properties.
pub(crate) fn real_branches(document: &Document<'_>, branches: &[SchemaId]) -> Vec<SchemaId> {
    let real = |id: &SchemaId| {
        !is_null(document, *id) && !never_fits(document, *id) && !only_requires(document, *id)
    };
    let real = branches.iter().copied().filter(real);
    let (nulls, others): (Vec<_>, Vec<_>) =
        real.partition(|id| only_allows_null(document.schema(*id)));
    if others.is_empty() { nulls } else { others }
}

/// Whether a branch only lists which properties of the surrounding schema are required.
pub(crate) fn only_requires(document: &Document<'_>, id: SchemaId) -> bool {
    let schema = document.schema(id);
    !schema.required.is_empty()
        && schema
            .properties
            .iter()
            .all(|&(_, property)| never_fits(document, property))
        && schema.reference.is_none()
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && schema.additional_schema.is_none()
}

/// Whether a schema allows nothing but null.
pub(crate) fn is_null(document: &Document<'_>, id: SchemaId) -> bool {
    null_within(document, id, &mut HashMap::new(), FARTHEST)
}

/// `known` caches the result of each schema; a schema that is still being visited counts as not null, which ends
/// cycles.
fn null_within(
    document: &Document<'_>,
    id: SchemaId,
    known: &mut HashMap<SchemaId, bool>,
    left: usize,
) -> bool {
    let schema = document.schema(id);
    let only_null = |node: &Node| node.value == Value::Null;
    let listed = |values: &Vec<&Node>| !values.is_empty() && values.iter().all(|v| only_null(v));
    if schema.types == [SimpleType::Null]
        || schema.constant.is_some_and(only_null)
        || schema.enumeration.as_ref().is_some_and(listed)
    {
        return true;
    }
    let alone = schema.reference.is_none() && schema.all_of.is_empty();
    if left == 0 || (alone && schema.one_of.is_empty() && schema.any_of.is_empty()) {
        return false;
    }
    if let Some(known) = known.get(&id) {
        return *known;
    }
    known.insert(id, false);
    let mut null = |id: &SchemaId| null_within(document, *id, known, left - 1);
    let null = schema.reference.is_some_and(|(target, _)| null(&target))
        || schema.all_of.iter().any(&mut null)
        || [&schema.one_of, &schema.any_of]
            .iter()
            .any(|branches| !branches.is_empty() && branches.iter().all(&mut null));
    known.insert(id, null);
    null
}

/// Whether a schema only allows null, which is how `OpenAPI` 3.0 writes null as an alternative.
pub(crate) fn only_allows_null(schema: &Schema<'_>) -> bool {
    schema.nullable && is_annotation(schema)
}

/// Whether a schema that is composed with others does not decide whether null is allowed. A schema with properties and
/// without a type is an object, unless it refines another part for the same value.
pub(crate) fn says_nothing_of_null(schema: &Schema<'_>, refines: bool) -> bool {
    let untyped = schema.types.is_empty() && schema.reference.is_none() && schema.all_of.is_empty();
    let no_values = schema.enumeration.is_none() && schema.constant.is_none();
    let no_alternatives = schema.one_of.is_empty() && schema.any_of.is_empty();
    changes_nothing(schema) || (refines && untyped && no_values && no_alternatives)
}
