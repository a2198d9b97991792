//! Published diagnostics and their locations.

use crate::client::Editor;

const ZOO: &str = "\
openapi: 3.1.0
info: {title: Zoo, version: '1'}
paths:
  /animals:
    get:
      operationId: animals.list
      responses:
        '200':
          description: Every animal 🦊.
          content:
            application/json: {schema: {$ref: animal.yaml}}
";

#[test]
fn mistakes_are_published_as_they_are_typed() {
    let mut editor = Editor::with(&[("zoo.yaml", ZOO), ("animal.yaml", "type: string\n")]);
    editor.open("zoo.yaml");
    insta::assert_snapshot!(editor.diagnostics("zoo.yaml"));
    editor.replace("zoo.yaml", "operationId", "operatonId");
    insta::assert_snapshot!(editor.diagnostics("zoo.yaml"));
    editor.replace("zoo.yaml", "operatonId: animals.list", "operationId: [");
    insta::assert_snapshot!(editor.diagnostics("zoo.yaml"));
    editor.replace("zoo.yaml", "operationId: [", "operationId: animals.list");
    insta::assert_snapshot!(editor.diagnostics("zoo.yaml"));
    editor.end();
}

#[test]
fn a_part_is_checked_through_the_description_that_refers_to_it() {
    let mut editor = Editor::with(&[("zoo.yaml", ZOO), ("animal.yaml", "type: strin\n")]);
    editor.open("animal.yaml");
    insta::assert_snapshot!(editor.diagnostics("animal.yaml"));
    editor.open("zoo.yaml");
    editor.replace("animal.yaml", "strin", "string");
    editor.diagnostics("zoo.yaml");
    insta::assert_snapshot!(editor.diagnostics("animal.yaml"));
    editor.end();
}

#[test]
fn columns_are_utf_16_and_lines_may_end_with_both_characters() {
    let text = ZOO.replace("🦊.\n", "🦊.\n          desription: x\n");
    let text = text.replace("{$ref: animal.yaml}", "{title: 🦊🦊, typ: string}");
    let mut editor = Editor::with(&[("zoo.yaml", "")]);
    editor.open_text("zoo.yaml", &text.replace('\n', "\r\n"));
    insta::assert_snapshot!(editor.diagnostics("zoo.yaml"));
    editor.end();
}

#[test]
fn a_file_that_vanishes_is_reported_where_it_is_referred_to() {
    let mut editor = Editor::with(&[("zoo.yaml", ZOO), ("animal.yaml", "type: strin\n")]);
    editor.open("zoo.yaml");
    editor.diagnostics("zoo.yaml");
    editor.delete("animal.yaml");
    editor.replace("zoo.yaml", "Every", "All");
    insta::assert_snapshot!(editor.diagnostics("zoo.yaml"));
    editor.close("zoo.yaml");
    insta::assert_snapshot!(editor.diagnostics("zoo.yaml"));
    editor.end();
}

#[test]
fn other_files_are_read_again_when_one_is_saved() {
    let mut editor = Editor::with(&[("zoo.yaml", ZOO), ("animal.yaml", "type: strin\n")]);
    editor.open("zoo.yaml");
    assert!(editor.diagnostics("zoo.yaml").contains("strin"));
    editor.write("animal.yaml", "type: string\n");
    editor.save("zoo.yaml");
    assert!(!editor.diagnostics("zoo.yaml").contains("strin"));
    editor.end();
}

#[test]
fn a_changed_file_is_read_again_by_its_descriptions() {
    let configuration = "rules: {SW0754: deny}\n";
    let files = [
        ("specwright.yaml", configuration),
        ("zoo.yaml", ZOO),
        ("animal.yaml", "type: strin\n"),
    ];
    let mut editor = Editor::with(&files);
    editor.open("zoo.yaml");
    assert!(editor.diagnostics("zoo.yaml").contains("strin"));
    editor.rewrite("animal.yaml", "type: string\n");
    let before = editor.diagnostics("zoo.yaml");
    assert!(!before.contains("strin"), "{before}");
    assert!(before.contains("error SW0754"), "{before}");
    editor.rewrite("specwright.yaml", "rules: {SW0754: warn}\n");
    assert!(!editor.diagnostics("zoo.yaml").contains("error SW0754"));
    editor.end();
}

#[test]
fn the_configuration_decides_and_is_checked_itself() {
    let configuration = "\
crates:
  - {description: zoo.yaml, out: zoo, rules: {SW0754: deny}}
";
    let files = [
        ("specwright.yaml", configuration),
        ("zoo.yaml", ZOO),
        ("animal.yaml", "type: string\n"),
    ];
    let mut editor = Editor::with(&files);
    editor.open("zoo.yaml");
    insta::assert_snapshot!(editor.diagnostics("zoo.yaml"));
    editor.open("specwright.yaml");
    editor.replace("specwright.yaml", "SW0754", "SW0999");
    insta::assert_snapshot!(editor.diagnostics("specwright.yaml"));
    editor.end();
}

/// The open text counts, however the configuration writes its path.
#[test]
fn the_open_files_of_a_configuration_are_checked() {
    let settings = "crates: [{out: out, description: ./zoo.yaml, overlays: [../overlay.yaml]}]\n";
    let head = "overlay: 1.0.0\ninfo: {title: Changes, version: '1'}\n";
    let overlay = "actions: [{target: $.info, update: {title: Park}}]\n";
    let files = [
        ("api/zoo.yaml", ZOO),
        ("api/animal.yaml", "type: string\n"),
        ("api/specwright.yaml", settings),
        ("overlay.yaml", &[head, overlay].concat()),
    ];
    let mut editor = Editor::with(&files);
    editor.open("api/specwright.yaml");
    editor.open("api/zoo.yaml");
    editor.open("overlay.yaml");
    editor.replace("api/zoo.yaml", "operationId", "operatonId");
    editor.replace("overlay.yaml", "$.info,", "$.inf,");
    editor.diagnostics("api/specwright.yaml");
    insta::assert_snapshot!(editor.shown());
    editor.end();
}

#[test]
fn an_overlay_is_checked_with_the_description_that_it_extends() {
    let overlay = "\
overlay: 1.1.0
info: {title: Names, version: '1'}
extends: zoo.yaml
actions:
  - target: $.paths['/animals'].get
    update: {operatonId: animals}
  - target: $.paths['/plants'].get
    remove: true
";
    let files = [
        ("zoo.yaml", ZOO),
        ("names.yaml", overlay),
        ("animal.yaml", "type: string\n"),
    ];
    let mut editor = Editor::with(&files);
    editor.open("names.yaml");
    insta::assert_snapshot!(editor.diagnostics("names.yaml"));
    editor.replace("names.yaml", "extends: zoo.yaml", "extends: zo.yaml");
    insta::assert_snapshot!(editor.diagnostics("names.yaml"));
    editor.end();
}

#[test]
fn two_workspaces_are_separate_and_other_files_ignored() {
    let mut first = Editor::with(&[
        ("zoo.yaml", ZOO),
        ("animal.yaml", "type: strin\n"),
        ("compose.yaml", "services: {web: {image: x}}\n"),
    ]);
    let mut second = Editor::with(&[("zoo.yaml", ZOO), ("animal.yaml", "type: string\n")]);
    first.open("zoo.yaml");
    second.open("zoo.yaml");
    first.open("compose.yaml");
    first.open("animal.yaml");
    insta::assert_snapshot!(first.diagnostics("animal.yaml"));
    insta::assert_snapshot!(second.diagnostics("zoo.yaml"));
    first.end();
    second.end();
}

#[test]
fn a_file_that_was_empty_is_checked_again() {
    for name in ["zoo.yaml", "animal.yaml"] {
        let mut editor = Editor::with(&[("zoo.yaml", ZOO), ("animal.yaml", "type: string\n")]);
        editor.open("zoo.yaml");
        editor.open("animal.yaml");
        let has_mistakes = |editor: &mut Editor| {
            editor.diagnostics("zoo.yaml");
            editor.published.values().any(|(_, all)| !all.is_empty())
        };
        assert!(!has_mistakes(&mut editor), "{name}");
        let text = editor.text(name).to_owned();
        editor.replace_range(name, 0..text.len(), "");
        assert!(has_mistakes(&mut editor), "{name}");
        editor.replace_range(name, 0..0, &text);
        assert!(!has_mistakes(&mut editor), "{name}");
        editor.end();
    }
}
