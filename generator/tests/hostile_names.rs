//! A description in which every name and text tries to break out of its context, and one whose examples and servers are
//! unusable. The generated code stays inside its directory, compiles, and passes its own tests.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};
use support::{cargo, own_workspace, succeed};

/// Texts that break out of a string, a comment, a code fence, a tag, a link, a path, a format string or a line.
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
    let values = home.join("values.json");
    fs::write(&values, hostile_values().to_string()).unwrap();
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime");
    let mut generate = Command::new(env!("CARGO_BIN_EXE_specwright"));
    generate.arg("generate").arg(&spec).arg(&values).args([
        "--name",
        "hostile_crate",
        "--runtime-path",
        runtime,
        "--out",
    ]);
    succeed(&generate.arg(&crate_dir).output().unwrap());
    assert_eq!(names(&home), ["hostile.json", "inner", "values.json"]);
    assert_eq!(names(&home.join("inner")), ["crate"]);
    assert_eq!(
        names(&crate_dir),
        [
            ".gitignore",
            "AGENTS.md",
            "Cargo.toml",
            "README.md",
            "rustfmt.toml",
            "src",
            "tests"
        ]
    );
    assert!(
        !fs::read_to_string(crate_dir.join("README.md"))
            .unwrap()
            .contains("- `hostile`: <")
    );

    own_workspace(&crate_dir);
    let mut run = cargo(&crate_dir);
    run.args(["test", "--offline", "--quiet", "--no-default-features"])
        .args(["--features", "hostile,values,testing"]);
    let tested = run.output().unwrap();
    succeed(&tested);
    let ran = String::from_utf8_lossy(&tested.stdout)
        .matches(" passed;")
        .count();
    assert!(ran > 2, "the examples are no tests");
}

/// A description with all of these texts at every location of a name or a text.
fn description() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": HOSTILE[4], "version": HOSTILE[0], "description": HOSTILE.join("\n")},
        "servers": HOSTILE.map(|text| json!({
            "url": format!("https://x.example/{{{}}}", literal(text)), "name": text, "description": text,
            "variables": {literal(text): {"default": text, "enum": HOSTILE, "description": text}},
        })),
        "tags": HOSTILE.map(|text| json!({"name": text, "description": text})),
        "security": HOSTILE.map(|text| json!({text: [text]})),
        "paths": paths(),
        "webhooks": each(|_, text| (text.to_owned(), json!({"post": {
            "operationId": format!("hook {text}"),
            "requestBody": {"content": {"application/json": {"schema": reference(text)}}},
            "responses": {"200": {"description": text}},
        }}))),
        "components": {
            "schemas": schemas(),
            "securitySchemes": each(|number, text| (text.to_owned(), scheme(number, text))),
        },
    })
}

/// A security scheme with a text at each location, of each type in turn.
fn scheme(number: usize, text: &str) -> Value {
    let url = format!("https://a.example/{text}");
    let schemes = [
        json!({"type": "apiKey", "in": "header", "name": "x-key", "description": text}),
        json!({"type": "apiKey", "in": "cookie", "name": text, "x-value-prefix": text}),
        json!({"type": "apiKey", "in": "query", "name": text}),
        json!({"type": "http", "scheme": "bearer", "bearerFormat": text}),
        json!({"type": "openIdConnect", "openIdConnectUrl": text}),
        json!({"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": text, "scopes": {text: text}}}}),
        json!({"type": "oauth2", "flows": {
            "authorizationCode": {"authorizationUrl": url, "tokenUrl": url, "refreshUrl": url, "scopes": {text: text}},
            "deviceAuthorization": {"deviceAuthorizationUrl": url, "tokenUrl": url, "scopes": {text: text}},
        }}),
    ];
    schemes[number % schemes.len()].clone()
}

/// A path for each text, and paths that the runtime rejects.
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

/// A description whose examples are invalid, cannot be sent, or are changed by a round trip, and whose servers have no
/// valid URL.
fn hostile_values() -> Value {
    let mut paths = Map::new();
    for (row, schema) in value_schemas().iter().enumerate() {
        for (column, value) in example_values().iter().enumerate() {
            let number = format!("{row}-{column}");
            let mut parameters = parameters(&number, schema, value);
            if row > 0 {
                // Each location gets each value as text; the other types take turns.
                parameters = vec![parameters.swap_remove((row + column) % parameters.len())];
            }
            for (template, parameter) in parameters {
                paths.insert(template, json!({"get": operation_of(&[parameter])}));
            }
            let content = json!({"application/json": {"schema": schema, "example": value}});
            let mut body = operation_of(&[]);
            body["requestBody"] = json!({"required": true, "content": content});
            body["responses"] = json!({"200": {"description": "found", "content": content}});
            paths.insert(format!("/body/{number}"), json!({"post": body}));
            let (method, body) = body_of_properties(row + column, row, schema, value);
            paths.insert(format!("/properties/{number}"), json!({method: body}));
        }
    }
    for (number, url) in URLS.iter().enumerate() {
        let parameter =
            json!({"name": "q", "in": "query", "schema": {"type": "string"}, "example": "a"});
        paths.insert(
            format!("/server/{number}"),
            json!({"servers": [server(url)], "get": operation_of(&[parameter])}),
        );
    }
    json!({
        "openapi": "3.2.0",
        "info": {"title": "Values", "version": "1"},
        "servers": URLS.map(server),
        "paths": paths,
        "components": {"schemas": {"Patched": {
            "type": "object", "properties": each(|number, text| {
                let schemas = value_schemas();
                (text.to_owned(), schemas[number % schemas.len()].clone())
            }),
        }}},
    })
}

/// An operation with a body of hostile properties, and its method: a form, a multipart body or a patch, inline or by a
/// component, with each kind of encoding in turn.
fn body_of_properties(
    turn: usize,
    row: usize,
    schema: &Value,
    value: &Value,
) -> (&'static str, Value) {
    let name = HOSTILE[turn % HOSTILE.len()];
    let (method, media) = [
        ("post", "application/x-www-form-urlencoded"),
        ("post", "multipart/form-data"),
        ("patch", "application/merge-patch+json"),
        ("post", "multipart/mixed"),
    ][turn % 4];
    let encodings = [
        json!({}),
        json!({"style": "form", "explode": false}),
        json!({"style": "deepObject"}),
        json!({"contentType": "application/json"}),
        json!({"contentType": name}),
        json!({"headers": each(|_, text| (text.to_owned(), json!({"schema": {"const": text}})))}),
    ];
    let mut content = json!({
        "schema": {"type": "object", "properties": {name: schema, "other": {"type": "string", "default": name}}},
        "example": {name: value},
    });
    if row % 2 == 1 {
        content["schema"] = reference("Patched");
    }
    if method == "post" {
        content["encoding"] = json!({name: encodings[row % encodings.len()]});
    }
    let mut operation = operation_of(&[]);
    operation["requestBody"] = json!({"required": true, "content": {media: content}});
    (method, operation)
}

/// URLs that no client can use, either directly or with the defaults of their variables.
const URLS: [&str; 16] = [
    "https://{v}.example/{v}",
    "https://{undescribed}",
    "https://x.example:{undescribed}",
    "https://x.example/{dots}/b",
    "https://x.example/a/../b",
    "https://x.example/%2e%2E",
    "https://x.example:99999",
    "https://x.example:abc",
    "https://[::1",
    "https://a b.example",
    "https://\u{e9}.example",
    "https://x.example/a b<c>",
    "https://x.example\\y",
    "https://x.example/a?b=c#d",
    "/relative/{v}",
    "https://x.example//",
];

fn server(url: &str) -> Value {
    json!({"url": url, "variables": {"v": {"default": ""}, "dots": {"default": ".."}}})
}

fn operation_of(parameters: &[Value]) -> Value {
    json!({"parameters": parameters, "responses": {"204": {"description": "done"}}})
}

/// A parameter of each location, with its path.
fn parameters(number: &str, schema: &Value, value: &Value) -> Vec<(String, Value)> {
    let locations = [
        ("path", "label", "x"),
        ("path", "simple", "x"),
        ("query", "deepObject", "a&b[]"),
        ("header", "simple", "X_q!"),
        ("cookie", "cookie", "a=b; c"),
        ("cookie", "form", "\u{e9}"),
    ];
    let parameters = locations.iter().map(|(location, style, name)| {
        let in_path = *location == "path";
        let end = if in_path { "{x}" } else { "end" };
        let parameter = json!({
            "name": name, "in": location, "style": style, "required": in_path, "allowReserved": *style == "simple",
            "schema": schema, "example": value,
        });
        (format!("/{location}/{style}/{number}/{end}"), parameter)
    });
    parameters.collect()
}

fn value_schemas() -> Vec<Value> {
    vec![
        json!({"type": "string"}),
        json!({"type": ["string", "null"], "enum": ["x", null]}),
        json!({"type": "array", "items": {"type": "string"}}),
        json!({"type": "object", "additionalProperties": {"type": "integer", "format": "int32"}}),
        json!({"type": "object", "properties": {
            "id": {"type": "string", "format": "uuid"}, "at": {"type": "string", "format": "date-time"},
            "on": {"type": "string", "format": "date"}, "data": {"type": "string", "format": "byte"},
        }}),
        json!({"type": "array", "prefixItems": [{"type": "string"}], "minItems": 1, "maxItems": 1}),
        json!({}),
    ]
}

fn example_values() -> Vec<Value> {
    vec![
        json!(""),
        json!(".."),
        json!("a//../b"),
        json!(" a;\u{e9}\n"),
        json!(null),
        json!([]),
        json!([null, "a"]),
        json!({"a": null}),
        json!({"a": 99_999_999_999_u64}),
        json!({"id": "9bd39495ad2140f7a8a69c8cf9d6a822", "at": "2020-01-01T99", "on": "2020-02-30", "data": "?"}),
        json!({"on": "2021-02-29"}),
        json!({"id": "9BD39495-AD21-40F7-A8A6-9C8CF9D6A822"}),
        json!({"at": "2020-01-01T10:00:00+02:00", "data": "YR=="}),
    ]
}

fn schemas() -> Value {
    let mut schemas = Map::new();
    for text in HOSTILE {
        schemas.insert(text.to_owned(), json!({
            "type": "object", "title": text, "description": text, "required": [text], "properties": properties(text),
        }));
        schemas.insert(
            format!("enum {text}"),
            json!({
                "type": "string", "enum": HOSTILE, "default": text, "x-enum-varnames": HOSTILE, "x-enum-descriptions": HOSTILE,
            }),
        );
        schemas.insert(
            format!("union {text}"),
            json!({
                "oneOf": HOSTILE[..3].iter().map(|text| reference(text)).collect::<Vec<_>>(),
                "discriminator": {
                    "propertyName": text,
                    "mapping": each(|number, value| (format!("{value}{text}"), format!("#/components/schemas/{}", pointer(HOSTILE[number % 3])).into())),
                },
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
            "200": {"description": text, "headers": {text: {"description": text, "schema": {"type": "string"}}, format!("X-{}", token(text)): {
                "required": true, "description": text, "schema": {"type": "string", "enum": HOSTILE, "default": text}, "example": text,
            }}, "links": each(|_, name| (name.to_owned(), json!({
                "operationId": text, "description": text, "parameters": {name: text}, "server": {"url": text},
            }))), "content": {"application/json": json}},
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
    json!({"$ref": format!("#/components/schemas/{}", pointer(schema))})
}

fn pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The text without characters that are not allowed in the name of a header.
fn token(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(*c));
    kept.collect()
}

/// The text without characters that have a meaning in a path template.
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
