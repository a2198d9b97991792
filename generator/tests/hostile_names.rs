//! A description in which every name and text tries to get out of where it stands: what is generated stays inside its
//! directory, compiles, and passes its own tests.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};
use support::{cargo, succeed};

/// What breaks out of a string, a comment, a code fence, a tag, a link, a path, a format string or a line.
const HOSTILE: [&str; 12] = [
    "\"; panic!(); \"",
    "*/ pub fn x() {} /*",
    "../../../etc/passwd",
    "```\nfn main() {}\n```",
    "</code><script>x</script>",
    "]] [[ `a` ](javascript:x) [b]",
    "${x} {y} {{z}} %n \\u{1F600} \\",
    "r#\"x\"#",
    "'a // b",
    "\u{202e}\u{200b}\u{2066}evil",
    "#[doc = \"x\"]",
    "\r\n\0x",
];

#[test]
fn hostile_names_stay_inert() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile_names");
    let crate_dir = home.join("inner/crate");
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).unwrap();
    let spec = home.join("hostile.json");
    fs::write(&spec, description().to_string()).unwrap();
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime");
    let mut generate = Command::new(env!("CARGO_BIN_EXE_specwright"));
    generate.arg("generate").arg(&spec).args([
        "--name",
        "hostile_crate",
        "--runtime-path",
        runtime,
        "--out",
    ]);
    succeed(&generate.arg(&crate_dir).output().unwrap());
    assert_eq!(names(&home), ["hostile.json", "inner"]);
    assert_eq!(names(&home.join("inner")), ["crate"]);
    assert_eq!(
        names(&crate_dir),
        ["Cargo.toml", "README.md", "rustfmt.toml", "src", "tests"]
    );
    assert!(
        !fs::read_to_string(crate_dir.join("README.md"))
            .unwrap()
            .contains("- `hostile`: <")
    );

    let manifest = crate_dir.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text + OWN_WORKSPACE).unwrap();
    fs::copy("../Cargo.lock", crate_dir.join("Cargo.lock")).unwrap();
    let mut run = cargo(&crate_dir);
    run.args(["test", "--offline", "--quiet", "--no-default-features"])
        .args(["--features", "hostile,testing"]);
    let tested = run.output().unwrap();
    succeed(&tested);
    let ran = String::from_utf8_lossy(&tested.stdout)
        .matches(" passed;")
        .count();
    assert!(ran > 1, "the examples are no tests");
}

/// What makes a workspace of the crate, and its dependencies those that are built already.
const OWN_WORKSPACE: &str = "\n[workspace]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n\n\
                             [profile.dev.package.\"*\"]\nopt-level = 1\n\n\
                             [profile.dev.package.specwright-runtime]\nopt-level = 0\n";

/// A description with all of it in every place that takes a name or a text.
fn description() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": HOSTILE[4], "version": HOSTILE[0], "description": HOSTILE.join("\n")},
        "servers": HOSTILE.map(|text| json!({"url": "https://x.example", "name": text, "description": text})),
        "tags": HOSTILE.map(|text| json!({"name": text, "description": text})),
        "security": [{HOSTILE[0]: []}],
        "paths": paths(),
        "webhooks": each(|_, text| (text.to_owned(), json!({"post": {
            "operationId": format!("hook {text}"),
            "requestBody": {"content": {"application/json": {"schema": reference(text)}}},
            "responses": {"200": {"description": text}},
        }}))),
        "components": {
            "schemas": schemas(),
            "securitySchemes": each(|_, text| (text.to_owned(), json!({
                "type": "apiKey", "in": "header", "name": "x-key", "description": text,
            }))),
        },
    })
}

/// A path for each text, and paths that the runtime refuses to send.
fn paths() -> Value {
    let mut paths = each(|number, text| {
        let name = literal(text);
        (format!("/{number}/{name}/{{p{name}}}"), path(text))
    });
    for (template, value) in [
        ("/a/../b/{x}", "sample"),
        ("/a/./b/{x}", "sample"),
        ("/c/%2E%2e/{x}", "sample"),
        ("/d/{x}/..", "sample"),
        ("/empty/{x}", ""),
        ("/dots/{x}", ".."),
        ("/dot/{x}/e", "."),
        ("/joined/.{x}", "."),
        ("/header/{x}", "a"),
    ] {
        let header = if template.starts_with("/header") {
            "a\nb"
        } else {
            "a"
        };
        paths[template] = json!({"get": {
            "parameters": [
                {"name": "x", "in": "path", "required": true, "schema": {"type": "string"}, "example": value},
                {"name": "x-line", "in": "header", "schema": {"type": "string"}, "example": header},
            ],
            "responses": {"204": {"description": "done"}},
        }});
    }
    paths
}

fn schemas() -> Value {
    let mut schemas = Map::new();
    for text in HOSTILE {
        schemas.insert(text.to_owned(), json!({
            "type": "object", "title": text, "description": text, "required": [text], "properties": properties(text),
        }));
        schemas.insert(
            format!("enum {text}"),
            json!({"type": "string", "enum": HOSTILE, "default": text}),
        );
        schemas.insert(
            format!("union {text}"),
            json!({
                "oneOf": HOSTILE[..3].iter().map(|text| reference(text)).collect::<Vec<_>>(),
                "discriminator": {"propertyName": text},
            }),
        );
        schemas.insert(
            format!("map {text}"),
            json!({
                "type": "object", "additionalProperties": {"type": "string"},
            }),
        );
    }
    schemas.into()
}

fn path(text: &str) -> Value {
    let json = json!({"schema": reference(text), "examples": {text: {"value": example(), "summary": text}}});
    json!({"post": {
        "operationId": text, "tags": [text], "summary": text, "description": text,
        "parameters": [
            {"name": format!("p{}", literal(text)), "in": "path", "required": true, "schema": {"type": "string"}, "example": text},
            {"name": text, "in": "query", "required": true, "schema": {"type": "string", "enum": HOSTILE}, "example": text},
            {"name": text, "in": "header", "schema": {"type": "string"}, "example": text},
            {"name": text, "in": "cookie", "schema": {"type": "string"}, "example": text},
        ],
        "requestBody": {"description": text, "content": {
            "application/json": json,
            "multipart/form-data": {"schema": {"type": "object", "properties": properties(text)}},
        }},
        "responses": {
            "200": {"description": text, "headers": {text: {"schema": {"type": "string"}}}, "content": {"application/json": json}},
            "400": {"description": text, "content": {"application/json": {"schema": {"type": "object", "properties": properties(text)}}}},
        },
        "callbacks": {text: {format!("{{$request.body#/url}}{text}"): {"post": {
            "operationId": format!("callback {text}"),
            "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": properties(text)}}}},
            "responses": {"200": {"description": text}},
        }}}},
    }})
}

fn properties(text: &str) -> Value {
    each(|_, name| {
        (
            name.to_owned(),
            json!({"type": "string", "description": text, "example": name}),
        )
    })
}

fn example() -> Value {
    each(|_, name| (name.to_owned(), name.into()))
}

fn each(entry: impl Fn(usize, &str) -> (String, Value)) -> Value {
    let entries = HOSTILE.iter().enumerate();
    entries
        .map(|(number, text)| entry(number, text))
        .collect::<Map<_, _>>()
        .into()
}

fn reference(schema: &str) -> Value {
    let name = schema.replace('~', "~0").replace('/', "~1");
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// The text without what has a meaning in the template of a path.
fn literal(text: &str) -> String {
    text.replace(['{', '}', '?', '#'], "")
}

/// The names in a directory, sorted.
fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = entries
        .map(|path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
