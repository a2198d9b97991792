//! Path parameters without a placeholder, and placeholders without a parameter.

use hashbrown::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::code::{ASSUMED, UNSUPPORTED};
use crate::document::{
    Document, Location, MediaType, Operation, Parameter, PathItem, SchemaId, Style, Text, Version,
    template,
};
use crate::lower::Facts;
use crate::lower::code;
use crate::lower::operation::media::is_structured;
use crate::lower::operation::parameter::{is_sent, is_text, own_header, placeholders};
use crate::lower::operation::{of_segments, path};
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::same::target;
use crate::lower::schema::has_no_types;
use crate::source::{Key, Span};

/// The maximum number of operations that one diagnostic marks.
const MOST_OPERATIONS: usize = 3;

pub(super) fn check(facts: &Facts<'_, '_>, diagnostics: &mut Diagnostics) {
    let document = facts.document;
    let mut seen = HashSet::new();
    for item in &document.paths {
        let Some(path) = item.operations.first().map(path) else {
            continue;
        };
        diagnostics.extend(read_as(item, &path));
        let stray = stray_brace(&path);
        diagnostics.extend(stray.map(|stray| without_counterpart(item, stray)));
        let placeholders = placeholders(&path);
        let names: HashSet<&str> = placeholders.iter().copied().collect();
        let described: Vec<Described<'_, '_>> = item
            .operations
            .iter()
            .map(|operation| Described::of(operation, &names))
            .collect();
        let mut meant = HashSet::new();
        let is_missing = |name: &&&str| described.iter().any(|it| !it.names.contains(**name));
        let missing = placeholders.iter().filter(is_missing).count();
        for name in placeholders {
            let found = undescribed(item, &described, (name, missing), &mut meant);
            diagnostics.extend(found);
        }
        for parameter in item.operations.iter().flat_map(|o| &o.parameters) {
            let unused = parameter.location == Location::Path
                && !names.contains(parameter.name.text)
                && is_name(parameter.name.text);
            let fault = if unused {
                // The brace or the placeholder is reported already.
                let is_news = stray.is_none() && !meant.contains(&parameter.name.span);
                is_news.then(|| self::unused(item, parameter))
            } else {
                fault(facts, parameter)
            };
            let other = unused.then_some(item.key.span);
            diagnostics.extend(
                fault.filter(|fault| seen.insert((fault.code, parameter.name.span, other))),
            );
        }
    }
    for parameter in &document.parameters {
        let fault = fault(facts, parameter);
        diagnostics
            .extend(fault.filter(|fault| seen.insert((fault.code, parameter.name.span, None))));
    }
}

/// Returns the warning about a path whose placeholders contain more than a name.
fn read_as(item: &PathItem<'_>, path: &str) -> Option<Diagnostic> {
    let own = template::placeholders(&item.key.text);
    if own == template::placeholders(path) {
        return None;
    }
    let message = "a placeholder of this path template says more than a name";
    let label = format!("it is read as `{path}`{}", kept_slashes(item));
    let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
    Some(diagnostic.at(item.key.span, label))
}

/// Returns the part of a label that names the values whose slashes are not encoded.
fn kept_slashes(item: &PathItem<'_>) -> String {
    let names = item.operations.first().map(of_segments).unwrap_or_default();
    let mut names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.sort_unstable();
    if names.is_empty() {
        return String::new();
    }
    format!(", and slashes in {} are not encoded", names.join(", "))
}

/// The first brace of a path without a counterpart, and its offset.
fn stray_brace(path: &str) -> Option<(char, usize)> {
    let mut open = None;
    for (offset, c) in path.char_indices() {
        match (c, open) {
            ('{', None) => open = Some(offset),
            ('{', Some(first)) => return Some(('{', first)),
            ('}', None) => return Some(('}', offset)),
            ('}', Some(_)) => open = None,
            // A placeholder does not reach over a `/`.
            ('/', Some(first)) if !path[first..].contains('}') => return Some(('{', first)),
            _ => {}
        }
    }
    open.map(|offset| ('{', offset))
}

fn without_counterpart(item: &PathItem<'_>, (brace, offset): (char, usize)) -> Diagnostic {
    let other = if brace == '{' { '}' } else { '{' };
    let message = format!("a `{other}` is missing in this path");
    let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
    let span = within(item.key, offset, brace.len_utf8());
    diagnostic
        .at(span, format!("this `{brace}` is part of the path"))
        .help("write a placeholder as `{name}`")
}

/// A part of a key, where the key is written as it is read; else the whole key.
fn within(key: &Key, offset: usize, length: usize) -> Span {
    let written = (key.span.end - key.span.start) as usize;
    let quote = written.saturating_sub(key.text.len());
    let part = |from: usize| {
        let start = key.span.start + u32::try_from(from).ok()?;
        let end = start + u32::try_from(length).ok()?;
        Some(Span {
            start,
            end,
            ..key.span
        })
    };
    let found = match quote {
        0 => part(offset),
        2 => part(offset + 1),
        _ => None,
    };
    found.unwrap_or(key.span)
}

/// Whether a placeholder of a path can have this name.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['{', '}'])
}

/// Returns the first fault of a parameter that does not depend on its operation.
fn fault(facts: &Facts<'_, '_>, parameter: &Parameter<'_>) -> Option<Diagnostic> {
    let document = facts.document;
    let name = parameter.name.text;
    if parameter.location == Location::Path && !is_name(name) {
        let message = format!("no placeholder of a path can be called `{name}`");
        let diagnostic = Diagnostic::warning(code::PATH_PARAMETER_UNUSED, message).strict();
        return Some(diagnostic.at(parameter.name.span, "the parameter is ignored"));
    }
    if parameter.location == Location::Header && !is_sent(document, parameter) {
        return Some(header_left_out(document, parameter));
    }
    match &parameter.content {
        Some(media) if is_text(document, parameter) => Some(as_text(media)),
        Some(_) => None,
        None => match parameter.schema {
            Some(schema) => undefined_inside(facts, parameter, schema),
            None => Some(without_schema(parameter)),
        },
    }
}

/// Returns the warning about a value within the value of a parameter, if no style defines how it is written.
fn undefined_inside(
    facts: &Facts<'_, '_>,
    parameter: &Parameter<'_>,
    schema: SchemaId,
) -> Option<Diagnostic> {
    let document = facts.document;
    let own = document.schema(target(document, schema));
    let is_simple = has_no_types(own) && own.items.is_none();
    if is_simple || parameter.style == Style::DeepObject {
        return None;
    }
    let repeats_names = parameter.style == Style::Form && parameter.explode;
    let parts = facts.parts(schema);
    let branches = parts.unions.iter().flat_map(|union| &union.branches);
    let mut branches = branches.map(|branch| facts.parts(*branch));
    let has_inner = |parts: &Parts<'_>| has_inner(facts, parts, repeats_names);
    if !has_inner(&parts) && !branches.any(|branch| has_inner(&branch)) {
        return None;
    }
    let name = parameter.name.text;
    let (span, label) = (
        parameter.name.span,
        "arrays and objects within it are sent as JSON",
    );
    if document.version == Version::V2_0 {
        // A format that is written is reported where it stands.
        let element = own.items?;
        let node = document.schema(element).node;
        let is_reported = node.is_some_and(|node| node.get("collectionFormat").is_some());
        let message = format!("the `collectionFormat` of arrays within `{name}` is not supported");
        let diagnostic = Diagnostic::warning(UNSUPPORTED, message).at(span, label);
        return Some(diagnostic).filter(|_| !is_reported);
    }
    let message = format!("OpenAPI does not define how the values within `{name}` are sent");
    let diagnostic = Diagnostic::warning(ASSUMED, message).at(span, label);
    Some(diagnostic.help("if the server expects JSON, describe it with `content`"))
}

/// Whether a value has arrays or objects within it, other than arrays that repeat the name of their property.
fn has_inner(facts: &Facts<'_, '_>, parts: &Parts<'_>, repeats_names: bool) -> bool {
    let is_inner = |id: SchemaId| is_structured(facts.document, id);
    let elements = parts.prefix_items.iter().copied().chain(parts.items);
    let properties = parts.properties.iter().map(|(_, property)| *property);
    let patterns = parts.patterns.iter().map(|(_, values)| *values);
    let values = properties.chain(patterns).chain(parts.additional_schema);
    let is_repeated = |id: SchemaId| {
        let items = facts.parts(id).items;
        repeats_names && items.is_some_and(|items| !is_inner(items))
    };
    let mut values = values.filter(|value| !is_repeated(*value));
    elements.into_iter().any(is_inner) || values.any(is_inner)
}

/// Returns the warning about the schema of a parameter that the caller has to serialize.
fn as_text(media: &MediaType<'_>) -> Diagnostic {
    let name = media.name.text;
    let message = format!("the schema of `{name}` is not used");
    Diagnostic::warning(code::SCHEMA_UNUSED, message)
        .at(media.name.span, "the parameter is passed as text")
        .help("describe it as JSON, or with a `schema` and a `style`")
}

/// The path parameters that an operation describes.
struct Described<'d, 't> {
    operation: &'d Operation<'t>,
    names: HashSet<&'t str>,
    /// The path parameters without a placeholder in the path.
    unused: Vec<Text<'t>>,
}

impl<'d, 't> Described<'d, 't> {
    fn of(operation: &'d Operation<'t>, placeholders: &HashSet<&str>) -> Self {
        let parameters = operation.parameters.iter();
        let of_path = parameters.filter(|parameter| parameter.location == Location::Path);
        let names = of_path.map(|parameter| parameter.name);
        let unused = names
            .clone()
            .filter(|name| !placeholders.contains(name.text));
        Self {
            operation,
            unused: unused.collect(),
            names: names.map(|name| name.text).collect(),
        }
    }
}

/// Returns the warning about a placeholder without a parameter, one of several for all operations of the path. A
/// parameter without a placeholder that is most likely the missing one is added to `meant`.
fn undescribed(
    item: &PathItem<'_>,
    described: &[Described<'_, '_>],
    (name, missing): (&str, usize),
    meant: &mut HashSet<Span>,
) -> Option<Diagnostic> {
    // A parameter that could not be decoded is reported already, and may be the missing one.
    let lacks = |described: &&Described<'_, '_>| {
        !described.operation.incomplete && !described.names.contains(name)
    };
    let lacking: Vec<&Described<'_, '_>> = described.iter().filter(lacks).collect();
    let first = lacking.first()?;
    let message = format!("the path has `{{{name}}}`, but no parameter describes it");
    let mut diagnostic = Diagnostic::warning(code::PATH_PARAMETER_MISSING, message)
        .strict()
        .at(item.key.span, format!("`{{{name}}}` is read as a string"));
    for lacking in lacking.iter().take(MOST_OPERATIONS) {
        diagnostic = diagnostic.also(lacking.operation.span, "of this operation");
    }
    let near = nearest(name, first.unused.iter().map(|unused| unused.text));
    let only = match first.unused[..] {
        [only] if missing == 1 => Some(only.text),
        _ => None,
    };
    let Some(near) = near.or(only) else {
        return Some(diagnostic.help(format!(
            "add a parameter with `name: {name}`, `in: path`, `required: true`"
        )));
    };
    let unused = described.iter().flat_map(|described| &described.unused);
    let mut alike = unused.filter(|unused| unused.text == near);
    if let Some(unused) = alike.next() {
        let label = "this parameter has no placeholder, and is ignored";
        diagnostic = diagnostic.also(unused.span, label);
        meant.insert(unused.span);
        meant.extend(alike.map(|unused| unused.span));
    }
    Some(diagnostic.help(format!("write `{{{near}}}` in the path, or `name: {name}`")))
}

fn unused(item: &PathItem<'_>, parameter: &Parameter<'_>) -> Diagnostic {
    let name = parameter.name.text;
    let message = format!("the path has no `{{{name}}}` for this parameter");
    let diagnostic = Diagnostic::warning(code::PATH_PARAMETER_UNUSED, message)
        .strict()
        .at(parameter.name.span, "this parameter is ignored")
        .also(item.key.span, "the path");
    let otherwise = [
        format!(":{name}"),
        format!("<{name}>"),
        format!("${{{name}}}"),
    ];
    let mut segments = item.key.text.split('/');
    diagnostic.help(
        match segments.find(|segment| otherwise.iter().any(|other| other == segment)) {
            Some(segment) => format!("write `{{{name}}}` instead of `{segment}`"),
            None => format!("put `{{{name}}}` into the path, or remove the parameter"),
        },
    )
}

fn header_left_out(document: &Document<'_>, parameter: &Parameter<'_>) -> Diagnostic {
    let name = parameter.name.text;
    let (message, help) = match own_header(document, parameter) {
        Some(help) => (format!("the client writes `{name}` itself"), help),
        None => (
            format!("`{name}` cannot be the name of a header"),
            "write letters, digits and hyphens, such as `X-Request-Id`",
        ),
    };
    Diagnostic::warning(code::HEADER_LEFT_OUT, message)
        .strict()
        .at(parameter.name.span, "this parameter is ignored")
        .help(help)
}

fn without_schema(parameter: &Parameter<'_>) -> Diagnostic {
    let message = format!(
        "the parameter `{}` has neither `schema` nor `content`",
        parameter.name.text
    );
    Diagnostic::warning(code::PARAMETER_WITHOUT_SCHEMA, message)
        .strict()
        .at(parameter.name.span, "read as a string")
}
