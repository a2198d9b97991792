//! `specwright schema openapi`: the values that the JSON Schema accepts and rejects. Only the keywords in that schema
//! are interpreted here.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

/// The locations where a value does not match a schema, with the reasons.
fn faults(root: &Json, schema: &Json, value: &Json, at: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).unwrap();
        faults(root, target, value, at, found);
    }
    let types = match &schema["type"] {
        Json::String(one) => vec![one.as_str()],
        Json::Array(all) => all.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    };
    let has = |name: &&str| match *name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        other => panic!("unknown type {other}"),
    };
    if !types.is_empty() && !types.iter().any(has) {
        found.push(format!("{at}: not {}", types.join(" or ")));
        return;
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        found.push(format!("{at}: not one of the words"));
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let fits = |one: &Json| {
            let mut inner = Vec::new();
            faults(root, one, value, at, &mut inner);
            inner.is_empty()
        };
        if !any.iter().any(fits) {
            found.push(format!("{at}: fits none"));
        }
    }
    for element in value.as_array().into_iter().flatten() {
        faults(root, &schema["items"], element, at, found);
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        let at = format!("{at}/{key}");
        let patterns = schema["patternProperties"].as_object();
        let mut patterns = patterns.into_iter().flatten();
        let matching = patterns.find(|(pattern, _)| matches(pattern, key));
        if let Some(own) = schema["properties"].get(key) {
            faults(root, own, inner, &at, found);
        } else if let Some((_, own)) = matching {
            faults(root, own, inner, &at, found);
        } else if schema["additionalProperties"] == Json::Bool(false) {
            found.push(format!("{at}: unknown"));
        } else {
            faults(root, &schema["additionalProperties"], inner, &at, found);
        }
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        if value.get(key.as_str().unwrap()).is_none() {
            found.push(format!("{at}: {key} is missing"));
        }
    }
}

/// Matches the patterns that occur in the schema.
fn matches(pattern: &str, key: &str) -> bool {
    match pattern {
        "^x-" => key.starts_with("x-"),
        "^/" => key.starts_with('/'),
        _ => {
            key == "default"
                || key.len() == 3 && key.starts_with(|digit| ('1'..='5').contains(&digit))
        }
    }
}

fn faults_of(value: &Json) -> Vec<String> {
    let schema: Json = serde_json::from_str(&specwright::description_schema()).unwrap();
    let mut found = Vec::new();
    faults(&schema, &schema, value, "", &mut found);
    found
}

#[test]
fn the_file_for_editors_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.schema.json");
    let schema = specwright::description_schema();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        fs::write(&path, &schema).unwrap();
    }
    let written = fs::read_to_string(path).unwrap();
    assert!(
        written == schema,
        "`INSTA_UPDATE=always` writes generator/openapi.schema.json"
    );
}

#[test]
fn the_descriptions_of_this_repository_fit() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    for name in ["insightiq.yaml", "workspaces.yaml"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let value: Json = serde_yaml::from_str(&text).unwrap();
        assert_eq!(faults_of(&value), Vec::<String>::new(), "{name}");
        assert!(
            text.contains("# yaml-language-server: $schema="),
            "{name} has no modeline"
        );
    }
}

#[test]
fn mistakes_do_not_fit() {
    let with = |key: &str, value: Json| {
        let mut description = json!({
            "openapi": "3.1.0",
            "info": { "title": "T", "version": "1" },
            "paths": { "/a": { "get": { "responses": { "200": { "description": "d" } } } } },
        });
        *description.pointer_mut(key).unwrap() = value;
        faults_of(&description)
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(with("/openapi", json!("3.2.0")), none);
    assert_eq!(
        with("/paths/~1a/get", json!({ "sumary": "x" })),
        ["/paths//a/get/sumary: unknown"]
    );
    assert_eq!(
        with("/paths/~1a/get/responses", json!({ "2oo0": {} })),
        ["/paths//a/get/responses/2oo0: unknown"]
    );
    assert_eq!(with("/paths", json!({ "a": {} })), ["/paths/a: unknown"]);
    let parameter = json!({ "parameters": [{ "name": "q", "in": "querry" }] });
    assert_eq!(
        with("/paths/~1a/get", parameter),
        ["/paths//a/get/parameters/in: not one of the words"]
    );
    let schema = json!({ "content": { "a/b": { "schema": { "type": "strin" } } } });
    assert_eq!(with("/paths/~1a/get/responses/200", schema).len(), 1);
    assert_eq!(with("/info", json!([])), ["/info: not object"]);
}
