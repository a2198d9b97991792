//! The reports for other programs have the structure that their formats define: SARIF 2.1.0 (OASIS), and the XML of `JUnit`
//! as continuous integration reads it. The schemas here are excerpts: of SARIF, the objects that a report has, with what
//! the standard requires of them.

#[path = "support/json_schema.rs"]
mod json_schema;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use json_schema::faults;
use serde_json::{Value as Json, json};
use specwright::check;
use specwright::diagnostic::Format;

/// The report of all broken descriptions of the tests.
fn report(format: Format) -> String {
    let entries = fs::read_dir("tests/errors").unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        path.extension()
            .is_some_and(|it| it == "yaml" || it == "json")
    });
    files.sort();
    check(&files).render(format, false)
}

fn sarif_schema() -> Json {
    let object = |required: &[&str], properties: Json| json!({"type": "object", "required": required, "properties": properties, "additionalProperties": false});
    let of = |name: &str| json!({"$ref": format!("#/$defs/{name}")});
    let list = |name: &str| json!({"type": "array", "items": of(name)});
    let some = |name: &str| json!({"type": "array", "minItems": 1, "items": of(name)});
    let place = json!({"type": "integer", "minimum": 1});
    let text = json!({"type": "string"});
    let mut log = object(
        &["version", "runs"],
        json!({"$schema": text, "version": {"enum": ["2.1.0"]}, "runs": list("run")}),
    );
    let definitions = json!({
        "run": object(&["tool"], json!({
            "tool": of("tool"),
            "results": list("result"),
            "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        })),
        "tool": object(&["driver"], json!({"driver": of("driver")})),
        "driver": object(&["name"], json!({
            "name": text, "version": text, "informationUri": text, "rules": list("rule"),
        })),
        "rule": object(&["id"], json!({"id": text})),
        "result": object(&["message"], json!({
            "ruleId": text,
            "level": {"enum": ["none", "note", "warning", "error"]},
            "message": of("message"),
            "locations": list("location"),
            "relatedLocations": list("location"),
            "fixes": list("fix"),
        })),
        "message": object(&["text"], json!({"text": text})),
        "location": object(&[], json!({"physicalLocation": of("place"), "message": of("message")})),
        "place": object(&["artifactLocation"], json!({"artifactLocation": of("artifact"), "region": of("region")})),
        "artifact": object(&[], json!({"uri": text})),
        "region": object(&[], json!({"startLine": place, "startColumn": place, "endLine": place, "endColumn": place})),
        "fix": object(&["artifactChanges"], json!({"description": of("message"), "artifactChanges": some("change")})),
        "change": object(&["artifactLocation", "replacements"], json!({"artifactLocation": of("artifact"), "replacements": some("replacement")})),
        "replacement": object(&["deletedRegion"], json!({"deletedRegion": of("region"), "insertedContent": of("message")})),
    });
    log["$defs"] = definitions;
    log
}

#[test]
fn a_report_in_sarif_fits_the_standard() {
    let log: Json = serde_json::from_str(&report(Format::Sarif)).unwrap();
    let schema = sarif_schema();
    let mut found = Vec::new();
    faults(&schema, &schema, &log, "", &mut found);
    assert!(found.is_empty(), "{found:#?}");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 300, "{}", results.len());
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        assert!(rules.contains(&json!({"id": result["ruleId"]})), "{result}");
    }
    let mut broken = log.clone();
    let located = results
        .iter()
        .position(|it| !it["fixes"].is_null())
        .unwrap();
    broken["runs"][0]["results"][located]["level"] = json!("fatal");
    broken["runs"][0]["results"][located]["locations"][0]["physicalLocation"]["region"]["startLine"] =
        json!(0);
    faults(&schema, &schema, &broken, "", &mut found);
    assert_eq!(found.len(), 2, "{found:#?}");
}

/// The elements of `JUnit`: the elements in which each can be, with its attributes.
const ELEMENTS: [(&str, &str, &[&str]); 4] = [
    ("testsuites", "", &["name", "tests", "failures"]),
    (
        "testsuite",
        "testsuites",
        &["name", "tests", "failures", "errors"],
    ),
    ("testcase", "testsuite", &["name", "classname"]),
    ("failure", "testcase", &["type", "message"]),
];

/// A start tag with its attributes, or an end tag.
fn tag(text: &str) -> (&str, BTreeMap<&str, &str>) {
    let (name, mut rest) = text.split_once(' ').unwrap_or((text, ""));
    let mut attributes = BTreeMap::new();
    while let Some((key, value)) = rest.trim_start().split_once("=\"") {
        let (value, after) = value.split_once('"').expect("a closing quote");
        assert!(attributes.insert(key, value).is_none(), "{text}");
        rest = after;
    }
    assert_eq!(rest.trim(), "", "{text}");
    (name, attributes)
}

/// Asserts that a text has no markup, only the references that XML knows.
fn assert_plain(text: &str) {
    let is_control = |c: char| c.is_control() && c != '\n' && c != '\t';
    assert!(
        !text.contains(is_control) && !text.contains(['<', '>']),
        "{text:?}"
    );
    for reference in text.split('&').skip(1) {
        let (name, _) = reference.split_once(';').expect(text);
        let is_known = ["amp", "lt", "gt", "quot", "apos"].contains(&name);
        assert!(is_known || name.starts_with('#'), "&{name};");
    }
}

#[test]
fn a_report_for_junit_is_a_tree_of_its_elements() {
    let xml = report(Format::Junit);
    let xml = xml
        .strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .unwrap();
    let mut open: Vec<(&str, BTreeMap<&str, &str>, [usize; 2])> = Vec::new();
    let mut whole = None;
    for piece in xml.split('<').skip(1) {
        let (inner, text) = piece.split_once('>').unwrap();
        assert_plain(text);
        assert!(
            text.trim().is_empty() || open.is_empty() || inner.starts_with("failure"),
            "{piece}"
        );
        if let Some(name) = inner.strip_prefix('/') {
            let (opened, attributes, counts) = open.pop().unwrap();
            assert_eq!(opened, name);
            close(&mut open, (opened, attributes, counts), &mut whole);
            continue;
        }
        let is_empty = inner.ends_with('/');
        let (name, attributes) = tag(inner.trim_end_matches('/'));
        for value in attributes.values() {
            assert_plain(value);
        }
        let (_, parent, allowed) = ELEMENTS
            .iter()
            .find(|(known, ..)| *known == name)
            .expect(name);
        assert_eq!(open.last().map_or("", |(name, ..)| name), *parent);
        assert_eq!(attributes.len(), allowed.len(), "{inner}");
        assert!(
            attributes.keys().all(|key| allowed.contains(key)),
            "{inner}"
        );
        let element = (name, attributes, [0, 0]);
        if is_empty {
            close(&mut open, element, &mut whole);
        } else {
            open.push(element);
        }
    }
    let [tests, failures] = whole.expect("one root");
    assert!(
        open.is_empty() && failures > 300,
        "{tests} tests, {failures} failures"
    );
}

/// Compares the counts of an element with what is in it, and adds them to those of its parent.
fn close<'x>(
    open: &mut [(&'x str, BTreeMap<&'x str, &'x str>, [usize; 2])],
    (name, attributes, mut counts): (&'x str, BTreeMap<&'x str, &'x str>, [usize; 2]),
    whole: &mut Option<[usize; 2]>,
) {
    match name {
        "testcase" => counts[0] += 1,
        "failure" => counts[1] += 1,
        _ => {
            let written =
                ["tests", "failures"].map(|key| attributes[key].parse::<usize>().unwrap());
            assert_eq!(written, counts, "{attributes:?}");
        }
    }
    match open.last_mut() {
        Some((_, _, above)) => *above = [above[0] + counts[0], above[1] + counts[1]],
        None => assert!(whole.replace(counts).is_none()),
    }
}
