//! Keywords of another version of the specification than the description's.

use super::{Subject, code};
use crate::diagnostic::Diagnostic;
use crate::document::Version;
use crate::source::{Member, Value};

/// Keywords of schemas that 3.0 does not have.
const SINCE_3_1: &str = "
        $anchor $comment $defs $dynamicAnchor $dynamicRef $id $schema const contains contentEncoding
        contentMediaType contentSchema dependentRequired dependentSchemas else examples if maxContains minContains
        patternProperties prefixItems propertyNames then unevaluatedItems unevaluatedProperties";

/// Keys at the top level that 3.0 does not have.
const TOP_SINCE_3_1: [&str; 2] = ["webhooks", "jsonSchemaDialect"];

/// Keywords that have no meaning, or another one, in the version of the description.
pub(super) fn words_of_another_version(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let is_3_0 = subject.document.version == Version::V3_0;
    let mut found = Vec::new();
    if is_3_0 {
        let top = subject.trees.first().and_then(|tree| tree.as_map());
        let top = top.unwrap_or_default().iter();
        let newer = top.filter(|member| TOP_SINCE_3_1.contains(&&*member.key.text));
        found.extend(newer.map(|member| newer_than(member, "3.0")));
    }
    for (_, keywords) in subject.schemas() {
        for member in keywords {
            found.extend(if is_3_0 {
                in_3_0(member, keywords)
            } else {
                in_3_1(member)
            });
        }
    }
    found
}

fn newer_than(member: &Member, version: &str) -> Diagnostic {
    let message = format!(
        "`{}` is not a keyword of OpenAPI {version}",
        member.key.text
    );
    Diagnostic::warning(code::OTHER_VERSION, message)
        .at(member.key.span, "")
        .help("write `openapi: 3.1.0` at the top to use it")
}

/// The warning about a keyword in a description of version 3.0.
fn in_3_0(member: &Member, keywords: &[Member]) -> Option<Diagnostic> {
    let key = &*member.key.text;
    let warning =
        |message: &str| Diagnostic::warning(code::OTHER_VERSION, message).at(member.key.span, "");
    if SINCE_3_1.split_ascii_whitespace().any(|known| known == key) {
        return Some(newer_than(member, "3.0"));
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
