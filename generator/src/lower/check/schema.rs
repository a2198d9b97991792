//! Schemas that no value satisfies, and schemas that contain themselves.

use hashbrown::{HashMap, HashSet, hash_map::Entry};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Schema, SchemaId, SimpleType, Version};
use crate::lower::circle::Groups;
use crate::lower::code;
use crate::lower::schema::compose::Parts;
use crate::source::Span;

pub(super) fn check(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    never_fitting(document, diagnostics);
    null_parts(document, diagnostics);
    parts_of_themselves(document, diagnostics);
    if document.version == Version::V3_2 {
        without_default(document, diagnostics);
    }
}

/// Reports optional discriminators of 3.2 that do not define the alternative of a value without the property.
fn without_default(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    for (index, schema) in document.schemas.iter().enumerate() {
        let Some(discriminator) = &schema.discriminator else {
            continue;
        };
        let property = discriminator.property;
        let own = Parts::of(document, SchemaId::at(index));
        let is_optional = |parts: &Parts<'_>| {
            !parts.requires(property.text) && parts.property(property.text).is_some()
        };
        let alternatives = schema.one_of.iter().chain(&schema.any_of);
        let mut parts = alternatives.map(|&alternative| Parts::of(document, alternative));
        let optional = !own.requires(property.text)
            && (is_optional(&own) || parts.any(|parts| is_optional(&parts)));
        if optional && discriminator.default.is_none() {
            let message = format!(
                "`{}` is optional, and `defaultMapping` is missing",
                property.text
            );
            let diagnostic = Diagnostic::warning(code::DISCRIMINATOR_MISFIT, message);
            diagnostics.push(
                diagnostic
                    .at(property.span, "a value without it is kept as unknown JSON")
                    .help("add `defaultMapping`, or make the property required"),
            );
        }
    }
}

/// Keywords of a schema that are often `false`.
const BOOLEAN_SCHEMAS: [&str; 3] = [
    "additionalProperties",
    "unevaluatedProperties",
    "additionalItems",
];

/// Reports each schema `false`, and what it is lowered to.
fn never_fitting(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    let mut readings: HashMap<SchemaId, Option<&str>> = HashMap::new();
    let mut misplaced: HashMap<SchemaId, &str> = HashMap::new();
    for schema in &document.schemas {
        let keywords = schema.properties.iter();
        let keywords = keywords.filter(|(key, _)| BOOLEAN_SCHEMAS.contains(&key.text));
        misplaced.extend(keywords.map(|(key, id)| (*id, key.text)));
        let properties = schema.properties.iter().map(|&(_, id)| id);
        readings.extend(properties.map(|id| (id, Some("this property is ignored"))));
        let branches = schema.one_of.iter().chain(&schema.any_of);
        readings.extend(branches.map(|&id| (id, Some("this alternative is ignored"))));
        // Here `false` excludes further elements or properties, which the types exclude as well.
        let patterns = schema.pattern_properties.iter().map(|&(_, id)| id);
        readings.extend(patterns.map(|id| (id, None)));
        let rest = schema.items.filter(|_| !schema.prefix_items.is_empty());
        readings.extend(rest.map(|id| (id, None)));
    }
    for (index, schema) in document.schemas.iter().enumerate() {
        let (Some(false), Some(location)) = (schema.boolean, schema.mark) else {
            continue;
        };
        let reading = readings.get(&SchemaId::at(index)).copied();
        if let Some(reading) = reading.unwrap_or(Some("any JSON is accepted instead")) {
            let diagnostic = Diagnostic::warning(code::NEVER_FITS, "no value fits `false`");
            let diagnostic = diagnostic.at(location, reading);
            diagnostics.push(match misplaced.get(&SchemaId::at(index)) {
                Some(keyword) => diagnostic.help(format!(
                    "move `{keyword}` out of `properties`, if it is meant as a keyword"
                )),
                None => diagnostic,
            });
        }
    }
}

/// Reports parts of an `allOf` that are null, beside parts that are not. They are read as an alternative.
fn null_parts(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    let is_null = |id: &&SchemaId| document.schema(**id).types == [SimpleType::Null];
    for schema in &document.schemas {
        let all = schema.all_of.iter();
        if all.clone().all(|id| is_null(&id)) {
            continue;
        }
        let marks = all
            .filter(is_null)
            .filter_map(|id| document.schema(*id).mark);
        diagnostics.extend(marks.map(|mark| {
            let message = "no value is null and fits the other parts of `allOf` as well";
            let diagnostic = Diagnostic::warning(code::NEVER_FITS, message).strict();
            diagnostic
                .at(mark, "read as an alternative: the value may be null")
                .help("write `null` as another `type`, or put the parts under `anyOf`")
        }));
    }
}

/// Reports schemas that contain themselves by `allOf`, each cycle once.
fn parts_of_themselves(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    let ways = document.schemas.iter().map(|schema| {
        let parts = parts(schema).into_iter();
        parts.map(|(id, _)| id.0 as usize).collect()
    });
    let groups = Groups::of(&ways.collect::<Vec<_>>());
    let mut reported = HashSet::new();
    for (index, schema) in document.schemas.iter().enumerate() {
        let circular = groups.is_circular(index) && !schema.all_of.is_empty();
        if !circular || reported.contains(&SchemaId::at(index)) {
            continue;
        }
        if let Some((circle, location)) = circle(document, SchemaId::at(index)) {
            reported.extend(circle);
            diagnostics.push(part_of_itself(schema, location));
        }
    }
}

fn part_of_itself(schema: &Schema<'_>, location: Option<Span>) -> Diagnostic {
    let message = match schema.component {
        Some(name) => format!("`{name}` is part of itself"),
        None => "this schema is part of itself".to_owned(),
    };
    let diagnostic = Diagnostic::warning(code::INFINITE_TYPE, message)
        .note("the part that refers back to it is ignored");
    match location.or(schema.mark) {
        Some(location) => diagnostic.at(location, "refers back to it"),
        None => diagnostic,
    }
}

/// The schemas on a path from a schema to itself, and the location of its last step.
fn circle(document: &Document<'_>, start: SchemaId) -> Option<(Vec<SchemaId>, Option<Span>)> {
    let mut before = HashMap::new();
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        for (next, location) in parts(document.schema(at)) {
            if next == start {
                let way = std::iter::successors(Some(at), |id| before.get(id).copied());
                return Some((way.collect(), location));
            }
            if let Entry::Vacant(entry) = before.entry(next) {
                entry.insert(at);
                open.push(next);
            }
        }
    }
    None
}

/// The schemas that a schema includes completely, with the locations of the references.
fn parts(schema: &Schema<'_>) -> Vec<(SchemaId, Option<Span>)> {
    let reference = schema.reference.iter();
    let mut parts: Vec<_> = reference
        .map(|&(id, location)| (id, Some(location)))
        .collect();
    parts.extend(schema.all_of.iter().map(|&id| (id, None)));
    parts
}
