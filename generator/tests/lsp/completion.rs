//! Completions.

use lsp_types::request::{Completion, Request as _};
use lsp_types::{CompletionItem, CompletionResponse, CompletionTextEdit, Documentation};
use serde_json::json;

use crate::client::{Editor, position, shown_range};
use crate::{MUSEUM, PETS};

/// Replaces a text of a file, and returns the completions at the mark in the new text. The mark itself is removed.
fn offered(editor: &mut Editor, name: &str, old: &str, new: &str) -> String {
    let plain = new.replace('¦', "");
    editor.diagnostics(name);
    let at = editor.text(name).find(old).unwrap() + new.find('¦').unwrap();
    editor.replace(name, old, &plain);
    let parameters = json!({
        "textDocument": { "uri": editor.uri(name) },
        "position": position(editor.text(name), at),
    });
    let items = editor.ask_json(Completion::METHOD, parameters);
    editor.replace(name, &plain, old);
    let items: Option<CompletionResponse> = serde_json::from_value(items).unwrap();
    let Some(CompletionResponse::Array(items)) = items else {
        return "nothing".to_owned();
    };
    let lines = items.iter().map(line);
    format!("{new}\n----\n{}", lines.collect::<String>())
}

fn line(item: &CompletionItem) -> String {
    let Some(CompletionTextEdit::Edit(edit)) = &item.text_edit else {
        panic!("no edit");
    };
    let docs = match &item.documentation {
        Some(Documentation::MarkupContent(docs)) => format!("  {}", docs.value),
        _ => String::new(),
    };
    let (range, text) = (shown_range(edit.range), &edit.new_text);
    format!("{}  {range} {text:?}{docs}\n", item.label)
}

/// Returns only the labels of the completions.
fn labels(editor: &mut Editor, name: &str, old: &str, new: &str) -> String {
    let all = offered(editor, name, old, new);
    let labels = all.lines().skip_while(|line| *line != "----").skip(1);
    let labels: Vec<&str> = labels
        .filter_map(|line| Some(line.split_once("  ")?.0))
        .collect();
    format!("{}: {}\n", new.trim(), labels.join(" "))
}

#[test]
fn keys_come_with_docs_and_without_those_that_are_there() {
    let mut editor = Editor::with(&[("museum.yaml", MUSEUM)]);
    editor.open("museum.yaml");
    let keys = offered(
        &mut editor,
        "museum.yaml",
        "      summary: Buys a ticket.\n",
        "      ¦\n",
    );
    insta::assert_snapshot!(keys);
    let keys = offered(
        &mut editor,
        "museum.yaml",
        "info: {title: Museum, version: '1'}",
        "info: {title: Museum, de¦}",
    );
    insta::assert_snapshot!(keys);
    editor.end();
}

#[test]
fn words_are_those_that_may_stand_there() {
    let mut editor = Editor::with(&[("museum.yaml", MUSEUM)]);
    editor.open("museum.yaml");
    let cases = [
        ("          format: date\n", "          format: ¦\n"),
        ("          type: string\n", "          type: ¦\n"),
        ("in: path", "in: ¦"),
        ("{name: gift, in: query", "{name: gift, in: ¦"),
        (
            "      tags: [tickets]\n      security",
            "      tags: [¦]\n      security",
        ),
        ("[{token: []}]", "[{¦}]"),
        (
            "    token: {type: http, scheme: bearer}",
            "    token: {type: ¦}",
        ),
        ("      required: [day]", "      required: [¦]"),
        (
            "        required: true\n        content",
            "        required: ¦\n        content",
        ),
        (
            "schema: {$ref: '#/components/schemas/Ticket'}\n  /tickets:",
            "schema: {$ref: ¦}\n  /tickets:",
        ),
        (
            "          $ref: '#/components/schemas/Visitor'",
            "          $ref: '#/comp¦",
        ),
        ("{$ref: '#/components/responses/Bought'}", "{$ref: ¦}"),
        (
            "          $ref: '#/components/schemas/Visitor'",
            "          $ref: #/comp¦",
        ),
    ];
    let all = cases
        .iter()
        .map(|(old, new)| labels(&mut editor, "museum.yaml", old, new));
    let all: Vec<String> = all.collect();
    insta::assert_snapshot!(all.concat());
    editor.end();
}

#[test]
fn words_are_those_of_the_version() {
    let mut editor = Editor::with(&[("pets.yaml", PETS)]);
    editor.open("pets.yaml");
    let cases = [
        ("in: formData", "in: ¦"),
        ("type: file\n", "type: ¦\n"),
        ("collectionFormat: multi", "collectionFormat: ¦"),
        ("schemes: [https]", "schemes: [¦]"),
        ("consumes: [multipart/form-data]", "consumes: [¦]"),
        ("type: apiKey, in: header", "type: ¦, in: header"),
        ("type: apiKey, in: header", "type: apiKey, in: ¦"),
        ("flow: accessCode", "flow: ¦"),
        ("[read]", "[¦]"),
        ("$ref: '#/parameters/page'", "$ref: ¦"),
        ("{$ref: '#/responses/Pet'}", "{$ref: ¦}"),
        ("schema: {type: file}", "schema: {$ref: ¦}"),
        ("        '200':\n", "        ¦\n        '200':\n"),
        (
            "          schema: {type: file}\n",
            "          examples: {¦}\n",
        ),
        ("required: [name]\n", "discr¦\n"),
    ];
    let mut all = String::new();
    for (old, new) in cases {
        all += &labels(&mut editor, "pets.yaml", old, new);
    }
    editor.open_text("museum.yaml", MUSEUM);
    all += &labels(&mut editor, "museum.yaml", "in: path", "in: ¦");
    insta::assert_snapshot!(all);
    editor.end();
}

#[test]
fn larger_things_begin_with_a_snippet() {
    let mut editor = Editor::with(&[("museum.yaml", MUSEUM)]);
    editor.open("museum.yaml");
    let path = offered(
        &mut editor,
        "museum.yaml",
        "  /tickets:\n",
        "  ¦\n  /tickets:\n",
    );
    let operation = offered(
        &mut editor,
        "museum.yaml",
        "  /tickets:\n",
        "  /tickets:\n    p¦\n",
    );
    let response = offered(
        &mut editor,
        "museum.yaml",
        "        '201': {$ref",
        "        ¦\n        '201': {$ref",
    );
    let schema = offered(
        &mut editor,
        "museum.yaml",
        "    Visitor:\n",
        "    ¦\n    Visitor:\n",
    );
    insta::assert_snapshot!([path, operation, response, schema].join("\n"));
    editor.end();
}

#[test]
fn an_empty_last_line_has_the_keys_of_its_indentation() {
    let text = "swagger: '2.0'\ninfo:\n  title: Museum\n";
    let mut editor = Editor::with(&[("museum.yaml", text)]);
    editor.open("museum.yaml");
    let end = "  title: Museum\n";
    let top = labels(&mut editor, "museum.yaml", end, "  title: Museum\n¦");
    assert!(top.contains(" host ") && !top.contains("servers"), "{top}");
    let info = labels(&mut editor, "museum.yaml", end, "  title: Museum\n  ¦");
    assert!(
        info.contains("termsOfService") && !info.contains("summary"),
        "{info}"
    );
    editor.end();
}

#[test]
fn a_new_file_begins_with_the_version() {
    let mut editor = Editor::with(&[("museum.yaml", "\n"), ("list.yaml", "- pets\n")]);
    editor.open("museum.yaml");
    editor.open("list.yaml");
    for new in ["¦\n", "op¦\n"] {
        let first = labels(&mut editor, "museum.yaml", "\n", new);
        assert!(first.contains(" openapi "), "{first}");
    }
    let other = labels(&mut editor, "list.yaml", "- pets\n", "- pets\n¦\n");
    assert!(!other.contains("openapi"), "{other}");
    editor.end();
}

#[test]
fn a_file_that_never_was_valid_is_completed_in_its_version() {
    let text =
        "openapi: 3.0.3\ninfo: *none\ncomponents:\n  schemas:\n    Pet:\n      type: string\n";
    let mut editor = Editor::with(&[("pets.yaml", text)]);
    editor.open("pets.yaml");
    let keys = labels(
        &mut editor,
        "pets.yaml",
        "      type: string\n",
        "      ¦\n",
    );
    assert!(
        keys.contains("nullable") && !keys.contains("prefixItems"),
        "{keys}"
    );
    editor.end();
}

#[test]
fn parts_and_json_are_completed_as_well() {
    let part = "type: object\nproperties:\n  name: {type: string}\n";
    let text = MUSEUM.replace("'#/components/schemas/Visitor'", "visitor.yaml");
    let json = r#"{"openapi": "3.1.0", "info": {"title": "Museum", "version": "1"}, "paths": {}, "components": {"schemas": {"Day": {"type": "string"}}}}"#;
    let files = [
        ("museum.yaml", text.as_str()),
        ("visitor.yaml", part),
        ("day.json", json),
    ];
    let mut editor = Editor::with(&files);
    editor.open("visitor.yaml");
    let mut all = labels(
        &mut editor,
        "visitor.yaml",
        "{type: string}",
        "{type: string, form¦}",
    );
    all += &labels(&mut editor, "visitor.yaml", "{type: string}", "{$ref: ¦}");
    editor.open("day.json");
    all += &labels(
        &mut editor,
        "day.json",
        "{\"type\": \"string\"}",
        "{\"type\": ¦}",
    );
    all += &offered(
        &mut editor,
        "day.json",
        "\"paths\": {}",
        "\"paths\": {\"/a\": {\"¦\"}}",
    );
    insta::assert_snapshot!(all);
    editor.end();
}

#[test]
fn the_keys_and_values_of_the_configuration_are_completed() {
    let text =
        "crates:\n  - out: museum\n    description: museum.yaml\n    rules: {SW0405: warn}\n";
    let mut editor = Editor::with(&[("specwright.yaml", text), ("museum.yaml", MUSEUM)]);
    editor.open("specwright.yaml");
    let name = "specwright.yaml";
    let line = "    rules: {SW0405: warn}\n";
    let mut all = offered(&mut editor, name, line, "    ¦\n");
    all += &labels(&mut editor, name, line, "    operations: {¦}\n");
    all += &labels(
        &mut editor,
        name,
        line,
        "    operations:\n      include:\n        - ¦\n",
    );
    all += &labels(&mut editor, name, line, "    lenient: ¦\n");
    all += &labels(
        &mut editor,
        name,
        line,
        "    types:\n      \"format: date\": {¦}\n",
    );
    all += &offered(&mut editor, name, line, "    rules: {SW0405: ¦}\n");
    let codes = offered(&mut editor, name, line, "    rules: {¦}\n");
    all.extend(codes.lines().take(7).map(|line| format!("{line}\n")));
    all += &labels(&mut editor, name, "crates:\n", "¦\ncrates:\n");
    insta::assert_snapshot!(all);
    editor.end();
}

#[test]
fn references_to_a_file_without_components_are_completed() {
    let text = MUSEUM.replace("'#/components/schemas/Visitor'", "parts.yaml#/Visitor");
    let part = "Visitor: {type: object}\nChild: {type: object}\n";
    let mut editor = Editor::with(&[("museum.yaml", &text), ("parts.yaml", part)]);
    editor.open("museum.yaml");
    let old = "$ref: parts.yaml#/Visitor";
    let all = labels(&mut editor, "museum.yaml", old, "$ref: ¦");
    assert!(all.contains("parts.yaml#/Child"), "{all}");
    editor.end();
}
