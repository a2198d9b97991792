//! Diagnostics for programs.

use serde_json::{Value as Json, json};

use super::{Diagnostic, Label, Severity};
use crate::text::{Sources, Span};

/// `file:line:col: error[SW0102]: …`
pub(super) fn short(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic
        .primary
        .as_ref()
        .map_or_else(String::new, |label| {
            let place = sources.file(label.span.file).place(label.span.start);
            format!("{}: ", one_line(&place))
        });
    let message = one_line(&diagnostic.message);
    format!(
        "{place}{}[{}]: {message}\n",
        level(diagnostic),
        diagnostic.code
    )
}

/// One JSON object per line, with the field names of rustc's JSON diagnostics.
pub(super) fn json(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let primary = diagnostic
        .primary
        .iter()
        .map(|label| labelled(label, true, sources));
    let secondary = diagnostic
        .secondary
        .iter()
        .map(|label| labelled(label, false, sources));
    let fixes = diagnostic.fixes.iter().map(|fix| {
        let mut object = place(fix.span, sources);
        object["message"] = fix.message.as_str().into();
        object["suggested_replacement"] = fix.replacement.as_str().into();
        object
    });
    let object = json!({
        "code": diagnostic.code,
        "level": level(diagnostic),
        "message": diagnostic.message,
        "spans": primary.chain(secondary).collect::<Vec<_>>(),
        "notes": diagnostic.notes,
        "helps": diagnostic.helps,
        "fixes": fixes.collect::<Vec<_>>(),
    });
    format!("{object}\n")
}

fn labelled(label: &Label, primary: bool, sources: &Sources) -> Json {
    let mut object = place(label.span, sources);
    object["is_primary"] = primary.into();
    object["label"] = if label.text.is_empty() {
        Json::Null
    } else {
        label.text.as_str().into()
    };
    object
}

fn place(span: Span, sources: &Sources) -> Json {
    let file = sources.file(span.file);
    let (line_start, column_start) = file.location(span.start);
    let (line_end, column_end) = file.location(span.end);
    json!({
        "file_name": file.path,
        "byte_start": span.start,
        "byte_end": span.end,
        "line_start": line_start,
        "line_end": line_end,
        "column_start": column_start,
        "column_end": column_end,
    })
}

/// `::error file=…,line=…::message`
pub(super) fn github(diagnostic: &Diagnostic, sources: &Sources) -> String {
    annotation(
        level(diagnostic),
        diagnostic.span(),
        diagnostic.code,
        &sentences(diagnostic).join("\n"),
        sources,
    )
}

/// All texts of a diagnostic, one sentence each.
pub(crate) fn sentences(diagnostic: &Diagnostic) -> Vec<String> {
    let label = diagnostic
        .primary
        .iter()
        .map(|label| &label.text)
        .filter(|text| !text.is_empty());
    let helps = diagnostic
        .helps
        .iter()
        .chain(diagnostic.fixes.iter().map(|fix| &fix.message));
    std::iter::once(diagnostic.message.clone())
        .chain(label.cloned())
        .chain(diagnostic.notes.iter().map(|note| format!("note: {note}")))
        .chain(helps.map(|help| format!("help: {help}")))
        .collect()
}

/// An annotation of a GitHub workflow; `level` is `error`, `warning` or `notice`.
pub(crate) fn annotation(
    level: &str,
    span: Option<Span>,
    title: &str,
    message: &str,
    sources: &Sources,
) -> String {
    let location = span.map_or_else(String::new, |span| {
        let file = sources.file(span.file);
        let (line, column) = file.location(span.start);
        let (end_line, end_column) = file.location(span.end);
        // GitHub expects a path in the working tree.
        let path = property(file.tree_path());
        // GitHub only accepts columns for annotations of one line.
        let columns = if line == end_line {
            format!(",col={column},endColumn={end_column}")
        } else {
            String::new()
        };
        format!("file={path},line={line},endLine={end_line}{columns},")
    });
    let (title, message) = (property(title), data(message));
    format!("::{level} {location}title={title}::{message}\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

pub(super) fn level(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
