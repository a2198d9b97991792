//! Quick fixes.

use std::fmt::Write;

use lsp_types::request::{CodeActionRequest, Request as _};
use lsp_types::{CodeActionOrCommand, CodeActionResponse, DocumentChanges, OneOf};
use serde_json::json;

use crate::MUSEUM;
use crate::client::{Editor, position, shown_range};

/// The actions at a text of a file, with their edits.
fn actions(editor: &mut Editor, name: &str, at: &str, only: &[&str]) -> String {
    let text = editor.text(name);
    let at = text.find(at).unwrap();
    let position = position(text, at);
    let context = if only.is_empty() {
        json!({ "diagnostics": [] })
    } else {
        json!({ "diagnostics": [], "only": only })
    };
    let parameters = json!({
        "textDocument": { "uri": editor.uri(name) },
        "range": { "start": position, "end": position },
        "context": context,
    });
    let found = editor.ask_json(CodeActionRequest::METHOD, parameters);
    let found: CodeActionResponse = serde_json::from_value(found).unwrap();
    let lines = found.into_iter().map(|one| {
        let CodeActionOrCommand::CodeAction(action) = one else {
            panic!("a command");
        };
        let mark = action.is_preferred.map_or("", |_| " (preferred)");
        let mut line = format!("{}{mark}\n", action.title);
        let Some(DocumentChanges::Edits(edits)) = action.edit.unwrap().document_changes else {
            panic!("no edits");
        };
        for edit in edits {
            for one in edit.edits {
                let OneOf::Left(one) = one else { panic!() };
                let range = shown_range(one.range);
                writeln!(line, "    {range} {:?}", one.new_text).unwrap();
            }
        }
        line
    });
    lines.collect()
}

#[test]
fn a_help_of_the_terminal_is_a_quick_fix() {
    let text = MUSEUM.replace("schemas/Visitor'", "schemas/Visiter'");
    let text = text.replace("required: [day]", "requierd: [day]");
    let mut editor = Editor::with(&[("museum.yaml", &text)]);
    editor.open("museum.yaml");
    let fixes = actions(&mut editor, "museum.yaml", "schemas/Visiter", &[]);
    insta::assert_snapshot!(fixes);
    let fixes = actions(&mut editor, "museum.yaml", "requierd", &["quickfix"]);
    insta::assert_snapshot!(fixes);
    let none = actions(&mut editor, "museum.yaml", "openapi", &[]);
    assert_eq!(none, "");
    editor.end();
}

#[test]
fn all_certain_corrections_are_one_action() {
    let text = MUSEUM.replace("schemas/Visitor'", "schemas/Visiter'");
    let text = text.replace("required: [day]", "requierd: [day]");
    let text = text.replace("summary: Buys", "sumary: Buys");
    let mut editor = Editor::with(&[("museum.yaml", &text)]);
    editor.open("museum.yaml");
    let all = actions(&mut editor, "museum.yaml", "openapi", &["source.fixAll"]);
    insta::assert_snapshot!(all);
    editor.end();
}

#[test]
fn a_name_in_rust_can_be_kept_before_a_schema_is_renamed() {
    let text = "\
openapi: 3.1.0
info: {title: Zoo, version: '1'}
paths: {}
components:
  schemas:
    pet-kind: # The kind.
      type: string
      enum: [dog]
    Cage: {type: object, properties: {kind: {$ref: '#/components/schemas/pet-kind'}}}
    Named: {x-rust-name: Other, type: object, properties: {kind: {type: string}}}
";
    let mut editor = Editor::with(&[("zoo.yaml", text)]);
    editor.open("zoo.yaml");
    let kept = actions(&mut editor, "zoo.yaml", "pet-kind: #", &[]);
    let flow = actions(&mut editor, "zoo.yaml", "Cage", &["refactor"]);
    insta::assert_snapshot!(kept + &flow);
    assert_eq!(actions(&mut editor, "zoo.yaml", "Named", &[]), "");
    editor.end();
}
