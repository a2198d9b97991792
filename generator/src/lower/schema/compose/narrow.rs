//! The keywords that narrow a single value, and the parts of a schema that contradict each other in them.

use std::sync::Arc;

use hashbrown::HashSet;

use crate::document::{Bound, Document, Format, Schema, SimpleType};
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::meaning::value_fingerprint;
use crate::lower::schema::compose::same::never_fits;
use crate::source::{Node, Span, Value};

/// Two parts of a schema that no value satisfies.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Contradiction {
    /// The locations of both, the earlier one first.
    pub(crate) places: (Span, Span),
    /// The subject of the contradiction.
    pub(crate) of: Contradicted,
}

/// The keyword in which two parts of a schema contradict each other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Contradicted {
    /// The types of the earlier and the later part.
    Types(Vec<SimpleType>, Vec<SimpleType>),
    /// `enum` and `const`.
    Values,
    /// `enum` and `const`, whose values are the same only as texts.
    Texts,
    /// The types of one part, which none of the values of the other part has.
    ValuesOfTypes(Vec<SimpleType>),
    /// `format`.
    Formats,
    /// The keywords of two limits.
    Limits(&'static str, &'static str),
    /// The keyword of a limit, which none of the values of another part is within.
    ValuesOutside(&'static str),
    /// A property that a part does not allow.
    Property(String),
}

/// A part of a schema that allows only its own properties.
#[derive(Debug, Clone)]
pub(super) struct Closed<'t> {
    /// The location of `additionalProperties: false`.
    at: Span,
    properties: Arc<HashSet<&'t str>>,
}

impl<'t> Parts<'t> {
    /// The types that all parts allow.
    pub(super) fn add_types(&mut self, schema: &Schema<'t>) {
        let own = schema.types.iter().copied();
        let own: Vec<_> = own.filter(|&t| t != SimpleType::Null).collect();
        if own.is_empty() {
            return;
        }
        let place = keyword_place(schema, "type");
        let common = common_types(&self.types, &own);
        if self.types.is_empty() || !common.is_empty() {
            self.types = if self.types.is_empty() { own } else { common };
        } else {
            let types = std::mem::replace(&mut self.types, own.clone());
            self.contradiction(self.types_at, place, Contradicted::Types(types, own));
        }
        self.types_at = place;
    }

    /// The values that all parts allow; if the parts have no value in common, those of the later part. A string is its
    /// text, with quotes or without: `001` is `"001"`.
    pub(super) fn add_values(&mut self, schema: &Schema<'t>) {
        let (own, keyword) = match (schema.constant, &schema.enumeration) {
            (Some(value), _) => (vec![value], "const"),
            (None, Some(values)) => (values.clone(), "enum"),
            (None, None) => return,
        };
        let place = keyword_place(schema, keyword);
        let known = self.values.take().filter(|known| !known.is_empty());
        self.values = Some(match known {
            None => own,
            Some(known) => self.common_values(&known, own, place),
        });
        self.values_at = place;
    }

    /// The values of a later part that the earlier ones allow as well, or all of them if there are none.
    fn common_values(
        &mut self,
        known: &[&'t Node],
        own: Vec<&'t Node>,
        place: Option<Span>,
    ) -> Vec<&'t Node> {
        let same: HashSet<_> = known.iter().map(|known| value_fingerprint(known)).collect();
        let same = |value: &&Node| same.contains(&value_fingerprint(value));
        let may_be_string = self.types.is_empty() || self.is_string();
        let texts = known.iter().filter(|_| may_be_string);
        let texts: HashSet<_> = texts.filter_map(|known| known.as_scalar()).collect();
        let has_text = |value: &&Node| value.as_scalar().is_some_and(|text| texts.contains(text));
        let common = own.iter().copied();
        let common: Vec<_> = common
            .filter(|value| same(value) || has_text(value))
            .collect();
        if common.is_empty() {
            if !own.is_empty() {
                self.contradiction(self.values_at, place, Contradicted::Values);
            }
            return own;
        }
        let texts = common.iter().filter(|value| !same(value));
        self.same_texts
            .extend(texts.map(|value| value_fingerprint(value)));
        let is_text = |value: &&Node| self.same_texts.contains(&value_fingerprint(value));
        if common.iter().all(is_text) {
            self.contradiction(self.values_at, place, Contradicted::Texts);
        }
        common
    }

    /// Removes the values that are the same only as texts, unless they are strings, which only the types of all parts
    /// tell. If no value remains, the parts contradict each other, and the later values stay.
    pub(super) fn drop_same_texts(&mut self) {
        if self.same_texts.is_empty() || self.is_string() {
            return;
        }
        let same = |value: &&Node| !self.same_texts.contains(&value_fingerprint(value));
        if let Some(values) = self.values.as_mut().filter(|all| all.iter().any(same)) {
            values.retain(same);
        }
    }

    fn is_string(&self) -> bool {
        self.types == [SimpleType::String]
    }

    /// What no value satisfies. Values with the same texts contradict each other unless they are strings, which only the
    /// types of all parts tell.
    pub(crate) fn contradictions(&self) -> impl Iterator<Item = &Contradiction> {
        let found = self.contradictions.iter();
        found.filter(|found| found.of != Contradicted::Texts || !self.is_string())
    }

    /// The format of the later part, unless no string has those of both.
    pub(super) fn add_format(&mut self, schema: &Schema<'t>) {
        let Some(own) = schema.format else { return };
        let excluded = self
            .format
            .is_some_and(|known| Format::exclude(known, own.text));
        if excluded {
            self.contradiction(self.format_at, Some(own.span), Contradicted::Formats);
        }
        self.format = (!excluded).then_some(own.text);
        self.format_at = Some(own.span);
    }

    /// Whether the values of one part can have the types of another one.
    pub(super) fn check_values(&mut self, schema: &Schema<'t>) {
        let own_values = schema.constant.is_some() || schema.enumeration.is_some();
        let values = self.values.iter().flatten();
        let mut values = values.filter(|node| node.value != Value::Null).peekable();
        if own_values != schema.types.is_empty() || self.types.is_empty() || values.peek().is_none()
        {
            return;
        }
        if values.any(|node| may_be(node, &self.types)) {
            return;
        }
        let of = Contradicted::ValuesOfTypes(self.types.clone());
        if own_values {
            self.contradiction(self.types_at, self.values_at, of);
        } else {
            self.contradiction(self.values_at, self.types_at, of);
        }
    }

    /// The narrowest limits of all parts. Limits that contradict each other in one part are not a matter of composition.
    pub(super) fn add_bounds(&mut self, schema: &Schema<'t>) {
        let node = schema.node.filter(|_| schema.has_keywords_of_type());
        let keywords = node.and_then(Node::as_map);
        let own = keywords.map(Bound::all).unwrap_or_default();
        let is_integer = self.types == [SimpleType::Integer];
        for bound in &own {
            let known = self.bounds.iter();
            let mut known = known.filter(|known| bound.contradicts(known, is_integer));
            if let Some(known) = known.next() {
                let of = Contradicted::Limits(known.keyword, bound.keyword);
                self.contradiction(Some(known.span), Some(bound.span), of);
            }
        }
        let has_values = schema.constant.is_some() || schema.enumeration.is_some();
        // Values outside of the limits of their own part are reported one by one.
        if has_values {
            self.check_bounds(&self.bounds.clone());
        } else {
            self.check_bounds(&own);
        }
        for bound in own {
            bound.narrow(&mut self.bounds);
        }
    }

    /// Checks that some allowed value is within each of the limits of another part.
    fn check_bounds(&mut self, bounds: &[Bound]) {
        if bounds.is_empty() {
            return;
        }
        let values = self.values.iter().flatten();
        let values: Vec<_> = values.map(|value| value.to_json()).collect();
        for bound in bounds.iter().filter(|_| !values.is_empty()) {
            if !values.iter().any(|value| bound.allows(value)) {
                let (place, of) = (self.values_at, Contradicted::ValuesOutside(bound.keyword));
                self.contradiction(place, Some(bound.span), of);
            }
        }
    }

    /// Checks that no part has a property that another part excludes by `additionalProperties: false`, which counts the
    /// properties of its own schema only.
    pub(super) fn add_closed(&mut self, document: &Document<'t>, schema: &Schema<'t>) {
        for closed in self.closed.clone() {
            let mut others = schema.properties.iter();
            let other = others.find(|(key, id)| {
                !closed.properties.contains(key.text) && !never_fits(document, *id)
            });
            if let Some((key, _)) = other {
                let of = Contradicted::Property(key.text.to_owned());
                self.contradiction(Some(key.span), Some(closed.at), of);
            }
        }
        if schema.additional != Some(false) || !schema.pattern_properties.is_empty() {
            return;
        }
        let Some(at) = keyword_place(schema, "additionalProperties") else {
            return;
        };
        let own: HashSet<&str> = schema.properties.iter().map(|(key, _)| key.text).collect();
        let mut others = self.properties.iter();
        if let Some((key, _)) = others.find(|(key, _)| !own.contains(key.text)) {
            let of = Contradicted::Property(key.text.to_owned());
            self.contradiction(Some(key.span), Some(at), of);
        }
        self.closed.push(Closed {
            at,
            properties: Arc::new(own),
        });
    }

    fn contradiction(&mut self, earlier: Option<Span>, later: Option<Span>, of: Contradicted) {
        if let (Some(earlier), Some(later)) = (earlier, later) {
            let places = (earlier, later);
            self.contradictions.push(Contradiction { places, of });
        }
    }
}

/// The location of a keyword's value.
fn keyword_place(schema: &Schema<'_>, keyword: &str) -> Option<Span> {
    let node = schema.node?.get(keyword)?;
    Some(node.span)
}

/// The types that two lists have in common; every integer is a number.
fn common_types(known: &[SimpleType], later: &[SimpleType]) -> Vec<SimpleType> {
    use SimpleType::{Integer, Number};
    let has = |types: &[SimpleType], wanted| types.contains(&wanted);
    let common = known.iter().filter_map(|&t| match t {
        t if has(later, t) => Some(t),
        Integer if has(later, Number) => Some(Integer),
        Number if has(later, Integer) && !has(known, Integer) => Some(Integer),
        _ => None,
    });
    common.collect()
}

/// Whether a value can be valid for these types. Any other value is reported, and the type takes precedence.
pub(crate) fn may_be(node: &Node, types: &[SimpleType]) -> bool {
    use SimpleType::{Array, Boolean, Integer, Number, Object, String};
    let is = |simple| types.contains(&simple);
    types.is_empty()
        || match &node.value {
            Value::Null => true,
            Value::Bool(_) => is(Boolean) || is(String),
            Value::Number(_) => is(Number) || is(Integer) || is(String),
            Value::String(text) => {
                is(String)
                    || (is(Integer) && text.parse::<i64>().is_ok())
                    || (is(Number) && text.parse::<f64>().is_ok())
                    || (is(Boolean) && matches!(&**text, "true" | "false"))
            }
            Value::List(_) => is(Array),
            Value::Map(_) => is(Object),
        }
}
