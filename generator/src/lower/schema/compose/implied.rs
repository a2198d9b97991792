//! Implied schemas: of several schemas that apply to one value, those that add nothing to another one.

use std::sync::Arc;

use crate::document::{Document, Limits, Schema, SchemaId, SimpleType};
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::known_parts::KnownParts;
use crate::lower::schema::compose::meaning::mean_the_same;
use crate::lower::schema::compose::nullable::Nullable;
use crate::lower::schema::compose::same::{changes_nothing, target};

/// The context in which schemas are compared.
#[derive(Clone, Copy)]
pub(crate) struct Implications<'a, 't> {
    pub(crate) document: &'a Document<'t>,
    pub(crate) known_parts: &'a KnownParts<'t>,
    pub(crate) nullable: &'a Nullable,
}

impl<'t> Implications<'_, 't> {
    fn parts(&self, id: SchemaId) -> Arc<Parts<'t>> {
        self.known_parts.of(self.document, id)
    }

    /// The schemas without those that another one implies.
    pub(crate) fn narrowest(&self, leaves: &[SchemaId]) -> Vec<SchemaId> {
        let mut kept = leaves.to_vec();
        for leaf in leaves {
            let implied = |other: &SchemaId| other != leaf && self.implies(*other, *leaf);
            if !changes_nothing(self.document.schema(*leaf)) && kept.iter().any(implied) {
                kept.retain(|id| id != leaf);
            }
        }
        kept
    }

    /// Whether every value of the narrow schema is also a value of the wide one: the wide one is a base of the narrow
    /// one, or has it as an alternative, or adds nothing to it.
    fn implies(&self, narrow: SchemaId, wide: SchemaId) -> bool {
        if self.nullable.has(narrow) && !self.nullable.has(wide) {
            return false;
        }
        let parts = self.parts(narrow);
        let wide = target(self.document, wide);
        if self.document.schema(wide).component.is_some() && parts.has(wide) {
            return true;
        }
        let of_wide = self.parts(wide);
        if of_wide.unions.is_empty() {
            return self.says_no_more(&of_wide, &parts);
        }
        !of_wide.has_properties() && self.is_among(narrow, &parts, &of_wide)
    }

    /// Whether a schema, or each of its own alternatives, is among the alternatives of others.
    fn is_among(&self, id: SchemaId, parts: &Parts<'_>, others: &Parts<'_>) -> bool {
        let alternatives = || others.unions.iter().flat_map(|union| &union.branches);
        let narrow = target(self.document, id);
        let is_one = |&branch: &SchemaId| {
            let branch = target(self.document, branch);
            branch == narrow || parts.has(branch)
        };
        if alternatives().any(is_one) {
            return true;
        }
        let own = &parts.unions;
        if own.is_empty() {
            return false;
        }
        let others: Vec<_> = alternatives().map(|&other| self.parts(other)).collect();
        let fits = |own: &SchemaId| {
            let own = self.parts(*own);
            let mut others = others.iter();
            others.any(|other| self.says_no_more(other, &own))
        };
        own.iter().flat_map(|union| &union.branches).all(fits)
    }

    /// Whether the wide parts add nothing to the narrow ones.
    fn says_no_more(&self, wide: &Parts<'_>, narrow: &Parts<'_>) -> bool {
        let same = |wide: SchemaId, narrow: SchemaId| {
            wide == narrow
                || is_any(self.document.schema(wide))
                || mean_the_same(self.document, wide, narrow)
        };
        let simple = |wide: SchemaId, narrow: SchemaId| {
            let (wide, narrow) = (self.parts(wide), self.parts(narrow));
            is_simple(&wide) && narrows_type(&wide, &narrow)
        };
        let optional = |wide: Option<SchemaId>, narrow: Option<SchemaId>| {
            wide.is_none_or(|wide| {
                let fits = |narrow| same(wide, narrow) || simple(wide, narrow);
                is_any(self.document.schema(wide)) || narrow.is_some_and(fits)
            })
        };
        let has = |name: &str| narrow.property(name);
        wide.values.is_none()
            && (wide.limits == Limits::default() || wide.limits == narrow.limits)
            && wide.patterns.is_empty()
            && wide.prefix_items.is_empty()
            && wide.additional != Some(false)
            && narrows_type(wide, narrow)
            && optional(wide.additional_schema, narrow.additional_schema)
            && optional(wide.items, narrow.items)
            && wide.required.iter().all(|name| narrow.requires(name.text))
            && wide.properties.iter().all(|(key, id)| {
                has(key.text).is_some_and(|own| same(*id, own) || simple(*id, own))
            })
    }
}

/// Whether a schema allows any value.
fn is_any(schema: &Schema<'_>) -> bool {
    changes_nothing(schema) && schema.limits() == Limits::default()
}

/// Whether parts are a scalar that can have any value.
fn is_simple(parts: &Parts<'_>) -> bool {
    use SimpleType::{Array, Object};
    parts.values.is_none()
        && parts.unions.is_empty()
        && !parts
            .simple_types()
            .iter()
            .any(|simple| matches!(simple, Array | Object))
}

fn narrows_type(wide: &Parts<'_>, narrow: &Parts<'_>) -> bool {
    let (allowed, own) = (wide.simple_types(), narrow.simple_types());
    let fits = || !own.is_empty() && own.iter().all(|simple| allowed.contains(simple));
    (allowed.is_empty() || fits())
        && (wide.format.is_none() || wide.format == narrow.format)
        && (!wide.base64 || narrow.base64)
}
