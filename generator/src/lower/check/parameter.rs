//! Parameters that have no place, and places that have no parameter.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::{Document, Location, Operation, Parameter, PathItem, is_token, template};
use crate::lower::code;
use crate::lower::operation::path;

/// Headers that the specification keeps for the client itself, and what says their values.
const OWN_HEADERS: [(&str, &str); 3] = [
    ("accept", "the media types of the responses say what it is"),
    (
        "content-type",
        "the media type of the request body says what it is",
    ),
    (
        "authorization",
        "describe it as a security scheme under `components.securitySchemes`",
    ),
];

/// The most operations that one report points at.
const MOST_OPERATIONS: usize = 3;

/// The names in braces of a path template, in order, each once.
pub(in crate::lower) fn placeholders(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for name in template::placeholders(path) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Whether a parameter becomes an input: it is no header that cannot be sent, or that the client sends itself. A path
/// parameter also needs a placeholder.
pub(in crate::lower) fn is_sent(parameter: &Parameter<'_>) -> bool {
    parameter.location != Location::Header
        || (is_token(parameter.name.text) && own_header(parameter).is_none())
}

/// What says the value of a header that the client sends itself.
fn own_header(parameter: &Parameter<'_>) -> Option<&'static str> {
    let own = OWN_HEADERS
        .iter()
        .find(|(own, _)| parameter.name.text.eq_ignore_ascii_case(own));
    own.map(|&(_, help)| help)
}

pub(super) fn check(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for item in &document.paths {
        let Some(path) = item.operations.first().map(path) else {
            continue;
        };
        let names = placeholders(&path);
        for name in &names {
            diagnostics.extend(undescribed(item, &names, name));
        }
        for parameter in item.operations.iter().flat_map(|o| &o.parameters) {
            let Some(fault) = fault(item, &names, parameter) else {
                continue;
            };
            let other = fault.secondary.first().map(|label| label.span);
            if seen.insert((fault.code, parameter.name.span, other)) {
                diagnostics.push(fault);
            }
        }
    }
}

/// What is wrong with a parameter of a path.
fn fault(item: &PathItem<'_>, names: &[&str], parameter: &Parameter<'_>) -> Option<Diagnostic> {
    let name = parameter.name.text;
    if parameter.location == Location::Path && !names.contains(&name) {
        return Some(unused(item, parameter));
    }
    if parameter.location == Location::Header && !is_sent(parameter) {
        return Some(header_left_out(parameter));
    }
    (parameter.schema.is_none() && parameter.content.is_none()).then(|| without_schema(parameter))
}

/// A placeholder of the path that nothing describes, for all operations of the path at once.
fn undescribed(item: &PathItem<'_>, names: &[&str], name: &str) -> Option<Diagnostic> {
    let lacks = |operation: &&Operation<'_>| {
        let mut parameters = operation.parameters.iter();
        // What could not be read is reported already, and may have been this one.
        !operation.incomplete
            && !parameters.any(|p| p.location == Location::Path && p.name.text == name)
    };
    let lacking: Vec<&Operation<'_>> = item.operations.iter().filter(lacks).collect();
    let first = lacking.first()?;
    let message = format!("the path has `{{{name}}}`, but no parameter describes it");
    let mut diagnostic = Diagnostic::warning(code::PATH_PARAMETER_MISSING, message)
        .at(item.key.span, format!("`{{{name}}}` is read as a string"));
    for operation in lacking.iter().take(MOST_OPERATIONS) {
        diagnostic = diagnostic.also(operation.span, "of this operation");
    }
    let unused = first
        .parameters
        .iter()
        .filter(|p| p.location == Location::Path && !names.contains(&p.name.text));
    Some(match nearest(name, unused.map(|p| p.name.text)) {
        Some(near) => diagnostic.help(format!(
            "the path parameter `{near}` is used nowhere: is it this one?"
        )),
        None => diagnostic.help(format!(
            "add a parameter with `name: {name}`, `in: path`, `required: true`"
        )),
    })
}

fn unused(item: &PathItem<'_>, parameter: &Parameter<'_>) -> Diagnostic {
    let name = parameter.name.text;
    let message = format!("the path has no `{{{name}}}` for this parameter");
    Diagnostic::warning(code::PATH_PARAMETER_UNUSED, message)
        .at(parameter.name.span, "this parameter is ignored")
        .also(item.key.span, "the path")
        .help(format!(
            "put `{{{name}}}` into the path, or remove the parameter"
        ))
}

fn header_left_out(parameter: &Parameter<'_>) -> Diagnostic {
    let name = parameter.name.text;
    let (message, help) = match own_header(parameter) {
        Some(help) => (format!("the client writes `{name}` itself"), help),
        None => (
            format!("`{name}` cannot be the name of a header"),
            "write letters, digits and hyphens, such as `X-Request-Id`",
        ),
    };
    Diagnostic::warning(code::HEADER_LEFT_OUT, message)
        .at(parameter.name.span, "this parameter is ignored")
        .help(help)
}

fn without_schema(parameter: &Parameter<'_>) -> Diagnostic {
    let message = format!(
        "the parameter `{}` has neither `schema` nor `content`",
        parameter.name.text
    );
    Diagnostic::warning(code::PARAMETER_WITHOUT_SCHEMA, message)
        .at(parameter.name.span, "read as a string")
}
