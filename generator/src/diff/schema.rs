//! Compares two schemas keyword by keyword.

use std::collections::BTreeSet;

use hashbrown::HashSet;

use crate::document::SimpleType;
use crate::lower::Joined;
use crate::source::{Span, Value};

use super::change::Directions;
use super::found::{Found, Renamed};
use super::likeness::Features;
use super::pairs::{PairId, Pairs, Sides};
use super::rule;
use super::verdict::Rule;
use super::view::{Additional, View, examples, json};
use super::{limit, union, used};

/// The state of comparing two schemas.
pub(super) struct Comparison<'c, 's, 't> {
    pub sides: Sides<'s, 't>,
    pub pairs: &'c mut Pairs,
    pub id: PairId,
    pub old: View<'s, 't>,
    pub new: View<'s, 't>,
    pub found: &'c mut Vec<Found>,
    /// The names of the named schemas that only one of the descriptions has.
    pub only: (&'c HashSet<&'s str>, &'c HashSet<&'s str>),
    pub renamed: &'c mut Renamed,
}

/// Both sides of a change: a text and its location.
pub(super) type Place = (Option<String>, Option<Span>);

impl<'s, 't> Comparison<'_, 's, 't> {
    pub(super) fn run(mut self) {
        let differ = !self.old.says_the_same(&self.new);
        self.rename();
        if self.old.has_alternatives() || self.new.has_alternatives() {
            if !union::compare(&mut self) {
                return;
            }
        } else if !self.types() {
            return;
        }
        let constants = [&self.old, &self.new].map(|view| !view.constant_branches().is_empty());
        if differ || constants.contains(&true) {
            // The values of alternatives can be those of schemas that they refer to.
            self.values();
        }
        self.constant_branches();
        if differ {
            self.format();
            limit::compare(&mut self);
        }
        self.properties();
        self.additional();
        self.elements();
        if differ {
            self.not();
            self.known_values();
            self.without_effect();
            self.annotations();
        }
    }

    /// Adds a change of the schema as a whole.
    pub(super) fn push(&mut self, rule: &'static Rule, old: Place, new: Place) {
        let spans = (old.1.or(self.old.span()), new.1.or(self.new.span()));
        let found = Found::of_pair(rule, self.id, spans, (old.0, new.0));
        self.found.push(found);
    }

    /// Compares a part of both.
    pub(super) fn part(&mut self, old: SchemaPart, new: SchemaPart, directions: Directions) {
        let child = self.pairs.pair(self.sides, old, new);
        self.pairs.part(self.id, child, directions);
        used::compare(self.sides, child, (old, new), self.found);
    }

    /// Reports a named schema that was replaced by another named schema.
    fn rename(&mut self) {
        let name = |view: &View<'s, 't>, side: &Joined<'t>| {
            side.document.schema(view.id).component.map(str::to_owned)
        };
        let old = name(&self.old, self.sides.old);
        let new = name(&self.new, self.sides.new);
        if old.is_none() || new.is_none() || old == new {
            return;
        }
        let is_in = |names: &HashSet<&str>, name: &Option<String>| {
            name.as_deref().is_some_and(|name| names.contains(name))
        };
        let gone = is_in(self.only.0, &old) && is_in(self.only.1, &new);
        let rule = if gone {
            &rule::SCHEMA_RENAMED
        } else {
            &rule::OTHER_SCHEMA
        };
        self.push(rule, (old, None), (new, None));
        let node = |side: &Joined<'t>, id| side.document.schema(id).node;
        let nodes = node(self.sides.old, self.old.id).zip(node(self.sides.new, self.new.id));
        if let (Some(last), Some((old, new)), true) = (self.found.last_mut(), nodes, gone) {
            last.similarity = Some(Features::of(old).similarity(&Features::of(new)));
        }
    }

    /// Compares the types. Returns `false` if no value can have both.
    fn types(&mut self) -> bool {
        let by_values = self.old.is_typed_by_values() || self.new.is_typed_by_values();
        if by_values && self.old.values().is_some() && self.new.values().is_some() {
            return true;
        }
        let (old, new) = (self.old.types(), self.new.types());
        let widened = |narrow: &SimpleType| {
            new.contains(narrow)
                || (*narrow == SimpleType::Integer && new.contains(&SimpleType::Number))
        };
        let narrowed = |wide: &SimpleType| {
            old.contains(wide)
                || (*wide == SimpleType::Integer && old.contains(&SimpleType::Number))
        };
        let common = old.iter().any(widened) || new.iter().any(narrowed);
        let rule = if old == new {
            return true;
        } else if new.is_empty() || (!old.is_empty() && old.iter().all(widened)) {
            &rule::TYPE_WIDENED
        } else if old.is_empty() || new.iter().all(narrowed) {
            &rule::TYPE_NARROWED
        } else {
            &rule::TYPE_CHANGED
        };
        let places = (self.old.keyword("type"), self.new.keyword("type"));
        let texts = (words(&old), words(&new));
        self.push(rule, (Some(texts.0), places.0), (Some(texts.1), places.1));
        common || old.is_empty() || new.is_empty()
    }

    fn format(&mut self) {
        // Version 3.1 spells bytes in another way than the versions before.
        if let (Some(old), Some(new)) = (self.old.bytes(), self.new.bytes())
            && old == new
        {
            let content = (self.old.content(), self.new.content());
            self.text(content.0, content.1, |_, _| &rule::CONTENT_CHANGED);
            return;
        }
        let is_file = |view: &View<'_, '_>| view.bytes() == Some("binary");
        if self.pairs.is_part_of_form(self.id) && is_file(&self.old) != is_file(&self.new) {
            let side = |view: &View<'_, '_>| {
                let text = if is_file(view) { "a file" } else { "a value" };
                (Some(text.to_owned()), view.format().map(|(_, span)| span))
            };
            let (old, new) = (side(&self.old), side(&self.new));
            self.push(&rule::FORMAT_CHANGED, old, new);
            return;
        }
        for keyword in ["contentEncoding", "contentMediaType"] {
            self.text_keyword(keyword, |_, _| &rule::CONTENT_CHANGED);
        }
        self.text(self.old.format(), self.new.format(), format_rule);
    }

    fn text_keyword(
        &mut self,
        keyword: &str,
        rule: impl Fn(Option<&str>, Option<&str>) -> &'static Rule,
    ) {
        self.text(self.old.text(keyword), self.new.text(keyword), rule);
    }

    /// Compares two texts with their locations.
    fn text(
        &mut self,
        old: Option<(&'t str, Span)>,
        new: Option<(&'t str, Span)>,
        rule: impl Fn(Option<&str>, Option<&str>) -> &'static Rule,
    ) {
        let texts = (old.map(|(text, _)| text), new.map(|(text, _)| text));
        if texts.0 != texts.1 {
            let owned = |text: Option<&str>| text.map(str::to_owned);
            let old = (owned(texts.0), old.map(|(_, span)| span));
            let new = (owned(texts.1), new.map(|(_, span)| span));
            self.push(rule(texts.0, texts.1), old, new);
        }
    }

    /// Compares `enum` and `const`.
    fn values(&mut self) {
        let (old, new) = (self.old.values(), self.new.values());
        let span = |view: &View<'s, 't>| {
            let constant = view.all("const").map(|(span, _)| span).last();
            constant.or_else(|| view.keyword("enum"))
        };
        let spans = (span(&self.old), span(&self.new));
        let list = |values: Vec<&String>| {
            let values = values.into_iter().map(String::as_str);
            Some(values.collect::<Vec<_>>().join(", "))
        };
        match (old, new) {
            (None, None) => {}
            (Some(old), None) => {
                let old = list(old.keys().collect());
                self.push(&rule::ENUM_REMOVED, (old, spans.0), (None, spans.1));
            }
            (None, Some(new)) => {
                let new = list(new.keys().collect());
                self.push(&rule::ENUM_ADDED, (None, spans.0), (new, spans.1));
            }
            (Some(old), Some(new)) => {
                let gone: Vec<_> = old.keys().filter(|key| !new.contains_key(*key)).collect();
                let come: Vec<_> = new.keys().filter(|key| !old.contains_key(*key)).collect();
                let constant = old.len() == 1 && new.len() == 1;
                if constant && !gone.is_empty() {
                    let (old, new) = (list(gone), list(come));
                    self.push(&rule::CONSTANT_CHANGED, (old, spans.0), (new, spans.1));
                    return;
                }
                if !gone.is_empty() {
                    let old = (list(gone), spans.0);
                    self.push(&rule::VALUES_REMOVED, old, (None, spans.1));
                }
                if !come.is_empty() {
                    let new = (list(come), spans.1);
                    self.push(&rule::VALUES_ADDED, (None, spans.0), new);
                }
            }
        }
    }

    /// Compares the alternatives of constants that allow the same values. Null is compared for the whole.
    fn constant_branches(&mut self) {
        let Sides { old, new } = self.sides;
        let branches = |joined: &'s Joined<'t>, view: &View<'s, 't>| -> Vec<_> {
            let ids = view.constant_branches().iter();
            let texts = |id| {
                let values = View::of(joined, id).values().unwrap_or_default();
                values.into_keys().collect::<Vec<String>>()
            };
            ids.map(|id| (*id, (texts(*id), joined.nullable.has(*id))))
                .collect()
        };
        let others = branches(new, &self.new);
        for (id, allowed) in branches(old, &self.old) {
            let mut others = others.iter();
            if let Some((other, _)) = others.find(|(_, others)| *others == allowed) {
                self.part(id, *other, BOTH);
            }
        }
    }

    fn additional(&mut self) {
        use Additional::{Any, Closed, Of, Unstated};
        let rule = match (self.old.additional(), self.new.additional()) {
            (Of(old), Of(new)) => return self.part(old, new, BOTH),
            (Unstated | Any, Of(_) | Closed) | (Of(_), Closed) => &rule::PROPERTIES_CLOSED,
            (Of(_) | Closed, Unstated | Any) | (Closed, Of(_)) => &rule::PROPERTIES_OPENED,
            (Unstated, Any) | (Any, Unstated) => &rule::PROPERTIES_STATED,
            _ => return,
        };
        let word = |additional| match additional {
            Unstated | Any => "any",
            Closed => "none",
            Of(_) => "those of one schema",
        };
        let texts = (word(self.old.additional()), word(self.new.additional()));
        let keyword = "additionalProperties";
        let spans = (self.old.keyword(keyword), self.new.keyword(keyword));
        let old = (Some(texts.0.to_owned()), spans.0);
        self.push(rule, old, (Some(texts.1.to_owned()), spans.1));
    }

    fn elements(&mut self) {
        let (old, new) = (&self.old.parts, &self.new.parts);
        let positions = old.prefix_items.len().max(new.prefix_items.len());
        let rest = (old.items, new.items);
        let at = |prefix: &[SchemaPart], at: usize, rest| prefix.get(at).copied().or(rest);
        let mut both = Vec::new();
        for position in 0..positions {
            both.push((
                at(&old.prefix_items, position, rest.0),
                at(&new.prefix_items, position, rest.1),
            ));
        }
        both.push(rest);
        for both in both {
            let spans = || (self.old.keyword("items"), self.new.keyword("items"));
            match both {
                (Some(old), Some(new)) => self.part(old, new, BOTH),
                (None, None) => {}
                (Some(_), None) => {
                    let spans = spans();
                    let new = (Some("any elements".to_owned()), spans.1);
                    self.push(&rule::TYPE_WIDENED, (None, spans.0), new);
                }
                (None, Some(_)) => {
                    let spans = spans();
                    let old = (Some("any elements".to_owned()), spans.0);
                    self.push(&rule::TYPE_NARROWED, old, (None, spans.1));
                }
            }
        }
    }

    fn not(&mut self) {
        let text = |view: &View<'s, 't>| {
            let values = view.all("not").map(|(_, node)| json(node));
            values.collect::<Vec<_>>()
        };
        if text(&self.old) != text(&self.new) {
            let spans = (self.old.keyword("not"), self.new.keyword("not"));
            self.push(&rule::NOT_CHANGED, (None, spans.0), (None, spans.1));
        }
    }

    /// Compares `x-extensible-enum`, the values that are known so far.
    fn known_values(&mut self) {
        let keyword = "x-extensible-enum";
        let values = |view: &View<'s, 't>| {
            let lists = view.all(keyword).filter_map(|(_, node)| node.as_list());
            lists.flatten().map(json).collect::<BTreeSet<String>>()
        };
        let (old, new) = (values(&self.old), values(&self.new));
        let list = |values: &BTreeSet<String>, others: &BTreeSet<String>| {
            let values: Vec<&str> = values.difference(others).map(String::as_str).collect();
            (!values.is_empty()).then(|| values.join(", "))
        };
        let spans = (self.old.keyword(keyword), self.new.keyword(keyword));
        if let (Some(gone), false) = (list(&old, &new), new.is_empty()) {
            let old = (Some(gone), spans.0);
            self.push(&rule::KNOWN_VALUES_REMOVED, old, (None, spans.1));
        }
        if let (Some(come), false) = (list(&new, &old), old.is_empty()) {
            let new = (Some(come), spans.1);
            self.push(&rule::KNOWN_VALUES_ADDED, (None, spans.0), new);
        }
    }

    /// Compares keywords without effect: limits that are `false`, and an `if` without `then` and `else`. Skipped if the
    /// versions of the specification differ, because they may require such keywords.
    fn without_effect(&mut self) {
        let Sides { old, new } = self.sides;
        if old.document.version != new.document.version {
            return;
        }
        let keywords = |view: &View<'s, 't>| {
            let limits = ["exclusiveMinimum", "exclusiveMaximum", "uniqueItems"];
            let is_off = |keyword: &&str| {
                view.all(keyword)
                    .any(|(_, node)| node.value == Value::Bool(false))
            };
            let mut keywords: Vec<String> = limits
                .into_iter()
                .filter(is_off)
                .map(str::to_owned)
                .collect();
            let alone = view.composed.iter().filter_map(|schema| schema.node);
            let alone = alone.filter(|node| node.get("then").or(node.get("else")).is_none());
            keywords.extend(alone.filter_map(|node| Some(format!("if {}", json(node.get("if")?)))));
            keywords
        };
        let (old, new) = (keywords(&self.old), keywords(&self.new));
        if old != new {
            let text = |keywords: Vec<String>| (!keywords.is_empty()).then(|| keywords.join(", "));
            let spans = (self.old.span(), self.new.span());
            self.push(
                &rule::WITHOUT_EFFECT,
                (text(old), spans.0),
                (text(new), spans.1),
            );
        }
    }

    /// Compares keywords that have no effect on the wire.
    fn annotations(&mut self) {
        let rule = match (self.old.is_deprecated(), self.new.is_deprecated()) {
            (false, true) => Some(&rule::SCHEMA_DEPRECATED),
            (true, false) => Some(&rule::SCHEMA_UNDEPRECATED),
            _ => None,
        };
        if let Some(rule) = rule {
            let spans = (
                self.old.keyword("deprecated"),
                self.new.keyword("deprecated"),
            );
            self.push(rule, (None, spans.0), (None, spans.1));
        }
        let texts = |view: &View<'s, 't>| {
            let own = view
                .composed
                .iter()
                .flat_map(|own| [own.title, own.description]);
            own.flatten()
                .map(str::trim)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        if texts(&self.old) != texts(&self.new) {
            let span = |view: &View<'s, 't>| view.keyword("description");
            let spans = (span(&self.old), span(&self.new));
            self.push(&rule::DOCS_CHANGED, (None, spans.0), (None, spans.1));
        }
        let examples = |view: &View<'s, 't>| {
            let own = view.composed.iter();
            own.flat_map(|own| examples(&own.examples))
                .collect::<Vec<_>>()
        };
        if examples(&self.old) != examples(&self.new) {
            let spans = (self.old.keyword("example"), self.new.keyword("example"));
            self.push(&rule::EXAMPLES_CHANGED, (None, spans.0), (None, spans.1));
        }
    }
}

/// A part of a schema that is a schema itself.
pub(super) type SchemaPart = crate::document::SchemaId;

/// In both directions.
pub(super) const BOTH: Directions = Directions {
    request: true,
    response: true,
};

/// Lists of formats, in each of which a format allows everything that the earlier ones allow.
const WIDER: &[&[&str]] = &[&["int8", "int16", "int32", "int64"], &["float", "double"]];

fn format_rule(old: Option<&str>, new: Option<&str>) -> &'static Rule {
    let (Some(old), Some(new)) = (old, new) else {
        return if old.is_none() {
            &rule::FORMAT_NARROWED
        } else {
            &rule::FORMAT_WIDENED
        };
    };
    for row in WIDER {
        let position = |format: &str| row.iter().position(|known| *known == format);
        if let (Some(old), Some(new)) = (position(old), position(new)) {
            return if old < new {
                &rule::FORMAT_WIDENED
            } else {
                &rule::FORMAT_NARROWED
            };
        }
    }
    &rule::FORMAT_CHANGED
}

/// Types as a message lists them.
fn words(types: &BTreeSet<SimpleType>) -> String {
    if types.is_empty() {
        return "any value".to_owned();
    }
    let words = types.iter().map(|simple| simple.noun());
    words.collect::<Vec<_>>().join(" or ")
}
