//! Compares limits of length, size and number.

use std::collections::BTreeSet;

use crate::document::Bound;
use crate::source::{Node, Span, Value};

use super::matched::Matched;
use super::rule;
use super::schema::{BOTH, Comparison};
use super::verdict::Rule;
use super::view::{View, json};

/// The keywords whose values are compared as text.
const CONDITIONS: [&str; 7] = [
    "pattern",
    "contains",
    "propertyNames",
    "dependentSchemas",
    "unevaluatedItems",
    "then",
    "else",
];

/// Patterns that match every string.
const ANY_TEXT: [&str; 5] = ["", ".*", "^.*", ".*$", "^.*$"];

/// Compares the limits of two schemas.
pub(super) fn compare(of: &mut Comparison<'_, '_, '_>) {
    bounds(of);
    multiple(of);
    unique(of);
    for keyword in CONDITIONS {
        pattern(of, keyword);
    }
    dependent(of);
    content(of);
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

/// Compares the limits on numbers and sizes.
fn bounds(of: &mut Comparison<'_, '_, '_>) {
    let effective = |view: &View<'_, '_>| -> Vec<Bound> {
        let bounds = view.parts.bounds.iter().copied();
        bounds.filter(Bound::has_effect).collect()
    };
    let (old, new) = (effective(&of.old), effective(&of.new));
    let Matched { both, gone, come } = Matched::of(&old, &new).by(Bound::name);
    let both = both.into_iter().map(|(old, new)| (Some(old), Some(new)));
    let gone = gone.into_iter().map(|old| (Some(old), None));
    let come = come.into_iter().map(|new| (None, Some(new)));
    for (old, new) in both.chain(gone).chain(come) {
        let implies = |one: Option<&Bound>, other: Option<&Bound>| match (one, other) {
            (Some(one), Some(other)) => one.implies(other),
            (_, other) => other.is_none(),
        };
        let rule = match (implies(new, old), implies(old, new)) {
            (true, false) => &rule::LIMIT_TIGHTENED,
            (false, true) => &rule::LIMIT_LOOSENED,
            _ => continue,
        };
        let side = |bound: Option<&Bound>| {
            let text = bound.map(Bound::text);
            (text, bound.map(|bound| bound.written))
        };
        let name = old.or(new).map_or("", Bound::name);
        push(of, rule, name, side(old), side(new));
    }
}

fn multiple(of: &mut Comparison<'_, '_, '_>) {
    let keyword = "multipleOf";
    let step = |view: &View<'_, '_>| {
        let steps = view.all(keyword);
        steps
            .filter_map(|(span, node)| Some((node.as_number()?, span)))
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

/// Compares a condition as text, because it cannot be decided whether it allows more or less.
fn pattern(of: &mut Comparison<'_, '_, '_>, keyword: &str) {
    let (old, new) = (conditions(&of.old, keyword), conditions(&of.new, keyword));
    if old == new {
        return;
    }
    let rule = match (old.is_empty(), new.is_empty()) {
        (true, _) => &rule::LIMIT_TIGHTENED,
        (_, true) => &rule::LIMIT_LOOSENED,
        _ => &rule::PATTERN_CHANGED,
    };
    changed(of, rule, keyword, (old, new));
}

/// The values of a keyword, without those that every value fulfils. `then` and `else` include their `if`, which has no
/// effect alone.
fn conditions(view: &View<'_, '_>, keyword: &str) -> BTreeSet<String> {
    let schemas = view.composed.iter().filter_map(|schema| schema.node);
    let conditions = schemas.filter_map(|node| {
        let value = node.get(keyword)?;
        let meets_any = match &value.value {
            Value::Bool(any) => *any,
            Value::String(text) => keyword == "pattern" && ANY_TEXT.contains(&&**text),
            Value::Map(members) => members.is_empty(),
            _ => false,
        };
        let text = (!meets_any).then(|| json(value))?;
        Some(match keyword {
            "then" | "else" => format!("{text} (if {})", json(node.get("if")?)),
            // Otherwise it has no effect, or it is compared as the schema of the elements.
            "unevaluatedItems" if !is_alone(node) => return None,
            _ => text,
        })
    });
    conditions.collect()
}

/// Whether `unevaluatedItems` is `false` and no other keyword describes elements.
fn is_alone(node: &Node) -> bool {
    let described = ["items", "prefixItems"];
    let is_false = |node: &Node| node.value == Value::Bool(false);
    node.get("unevaluatedItems").is_some_and(is_false)
        && described.iter().all(|keyword| node.get(keyword).is_none())
}

/// The properties that other properties require, by `dependentRequired` or by the `dependencies` of older drafts.
fn dependent(of: &mut Comparison<'_, '_, '_>) {
    let names = |view: &View<'_, '_>| {
        let keywords = ["dependentRequired", "dependencies"];
        let maps = keywords.iter().flat_map(|keyword| view.all(keyword));
        let entries = maps.flat_map(|(_, node)| node.as_map().unwrap_or_default());
        let names = entries.flat_map(|member| {
            let names = member.value.as_list().unwrap_or_default().iter();
            names.filter_map(|name| Some(format!("{}: {}", member.key.text, name.as_str()?)))
        });
        names.collect::<BTreeSet<String>>()
    };
    let (old, new) = (names(&of.old), names(&of.new));
    let gone: BTreeSet<String> = old.difference(&new).cloned().collect();
    let come: BTreeSet<String> = new.difference(&old).cloned().collect();
    for (rule, both) in [
        (&rule::LIMIT_TIGHTENED, (BTreeSet::new(), come)),
        (&rule::LIMIT_LOOSENED, (gone, BTreeSet::new())),
    ] {
        if both.0 != both.1 {
            changed(of, rule, "dependentRequired", both);
        }
    }
}

/// `contentSchema`: the schema of the data in a string.
fn content(of: &mut Comparison<'_, '_, '_>) {
    let keyword = "contentSchema";
    let schema = |view: &View<'_, '_>| {
        let mut schemas = view.composed.iter().rev();
        schemas.find_map(|schema| schema.content_schema)
    };
    let one = |is_there: bool| {
        is_there
            .then(|| "a schema".to_owned())
            .into_iter()
            .collect()
    };
    let rule = match (schema(&of.old), schema(&of.new)) {
        (None, None) => return,
        (Some(old), Some(new)) => return of.part(old, new, BOTH),
        (None, Some(_)) => &rule::LIMIT_TIGHTENED,
        (Some(_), None) => &rule::LIMIT_LOOSENED,
    };
    let is_tighter = rule.code == rule::LIMIT_TIGHTENED.code;
    changed(of, rule, keyword, (one(!is_tighter), one(is_tighter)));
}

/// Adds a change of conditions.
fn changed(
    of: &mut Comparison<'_, '_, '_>,
    rule: &'static Rule,
    keyword: &str,
    both: (BTreeSet<String>, BTreeSet<String>),
) {
    let text = |texts: BTreeSet<String>| {
        let texts: Vec<String> = texts.into_iter().collect();
        (!texts.is_empty()).then(|| texts.join(" and "))
    };
    let spans = (of.old.keyword(keyword), of.new.keyword(keyword));
    let (old, new) = ((text(both.0), spans.0), (text(both.1), spans.1));
    push(of, rule, keyword, old, new);
}
