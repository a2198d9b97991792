//! Compares the security requirements of two operations.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Document, Operation, Requirement};

use super::super::change::Part;
use super::super::found::{Found, FoundIn};
use super::super::rule;
use super::super::verdict::Rule;
use super::Comparison;

/// An alternative: the required schemes, each with its scopes.
type Alternative = BTreeMap<String, BTreeSet<String>>;

/// Compares the effective security requirement of an operation: its own, otherwise that of the API.
pub(super) fn of_operation(of: &mut Comparison<'_, '_, '_>) {
    let old = alternatives(&of.sides.old.document, of.old);
    let old: Vec<Alternative> = old.into_iter().map(|one| renamed(one, of)).collect();
    let new = alternatives(&of.sides.new.document, of.new);
    let free = |all: &[Alternative]| all.is_empty() || all.iter().any(BTreeMap::is_empty);
    match (free(&old), free(&new)) {
        (true, true) => {}
        (true, false) => push(of, &rule::SECURITY_ADDED, None, Some(shown(&new))),
        (false, true) => push(of, &rule::SECURITY_REMOVED, Some(shown(&old)), None),
        (false, false) => compare(of, &old, &new),
    }
}

/// Adds a change of the requirement. One that both operations inherit is a change of the API.
fn push(
    of: &mut Comparison<'_, '_, '_>,
    rule: &'static Rule,
    old: Option<String>,
    new: Option<String>,
) {
    if of.old.security.is_some() || of.new.security.is_some() {
        return of.push_own(rule, old, new);
    }
    let near = |document: &Document<'_>| {
        let mut requirements = document.security.iter().flatten();
        requirements.find_map(|one| Some(one.schemes.first()?.span))
    };
    let (before, after) = (&of.sides.old.document, &of.sides.new.document);
    let of_api = FoundIn::Part(Part::Api.into(), Some(of.user), of.request());
    of.found.push(Found {
        near: (near(before), near(after)),
        ..Found::new(rule, of_api, (None, None), (old, new))
    });
}

fn compare(of: &mut Comparison<'_, '_, '_>, old: &[Alternative], new: &[Alternative]) {
    let text = |one: &Alternative| Some(shown(std::slice::from_ref(one)));
    let mut taken = BTreeSet::new();
    for alternative in old {
        let Some((at, rule)) = replacement(alternative, new, &taken) else {
            push(
                of,
                &rule::SECURITY_ALTERNATIVE_REMOVED,
                text(alternative),
                None,
            );
            continue;
        };
        taken.insert(at);
        if let Some(rule) = rule {
            push(of, rule, text(alternative), text(&new[at]));
        }
        for (scheme, scopes) in &new[at] {
            let Some(before) = alternative.get(scheme) else {
                continue;
            };
            for scope in scopes.difference(before) {
                push(
                    of,
                    &rule::SCOPE_ADDED,
                    None,
                    Some(format!("{scheme}: {scope}")),
                );
            }
            for scope in before.difference(scopes) {
                push(
                    of,
                    &rule::SCOPE_REMOVED,
                    Some(format!("{scheme}: {scope}")),
                    None,
                );
            }
        }
    }
    for (at, alternative) in new.iter().enumerate() {
        if !taken.contains(&at) {
            push(
                of,
                &rule::SECURITY_ALTERNATIVE_ADDED,
                None,
                text(alternative),
            );
        }
    }
}

/// The counterpart of an old alternative: one with the same schemes, otherwise with fewer or with more of them.
fn replacement(
    old: &Alternative,
    new: &[Alternative],
    taken: &BTreeSet<usize>,
) -> Option<(usize, Option<&'static Rule>)> {
    let holds =
        |one: &Alternative, other: &Alternative| other.keys().all(|key| one.contains_key(key));
    let find = |fits: &dyn Fn(&Alternative) -> bool| {
        let mut free = (0..new.len()).filter(|at| !taken.contains(at));
        free.find(|&at| fits(&new[at]))
    };
    let same = find(&|other| other.keys().eq(old.keys())).map(|at| (at, None));
    let fewer =
        || find(&|other| holds(old, other)).map(|at| (at, Some(&rule::SECURITY_NEEDS_LESS)));
    let more = || find(&|other| holds(other, old)).map(|at| (at, Some(&rule::SECURITY_NEEDS_MORE)));
    same.or_else(fewer).or_else(more)
}

fn alternatives(document: &Document<'_>, operation: &Operation<'_>) -> Vec<Alternative> {
    let requirements = document.security_of(operation).iter();
    requirements.map(alternative).collect()
}

/// An alternative with the new names of its schemes.
fn renamed(alternative: Alternative, of: &Comparison<'_, '_, '_>) -> Alternative {
    let name = |old: String| of.renamed.schemes.get(&old).cloned().unwrap_or(old);
    let schemes = alternative.into_iter();
    schemes
        .map(|(scheme, scopes)| (name(scheme), scopes))
        .collect()
}

fn alternative(requirement: &Requirement<'_>) -> Alternative {
    let mut alternative = Alternative::new();
    for scheme in &requirement.schemes {
        alternative.entry(scheme.text.to_owned()).or_default();
    }
    for (scheme, scope) in &requirement.scopes {
        let scopes = alternative.entry((*scheme).to_owned()).or_default();
        scopes.insert(scope.text.to_owned());
    }
    alternative
}

fn shown(alternatives: &[Alternative]) -> String {
    let one = |alternative: &Alternative| {
        let names: Vec<&str> = alternative.keys().map(String::as_str).collect();
        names.join(" and ")
    };
    let all: Vec<String> = alternatives.iter().map(one).collect();
    all.join(", or ")
}
