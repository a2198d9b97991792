//! What changed between two descriptions in who may call, and in the servers.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Document, Operation, Requirement, Server};
use crate::source::{Key, Node, Span};

use super::change::{Directions, Part};
use super::found::{Found, FoundIn};
use super::operation::Comparison;
use super::rule;
use super::schema::BOTH;
use super::verdict::Rule;
use super::view::json;

/// An alternative: the schemes that it needs, each with its scopes.
type Alternative = BTreeMap<String, BTreeSet<String>>;

/// Compares the security that counts for an operation, its own or that of the API.
pub(super) fn of_operation(of: &mut Comparison<'_, '_, '_>) {
    let old = alternatives(&of.sides.old.document, of.old);
    let new = alternatives(&of.sides.new.document, of.new);
    let free = |all: &[Alternative]| all.is_empty() || all.iter().any(BTreeMap::is_empty);
    match (free(&old), free(&new)) {
        (true, true) => {}
        (true, false) => of.push_own(&rule::SECURITY_ADDED, None, Some(shown(&new))),
        (false, true) => of.push_own(&rule::SECURITY_REMOVED, Some(shown(&old)), None),
        (false, false) => compare(of, &old, &new),
    }
}

fn compare(of: &mut Comparison<'_, '_, '_>, old: &[Alternative], new: &[Alternative]) {
    let text = |one: &Alternative| Some(shown(std::slice::from_ref(one)));
    let mut taken = BTreeSet::new();
    for alternative in old {
        let Some((at, rule)) = replacement(alternative, new, &taken) else {
            of.push_own(&rule::SECURITY_ALTERNATIVE_REMOVED, text(alternative), None);
            continue;
        };
        taken.insert(at);
        if let Some(rule) = rule {
            of.push_own(rule, text(alternative), text(&new[at]));
        }
        for (scheme, scopes) in &new[at] {
            let Some(before) = alternative.get(scheme) else {
                continue;
            };
            for scope in scopes.difference(before) {
                of.push_own(&rule::SCOPE_ADDED, None, Some(format!("{scheme}: {scope}")));
            }
            for scope in before.difference(scopes) {
                of.push_own(
                    &rule::SCOPE_REMOVED,
                    Some(format!("{scheme}: {scope}")),
                    None,
                );
            }
        }
    }
    for (at, alternative) in new.iter().enumerate() {
        if !taken.contains(&at) {
            of.push_own(&rule::SECURITY_ALTERNATIVE_ADDED, None, text(alternative));
        }
    }
}

/// The alternative that takes the place of an old one: one with the same schemes, else with fewer or with more of them.
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
    let own = operation.security.as_ref().or(document.security.as_ref());
    own.into_iter().flatten().map(alternative).collect()
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

/// Compares the security schemes of two descriptions.
pub(super) fn schemes(old: &Document<'_>, new: &Document<'_>, found: &mut Vec<Found>) {
    let find = |list: &Document<'_>, key: &Key| {
        let mut list = list.declared_schemes.iter();
        list.position(|(other, _)| other.text == key.text)
    };
    for (key, node) in &old.declared_schemes {
        if let Some(at) = find(new, key) {
            of_scheme((key, node), new.declared_schemes[at], found);
        } else {
            let spans = (Some(key.span), None);
            found.push(in_scheme(&rule::SCHEME_REMOVED, key, spans, (None, None)));
        }
    }
    for (key, _) in &new.declared_schemes {
        if find(old, key).is_none() {
            let spans = (None, Some(key.span));
            found.push(in_scheme(&rule::SCHEME_ADDED, key, spans, (None, None)));
        }
    }
}

fn of_scheme(old: (&Key, &Node), new: (&Key, &Node), found: &mut Vec<Found>) {
    let (before, after) = (facts(old.1), facts(new.1));
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let spans = (Some(old.0.span), Some(new.0.span));
    for key in keys {
        let (old, next) = (before.get(key), after.get(key));
        if old == next {
            continue;
        }
        let is_scope = key.contains(".scopes.");
        let rule = match (old, next) {
            (None, Some(_)) if is_scope => &rule::DECLARED_SCOPE_ADDED,
            (Some(_), None) if is_scope => &rule::DECLARED_SCOPE_REMOVED,
            _ if is_scope || key == "description" => &rule::DOCS_CHANGED,
            _ => &rule::SCHEME_CHANGED,
        };
        let text = |value: Option<&String>| value.map(|value| format!("{key}: {value}"));
        let texts = if rule.code == rule::DOCS_CHANGED.code {
            (None, None)
        } else {
            (text(old), text(next))
        };
        found.push(in_scheme(rule, new.0, spans, texts));
    }
}

/// All values of a scheme, by their keys: `flows.implicit.authorizationUrl`.
fn facts(node: &Node) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    let mut open = vec![(String::new(), node)];
    while let Some((path, node)) = open.pop() {
        let Some(members) = node.as_map() else {
            facts.insert(path, json(node));
            continue;
        };
        for member in members {
            let key = &member.key.text;
            if !(path.is_empty() && key.starts_with("x-")) {
                let path = if path.is_empty() {
                    key.to_string()
                } else {
                    format!("{path}.{key}")
                };
                open.push((path, &member.value));
            }
        }
    }
    facts
}

fn in_scheme(
    rule: &'static Rule,
    key: &Key,
    spans: (Option<Span>, Option<Span>),
    texts: (Option<String>, Option<String>),
) -> Found {
    of_part(rule, Part::Scheme(key.text.to_string()), spans, texts)
}

/// A change of a part of the description that no operation has to itself.
pub(super) fn of_part(
    rule: &'static Rule,
    part: Part,
    spans: (Option<Span>, Option<Span>),
    texts: (Option<String>, Option<String>),
) -> Found {
    Found {
        rule,
        of: FoundIn::Part(part.into(), None, Directions::REQUEST),
        property: None,
        spans,
        near: (None, None),
        texts,
        allowed: BOTH,
    }
}

/// Compares the servers of two descriptions.
pub(super) fn servers(old: &Document<'_>, new: &Document<'_>, found: &mut Vec<Found>) {
    let find = |list: &[Server<'_>], url: &str| list.iter().position(|one| one.url.text == url);
    for server in &old.servers {
        let part = || Part::Server(server.url.text.to_owned());
        let span = Some(server.url.span);
        match find(&new.servers, server.url.text) {
            None => found.push(of_part(
                &rule::SERVER_REMOVED,
                part(),
                (span, None),
                (None, None),
            )),
            Some(at) => {
                let other = &new.servers[at];
                let spans = (span, Some(other.url.span));
                if variables(server) != variables(other) {
                    let texts = (Some(variables(server)), Some(variables(other)));
                    found.push(of_part(&rule::SERVER_CHANGED, part(), spans, texts));
                }
                if server.description.map(str::trim) != other.description.map(str::trim) {
                    found.push(of_part(&rule::DOCS_CHANGED, part(), spans, (None, None)));
                }
            }
        }
    }
    for server in &new.servers {
        if find(&old.servers, server.url.text).is_none() {
            let part = Part::Server(server.url.text.to_owned());
            let spans = (None, Some(server.url.span));
            found.push(of_part(&rule::SERVER_ADDED, part, spans, (None, None)));
        }
    }
}

/// The variables of a server as one text.
fn variables(server: &Server<'_>) -> String {
    let one = |variable: &crate::document::Variable<'_>| {
        let values = variable.values.join("|");
        format!("{}={}({values})", variable.key.text, variable.default)
    };
    let mut all: Vec<String> = server.variables.iter().map(one).collect();
    all.sort();
    all.join(", ")
}
