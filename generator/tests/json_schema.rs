//! The JSON Schema Test Suite, draft 2020-12: a type is generated for every group, and every instance is deserialized
//! and serialized.
//!
//! The suite is not part of this repository. The test reads it from `../shared/suites/json-schema` beside the
//! repository, or from the folder in `JSON_SCHEMA_SUITE`, and prints a message if it is missing.
//!
//! A valid instance of its schema's own kind must be equal after the round trip. An invalid one must be rejected, or be
//! equal because it was kept as JSON: a type may know less than its schema, but must never change a value. The
//! exceptions are listed with reasons in `json_schema/exceptions.yaml`.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use support::{cargo, own_workspace, succeed};

/// The keywords that only apply to values of one kind, with the kind.
const KEYWORDS: &[(&str, &[&str])] = &[
    (
        "object",
        &[
            "properties",
            "patternProperties",
            "additionalProperties",
            "required",
            "minProperties",
            "maxProperties",
            "propertyNames",
            "dependentRequired",
        ],
    ),
    (
        "array",
        &[
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
        ],
    ),
    ("string", &["minLength", "maxLength", "pattern"]),
    (
        "number",
        &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
    ),
];

#[test]
fn the_json_schema_test_suite_passes_but_for_its_exceptions() {
    let Some(folder) = suite() else {
        eprintln!(
            "skipped: the JSON Schema Test Suite is not here; name its folder in JSON_SCHEMA_SUITE"
        );
        return;
    };
    let groups = groups(&folder);
    let outcomes = run(&groups);
    let exceptions = exceptions();
    let mut tally = Tally::default();
    for (number, group) in groups.iter().enumerate() {
        for (test, outcome) in group.tests.iter().zip(&outcomes[number]) {
            tally.count(group, test, outcome, &exceptions);
        }
    }
    println!("{tally:?}");
    assert!(
        tally.passed > 0 && tally.failed.is_empty(),
        "{}",
        tally.failed.join("\n")
    );
    let stale: Vec<_> = exceptions
        .keys()
        .filter(|name| tally.needless.contains(*name))
        .collect();
    assert!(stale.is_empty(), "these exceptions pass: {stale:#?}");
}

/// A schema with its instances.
struct Group {
    name: String,
    schema: Value,
    tests: Vec<Test>,
}

struct Test {
    name: String,
    data: Value,
    valid: bool,
}

/// The number of instances with each result.
#[derive(Debug, Default)]
struct Tally {
    passed: usize,
    /// Valid instances of another kind than the one that the schema describes.
    other_kind: usize,
    excepted: usize,
    failed: Vec<String>,
    /// Listed exceptions that did not occur.
    needless: BTreeSet<String>,
}

impl Tally {
    fn count(
        &mut self,
        group: &Group,
        test: &Test,
        outcome: &Outcome,
        exceptions: &BTreeMap<String, String>,
    ) {
        let name = format!("{} / {}", group.name, test.name);
        let kept = matches!(outcome, Outcome::Value(value) if same(value, &test.data));
        let passed = kept || (!test.valid && matches!(outcome, Outcome::Refused(_)));
        let excepted = exceptions.contains_key(&name);
        if passed {
            self.passed += 1;
            if excepted {
                self.needless.insert(name);
            }
        } else if excepted {
            self.excepted += 1;
        } else if test.valid && !is_of_its_kind(&group.schema, &test.data) {
            self.other_kind += 1;
        } else {
            let verdict = if test.valid { "valid" } else { "invalid" };
            let became = match outcome {
                Outcome::Value(value) => value.to_string(),
                Outcome::Refused(message) => message.clone(),
            };
            self.failed
                .push(format!("{name}: {verdict} {}: {became}", test.data));
        }
    }
}

enum Outcome {
    /// The value after the round trip.
    Value(Value),
    Refused(String),
}

fn suite() -> Option<PathBuf> {
    let beside = || PathBuf::from("../../shared/suites/json-schema");
    let folder = std::env::var_os("JSON_SCHEMA_SUITE").map_or_else(beside, PathBuf::from);
    folder.is_dir().then(|| folder.canonicalize().unwrap())
}

/// All groups of the suite, in the order of their files.
fn groups(folder: &Path) -> Vec<Group> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    let mut groups = Vec::new();
    for file in files {
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).unwrap();
        let listed: Vec<Value> = serde_json::from_str(&text).unwrap();
        groups.extend(listed.iter().map(|group| self::group(&stem, group)));
    }
    groups
}

fn group(file: &str, group: &Value) -> Group {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap().to_owned();
    let tests = group["tests"].as_array().unwrap().iter();
    Group {
        name: format!("{file} / {}", text(group, "description")),
        schema: group["schema"].clone(),
        tests: tests
            .map(|test| Test {
                name: text(test, "description"),
                data: test["data"].clone(),
                valid: test["valid"].as_bool().unwrap(),
            })
            .collect(),
    }
}

/// The exceptions, with their reasons.
fn exceptions() -> BTreeMap<String, String> {
    let text = fs::read_to_string("tests/json_schema/exceptions.yaml").unwrap();
    let listed: BTreeMap<String, Vec<String>> = serde_yaml::from_str(&text).unwrap();
    let each = listed
        .into_iter()
        .flat_map(|(reason, names)| names.into_iter().map(move |name| (name, reason.clone())));
    each.collect()
}

/// Whether a value is of the kind that an untyped schema describes, if its keywords determine one.
fn is_of_its_kind(schema: &Value, data: &Value) -> bool {
    let Some(members) = schema
        .as_object()
        .filter(|members| !members.contains_key("type"))
    else {
        return true;
    };
    let kinds: Vec<&str> = KEYWORDS
        .iter()
        .filter(|(_, keywords)| {
            keywords
                .iter()
                .any(|keyword| members.contains_key(*keyword))
        })
        .map(|(kind, _)| *kind)
        .collect();
    let kind = match data {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Number(_) => "number",
        Value::Null | Value::Bool(_) => "",
    };
    kinds.is_empty() || kinds.contains(&kind)
}

/// Whether two values are equal by the rules of JSON Schema: `1.0` equals `1`.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let has = |(key, value): (&String, &Value)| b.get(key).is_some_and(|b| same(value, b));
            a.len() == b.len() && a.iter().all(has)
        }
        (a, b) => a == b,
    }
}

/// Makes one crate of all groups, and passes every instance through the type of its group.
fn run(groups: &[Group]) -> Vec<Vec<Outcome>> {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("json-schema");
    let dir = home.join("crate");
    describe(&home, groups);
    let generated = Command::new(env!("CARGO_BIN_EXE_specwright"))
        .args([
            "generate",
            "--lenient",
            "--name",
            "suite",
            "--runtime-path",
            "runtime",
            "--out",
        ])
        .arg(&dir)
        .arg(home.join("suite.json"))
        .output()
        .unwrap();
    succeed(&generated);
    own_workspace(&dir);
    fs::create_dir_all(dir.join("examples")).unwrap();
    fs::write(dir.join("examples/driver.rs"), driver(groups.len())).unwrap();
    let driven = cargo(&dir)
        .args([
            "run",
            "--offline",
            "--quiet",
            "--no-default-features",
            "--features",
            "suite",
        ])
        .args(["--example", "driver"])
        .arg(home.join("instances.json"))
        .output()
        .unwrap();
    succeed(&driven);
    outcomes(&driven.stdout)
}

/// Writes the schema of each group into a separate file, because its references are relative to that file, and a
/// description that refers to all of them.
fn describe(home: &Path, groups: &[Group]) {
    let _ = fs::remove_dir_all(home.join("groups"));
    fs::create_dir_all(home.join("groups")).unwrap();
    let mut schemas = serde_json::Map::new();
    for (number, group) in groups.iter().enumerate() {
        let file = format!("groups/group{number}.json");
        fs::write(home.join(&file), group.schema.to_string()).unwrap();
        let holder = json!({
            "type": "object",
            "required": ["value"],
            "properties": {"value": {"$ref": file}},
        });
        schemas.insert(format!("Holder{number}"), holder);
    }
    let description = json!({
        "openapi": "3.1.0",
        "info": {"title": "JSON Schema Test Suite", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    });
    fs::write(home.join("suite.json"), description.to_string()).unwrap();
    let instances = |group: &Group| group.tests.iter().map(|test| test.data.clone()).collect();
    let instances: Vec<Vec<Value>> = groups.iter().map(instances).collect();
    fs::write(home.join("instances.json"), json!(instances).to_string()).unwrap();
}

/// The program that reads the instances and prints the result of each as a line of JSON.
fn driver(groups: usize) -> String {
    let mut trips = String::new();
    for number in 0..groups {
        let _ = writeln!(trips, "    trip::<suite::suite::types::Holder{number}>,");
    }
    format!(
        r#"//! Sends instances through types.
use specwright_runtime::Json;
use specwright_runtime::codec::{{Decode, Encode, from_json, to_json}};

const TRIPS: &[fn(&Json) -> String] = &[
{trips}];

fn trip<T: Decode + Encode>(data: &Json) -> String {{
    match from_json::<T>(format!("{{{{\"value\":{{data}}}}}}").as_bytes()) {{
        Ok(value) => String::from_utf8(to_json(&value)).unwrap(),
        Err(error) => Json::from(error.to_string()).to_string(),
    }}
}}

fn main() {{
    let path = std::env::args().nth(1).unwrap();
    let groups: Vec<Vec<Json>> = from_json(&std::fs::read(path).unwrap()).unwrap();
    for (trip, instances) in TRIPS.iter().zip(groups) {{
        let outcomes: Vec<String> = instances.iter().map(trip).collect();
        println!("[{{}}]", outcomes.join(","));
    }}
}}
"#
    )
}

/// A string is an error message; an object contains the serialized value.
fn outcomes(lines: &[u8]) -> Vec<Vec<Outcome>> {
    let text = String::from_utf8_lossy(lines);
    let outcome = |value: Value| match value {
        Value::String(message) => Outcome::Refused(message),
        value => Outcome::Value(value["value"].clone()),
    };
    let line = |line: &str| {
        let values: Vec<Value> = serde_json::from_str(line).unwrap();
        values.into_iter().map(outcome).collect()
    };
    text.lines().map(line).collect()
}
