//! Diagnostics as a whole file for other programs: SARIF and `JUnit`.

use serde_json::{Value as Json, json};

use super::{Diagnostic, Severity, machine};
use crate::text::{Sources, Span};

/// A log in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS), with one run.
pub(super) fn sarif(sorted: &[&Diagnostic], sources: &Sources) -> String {
    let mut codes: Vec<&str> = sorted.iter().map(|one| one.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Json> = codes.iter().map(|code| json!({ "id": code })).collect();
    let results: Vec<Json> = sorted.iter().map(|one| result(one, sources)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "specwright",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn result(diagnostic: &Diagnostic, sources: &Sources) -> Json {
    let place = |span: Span, message: Option<&str>| {
        let mut location = json!({ "physicalLocation": physical(span, sources) });
        if let Some(text) = message.filter(|text| !text.is_empty()) {
            location["message"] = json!({ "text": text });
        }
        location
    };
    let locations = diagnostic
        .primary
        .iter()
        .map(|label| place(label.span, Some(&label.text)));
    let related = diagnostic
        .secondary
        .iter()
        .map(|label| place(label.span, Some(&label.text)));
    let mut object = json!({
        "ruleId": diagnostic.code,
        "level": machine::level(diagnostic),
        "message": { "text": machine::sentences(diagnostic).join("\n") },
        "locations": locations.collect::<Vec<_>>(),
    });
    if !diagnostic.secondary.is_empty() {
        object["relatedLocations"] = related.collect::<Vec<_>>().into();
    }
    let fixes = diagnostic.fixes.iter().map(|fix| {
        let replacement = json!({
            "deletedRegion": physical(fix.span, sources)["region"],
            "insertedContent": { "text": fix.replacement },
        });
        let artifact = &physical(fix.span, sources)["artifactLocation"];
        let change = json!({ "artifactLocation": artifact, "replacements": [replacement] });
        json!({ "description": { "text": fix.message }, "artifactChanges": [change] })
    });
    if !diagnostic.fixes.is_empty() {
        object["fixes"] = fixes.collect::<Vec<_>>().into();
    }
    object
}

fn physical(span: Span, sources: &Sources) -> Json {
    let file = sources.file(span.file);
    let (line, column) = file.location(span.start);
    let (end_line, end_column) = file.location(span.end);
    json!({
        "artifactLocation": { "uri": file.path.replace('\\', "/").replace(' ', "%20") },
        "region": {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        },
    })
}

/// A report in the XML format of `JUnit`: one test suite for each file, one failed test for each diagnostic of it. A file
/// without diagnostics is a test that passed.
pub(super) fn junit(sorted: &[&Diagnostic], sources: &Sources) -> String {
    let failures = sorted.len();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"specwright\" tests=\"{}\" failures=\"{failures}\">\n",
        failures.max(1)
    );
    let suite = |name: &str, tests: usize, failures: usize, cases: &str| {
        let name = escaped(name);
        format!(
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n{cases}  </testsuite>\n"
        )
    };
    let nowhere: Vec<_> = sorted.iter().filter(|one| one.primary.is_none()).collect();
    if !nowhere.is_empty() {
        let cases: String = nowhere
            .iter()
            .map(|one| case(one, "specwright", sources))
            .collect();
        xml += &suite("specwright", nowhere.len(), nowhere.len(), &cases);
    }
    for (id, file) in sources.iter() {
        let of_file =
            |one: &&&Diagnostic| one.primary.as_ref().is_some_and(|it| it.span.file == id);
        let found: Vec<_> = sorted.iter().filter(of_file).collect();
        let cases: String = found
            .iter()
            .map(|one| case(one, &file.path, sources))
            .collect();
        xml += &if found.is_empty() {
            let name = escaped(&file.path);
            suite(
                &file.path,
                1,
                0,
                &format!("    <testcase name=\"{name}\" classname=\"{name}\"/>\n"),
            )
        } else {
            suite(&file.path, found.len(), found.len(), &cases)
        };
    }
    xml + "</testsuites>\n"
}

fn case(diagnostic: &Diagnostic, file: &str, sources: &Sources) -> String {
    let place = diagnostic
        .primary
        .as_ref()
        .map_or_else(String::new, |label| {
            let (line, column) = sources.file(label.span.file).location(label.span.start);
            format!(" {line}:{column}")
        });
    let name = escaped(&format!("{}{place}", diagnostic.code));
    let kind = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (file, message) = (escaped(file), escaped(&diagnostic.message));
    let text = escaped(&machine::sentences(diagnostic).join("\n"));
    format!(
        "    <testcase name=\"{name}\" classname=\"{file}\">\n      <failure type=\"{kind}\" message=\"{message}\">{text}</failure>\n    </testcase>\n"
    )
}

/// A text as XML takes it; characters that XML does not have become `?`.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push(letter),
            _ if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('?');
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}
