//! The properties of two schemas.

use crate::document::Schema;
use crate::lower::Joined;
use crate::source::Span;

use super::change::Directions;
use super::found::Found;
use super::rule;
use super::schema::{BOTH, Comparison, SchemaPart};
use super::verdict::Rule;
use super::view::View;

impl<'s, 't> Comparison<'_, 's, 't> {
    pub(super) fn properties(&mut self) {
        let old: Vec<_> = self.old.parts.properties.iter().copied().collect();
        let new: Vec<_> = self.new.parts.properties.iter().copied().collect();
        for (key, id) in &old {
            if self.new.parts.properties.get(key.text).is_none() {
                let required = self.old.parts.required.get(key.text).is_some();
                let directions = travels(self.sides.old, *id);
                let rule = if required {
                    &rule::REQUIRED_PROPERTY_REMOVED
                } else {
                    &rule::PROPERTY_REMOVED
                };
                let spans = (Some(key.span), None);
                self.push_property(rule, (Some(*id), None), spans, directions);
            }
        }
        for (key, id) in &new {
            if let Some(&(old_key, old_id)) = self.old.parts.properties.get(key.text) {
                self.property(key.text, (old_key.span, key.span), (old_id, *id));
                continue;
            }
            let required = self.new.parts.required.get(key.text).is_some();
            let directions = travels(self.sides.new, *id);
            let rule = if required {
                &rule::PROPERTY_REQUIRED_ADDED
            } else {
                &rule::PROPERTY_ADDED
            };
            let spans = (None, Some(key.span));
            self.push_property(rule, (None, Some(*id)), spans, directions);
        }
        self.property_order();
        let (old, new) = (&self.old.parts.patterns, &self.new.parts.patterns);
        let old: Vec<_> = old.iter().copied().collect();
        let new: Vec<_> = new.iter().copied().collect();
        for (key, id) in &old {
            if let Some((_, other)) = new.iter().find(|(other, _)| other.text == key.text) {
                self.part(*id, *other, BOTH);
            } else {
                let old = (Some(key.text.to_string()), Some(key.span));
                self.push(&rule::PROPERTIES_OPENED, old, (None, None));
            }
        }
        for (key, _) in &new {
            if !old.iter().any(|(other, _)| other.text == key.text) {
                let new = (Some(key.text.to_string()), Some(key.span));
                self.push(&rule::PROPERTIES_CLOSED, (None, None), new);
            }
        }
    }

    /// The order of required properties, which is that of the arguments of the constructor.
    fn property_order(&mut self) {
        let required = |view: &View<'s, 't>, other: &View<'s, 't>| {
            let properties = view.parts.properties.iter().map(|(key, _)| key.text);
            let is_required =
                |view: &View<'s, 't>, name: &str| view.parts.required.get(name).is_some();
            let both =
                properties.filter(|name| is_required(view, name) && is_required(other, name));
            both.map(str::to_owned).collect::<Vec<_>>()
        };
        let (old, new) = (
            required(&self.old, &self.new),
            required(&self.new, &self.old),
        );
        if old != new {
            let spans = (
                self.old.keyword("properties"),
                self.new.keyword("properties"),
            );
            let texts = (Some(old.join(", ")), Some(new.join(", ")));
            self.push(
                &rule::PROPERTY_ORDER,
                (texts.0, spans.0),
                (texts.1, spans.1),
            );
        }
    }

    /// A property that both have.
    fn property(&mut self, name: &str, spans: (Span, Span), ids: (SchemaPart, SchemaPart)) {
        let (old, new) = (
            travels(self.sides.old, ids.0),
            travels(self.sides.new, ids.1),
        );
        let directions = old.and(new);
        let required = (
            self.old.parts.required.get(name).map(|text| text.span),
            self.new.parts.required.get(name).map(|text| text.span),
        );
        let spans = (Some(spans.0), Some(spans.1));
        let rule = match required {
            (None, Some(_)) => Some(&rule::PROPERTY_BECAME_REQUIRED),
            (Some(_), None) => Some(&rule::PROPERTY_BECAME_OPTIONAL),
            _ => None,
        };
        if let Some(rule) = rule {
            let at = (required.0.or(spans.0), required.1.or(spans.1));
            self.push_property(rule, (Some(ids.0), Some(ids.1)), at, directions);
        }
        let rule = match (!old.request, !new.request) {
            (false, true) => Some(&rule::BECAME_READ_ONLY),
            (true, false) if required.1.is_some() => Some(&rule::REQUIRED_NO_LONGER_READ_ONLY),
            (true, false) => Some(&rule::NO_LONGER_READ_ONLY),
            _ => None,
        };
        if let Some(rule) = rule {
            self.push_property(rule, (Some(ids.0), Some(ids.1)), spans, BOTH);
        }
        let rule = match (!old.response, !new.response) {
            (false, true) => Some(&rule::BECAME_WRITE_ONLY),
            (true, false) => Some(&rule::NO_LONGER_WRITE_ONLY),
            _ => None,
        };
        if let Some(rule) = rule {
            self.push_property(rule, (Some(ids.0), Some(ids.1)), spans, BOTH);
        }
        self.part(ids.0, ids.1, directions);
    }

    /// Adds a change of one of the properties.
    fn push_property(
        &mut self,
        rule: &'static Rule,
        property: (Option<SchemaPart>, Option<SchemaPart>),
        spans: (Option<Span>, Option<Span>),
        directions: Directions,
    ) {
        let mut found = Found::of_pair(rule, self.id, spans, (None, None));
        found.property = Some(property);
        found.near = (self.old.span(), self.new.span());
        found.allowed = directions;
        self.found.push(found);
    }
}

/// The directions in which a property travels: a read-only one is never sent, a write-only one never received.
fn travels(joined: &Joined<'_>, property: SchemaPart) -> Directions {
    let schema = joined.document.schema(property);
    let branches = [&schema.all_of, &schema.one_of, &schema.any_of];
    let is_alone = schema.reference.is_none() && branches.iter().all(|list| list.is_empty());
    let parts = (!is_alone).then(|| joined.parts(property));
    let is = |keyword: fn(&Schema<'_>) -> bool| {
        let mut composed = parts.iter().flat_map(|parts| parts.composed());
        keyword(schema) || composed.any(|id| keyword(joined.document.schema(id)))
    };
    Directions {
        request: !is(|schema| schema.read_only),
        response: !is(|schema| schema.write_only),
    }
}
