//! Keywords of another version of the specification than the description's.

use hashbrown::HashSet;

use super::{Subject, code};
use crate::diagnostic::Diagnostic;
use crate::document::decode::SCHEMA;
use crate::document::{Location, Version};
use crate::source::{Key, Member, Node, Value};

/// Keywords that have no meaning, or another one, in the version of the description.
pub(super) fn words_of_another_version(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let version = subject.document.version;
    let mut found = newer_keys(subject);
    found.extend(newer_locations(subject));
    let newer: HashSet<&str> = SCHEMA.newer_than(Version::V3_0).collect();
    for (_, keywords) in subject.schemas() {
        for member in keywords {
            found.extend(match version {
                Version::V2_0 => in_2_0(member),
                Version::V3_0 => in_3_0(member, keywords, &newer),
                _ => in_3_1(member),
            });
        }
    }
    if version <= Version::V3_0 {
        let schemas = subject.document.schemas.iter();
        found.extend(schemas.filter_map(|schema| boolean(schema.node?, version)));
    }
    found
}

/// The warning about a schema that is `true` or `false`, which is one since 3.1.
fn boolean(node: &Node, version: Version) -> Option<Diagnostic> {
    let Value::Bool(all) = node.value else {
        return None;
    };
    let message = format!("a boolean is not a schema in {}", name(version));
    let meant = if all { "{}" } else { "{\"not\": {}}" };
    Some(
        Diagnostic::warning(code::OTHER_VERSION, message)
            .at(node.span, "")
            .fix(format!("write `{meant}`"), node.span, meant),
    )
}

/// The warning about a keyword in a description of Swagger 2.0.
fn in_2_0(member: &Member) -> Option<Diagnostic> {
    let key = &*member.key.text;
    let is_newer = |key| !SCHEMA.is_in(Version::V2_0, key) && SCHEMA.has_in_openapi(key);
    let message = match &member.value.value {
        Value::List(_) if key == "type" => "`type` is a single string in Swagger 2.0".to_owned(),
        _ if is_newer(key) => format!("`{key}` is not a keyword of Swagger 2.0"),
        _ => return None,
    };
    let diagnostic = Diagnostic::warning(code::OTHER_VERSION, message);
    Some(diagnostic.at(member.key.span, "it is read all the same"))
}

fn newer_keys(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let mut newer = subject.document.newer_keys.clone();
    newer.sort_by_key(|(key, _)| key.span);
    newer.dedup_by_key(|(key, _)| key.span);
    let version = subject.document.version;
    let report = |(key, since)| newer_than(key, version, since);
    newer.into_iter().map(report).collect()
}

/// Parameters in locations that later versions introduced.
fn newer_locations(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let operations = subject.document.operations();
    let parameters = operations.flat_map(|operation| &operation.parameters);
    let newer = parameters.filter_map(|parameter| {
        let (text, since) = match parameter.location {
            Location::Querystring => ("querystring", Version::V3_2),
            Location::Cookie => ("cookie", Version::V3_0),
            _ => return None,
        };
        (subject.document.version < since).then_some((parameter.name.span, text, since))
    });
    let mut newer: Vec<_> = newer.collect();
    newer.sort_unstable();
    newer.dedup();
    let report = |(span, location, since)| {
        let message = format!("the location `{location}` is new in {}", name(since));
        let diagnostic = Diagnostic::warning(code::OTHER_VERSION, message);
        let diagnostic = diagnostic.at(span, "the parameter is sent there all the same");
        match subject.document.version {
            Version::V2_0 => diagnostic,
            _ => diagnostic.help(upgrade(since)),
        }
    };
    newer.into_iter().map(report).collect()
}

fn newer_than(key: &Key, version: Version, since: Version) -> Diagnostic {
    let message = format!("`{}` is not a keyword of {}", key.text, name(version));
    Diagnostic::warning(code::OTHER_VERSION, message)
        .at(key.span, "")
        .help(upgrade(since))
}

/// How to use what a version introduced.
fn upgrade(since: Version) -> String {
    let number = name(since).trim_start_matches("OpenAPI ");
    format!("write `openapi: {number}.0` at the top to use it")
}

fn name(version: Version) -> &'static str {
    match version {
        Version::V2_0 => "Swagger 2.0",
        Version::V3_0 => "OpenAPI 3.0",
        Version::V3_1 => "OpenAPI 3.1",
        Version::V3_2 => "OpenAPI 3.2",
    }
}

/// The warning about a keyword in a description of version 3.0.
fn in_3_0(member: &Member, keywords: &[Member], newer: &HashSet<&str>) -> Option<Diagnostic> {
    let key = &*member.key.text;
    let warning =
        |message: &str| Diagnostic::warning(code::OTHER_VERSION, message).at(member.key.span, "");
    // The two belong to `if`, which is reported.
    let follows_if =
        matches!(key, "then" | "else") && keywords.iter().any(|it| &*it.key.text == "if");
    if newer.contains(key) && !follows_if {
        return Some(newer_than(&member.key, Version::V3_0, Version::V3_1));
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
