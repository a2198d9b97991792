//! Rules about schemas.

use super::{Subject, code};
use crate::diagnostic::{Diagnostic, nearest};
use crate::document::decode::{SCHEMA, misspells};
use crate::document::{Format, Schema, SimpleType};
use crate::source::{Member, Span};

/// Formats without an effect on the type: those of the registry of `OpenAPI`, and common ones of other tools.
const OTHER_FORMATS: &str = "
        base64url char commonmark date-time-local date-time-rfc1123 datetime decimal decimal128 double-int float16
        float32 float64 guid html http-date int8 int16 integer iri-reference json-pointer json media-range number
        relative-json-pointer regex sf-binary sf-boolean sf-decimal sf-integer sf-string sf-token string time-local
        timestamp uint8 uint16 unix-time unixtime uri-template uuid1 uuid3 uuid4 uuid5 xml yaml zoned-date-time";

/// Arrays whose elements have no schema.
pub(super) fn without_items(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let says_items = |schema: &Schema<'_>, keywords: &[Member]| {
        let parts = ["items", "prefixItems", "contains", "enum", "const"];
        let is_misspelt = || {
            schema
                .node
                .is_some_and(|node| misspells(node, &SCHEMA, "items"))
        };
        has(keywords, &parts) || is_composed(schema) || is_misspelt()
    };
    let arrays = subject.schemas().filter(|(schema, keywords)| {
        schema.types.contains(&SimpleType::Array) && !says_items(schema, keywords)
    });
    let report = |(schema, keywords): (&Schema<'_>, &[Member])| {
        let diagnostic = Diagnostic::warning(code::WITHOUT_ITEMS, "an array without `items`");
        Some(
            diagnostic
                .at(
                    mark(schema, keywords, "type")?,
                    "its elements are read as any JSON",
                )
                .help("describe the elements: `items: {type: string}`"),
        )
    };
    arrays.filter_map(report).collect()
}

/// Properties that are both `readOnly` and `writeOnly`, and so neither sent nor received.
pub(super) fn read_and_write_only(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let document = subject.document;
    let target = |schema: &Schema<'_>| {
        let (target, _) = schema.reference?;
        Some(document.schema(document.end(target)))
    };
    let mut found = Vec::new();
    for (schema, keywords) in subject.schemas() {
        let target = target(schema);
        let is = |flag: fn(&Schema<'_>) -> bool| flag(schema) || target.is_some_and(flag);
        let both = is(|schema| schema.read_only) && is(|schema| schema.write_only);
        // A target with both is reported itself.
        if !both || !schema.read_only && !schema.write_only {
            continue;
        }
        let place = |key| {
            let own = keyword_span(keywords, key);
            own.or_else(|| keyword_span(target?.node?.as_map()?, key))
        };
        let (Some(read_only), Some(write_only)) = (place("readOnly"), place("writeOnly")) else {
            continue;
        };
        let message = "`readOnly` and `writeOnly` exclude each other";
        let diagnostic = Diagnostic::warning(code::READ_AND_WRITE_ONLY, message).strict();
        let diagnostic = if schema.write_only {
            diagnostic.at(write_only, "").also(read_only, "")
        } else {
            diagnostic.at(read_only, "").also(write_only, "")
        };
        found.push(diagnostic.help("remove one of them"));
    }
    found
}

/// Formats that are most likely misspelt.
pub(super) fn near_format(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let formats = subject
        .document
        .schemas
        .iter()
        .filter_map(|schema| schema.format);
    let others = || OTHER_FORMATS.split_ascii_whitespace();
    let mut found = Vec::new();
    for format in formats {
        if Format::of(format.text).is_some() || others().any(|known| known == format.text) {
            continue;
        }
        let known = Format::names().filter(|known| known.len() > 3);
        if let Some(near) = nearest(format.text, known) {
            let message = format!("unknown format `{}`", format.text);
            let diagnostic = Diagnostic::warning(code::NEAR_FORMAT, message).strict();
            let diagnostic = diagnostic.at(format.span, "it is ignored");
            found.push(diagnostic.respell(format.text, format.span, near));
        }
    }
    found
}

/// Schemas that allow any value without stating it.
pub(super) fn untyped(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let untyped = subject.schemas().filter(|(schema, keywords)| {
        let keys = [
            "type",
            "enum",
            "const",
            "format",
            "properties",
            "additionalProperties",
            "items",
            "not",
            "prefixItems",
            "patternProperties",
        ];
        // What an unknown key says is reported by decoding.
        let mut members = keywords.iter();
        let is_known = |key: &str| key.starts_with("x-") || SCHEMA.has(key);
        schema.reference.is_none()
            && !is_composed(schema)
            && members.all(|member| is_known(&member.key.text))
            && !has(keywords, &keys)
            && !schema.has_keywords_of_type()
    });
    let report = |(schema, _): (&Schema<'_>, &[Member])| {
        let message = "the schema does not say which type its values have";
        let diagnostic = Diagnostic::warning(code::UNTYPED, message);
        Some(
            diagnostic
                .at(schema.mark?, "read as any JSON")
                .help("add `type`"),
        )
    };
    untyped.filter_map(report).collect()
}

/// Whether the schema refers to or is composed of other schemas.
pub(super) fn is_composed(schema: &Schema<'_>) -> bool {
    let branches = [&schema.all_of, &schema.one_of, &schema.any_of];
    schema.reference.is_some() || branches.iter().any(|branch| !branch.is_empty())
}

pub(super) fn has(keywords: &[Member], keys: &[&str]) -> bool {
    keywords
        .iter()
        .any(|member| keys.contains(&&*member.key.text))
}

/// The location of a keyword, otherwise that of the schema.
pub(super) fn mark(schema: &Schema<'_>, keywords: &[Member], key: &str) -> Option<Span> {
    keyword_span(keywords, key).or(schema.mark)
}

fn keyword_span(keywords: &[Member], key: &str) -> Option<Span> {
    let member = keywords.iter().find(|member| &*member.key.text == key);
    member.map(|member| member.key.span)
}
