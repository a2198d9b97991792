//! `specwright schema openapi`: the values that the JSON Schema accepts and rejects.

#[path = "support/json_schema.rs"]
mod json_schema;

use std::fs;
use std::path::Path;

use json_schema::faults;
use serde_json::{Value as Json, json};

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
