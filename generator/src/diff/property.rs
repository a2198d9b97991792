//! Compares the properties of two schemas.

use hashbrown::HashMap;

use crate::document::{Schema, Text};
use crate::lower::Joined;
use crate::source::Span;

use super::change::Directions;
use super::found::Found;
use super::likeness::Features;
use super::matched::Matched;
use super::pairs::Sides;
use super::rule;
use super::schema::{BOTH, Comparison, SchemaPart};
use super::verdict::Rule;
use super::view::View;

impl<'s, 't> Comparison<'_, 's, 't> {
    pub(super) fn properties(&mut self) {
        let properties = |view: &View<'s, 't>| view.parts.properties.iter().copied().collect();
        let (old, new): (Vec<Property<'t>>, Vec<Property<'t>>) =
            (properties(&self.old), properties(&self.new));
        let mut matched = Matched::of(old, new).by(|(key, _)| key.text);
        for (old, new) in std::mem::take(&mut matched.both) {
            self.property(old, new);
        }
        for (old, new, similarity) in self.alike(&mut matched) {
            self.renamed_property(old, new, similarity);
            self.property(old, new);
        }
        for (key, id) in matched.gone {
            let rule = if self.old.requires(key.text) {
                &rule::REQUIRED_PROPERTY_REMOVED
            } else {
                &rule::PROPERTY_REMOVED
            };
            let (ids, spans) = ((Some(id), None), (Some(key.span), None));
            self.push_property(rule, ids, spans, travels(self.sides.old, id));
        }
        for (key, id) in matched.come {
            let rule = if self.new.requires(key.text) {
                &rule::PROPERTY_REQUIRED_ADDED
            } else {
                &rule::PROPERTY_ADDED
            };
            let (ids, spans) = ((None, Some(id)), (None, Some(key.span)));
            self.push_property(rule, ids, spans, travels(self.sides.new, id));
        }
        self.property_order();
        self.patterns();
    }

    /// Compares the `patternProperties`.
    fn patterns(&mut self) {
        let patterns = |view: &View<'s, 't>| view.parts.patterns.iter().copied().collect();
        let (old, new): (Vec<Property<'t>>, Vec<Property<'t>>) =
            (patterns(&self.old), patterns(&self.new));
        let matched = Matched::of(old, new).by(|(key, _)| key.text);
        for ((_, old), (_, new)) in matched.both {
            self.part(old, new, BOTH);
        }
        let place = |key: Text<'t>| (Some(key.text.to_owned()), Some(key.span));
        for (key, _) in matched.gone {
            self.push(&rule::PROPERTIES_OPENED, place(key), (None, None));
        }
        for (key, _) in matched.come {
            self.push(&rule::PROPERTIES_CLOSED, (None, None), place(key));
        }
    }

    /// Pairs properties that have different names but are otherwise similar.
    fn alike(&self, matched: &mut Matched<Property<'t>>) -> Vec<(Property<'t>, Property<'t>, u8)> {
        let Sides { old, new } = self.sides;
        let both = (features(old, &self.old), features(new, &self.new));
        matched.take_alike(PROPERTY, both.0, both.1, |one, other| {
            let views = View::both((old, new), (one.1, other.1));
            self.old.requires(one.0.text) == self.new.requires(other.0.text)
                && travels(old, one.1) == travels(new, other.1)
                && views.0.is_of_type(&views.1)
        })
    }

    fn renamed_property(&mut self, old: Property<'t>, new: Property<'t>, similarity: u8) {
        let rule = if self.new.requires(new.0.text) {
            &rule::PROPERTY_RENAMED
        } else {
            &rule::OPTIONAL_PROPERTY_RENAMED
        };
        let spans = (Some(old.0.span), Some(new.0.span));
        let ids = (Some(old.1), Some(new.1));
        self.push_property(rule, ids, spans, travels(self.sides.new, new.1));
        if let Some(last) = self.found.last_mut() {
            last.texts = (Some(old.0.text.to_owned()), Some(new.0.text.to_owned()));
            last.similarity = Some(similarity);
        }
        let names = self.renamed.properties.entry(self.old.id).or_default();
        names.insert(old.0.text.to_owned(), new.0.text.to_owned());
    }

    /// Compares the order of required properties, which is the order of the constructor's arguments.
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

    /// Compares a property that both have.
    fn property(&mut self, old: Property<'t>, new: Property<'t>) {
        let (ids, spans) = ((old.1, new.1), (old.0.span, new.0.span));
        let required = (
            self.old
                .parts
                .required
                .get(old.0.text)
                .map(|text| text.span),
            self.new
                .parts
                .required
                .get(new.0.text)
                .map(|text| text.span),
        );
        let (old, new) = (
            travels(self.sides.old, ids.0),
            travels(self.sides.new, ids.1),
        );
        let directions = old.and(new);
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

/// A property: its name and its schema.
type Property<'t> = (Text<'t>, SchemaPart);

/// The minimum similarity of two properties for a rename, in percent.
pub(super) const PROPERTY: u8 = 50;

/// The features by which a property is recognized although its name changed.
fn features<'v, 's, 't>(
    joined: &'s Joined<'t>,
    view: &'v View<'s, 't>,
) -> impl Fn(Property<'t>) -> Features + use<'v, 's, 't> {
    let all = view.parts.properties.iter();
    let positions: HashMap<&str, usize> = all.map(|(key, _)| key.text).zip(0..).collect();
    move |(key, id)| {
        let node = joined.document.schema(id).node;
        let features = node.map(Features::of).unwrap_or_default();
        features.name(key.text).hint(positions.get(key.text))
    }
}

/// The directions of a property: a read-only one is never sent, a write-only one never received.
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
