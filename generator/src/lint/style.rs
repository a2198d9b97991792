//! Rules about texts for readers, names, and limits that protect a server.

use super::schema::{has, is_composed, mark};
use super::{Subject, code};
use crate::diagnostic::{Diagnostic, nearest};
use crate::document::{Operation, Schema, SimpleType, Text};
use crate::source::{Member, Node, Span};

/// Operations without a summary.
pub(super) fn without_summary(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let without =
        |operation: &&Operation<'_>| operation.summary.is_none_or(|it| it.trim().is_empty());
    let report = |operation: &Operation<'_>| {
        let diagnostic = Diagnostic::warning(code::NO_SUMMARY, "the operation has no `summary`");
        diagnostic.at(operation.span, "")
    };
    subject
        .document
        .operations()
        .filter(without)
        .map(report)
        .collect()
}

/// Responses and named schemas without a description.
pub(super) fn without_description(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let document = subject.document;
    let responses = document
        .operations()
        .flat_map(|operation| &operation.responses);
    // A missing description of a response is already reported by decoding.
    let is_empty = |text: Option<&str>| text.is_some_and(|text| text.trim().is_empty());
    let responses = responses.filter(|response| is_empty(response.description));
    let responses = responses.map(|response| (response.span, "the response"));
    let schemas = document.components.iter().filter(|(_, id)| {
        let schema = document.schema(*id);
        let keywords = schema.node.and_then(Node::as_map).unwrap_or_default();
        // A misspelled description is reported by decoding.
        let mut keys = keywords.iter().map(|member| &*member.key.text);
        let is_misspelled = keys.any(|key| nearest(key, ["description"]).is_some());
        is_blank(schema.description) && schema.reference.is_none() && !is_misspelled
    });
    let schemas = schemas.map(|(key, _)| (key.span, "the schema"));
    let report = |(span, what): (Span, &str)| {
        let message = format!("{what} has no `description`");
        Diagnostic::warning(code::NO_DESCRIPTION, message).at(span, "")
    };
    responses.chain(schemas).map(report).collect()
}

fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// Operations without an id, and ids from which other tools cannot make a name.
pub(super) fn operation_id(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let warning = |message: String| Diagnostic::warning(code::OPERATION_ID, message);
    let report = |operation: &Operation<'_>| match operation.id {
        None => Some(warning("the operation has no `operationId`".to_owned()).at(
            operation.span,
            "its name in Rust is made of the method and the path",
        )),
        Some(id)
            if !id
                .text
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"._-/".contains(&it)) =>
        {
            Some(
                warning(format!("`{}` is not a plain `operationId`", id.text))
                    .at(id.span, "")
                    .help("use ASCII letters, digits, `.`, `_`, `-` and `/` only"),
            )
        }
        Some(_) => None,
    };
    subject.document.operations().filter_map(report).collect()
}

/// Strings without a maximum length.
pub(super) fn unlimited_string(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let limits = ["maxLength", "enum", "const", "format", "pattern"];
    let message = "the string has no `maxLength`";
    unlimited(
        subject,
        SimpleType::String,
        &limits,
        (code::UNLIMITED_STRING, message),
    )
}

/// Arrays without a maximum length.
pub(super) fn unlimited_array(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let message = "the array has no `maxItems`";
    unlimited(
        subject,
        SimpleType::Array,
        &["maxItems"],
        (code::UNLIMITED_ARRAY, message),
    )
}

fn unlimited(
    subject: &Subject<'_, '_>,
    simple_type: SimpleType,
    limits: &[&str],
    (code, message): (&'static str, &str),
) -> Vec<Diagnostic> {
    let of_type = subject.schemas().filter(|(schema, keywords)| {
        schema.types.contains(&simple_type) && !has(keywords, limits) && !is_composed(schema)
    });
    let report = |(schema, keywords): (&Schema<'_>, &[Member])| {
        Some(Diagnostic::warning(code, message).at(mark(schema, keywords, "type")?, ""))
    };
    of_type.filter_map(report).collect()
}

/// Schemas with properties in `camelCase` and in `snake_case`.
pub(super) fn mixed_case(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (schema, _) in subject.schemas() {
        let keys = || schema.properties.iter().map(|(key, _)| *key);
        let camel = keys().find(|key| is_camel(key.text));
        let snake = keys().find(|key| key.text.trim_matches('_').contains('_'));
        if let (Some(camel), Some(snake)) = (camel, snake) {
            found.push(mixed(camel, snake));
        }
    }
    found
}

fn is_camel(name: &str) -> bool {
    let begins = name.starts_with(|first: char| first.is_ascii_lowercase());
    begins && !name.contains(['_', '-']) && name.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn mixed(camel: Text<'_>, snake: Text<'_>) -> Diagnostic {
    let message = "the properties of this schema are spelled in different cases";
    Diagnostic::warning(code::MIXED_CASE, message)
        .at(camel.span, "`camelCase`")
        .also(snake.span, "`snake_case`")
}
