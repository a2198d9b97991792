//! Limits of values: how long, large or many.

use crate::source::{Node, Span, Value};

use super::rule;
use super::schema::Comparison;
use super::verdict::Rule;
use super::view::{Bound, View, json, number};

/// The keywords of lower limits, and of upper ones.
const LOWER: [&str; 5] = [
    "minimum",
    "minLength",
    "minItems",
    "minProperties",
    "minContains",
];
const UPPER: [&str; 5] = [
    "maximum",
    "maxLength",
    "maxItems",
    "maxProperties",
    "maxContains",
];

/// Compares the limits of two schemas.
pub(super) fn compare(of: &mut Comparison<'_, '_, '_>) {
    for (keywords, lower) in [(LOWER, true), (UPPER, false)] {
        for keyword in keywords {
            bound(of, keyword, lower);
        }
    }
    multiple(of);
    unique(of);
    for keyword in ["pattern", "contains", "propertyNames"] {
        pattern(of, keyword);
    }
}

fn push(
    of: &mut Comparison<'_, '_, '_>,
    rule: &'static Rule,
    keyword: &str,
    old: (Option<String>, Option<Span>),
    new: (Option<String>, Option<Span>),
) {
    let text = |side: Option<String>| {
        Some(side.map_or(format!("no `{keyword}`"), |value| {
            format!("`{keyword}` {value}")
        }))
    };
    of.push(rule, (text(old.0), old.1), (text(new.0), new.1));
}

/// A limit that says something: none is shorter than 0.
fn telling(view: &View<'_, '_>, keyword: &str, lower: bool) -> Option<Bound> {
    let is_count = keyword != "minimum";
    let bound = view.bound(keyword, lower);
    bound.filter(|bound| !lower || !is_count || bound.value > 0.0)
}

fn bound(of: &mut Comparison<'_, '_, '_>, keyword: &str, lower: bool) {
    let (old, new) = (
        telling(&of.old, keyword, lower),
        telling(&of.new, keyword, lower),
    );
    let rule = match (&old, &new) {
        (None, Some(_)) => &rule::LIMIT_TIGHTENED,
        (Some(_), None) => &rule::LIMIT_LOOSENED,
        (Some(old), Some(new)) if new.is_tighter(old, lower) => &rule::LIMIT_TIGHTENED,
        (Some(old), Some(new)) if old.is_tighter(new, lower) => &rule::LIMIT_LOOSENED,
        _ => return,
    };
    let side = |bound: Option<Bound>| match bound {
        Some(bound) => (Some(bound.shown()), Some(bound.span)),
        None => (None, None),
    };
    push(of, rule, keyword, side(old), side(new));
}

fn multiple(of: &mut Comparison<'_, '_, '_>) {
    let keyword = "multipleOf";
    let step = |view: &View<'_, '_>| {
        let steps = view.all(keyword);
        steps
            .filter_map(|(span, node)| Some((number(node)?, span)))
            .last()
    };
    let (old, new) = (step(&of.old), step(&of.new));
    let divides = |small: f64, large: f64| (large / small).fract() == 0.0;
    let rule = match (old, new) {
        (None, None) => return,
        (Some((old, _)), Some((new, _))) if old.to_bits() == new.to_bits() => return,
        (None, Some(_)) => &rule::LIMIT_TIGHTENED,
        (Some(_), None) => &rule::LIMIT_LOOSENED,
        (Some((old, _)), Some((new, _))) if divides(old, new) => &rule::LIMIT_TIGHTENED,
        (Some((old, _)), Some((new, _))) if divides(new, old) => &rule::LIMIT_LOOSENED,
        _ => &rule::PATTERN_CHANGED,
    };
    let side = |step: Option<(f64, Span)>| match step {
        Some((value, span)) => (Some(value.to_string()), Some(span)),
        None => (None, None),
    };
    push(of, rule, keyword, side(old), side(new));
}

fn unique(of: &mut Comparison<'_, '_, '_>) {
    let keyword = "uniqueItems";
    let rule = match (of.old.is(keyword), of.new.is(keyword)) {
        (false, true) => &rule::LIMIT_TIGHTENED,
        (true, false) => &rule::LIMIT_LOOSENED,
        _ => return,
    };
    let side = |view: &View<'_, '_>| {
        let is_set = |(_, node): &(Span, &Node)| node.value == Value::Bool(true);
        let found = view.all(keyword).find(is_set);
        (found.map(|_| "true".to_owned()), view.keyword(keyword))
    };
    let (old, new) = (side(&of.old), side(&of.new));
    push(of, rule, keyword, old, new);
}

/// A condition that is compared as a text: whether it allows more or less cannot be told.
fn pattern(of: &mut Comparison<'_, '_, '_>, keyword: &str) {
    let texts = |view: &View<'_, '_>| {
        let mut texts: Vec<String> = view.all(keyword).map(|(_, node)| json(node)).collect();
        texts.sort();
        texts.dedup();
        texts
    };
    let (old, new) = (texts(&of.old), texts(&of.new));
    if old == new {
        return;
    }
    let rule = match (old.is_empty(), new.is_empty()) {
        (true, _) => &rule::LIMIT_TIGHTENED,
        (_, true) => &rule::LIMIT_LOOSENED,
        _ => &rule::PATTERN_CHANGED,
    };
    let text = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join(" and "));
    let spans = (of.old.keyword(keyword), of.new.keyword(keyword));
    push(
        of,
        rule,
        keyword,
        (text(old), spans.0),
        (text(new), spans.1),
    );
}
