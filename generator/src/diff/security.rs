//! Compares the security schemes and the servers of two descriptions.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use crate::document::{Document, Server};
use crate::source::{Key, Node, Span};

use super::change::{Directions, Part};
use super::found::{Found, FoundIn};
use super::likeness::Features;
use super::matched::Matched;
use super::rule;
use super::verdict::Rule;
use super::view::json;

/// Compares the security schemes of two descriptions. Returns the new names of those that were renamed, by their old
/// names.
pub(super) fn schemes<'t>(
    old: &Document<'t>,
    new: &Document<'t>,
    found: &mut Vec<Found>,
) -> HashMap<String, String> {
    let (before, after) = (old.declared_schemes.iter(), new.declared_schemes.iter());
    let mut matched = Matched::of(before.copied(), after.copied()).by(|(key, _)| &*key.text);
    for (old, new) in std::mem::take(&mut matched.both) {
        of_scheme(old, new, found);
    }
    let features = |(key, node): (&Key, &Node)| Features::of(node).name(&key.text);
    let alike = matched.take_alike(0, features, features, |old, new| {
        requests(old.1) == requests(new.1)
    });
    let text = |key: &Key| Some(key.text.to_string());
    for &((old, _), (new, _), similarity) in &alike {
        let (spans, texts) = ((Some(old.span), Some(new.span)), (text(old), text(new)));
        found.push(Found {
            similarity: Some(similarity),
            ..in_scheme(&rule::SCHEME_RENAMED, new, spans, texts)
        });
    }
    for (key, _) in matched.gone {
        let spans = (Some(key.span), None);
        found.push(in_scheme(&rule::SCHEME_REMOVED, key, spans, (None, None)));
    }
    for (key, _) in matched.come {
        let spans = (None, Some(key.span));
        found.push(in_scheme(&rule::SCHEME_ADDED, key, spans, (None, None)));
    }
    let names = alike.into_iter();
    let names = names.map(|(old, new, _)| (old.0.text.to_string(), new.0.text.to_string()));
    names.collect()
}

/// The parts of a scheme that affect requests.
fn requests(node: &Node) -> BTreeMap<String, String> {
    let mut facts = facts(node);
    facts.remove("description");
    facts
}

fn of_scheme(old: (&Key, &Node), new: (&Key, &Node), found: &mut Vec<Found>) {
    let (mut before, mut after) = (facts(old.1), facts(new.1));
    let flows = (
        take_flows(&mut before, &after),
        take_flows(&mut after, &before),
    );
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let spans = (Some(old.0.span), Some(new.0.span));
    let rule = match (&flows.0, &flows.1) {
        (None, None) => None,
        (None, Some(_)) => Some(&rule::FLOW_ADDED),
        (Some(_), None) => Some(&rule::FLOW_REMOVED),
        (Some(_), Some(_)) => Some(&rule::SCHEME_CHANGED),
    };
    found.extend(rule.map(|rule| in_scheme(rule, new.0, spans, flows)));
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

/// All values of a scheme, by their keys in `OpenAPI` 3: `flows.implicit.authorizationUrl`.
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
            let is_sent = !key.starts_with("x-") || &**key == "x-value-prefix";
            if !path.is_empty() || is_sent {
                let path = if path.is_empty() {
                    key.to_string()
                } else {
                    format!("{path}.{key}")
                };
                open.push((path, &member.value));
            }
        }
    }
    in_words_of_3(facts)
}

/// Removes the parts of the OAuth flows that the other version does not have, and returns the names of these flows.
fn take_flows(
    facts: &mut BTreeMap<String, String>,
    others: &BTreeMap<String, String>,
) -> Option<String> {
    let flow = |key: &String| Some(key.strip_prefix("flows.")?.split('.').next()?.to_owned());
    let known: BTreeSet<String> = others.keys().filter_map(flow).collect();
    let flows = facts.keys().filter_map(flow);
    let own: BTreeSet<String> = flows.filter(|name| !known.contains(name)).collect();
    facts.retain(|key, _| flow(key).is_none_or(|name| !own.contains(&name)));
    let names: Vec<String> = own.into_iter().collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Renames the keys of a scheme of Swagger 2.0 to those of `OpenAPI` 3.
fn in_words_of_3(mut facts: BTreeMap<String, String>) -> BTreeMap<String, String> {
    if facts.get("type").is_some_and(|kind| kind == "\"basic\"") {
        facts.insert("type".to_owned(), "\"http\"".to_owned());
        facts.insert("scheme".to_owned(), "\"basic\"".to_owned());
    }
    let Some(flow) = facts.remove("flow") else {
        return facts;
    };
    let flow = match flow.trim_matches('"') {
        "accessCode" => "authorizationCode",
        "application" => "clientCredentials",
        other => other,
    };
    let in_flow =
        |key: &str| key == "authorizationUrl" || key == "tokenUrl" || key.starts_with("scopes.");
    let facts = facts.into_iter().map(|(key, value)| {
        if in_flow(&key) {
            (format!("flows.{flow}.{key}"), value)
        } else {
            (key, value)
        }
    });
    facts.collect()
}

fn in_scheme(
    rule: &'static Rule,
    key: &Key,
    spans: (Option<Span>, Option<Span>),
    texts: (Option<String>, Option<String>),
) -> Found {
    of_part(rule, Part::Scheme(key.text.to_string()), spans, texts)
}

/// A change of a part of the description that belongs to no single operation.
pub(super) fn of_part(
    rule: &'static Rule,
    part: Part,
    spans: (Option<Span>, Option<Span>),
    texts: (Option<String>, Option<String>),
) -> Found {
    let of = FoundIn::Part(part.into(), None, Directions::REQUEST);
    Found::new(rule, of, spans, texts)
}

/// Compares the servers of two descriptions. Returns the new URLs of those that both have, by the old URLs.
pub(super) fn servers(
    old: &Document<'_>,
    new: &Document<'_>,
    found: &mut Vec<Found>,
) -> HashMap<String, String> {
    // A slash at the end does not change any request, because the path of an operation begins with one.
    let matched =
        Matched::of(&old.servers, &new.servers).by(|server| server.url.trim_end_matches('/'));
    let described = |server: &Server<'_>| server.description.map(|text| text.trim().to_owned());
    let mut matched = matched.by_each(described, described);
    if let ([old_server], [new_server]) = (&*old.servers, &*new.servers)
        && matched.both.is_empty()
    {
        matched.both.push((old_server, new_server));
        (matched.gone, matched.come) = (Vec::new(), Vec::new());
    }
    let mut push = |rule, server: &Server<'_>, spans, texts| {
        let part = Part::Server(server.url.to_string());
        found.push(of_part(rule, part, spans, texts));
    };
    for server in matched.gone {
        let spans = (Some(server.span), None);
        push(&rule::SERVER_REMOVED, server, spans, (None, None));
    }
    for (server, other) in &matched.both {
        let spans = (Some(server.span), Some(other.span));
        if server.url.trim_end_matches('/') != other.url.trim_end_matches('/') {
            let texts = (Some(server.url.to_string()), Some(other.url.to_string()));
            push(&rule::SERVER_CHANGED, other, spans, texts);
        } else if variables(server) != variables(other) {
            let texts = (Some(variables(server)), Some(variables(other)));
            push(&rule::SERVER_CHANGED, other, spans, texts);
        }
        if described(server) != described(other) {
            push(&rule::DOCS_CHANGED, other, spans, (None, None));
        }
    }
    for server in matched.come {
        let spans = (None, Some(server.span));
        push(&rule::SERVER_ADDED, server, spans, (None, None));
    }
    let urls = matched.both.into_iter();
    let urls = urls.map(|(old, new)| (old.url.to_string(), new.url.to_string()));
    urls.collect()
}

/// The variables of a server as one text.
fn variables(server: &Server<'_>) -> String {
    let one = |variable: &crate::document::Variable<'_>| {
        let values = variable.values.join("|");
        format!("{}={}({values})", variable.key.text, variable.default.text)
    };
    let mut all: Vec<String> = server.variables.iter().map(one).collect();
    all.sort();
    all.join(", ")
}
