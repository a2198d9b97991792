//! Names that mean another part of the description in the new crate, because a new part took the name. Programs compile as
//! before, so no signature shows the change.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use crate::model::{Api, Constant, InputLocation, Kind};
use crate::text::Span;

use super::super::change::{Change, Part, Subject};
use super::super::compare::Owned;
use super::super::place::label as document_label;
use super::super::rule;
use super::super::version::Version;
use super::last;
use super::owners::{by_mark, path, server_path};
use super::paths::{Paths, label};
use super::renames::Renames;

/// What a name means.
struct Meaning {
    /// The property, the value, the parameter, the server or the operation.
    text: String,
    /// The type, the method or the crate within which names are distinct.
    within: String,
    subject: Subject,
    span: Option<Span>,
}

/// The changes of names whose former meaning has another name now.
pub(super) fn moved((old, new): (&Version<'_>, &Version<'_>), renames: &Renames) -> Vec<Owned> {
    let (before, after) = (meanings(old), meanings(new));
    let known = after.values().map(|now| (&*now.within, &*now.text));
    let known: HashSet<(&str, &str)> = known.collect();
    let moved = before.iter().filter_map(|(path, was)| {
        let now = after.get(&renames.path(path))?;
        let is_moved = now.text != was.text && known.contains(&(&*now.within, &*was.text));
        is_moved.then(|| change(last(path), was, now))
    });
    moved.collect()
}

fn change(name: &str, was: &Meaning, now: &Meaning) -> Owned {
    Owned::new(Change {
        from: Some(format!("{name} is {}", was.text)),
        to: Some(format!("{name} is {}", now.text)),
        old: was.span,
        new: now.span,
        help: Some(format!(
            "`x-rust-name: {name}` keeps the name for what it meant"
        )),
        ..Change::new(&rule::MEANING_MOVED, now.subject.clone())
    })
}

/// The meanings of names, by the paths of their items.
fn meanings(version: &Version<'_>) -> BTreeMap<String, Meaning> {
    let mut meanings = of_types(version);
    meanings.extend(of_operations(version));
    meanings.extend(of_servers(&version.api));
    meanings
}

fn of_types(version: &Version<'_>) -> BTreeMap<String, Meaning> {
    let by_mark = by_mark(&version.joined.document);
    let types = version.api.types.iter().flat_map(|ty| {
        let path = path(version.api.module.plain(), ty);
        let names: Vec<(String, String)> = match &ty.kind {
            Kind::Record(record) => {
                let fields = record.fields.iter();
                let fields =
                    fields.map(|field| (format!("{path}.{}", field.name), field.wire.clone()));
                fields.collect()
            }
            Kind::Enumeration(enumeration) => {
                let variants = enumeration.variants.iter();
                let variants = variants
                    .map(|variant| (format!("{path}::{}", variant.name), value(&variant.value)));
                variants.collect()
            }
            _ => Vec::new(),
        };
        let id = ty.mark.and_then(|mark| by_mark.get(&mark)).copied();
        names.into_iter().filter_map(move |(name, text)| {
            let meaning = Meaning {
                text,
                within: path.clone(),
                subject: version.places.subject(&version.joined.document, id?),
                span: ty.mark,
            };
            Some((name, meaning))
        })
    });
    types.collect()
}

fn value(constant: &Constant) -> String {
    match constant {
        Constant::String(text) => text.clone(),
        Constant::Bool(value) => value.to_string(),
        Constant::Integer(value) => value.to_string(),
    }
}

/// The methods, and the setters of their optional inputs.
fn of_operations(version: &Version<'_>) -> BTreeMap<String, Meaning> {
    let operations = version.joined.document.operations();
    let spans: BTreeMap<String, Span> = operations
        .map(|operation| (document_label(operation), operation.path.span))
        .collect();
    let mut meanings = BTreeMap::new();
    for (resource, operation) in version.api.operations() {
        let paths = Paths::of(&version.api, resource, operation);
        let label = label(operation);
        let mut add = |path: String, text: String, within: &str| {
            let meaning = Meaning {
                text,
                within: within.to_owned(),
                subject: Part::Operation(label.clone()).into(),
                span: spans.get(&label).copied(),
            };
            meanings.insert(path, meaning);
        };
        // Another form of the body has a method of its own.
        if operation.form_of.is_none() {
            add(paths.method, label.clone(), "");
        }
        for input in operation.inputs.iter().filter(|input| !input.required) {
            if let Some(call) = &paths.call {
                let text = format!("{} {}", location(&input.location), input.wire);
                add(format!("{call}::{}", input.name), text, call);
            }
        }
    }
    meanings
}

fn location(location: &InputLocation) -> &'static str {
    match location {
        InputLocation::Path(_) => "path",
        InputLocation::Query(_) => "query",
        InputLocation::Header(_) => "header",
        InputLocation::Cookie(_) => "cookie",
        InputLocation::Property => "property",
        InputLocation::Body => "body",
    }
}

fn of_servers(api: &Api) -> impl Iterator<Item = (String, Meaning)> {
    api.servers.iter().map(|server| {
        let meaning = Meaning {
            text: server.url.clone(),
            within: "Server".to_owned(),
            subject: Part::Server(server.url.clone()).into(),
            span: None,
        };
        (server_path(api.module.plain(), server), meaning)
    })
}
