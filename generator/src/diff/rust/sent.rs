//! What a program sends without a change of its own: the media type of a method, the discriminator value of an
//! alternative, and the requests for pages. The server still accepts what was sent before, so no difference of the
//! descriptions is the reason, and no signature shows it.

use hashbrown::HashMap;

use crate::document::{Document, RequestBody};
use crate::lower::essence;
use crate::model::{Alternative, Body, Kind, Operation, Type};

use super::super::change::{Change, Directions, Part};
use super::super::compare::Owned;
use super::super::place::label as document_label;
use super::super::rule;
use super::super::version::Version;
use super::owners::{Owners, by_mark, path};
use super::paths::{Paths, label};
use super::renames::Renames;

/// The changes of methods that send another media type although the server still accepts the old one.
pub(super) fn media_types(
    (old, new): (&Version<'_>, &Version<'_>),
    owners: &Owners,
    renames: &Renames,
) -> Vec<Owned> {
    let bodies = (bodies(&old.joined.document), bodies(&new.joined.document));
    let mut changes = Vec::new();
    for resource in &old.api.resources {
        for before in &resource.operations {
            let Some(sent) = sent(before) else { continue };
            let method = Paths::of(&old.api, resource, before).method;
            let Some(after) = owners.method(new, &renames.path(&method)) else {
                continue;
            };
            // Changes of parameters are reported of the media type.
            let now = self::sent(after).filter(|now| essence(now) != essence(sent));
            let Some(now) = now else { continue };
            let body = bodies.1.get(&label(after));
            let is_described = body.is_some_and(|body| {
                let mut names = body.content.iter().map(|media| essence(media.name.text));
                names.any(|name| name == essence(sent))
            });
            if is_described {
                let part = Part::Body {
                    operation: label(after),
                    media_type: None,
                };
                changes.push(Owned::new(Change {
                    from: Some(sent.to_owned()),
                    to: Some(now.to_owned()),
                    old: bodies.0.get(&label(before)).map(|body| body.span),
                    new: body.map(|body| body.span),
                    directions: Directions::REQUEST,
                    users: vec![label(after)],
                    ..Change::new(&rule::MEDIA_TYPE_SENT, part.into())
                }));
            }
        }
    }
    changes
}

/// The changes of methods that read pages in another way.
pub(super) fn paginations(
    (old, new): (&Version<'_>, &Version<'_>),
    owners: &Owners,
    renames: &Renames,
) -> Vec<Owned> {
    let operations = old.api.operations();
    let changed = operations.filter_map(|(resource, before)| {
        let method = Paths::of(&old.api, resource, before).method;
        let after = owners.method(new, &renames.path(&method))?;
        let (was, now) = (before.pagination.as_ref()?, after.pagination.as_ref()?);
        let part = Part::Operation(label(after));
        (was != now).then(|| Owned::new(Change::new(&rule::PAGINATION_CHANGED, part.into())))
    });
    changed.collect()
}

/// The media type that a method sends.
fn sent(operation: &Operation) -> Option<&str> {
    match &operation.body {
        Body::None => None,
        Body::Whole(media) | Body::Properties(media) => Some(&media.content_type),
    }
}

/// The bodies of the description by the labels of their operations.
fn bodies<'d, 't>(document: &'d Document<'t>) -> HashMap<String, &'d RequestBody<'t>> {
    let operations = document.operations();
    let bodies = operations
        .filter_map(|operation| Some((document_label(operation), operation.body.as_ref()?)));
    bodies.collect()
}

/// The changes of alternatives for which another discriminator value is sent although the server still accepts the old
/// one.
pub(super) fn discriminator_values(
    (old, new): (&Version<'_>, &Version<'_>),
    renames: &Renames,
) -> Vec<Owned> {
    let module = new.api.module.plain();
    let types = new.api.types.iter().map(|ty| (path(module, ty), ty));
    let types: HashMap<String, &Type> = types.collect();
    let ids = by_mark(&new.joined.document);
    let mut changes = Vec::new();
    for before in &old.api.types {
        let written = path(old.api.module.plain(), before);
        let Some(after) = types.get(&renames.path(&written)) else {
            continue;
        };
        let (Kind::Union(union), Kind::Union(other)) = (&before.kind, &after.kind) else {
            continue;
        };
        let id = after.mark.and_then(|mark| ids.get(&mark));
        let Some(&id) = id.filter(|_| after.usage.written) else {
            continue;
        };
        for alternative in &union.alternatives {
            let mut others = other.alternatives.iter();
            let other = others.find(|other| other.name == alternative.name);
            let Some((from, to)) = other.and_then(|other| preset(alternative, other)) else {
                continue;
            };
            changes.push(Owned::new(Change {
                from: Some(from.to_owned()),
                to: Some(to.to_owned()),
                old: before.mark,
                new: after.mark,
                directions: Directions::REQUEST,
                ..Change::new(
                    &rule::MAPPED_VALUE_SENT,
                    new.places.subject(&new.joined.document, id),
                )
            }));
        }
    }
    changes
}

/// The values that are sent for an alternative before and after, if they differ and both still lead to it.
fn preset<'a>(before: &'a Alternative, after: &'a Alternative) -> Option<(&'a str, &'a str)> {
    let (from, to) = (before.tags.first()?, after.tags.first()?);
    (from != to && after.tags.contains(from)).then_some((from, to))
}
