//! `anyOf`: alternatives that one value can match at the same time.

use std::sync::Arc;

use hashbrown::HashSet;

use crate::document::{SchemaId, SimpleType, Text};
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::meaning::value_fingerprint;
use crate::lower::schema::record::is_object;
use crate::lower::spot::Spot;
use crate::lower::{Facts, Lowerer};
use crate::model::{Docs, Shape, TypeId};

/// The name of the alternative that has the properties of all others.
pub(crate) const COMBINED: &str = "Combined";

/// The maximum number of alternatives that are compared with each other. If there are more, any two are assumed to be
/// compatible.
const MOST_COMPARED: usize = 64;

impl<'t> Lowerer<'_, 't> {
    /// A struct with the properties of all alternatives, for a value that matches several of them: each alternative
    /// alone would lose the properties of the others. `None` if no two alternatives are compatible, or if one has all
    /// properties. It is named after the union, whose type is `union`.
    pub(crate) fn combined(
        &mut self,
        (id, union): (SchemaId, TypeId),
        base: &Parts<'t>,
        parts: &[Arc<Parts<'t>>],
        spot: &Spot,
    ) -> Option<Shape> {
        let open = parts.iter().filter(|parts| is_open(parts)).cloned();
        let open: Vec<Arc<Parts<'t>>> = open.collect();
        let fits_another = |one: &Arc<Parts<'t>>| {
            let mut others = open.iter().filter(|other| !Arc::ptr_eq(one, other));
            others.any(|other| !self.contradict(one, other))
        };
        let together = open.iter().cloned();
        let together: Vec<Arc<Parts<'t>>> = if open.len() > MOST_COMPARED {
            together.collect()
        } else {
            together.filter(|one| fits_another(one)).collect()
        };
        let lists = [together];
        let all = self.joined(base.clone(), &lists, spot);
        let [together] = lists;
        let has_all =
            |one: &Arc<Parts<'t>>| all.properties.iter().all(|(key, _)| one.knows(key.text));
        if together.iter().any(has_all) || together.is_empty() {
            return None;
        }
        let spot = self.spot_of(union).child(COMBINED);
        let ty = self.new_type(&spot, id);
        self.types[ty.0 as usize].docs = Docs {
            summary: Some(
                "A value that fits several alternatives has the properties of all of them."
                    .to_owned(),
            ),
            description: None,
            ..Docs::default()
        };
        Some(Shape::Named(self.record(id, &all, &spot, Some(ty))))
    }

    /// Parts with the properties of lists of alternatives. A property with different descriptions is any JSON, and a
    /// property is required only if all alternatives of a list require it.
    pub(crate) fn joined(
        &mut self,
        mut all: Parts<'t>,
        lists: &[Vec<Arc<Parts<'t>>>],
        spot: &Spot,
    ) -> Parts<'t> {
        all.unions.clear();
        let mut differing: Vec<Text<'t>> = Vec::new();
        let alternatives = || lists.iter().flatten();
        for &(key, property) in alternatives().flat_map(|parts| &parts.properties) {
            match all.property(key.text) {
                None => all.properties.set((key, property)),
                Some(known) if self.differ(known, property, spot, key.text) => {
                    differing.push(Text {
                        text: key.text,
                        span: key.span,
                    });
                }
                Some(_) => {}
            }
        }
        for list in lists {
            let mut list = list.iter();
            let first = list.next().into_iter().flat_map(|first| &first.required);
            let required = first.filter(|name| list.clone().all(|other| other.requires(name.text)));
            all.required.add(required.copied());
        }
        if alternatives().any(|parts| parts.has_rest()) {
            all.additional = Some(true);
        }
        let names: HashSet<&str> = differing.iter().map(|name| name.text).collect();
        all.properties.retain(|(key, _)| !names.contains(key.text));
        all.required.add(differing);
        all
    }

    /// Whether two descriptions of a property have different types.
    fn differ(&mut self, known: SchemaId, property: SchemaId, spot: &Spot, name: &str) -> bool {
        let mut shape = |id| self.shape(id, &self.property_spot(id, spot, name));
        shape(known) != shape(property)
    }
}

impl<'t> Facts<'_, 't> {
    /// Whether a common property has no value that is valid in both.
    fn contradict(&self, one: &Parts<'t>, other: &Parts<'t>) -> bool {
        one.properties.iter().any(|&(key, property)| {
            let shared = other.property(key.text);
            shared.is_some_and(|other| self.exclude(property, other))
        })
    }

    /// Whether no value is valid for both schemas, judged by their types and allowed values.
    fn exclude(&self, one: SchemaId, other: SchemaId) -> bool {
        let (one, other) = (self.parts(one), self.parts(other));
        if let (Some(one), Some(other)) = (&one.values, &other.values) {
            let (one, other) = (
                one.iter(),
                other.iter().map(|value| value_fingerprint(value)),
            );
            let other: HashSet<_> = other.collect();
            return !one
                .into_iter()
                .any(|value| other.contains(&value_fingerprint(value)));
        }
        let number = |simple: SimpleType| match simple {
            SimpleType::Integer => SimpleType::Number,
            other => other,
        };
        let (one, other) = (one.simple_types(), other.simple_types());
        let mut types = one.iter();
        !one.is_empty()
            && !other.is_empty()
            && !types.any(|&simple| other.iter().any(|&other| number(other) == number(simple)))
    }
}

/// Whether this is an object that can have the properties of other alternatives.
fn is_open(parts: &Parts<'_>) -> bool {
    is_object(parts) && parts.unions.is_empty() && parts.additional != Some(false)
}
