//! What changed between two descriptions in the security schemes and in the servers.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Document, Server};
use crate::source::{Key, Node, Span};

use super::change::{Directions, Part};
use super::found::{Found, FoundIn};
use super::rule;
use super::schema::BOTH;
use super::verdict::Rule;
use super::view::json;

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
    let find = |list: &[Server<'_>], url: &str| list.iter().position(|one| one.url == url);
    for server in &old.servers {
        let part = || Part::Server(server.url.to_string());
        let span = Some(server.span);
        match find(&new.servers, &server.url) {
            None => found.push(of_part(
                &rule::SERVER_REMOVED,
                part(),
                (span, None),
                (None, None),
            )),
            Some(at) => {
                let other = &new.servers[at];
                let spans = (span, Some(other.span));
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
        if find(&old.servers, &server.url).is_none() {
            let part = Part::Server(server.url.to_string());
            let spans = (None, Some(server.span));
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
