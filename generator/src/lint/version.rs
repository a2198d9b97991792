//! Keywords of another version of the specification than the description's.

use std::collections::HashSet;

use super::{Subject, code};
use crate::diagnostic::Diagnostic;
use crate::document::decode::{COMPONENTS, DOCUMENT, INFO, Keys, LICENSE, SCHEMA};
use crate::document::{Location, Version};
use crate::source::{Member, Node, Value};

/// The objects outside of schemas whose keys are compared with the version, with the paths to them.
const OBJECTS: &[(&Keys, &[&str])] = &[
    (&DOCUMENT, &[]),
    (&INFO, &["info"]),
    (&LICENSE, &["info", "license"]),
    (&COMPONENTS, &["components"]),
];

/// Keywords that have no meaning, or another one, in the version of the description.
pub(super) fn words_of_another_version(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let version = subject.document.version;
    let is_3_0 = version == Version::V3_0;
    let mut found = newer_keys(subject);
    found.extend(newer_locations(subject));
    // Swagger 2.0 has tables of keys of its own, and `exclusiveMinimum` is a boolean there as in 3.0.
    let schemas = (version != Version::V2_0).then(|| subject.schemas());
    let newer: HashSet<&str> = SCHEMA.newer_than(Version::V3_0).collect();
    for (_, keywords) in schemas.into_iter().flatten() {
        for member in keywords {
            found.extend(if is_3_0 {
                in_3_0(member, keywords, &newer)
            } else {
                in_3_1(member)
            });
        }
    }
    found
}

fn newer_keys(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let version = subject.document.version;
    // Swagger 2.0 has tables of keys of its own.
    let Some(tree) = subject.trees.first().filter(|_| version != Version::V2_0) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (keys, path) in OBJECTS {
        let object = path.iter().try_fold(*tree, |node, key| node.get(key));
        let members = object.and_then(Node::as_map).unwrap_or_default();
        for member in members {
            let since = keys.since(&member.key.text);
            found.extend((since > version).then(|| newer_than(member, version, since)));
        }
    }
    found
}

/// Parameters in `querystring`, which is new in 3.2.
fn newer_locations(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    if subject.document.version >= Version::V3_2 {
        return Vec::new();
    }
    let operations = subject.document.operations();
    let parameters = operations.flat_map(|operation| &operation.parameters);
    let newer = parameters.filter(|parameter| parameter.location == Location::Querystring);
    let mut spans: Vec<_> = newer.map(|parameter| parameter.name.span).collect();
    spans.sort_unstable();
    spans.dedup();
    let report = |span| {
        let message = "the location `querystring` is new in OpenAPI 3.2";
        Diagnostic::warning(code::OTHER_VERSION, message)
            .at(span, "the whole query is this parameter all the same")
            .help("write `openapi: 3.2.0` at the top to use it")
    };
    spans.into_iter().map(report).collect()
}

fn newer_than(member: &Member, version: Version, since: Version) -> Diagnostic {
    let message = format!(
        "`{}` is not a keyword of OpenAPI {}",
        member.key.text,
        number(version)
    );
    Diagnostic::warning(code::OTHER_VERSION, message)
        .at(member.key.span, "")
        .help(format!(
            "write `openapi: {}.0` at the top to use it",
            number(since)
        ))
}

fn number(version: Version) -> &'static str {
    match version {
        Version::V2_0 => "2.0",
        Version::V3_0 => "3.0",
        Version::V3_1 => "3.1",
        Version::V3_2 => "3.2",
    }
}

/// The warning about a keyword in a description of version 3.0.
fn in_3_0(member: &Member, keywords: &[Member], newer: &HashSet<&str>) -> Option<Diagnostic> {
    let key = &*member.key.text;
    let warning =
        |message: &str| Diagnostic::warning(code::OTHER_VERSION, message).at(member.key.span, "");
    if newer.contains(key) {
        return Some(newer_than(member, Version::V3_0, Version::V3_1));
    }
    match (key, &member.value.value) {
        ("type", Value::List(_)) => Some(
            warning("`type` is a single string in OpenAPI 3.0")
                .help("write one type, and `nullable: true` for `\"null\"`"),
        ),
        ("type", Value::String(word)) if &**word == "null" => {
            Some(warning("`null` is not a type in OpenAPI 3.0").help("write `nullable: true`"))
        }
        ("exclusiveMinimum" | "exclusiveMaximum", Value::Number(_)) => {
            let (_, limit) = key.split_at("exclusive".len());
            Some(
                warning(&format!("`{key}` is a boolean in OpenAPI 3.0")).help(format!(
                    "write the number as `{}`, and `{key}: true`",
                    limit.to_ascii_lowercase()
                )),
            )
        }
        ("$ref", Value::String(_)) => {
            let mut siblings = keywords.iter().filter(|sibling| {
                let key = &*sibling.key.text;
                key != "$ref" && !key.starts_with("x-")
            });
            let sibling = siblings.next()?;
            let message = format!(
                "`{}` beside `$ref` has no meaning in OpenAPI 3.0",
                sibling.key.text
            );
            Some(
                Diagnostic::warning(code::OTHER_VERSION, message)
                    .at(sibling.key.span, "it is read all the same")
                    .help("put the reference into `allOf`, or write `openapi: 3.1.0`"),
            )
        }
        _ => None,
    }
}

/// The warning about a keyword in a description of version 3.1 or later.
fn in_3_1(member: &Member) -> Option<Diagnostic> {
    let key = &*member.key.text;
    match (key, &member.value.value) {
        ("nullable", Value::Bool(_)) => Some(
            Diagnostic::warning(
                code::OTHER_VERSION,
                "`nullable` is a keyword of OpenAPI 3.0 only",
            )
            .at(member.key.span, "it is read all the same")
            .help("add `\"null\"` to `type`: `type: [string, \"null\"]`"),
        ),
        ("exclusiveMinimum" | "exclusiveMaximum", Value::Bool(_)) => {
            let message = format!("`{key}` is a number since OpenAPI 3.1");
            let (_, limit) = key.split_at("exclusive".len());
            let limit = limit.to_ascii_lowercase();
            Some(
                Diagnostic::warning(code::OTHER_VERSION, message)
                    .at(member.value.span, "")
                    .help(format!(
                        "write the number of `{limit}` here, and remove `{limit}`"
                    )),
            )
        }
        _ => None,
    }
}
