//! A comparison finds every random edit of a description, and nothing else.

mod edits;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use specwright::diff;

#[test]
fn every_edit_is_found_and_nothing_else() {
    let description = description();
    for seed in 0..8 {
        let edited = edits::edit(&description, seed, 40);
        assert_eq!(
            found(&description, &edited.description),
            edited.expected,
            "seed {seed}"
        );
    }
}

fn found(old: &Value, new: &Value) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("edits");
    fs::create_dir_all(&folder).unwrap();
    let paths = ["old.json", "new.json"].map(|file| folder.join(file));
    fs::write(&paths[0], old.to_string()).unwrap();
    fs::write(&paths[1], new.to_string()).unwrap();
    let [old, new] = paths.map(|path| path.to_string_lossy().into_owned());
    edits::found(&diff::diff(&old, &new).unwrap())
}

/// 30 schemas and 30 operations, some of which use each other.
fn description() -> Value {
    let mut description = json!({
        "openapi": "3.0.3",
        "info": {"title": "Edits", "version": "1"},
        "paths": {},
        "components": {"schemas": {}},
    });
    for number in 0..30 {
        let other =
            json!({"$ref": format!("#/components/schemas/Schema{}", (number * 7 + 3) % 30)});
        let mut properties = json!({
            "name": {"type": "string"},
            "size": {"type": "integer"},
            "state": {"type": "string", "enum": ["on", "off"]},
            "others": {"type": "array", "items": other},
        });
        properties[format!("own{number}")] = json!({"type": "string", "description": "Its own."});
        description["components"]["schemas"][format!("Schema{number}")] =
            json!({"type": "object", "required": ["name", "state"], "properties": properties});
        let content = json!({"application/json": {"schema": other}});
        let mut operation = json!({
            "operationId": format!("operation{number}"),
            "tags": ["all"],
            "responses": {"200": {"description": "It.", "content": content}},
        });
        if number % 2 == 0 {
            operation["requestBody"] = json!({"required": number % 4 == 0, "content": content});
        }
        let method = if number % 2 == 0 { "post" } else { "get" };
        description["paths"][format!("/path{number}")] = json!({ method: operation });
    }
    description
}
