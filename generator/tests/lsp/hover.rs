//! Hover texts.

use lsp_types::request::{HoverRequest, Request as _};
use lsp_types::{Hover, HoverContents};
use serde_json::json;

use crate::client::{Editor, position};
use crate::{MUSEUM, PETS};

fn hovered(editor: &mut Editor, name: &str, text: &str) -> String {
    let at = editor.text(name).find(text).unwrap() + 1;
    let parameters = json!({
        "textDocument": { "uri": editor.uri(name) },
        "position": position(editor.text(name), at),
    });
    let hover = editor.ask_json(HoverRequest::METHOD, parameters);
    let hover: Option<Hover> = serde_json::from_value(hover).unwrap();
    let Some(HoverContents::Markup(hover)) = hover.map(|hover| hover.contents) else {
        return format!("## {text}\nnothing\n\n");
    };
    format!("## {text}\n{}\n\n", hover.value)
}

fn all_hovered(editor: &mut Editor, texts: &[&str]) -> String {
    let all = texts.iter();
    all.map(|text| hovered(editor, "museum.yaml", text))
        .collect()
}

#[test]
fn keys_and_values_of_swagger_are_explained() {
    let mut editor = Editor::with(&[("pets.yaml", PETS)]);
    editor.open("pets.yaml");
    let texts = [
        "host",
        "schemes",
        "https",
        "consumes",
        "multipart",
        "formData",
        "file\n",
        "collectionFormat",
        "multi\n",
        "body",
        "file}",
        "#/parameters/page",
        "#/responses/Pet",
        "#/definitions/Pet",
        "key: []",
        "login: [",
        "read]",
        "accessCode",
    ];
    let all = texts.map(|text| hovered(&mut editor, "pets.yaml", text));
    insta::assert_snapshot!(all.concat());
    editor.end();
}

#[test]
fn hovers_show_the_rust_items() {
    let mut editor = Editor::with(&[("museum.yaml", MUSEUM)]);
    editor.open("museum.yaml");
    let texts = [
        "Ticket:",
        "schemas/Visitor'",
        "day:",
        "name: {type",
        "age:",
        "get:",
        "post:",
        "operationId: tickets.buy",
        "gift",
        "responses:",
        "'200'",
        "format: date",
        "tickets\n",
    ];
    insta::assert_snapshot!(all_hovered(&mut editor, &texts));
    editor.end();
}

#[test]
fn values_are_explained() {
    let text = MUSEUM.replace(
        "{name: gift, in: query, schema: {type: boolean}}",
        "{name: gift, in: query, style: pipeDelimited, schema: {type: array, items: {type: string, format: email}}}",
    );
    let text = text.replace(
        "token: {type: http, scheme",
        "token: {description: The token of a person., type: http, scheme",
    );
    let mut editor = Editor::with(&[("museum.yaml", &text)]);
    editor.open("museum.yaml");
    let texts = [
        "date\n",
        "string\n",
        "object\n",
        "adult",
        "string, enum",
        "uuid",
        "email",
        "path\n",
        "query,",
        "pipeDelimited",
        "application/json",
        "'201'",
        "http,",
        "bearer",
        "token: []",
        "tickets]",
    ];
    insta::assert_snapshot!(all_hovered(&mut editor, &texts));
    editor.end();
}

#[test]
fn properties_are_fields_or_inputs_wherever_they_stand() {
    let text = MUSEUM.replace(
        "    Visitor:\n",
        "    Child:\n      allOf:\n        - $ref: '#/components/schemas/Visitor'\n        - type: object\n          properties: {school: {type: string}}\n    Visitor:\n",
    );
    let text = text.replace(
        "            schema: {$ref: '#/components/schemas/Ticket'}\n      responses:\n        '201'",
        "            schema: {type: object, required: [hour], properties: {hour: {type: integer}}}\n      responses:\n        '201'",
    );
    let mut editor = Editor::with(&[("museum.yaml", &text)]);
    editor.open("museum.yaml");
    let texts = ["day]", "school", "hour: {", "token: {"];
    insta::assert_snapshot!(all_hovered(&mut editor, &texts));
    editor.end();
}

#[test]
fn users_in_another_file_have_their_paths() {
    let text =
        "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets: {$ref: pets.yaml}\n";
    let path = "get:\n  responses:\n    '200': {description: A pet., content: {application/json: {schema: {$ref: pet.yaml}}}}\n";
    let files = [
        ("api.yaml", text),
        ("pets.yaml", path),
        ("pet.yaml", "type: string\n"),
    ];
    let mut editor = Editor::with(&files);
    editor.open("pets.yaml");
    let shown = hovered(&mut editor, "pets.yaml", "pet.yaml");
    assert!(shown.contains("`GET /pets`"), "{shown}");
    editor.end();
}

/// Several paths can have one path item, of this file or of another one.
#[test]
fn the_users_in_a_shared_path_item_have_the_paths_that_refer_to_it() {
    let text = "\
openapi: 3.2.0
info: {title: Shared, version: '1'}
paths:
  /a: {$ref: '#/components/pathItems/Shared'}
  /b: {$ref: '#/components/pathItems/Shared'}
  /c: {$ref: item.yaml}
  /d: {$ref: item.yaml}
  /e: {$ref: '#/paths/~1f'}
  /f: {get: {responses: {'200': {$ref: '#/components/responses/Fifth'}}}}
components:
  pathItems:
    Shared:
      parameters: [{$ref: '#/components/parameters/Page'}]
      put: {responses: {'200': {$ref: '#/components/responses/First'}}}
      additionalOperations: {COPY: {responses: {'200': {$ref: '#/components/responses/Second'}}}}
    Unused:
      get: {responses: {'200': {$ref: '#/components/responses/Third'}}}
  parameters:
    Page: {name: page, in: query, schema: {type: string}}
  responses:
    First: {description: ok}
    Second: {description: ok}
    Third: {description: ok}
    Fourth: {description: ok}
    Fifth: {description: ok}
";
    let item = "get: {responses: {'200': {$ref: 'museum.yaml#/components/responses/Fourth'}}}\n";
    let mut editor = Editor::with(&[("museum.yaml", text), ("item.yaml", item)]);
    editor.open("museum.yaml");
    insta::assert_snapshot!(all_hovered(
        &mut editor,
        &[
            "Shared:", "Page:", "First:", "Second:", "Third:", "Fourth:", "Fifth:"
        ]
    ));
    editor.end();
}

#[test]
fn what_did_not_change_is_found_while_a_text_cannot_be_parsed() {
    let mut editor = Editor::with(&[("museum.yaml", MUSEUM)]);
    editor.open("museum.yaml");
    let day = hovered(&mut editor, "museum.yaml", "day:");
    editor.replace("museum.yaml", "title: Museum", "title: [A museum");
    editor.replace("museum.yaml", "It is bought.", "It is sold.");
    assert_eq!(hovered(&mut editor, "museum.yaml", "day:"), day);
    editor.end();
}

#[test]
fn a_code_is_explained_where_it_is_written_and_where_it_is_reported() {
    let text = MUSEUM.replace("enum: [child, adult]", "enum: [child, child]");
    let text = text.replace(
        "scheme: bearer}",
        "scheme: bearer} # specwright: allow(SW0751) later",
    );
    let mut editor = Editor::with(&[("museum.yaml", &text)]);
    editor.open("museum.yaml");
    let written = hovered(&mut editor, "museum.yaml", "SW0751");
    let reported = hovered(&mut editor, "museum.yaml", "child]");
    insta::assert_snapshot!(written + &reported);
    editor.end();
}

#[test]
fn the_keys_and_values_of_the_configuration_are_explained() {
    let text = "crates:\n  - out: museum\n    description: museum.yaml\n    types:\n      \"format: date\": {rust: my::Date}\n    rules: {SW0405: deny}\n";
    let mut editor = Editor::with(&[("specwright.yaml", text), ("museum.yaml", MUSEUM)]);
    editor.open("specwright.yaml");
    let texts = [
        "crates", "out", "types", "rust", "my::", "rules", "deny", "museum",
    ];
    let all = texts.map(|text| hovered(&mut editor, "specwright.yaml", text));
    insta::assert_snapshot!(all.concat());
    editor.end();
}

#[test]
fn an_operation_that_a_link_names_is_shown_there() {
    let link =
        "description: It is bought.\n      links:\n        ticket: {operationId: tickets.get}";
    let text = MUSEUM.replace("description: It is bought.", link);
    let mut editor = Editor::with(&[("museum.yaml", &text)]);
    editor.open("museum.yaml");
    let shown = hovered(&mut editor, "museum.yaml", "tickets.get}");
    assert!(shown.contains("The operation `tickets.get`."), "{shown}");
    assert!(shown.contains("-> Call<Ticket>"), "{shown}");
    editor.end();
}
