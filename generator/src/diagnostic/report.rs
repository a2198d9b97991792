//! Diagnostics as a complete file for other programs: SARIF and `JUnit`.

use hashbrown::HashMap;
use serde_json::{Value as Json, json};

use super::{Diagnostic, machine};
use crate::text::{FileId, Sources, Span};

/// The diagnostics of one run in the order of the report, with its files.
pub(super) type Part<'d> = (Vec<&'d Diagnostic>, &'d Sources);

/// A log in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS), with one run.
pub(super) fn sarif(parts: &[Part<'_>]) -> String {
    let sorted = parts.iter().flat_map(|(sorted, _)| sorted);
    let mut codes: Vec<&str> = sorted.map(|one| one.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Json> = codes.iter().map(|code| json!({ "id": code })).collect();
    let results = parts
        .iter()
        .flat_map(|(sorted, sources)| sorted.iter().map(move |one| result(one, sources)));
    let results: Vec<Json> = results.collect();
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
        let place = physical(fix.span, sources);
        let replacement = json!({
            "deletedRegion": place["region"],
            "insertedContent": { "text": fix.replacement },
        });
        let artifact = &place["artifactLocation"];
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

/// A report in the XML format of `JUnit`: one test suite for each file, with one failed test for each diagnostic. A
/// file without diagnostics is a test that passed.
pub(super) fn junit(parts: &[Part<'_>]) -> String {
    let suites = suites(parts);
    let tests: usize = suites.iter().map(|(_, cases)| cases.len().max(1)).sum();
    let failures: usize = suites.iter().map(|(_, cases)| cases.len()).sum();
    let suites = suites.iter().map(|(name, cases)| suite(name, cases));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"specwright\" tests=\"{tests}\" failures=\"{failures}\">\n{}</testsuites>\n",
        suites.collect::<String>()
    )
}

/// The failed tests of each suite by its name. Several runs may have read the same file, which is one suite.
fn suites<'d>(parts: &[Part<'d>]) -> Vec<(&'d str, Vec<String>)> {
    let mut suites: Vec<(&str, Vec<String>)> = Vec::new();
    let mut positions: HashMap<&str, usize> = HashMap::new();
    for (sorted, sources) in parts {
        let mut of_files: HashMap<Option<FileId>, Vec<&Diagnostic>> = HashMap::new();
        for &diagnostic in sorted {
            let file = diagnostic.primary.as_ref().map(|label| label.span.file);
            of_files.entry(file).or_default().push(diagnostic);
        }
        let files = sources.iter().map(|(id, file)| (Some(id), &*file.path));
        let nowhere = of_files.contains_key(&None).then_some((None, "specwright"));
        for (id, name) in nowhere.into_iter().chain(files) {
            let position = *positions.entry(name).or_insert_with(|| {
                suites.push((name, Vec::new()));
                suites.len() - 1
            });
            let found = of_files.get(&id).into_iter().flatten();
            suites[position]
                .1
                .extend(found.map(|one| case(one, name, sources)));
        }
    }
    suites
}

/// The element of a suite. Without failed tests, it has one that passed.
fn suite(name: &str, cases: &[String]) -> String {
    let name = escaped(name);
    let (tests, failures) = (cases.len().max(1), cases.len());
    let cases = if cases.is_empty() {
        format!("    <testcase name=\"{name}\" classname=\"{name}\"/>\n")
    } else {
        cases.concat()
    };
    format!(
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n{cases}  </testsuite>\n"
    )
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
    let kind = machine::level(diagnostic);
    let (file, message) = (escaped(file), escaped(&diagnostic.message));
    let text = escaped(&machine::sentences(diagnostic).join("\n"));
    format!(
        "    <testcase name=\"{name}\" classname=\"{file}\">\n      <failure type=\"{kind}\" message=\"{message}\">{text}</failure>\n    </testcase>\n"
    )
}

/// Escapes a text for XML. Characters that XML does not allow become `?`.
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
