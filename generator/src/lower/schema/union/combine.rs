//! `anyOf`: alternatives that one value can fit together.

use std::collections::HashSet;
use std::rc::Rc;

use crate::document::{SchemaId, SimpleType, Text};
use crate::lower::Lowerer;
use crate::lower::schema::compose::Parts;
use crate::lower::schema::fingerprint;
use crate::lower::schema::record::is_object;
use crate::lower::spot::Spot;
use crate::model::{Docs, Shape};

/// What names the alternative that has the properties of the others.
pub(crate) const COMBINED: &str = "Combined";

impl<'t> Lowerer<'_, 't> {
    /// A struct with the properties of all alternatives, for a value that fits several of them: each of them alone
    /// would lose what the others know. `None` where no two fit together, or where one has all properties.
    pub(crate) fn combined(
        &mut self,
        id: SchemaId,
        base: &Parts<'t>,
        parts: &[Rc<Parts<'t>>],
        spot: &Spot,
    ) -> Option<Shape> {
        let open: Vec<&Parts<'t>> = parts
            .iter()
            .map(Rc::as_ref)
            .filter(|parts| is_open(parts))
            .collect();
        let together: Vec<&Parts<'t>> = open
            .iter()
            .copied()
            .filter(|&one| {
                let mut others = open.iter().filter(|&&other| !std::ptr::eq(one, other));
                others.any(|other| !self.contradict(one, other))
            })
            .collect();
        let all = self.joined(base, &together, spot);
        let has_all = |one: &&Parts<'t>| all.properties.iter().all(|(key, _)| one.knows(&key.text));
        if together.iter().any(has_all) || together.is_empty() {
            return None;
        }
        let spot = spot.child(COMBINED);
        let ty = self.new_type(&spot, id);
        self.types[ty.0 as usize].docs = Docs {
            summary: Some(
                "What fits several of the alternatives has the properties of all.".to_owned(),
            ),
            description: None,
        };
        Some(Shape::Named(self.record(id, &all, &spot, Some(ty))))
    }

    /// The properties of several alternatives. One that they describe differently may be any JSON, and only what all
    /// of them require is required.
    pub(crate) fn joined(
        &mut self,
        base: &Parts<'t>,
        together: &[&Parts<'t>],
        spot: &Spot,
    ) -> Parts<'t> {
        let mut all = base.clone();
        all.unions.clear();
        let mut differing: Vec<Text<'t>> = Vec::new();
        for &(key, property) in together.iter().flat_map(|parts| &parts.properties) {
            match all.property(&key.text) {
                None => all.properties.set((key, property)),
                Some(known) if self.differ(known, property, spot, &key.text) => {
                    differing.push(Text {
                        text: &key.text,
                        span: key.span,
                    });
                }
                Some(_) => {}
            }
        }
        if let [first, others @ ..] = together {
            let required = first.required.iter().filter(|name| {
                let mut others = others.iter();
                others.all(|other| other.requires(name.text))
            });
            all.required.add(required.copied());
        }
        if together.iter().any(|parts| parts.has_rest()) {
            all.additional = Some(true);
        }
        let names: HashSet<&str> = differing.iter().map(|name| name.text).collect();
        all.properties
            .retain(|(key, _)| !names.contains(&*key.text));
        all.required.add(differing);
        all
    }

    /// Whether two descriptions of a property have different types.
    fn differ(&mut self, known: SchemaId, property: SchemaId, spot: &Spot, name: &str) -> bool {
        let mut shape = |id| self.shape(id, &self.property_spot(id, spot, name));
        shape(known) != shape(property)
    }

    /// Whether a property that both have can have no value that fits both.
    fn contradict(&self, one: &Parts<'t>, other: &Parts<'t>) -> bool {
        one.properties.iter().any(|&(key, property)| {
            let shared = other.property(&key.text);
            shared.is_some_and(|other| self.exclude(property, other))
        })
    }

    /// Whether no value fits both schemas, as far as types and allowed values tell.
    fn exclude(&self, one: SchemaId, other: SchemaId) -> bool {
        let (one, other) = (self.parts(one), self.parts(other));
        if let (Some(one), Some(other)) = (&one.values, &other.values) {
            let (one, other) = (one.iter(), other.iter().map(|value| fingerprint(value)));
            let other: HashSet<_> = other.collect();
            return !one
                .into_iter()
                .any(|value| other.contains(&fingerprint(value)));
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

/// Whether this is an object that may have properties of other alternatives.
fn is_open(parts: &Parts<'_>) -> bool {
    is_object(parts) && parts.unions.is_empty() && parts.additional != Some(false)
}
