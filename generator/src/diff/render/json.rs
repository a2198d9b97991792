//! Changes as JSON, for programs. The format is stable: fields may be added, but are never removed or changed in
//! meaning.

use serde_json::{Map, Value, json};

use crate::diff::change::{Change, Diff, Part};
use crate::diff::verdict::Wire;
use crate::text::Span;

pub(super) fn render(diff: &Diff) -> String {
    let summary = diff.summary();
    let wire = summary
        .wire
        .iter()
        .map(|(wire, count)| (wire.word().to_owned(), json!(count)));
    let rust = summary
        .rust
        .iter()
        .map(|(rust, count)| (rust.word().to_owned(), json!(count)));
    let changes = diff.changes.iter().map(|change| of_change(diff, change));
    let report = json!({
        "changes": changes.collect::<Vec<_>>(),
        "summary": {
            "wire": wire.collect::<Map<_, _>>(),
            "rust": rust.collect::<Map<_, _>>(),
            "behaviour": summary.behaviour,
            "accepted": diff.accepted,
            "crate_step": summary.crate_step().word(),
            "api_step": summary.api_step().word(),
        },
    });
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

fn of_change(diff: &Diff, change: &Change) -> Value {
    let place = |span: Option<Span>| {
        span.map(|span| {
            let file = diff.sources.file(span.file);
            let (line, column) = file.location(span.start);
            json!({ "file": file.path, "line": line, "column": column })
        })
    };
    let items = change
        .items
        .iter()
        .map(|item| json!({ "old": item.old, "new": item.new, "rust": item.rust.word() }));
    let verdict = |wire: Option<Wire>, reason: &str| {
        wire.map(|wire| json!({ "verdict": wire.word(), "reason": reason }))
    };
    json!({
        "api": change.api,
        "code": change.rule.code,
        "title": change.rule.title,
        "subject": subject(change),
        "from": change.from,
        "to": change.to,
        "similarity": change.similarity,
        "old": place(change.old),
        "new": place(change.new),
        "wire": change.wire().word(),
        "request": verdict(change.request(), change.rule.request.reason),
        "response": verdict(change.response(), change.rule.response.reason),
        "rust": change.rust.word(),
        "behaviour": change.behaviour,
        "items": items.collect::<Vec<_>>(),
        "operations": change.users,
        "help": change.help,
    })
}

/// The subject of the change: `kind`, and the names that identify it.
fn subject(change: &Change) -> Value {
    let mut subject = Map::new();
    let mut set = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            subject.insert(key.to_owned(), json!(value));
        }
    };
    let part = &change.subject.part;
    let (kind, name) = match part {
        Part::Api => ("api", None),
        Part::Server(url) => ("server", Some(url)),
        Part::Scheme(name) => ("security_scheme", Some(name)),
        Part::Operation(_) => ("operation", None),
        Part::Parameter { name, .. } => ("parameter", Some(name)),
        Part::Body { .. } => ("request_body", None),
        Part::Response { .. } => ("response", None),
        Part::Header { name, .. } => ("header", Some(name)),
        Part::Schema(name) => ("schema", Some(name)),
    };
    set("kind", Some(kind));
    set("operation", part.operation());
    set("name", name.map(String::as_str));
    match part {
        Part::Parameter { location, .. } => set("location", Some(location)),
        Part::Body { media_type, .. } => set("media_type", media_type.as_deref()),
        Part::Response {
            status, media_type, ..
        } => {
            set("status", Some(status));
            set("media_type", media_type.as_deref());
        }
        Part::Header { status, .. } => set("status", Some(status)),
        Part::Api | Part::Server(_) | Part::Scheme(_) | Part::Operation(_) | Part::Schema(_) => {}
    }
    let property = Some(&*change.subject.property);
    set("property", property.filter(|property| !property.is_empty()));
    Value::Object(subject)
}
