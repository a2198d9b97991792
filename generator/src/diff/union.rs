//! Compares the alternatives of two schemas, and their discriminators.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::SchemaId;
use crate::lower::{Alternatives, Joined};
use crate::source::Node;

use super::rule;
use super::schema::{BOTH, Comparison};
use super::view::{View, meant};

/// An alternative, with the features by which it is recognized.
struct Alternative<'t> {
    id: SchemaId,
    name: Option<&'t str>,
    /// The values of the discriminator that select it.
    tags: BTreeSet<String>,
    /// The simple types.
    types: BTreeSet<crate::document::SimpleType>,
    /// The names of its properties.
    properties: BTreeSet<String>,
    node: Option<&'t Node>,
}

/// Compares the alternatives of two schemas. Returns `false` if they are too different to compare anything else.
pub(super) fn compare(of: &mut Comparison<'_, '_, '_>) -> bool {
    let old = alternatives(of.sides.old, &of.old);
    let new = alternatives(of.sides.new, &of.new);
    let matches = matched(&old, &new);
    if matches.iter().all(Option::is_none) && !(old.is_empty() || new.is_empty()) {
        let spans = (of.old.span(), of.new.span());
        of.push(&rule::TYPE_CHANGED, (None, spans.0), (None, spans.1));
        return false;
    }
    let taken: BTreeSet<usize> = matches.iter().flatten().copied().collect();
    for (alternative, matched) in old.iter().zip(&matches) {
        match matched {
            // A schema that became one of several alternatives is compared with that alternative.
            Some(at) if alternative.id == of.old.id && new[*at].id == of.new.id => {}
            Some(at) => of.part(alternative.id, new[*at].id, BOTH),
            None => {
                let span = of.sides.old.document.schema(alternative.id).mark;
                let text = Some(shown(alternative));
                of.push(&rule::ALTERNATIVE_REMOVED, (text, span), (None, None));
            }
        }
    }
    for (at, alternative) in new.iter().enumerate() {
        if !taken.contains(&at) {
            let span = of.sides.new.document.schema(alternative.id).mark;
            let text = Some(shown(alternative));
            of.push(&rule::ALTERNATIVE_ADDED, (None, None), (text, span));
        }
    }
    if of.old.has_alternatives() && of.new.has_alternatives() {
        kinds(of);
        discriminator(of, &old, &new, &matches);
    }
    of.old.has_alternatives() == of.new.has_alternatives()
}

/// `oneOf` or `anyOf`.
fn kinds(of: &mut Comparison<'_, '_, '_>) {
    let any = |view: &View<'_, '_>| view.parts.unions.iter().any(|union| union.any);
    let rule = match (any(&of.old), any(&of.new)) {
        (false, true) => &rule::ONE_OF_BECAME_ANY_OF,
        (true, false) => &rule::ANY_OF_BECAME_ONE_OF,
        _ => return,
    };
    let span = |view: &View<'_, '_>| {
        let one_of = view.all("oneOf").map(|(span, _)| span).last();
        one_of.or_else(|| view.keyword("anyOf"))
    };
    let spans = (span(&of.old), span(&of.new));
    of.push(rule, (None, spans.0), (None, spans.1));
}

fn discriminator(
    of: &mut Comparison<'_, '_, '_>,
    old: &[Alternative<'_>],
    new: &[Alternative<'_>],
    matches: &[Option<usize>],
) {
    let property = |view: &View<'_, '_>| {
        let unions = view.parts.unions.iter();
        let mut discriminators = unions.filter_map(|union| union.discriminator.as_ref());
        discriminators
            .next_back()
            .map(|known| (known.property.text.to_owned(), known.property.span))
    };
    let (before, after) = (property(&of.old), property(&of.new));
    let name = |property: &Option<(String, _)>| property.as_ref().map(|(name, _)| name.clone());
    if name(&before) != name(&after) {
        let span = |property: &Option<(String, _)>| property.as_ref().map(|(_, span)| *span);
        let old = (name(&before), span(&before));
        of.push(
            &rule::DISCRIMINATOR_CHANGED,
            old,
            (name(&after), span(&after)),
        );
        return;
    }
    if before.is_none() {
        return;
    }
    let all = |alternatives: &[Alternative<'_>]| -> BTreeSet<String> {
        let tags = alternatives.iter().flat_map(|one| &one.tags);
        tags.cloned().collect()
    };
    let (known, current) = (all(old), all(new));
    let spans = (
        of.old.keyword("discriminator"),
        of.new.keyword("discriminator"),
    );
    for (alternative, matched) in old.iter().zip(matches) {
        let Some(other) = matched.map(|at| &new[at]) else {
            continue;
        };
        let gone: Vec<&str> = missing(&alternative.tags, &other.tags);
        let come: Vec<&str> = missing(&other.tags, &alternative.tags);
        let (rule, gone, come) = if come.iter().any(|tag| known.contains(*tag))
            || !(gone.is_empty() || come.is_empty())
        {
            let both = (texts(&alternative.tags), texts(&other.tags));
            (&rule::MAPPING_CHANGED, both.0, both.1)
        } else if !come.is_empty() {
            (&rule::MAPPING_ADDED, gone, come)
        } else if gone.iter().any(|tag| !current.contains(*tag)) {
            (&rule::MAPPING_REMOVED, gone, come)
        } else {
            continue;
        };
        let text = |tags: Vec<&str>| (!tags.is_empty()).then(|| tags.join(", "));
        of.push(rule, (text(gone), spans.0), (text(come), spans.1));
    }
}

fn texts(tags: &BTreeSet<String>) -> Vec<&str> {
    tags.iter().map(String::as_str).collect()
}

/// The values that are in the first set only.
fn missing<'s>(tags: &'s BTreeSet<String>, others: &BTreeSet<String>) -> Vec<&'s str> {
    let only = tags.iter().filter(|tag| !others.contains(*tag));
    only.map(String::as_str).collect()
}

fn shown(alternative: &Alternative<'_>) -> String {
    match (&alternative.name, alternative.types.first()) {
        (Some(name), _) => format!("`{name}`"),
        (None, Some(simple)) => simple.noun().to_owned(),
        (None, None) => "an alternative".to_owned(),
    }
}

/// The alternatives of a schema. A schema without any is its own only alternative.
fn alternatives<'t>(joined: &Joined<'t>, view: &View<'_, 't>) -> Vec<Alternative<'t>> {
    if view.has_alternatives() {
        let unions = view.parts.unions.iter();
        return unions.flat_map(|union| of_union(joined, union)).collect();
    }
    vec![alternative(joined, view.id, BTreeSet::new())]
}

fn of_union<'t>(joined: &Joined<'t>, union: &Alternatives<'t>) -> Vec<Alternative<'t>> {
    let mut tags: BTreeMap<SchemaId, BTreeSet<String>> = BTreeMap::new();
    if let Some(discriminator) = &union.discriminator {
        for (value, id) in &discriminator.mapping {
            let tags = tags.entry(meant(joined, *id)).or_default();
            tags.insert(value.text.to_string());
        }
        for branch in &union.branches {
            let id = meant(joined, *branch);
            let name = joined.document.schema(id).component;
            let tags = tags.entry(id).or_default();
            if let Some(name) = name.filter(|_| tags.is_empty()) {
                tags.insert(name.to_owned());
            }
        }
    }
    let branches = union.branches.iter();
    let branches = branches.map(|&id| {
        let tags = tags.get(&meant(joined, id)).cloned();
        alternative(joined, id, tags.unwrap_or_default())
    });
    branches.collect()
}

fn alternative<'t>(joined: &Joined<'t>, id: SchemaId, tags: BTreeSet<String>) -> Alternative<'t> {
    let id = meant(joined, id);
    let view = View::of(joined, id);
    let schema = joined.document.schema(id);
    let properties = view.parts.properties.iter();
    Alternative {
        id,
        name: schema.component,
        tags,
        types: view.types(),
        properties: properties.map(|(key, _)| key.text.to_string()).collect(),
        node: schema.node,
    }
}

/// For each old alternative the position of its new counterpart: by the name first, then by the tag, the content, the
/// type, and finally the most common properties.
fn matched(old: &[Alternative<'_>], new: &[Alternative<'_>]) -> Vec<Option<usize>> {
    let same: [fn(&Alternative<'_>, &Alternative<'_>) -> bool; 5] = [
        |a, b| a.name.is_some() && a.name == b.name,
        |a, b| !a.tags.is_disjoint(&b.tags),
        |a, b| match (a.node, b.node) {
            (Some(a), Some(b)) => a.says_the_same(b),
            _ => false,
        },
        |a, b| (a.name.is_none() || b.name.is_none()) && shares_properties(a, b),
        |a, b| {
            let simple = a.properties.is_empty() && b.properties.is_empty();
            simple && (a.name.is_none() || b.name.is_none()) && a.types == b.types
        },
    ];
    let mut matches = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    for same in same {
        for (at, alternative) in old.iter().enumerate() {
            if matches[at].is_none() {
                let mut fits = (0..new.len()).filter(|&other| !taken[other]);
                if let Some(other) = fits.find(|&other| same(alternative, &new[other])) {
                    matches[at] = Some(other);
                    taken[other] = true;
                }
            }
        }
    }
    matches
}

/// Whether at least half of all properties are common to both.
fn shares_properties(a: &Alternative<'_>, b: &Alternative<'_>) -> bool {
    let common = a.properties.intersection(&b.properties).count();
    common > 0 && common * 2 >= a.properties.union(&b.properties).count()
}
