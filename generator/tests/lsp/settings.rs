//! Renaming of what `specwright.yaml` and overlays name.

use std::fmt::Write;

use crate::client::Editor;
use crate::navigation::renamed;

const SHARED: &str = "\
openapi: 3.1.0
info: {title: Shared, version: '1'}
paths:
  /pets:
    get:
      tags: [pets]
      operationId: listPets
      security: [{token: []}]
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        default: {description: error, content: {application/json: {schema: {$ref: 'common.yaml#/components/schemas/Error'}}}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
  schemas:
    Pet: {type: object}
";

const SHARED_CONFIGURATION: &str = "\
crates:
  - out: both
    description: [first.yaml, second.yaml]
    overlays: [overlay.yaml]
    operations: {include: ['tag: pets', listPets]}
    rename:
      '#/components/schemas/Pet': Beast
      'first.yaml#/components/schemas/Pet/title': Own
      tag pets: zoo
      operation listPets: all
    types:
      '#/components/schemas/Pet': {rust: own::Pet, crate: 'own = \"1\"'}
";

const VALUES: &str = "\
actions:
  - target: $
    update: {components: {schemas: {Pet: {description: x}}}}
  - target: $.components.schemas
    update: {Pet: {title: x}}
  - target: $..schemas
    update: {Pet: {title: x}}
  - target: $.paths['/pets'].get
    update: {tags: [pets], security: [{token: []}]}
  - target: $.security
    update: {token: []}
  - target: $.components.schemas.Owner
    update: {discriminator: {propertyName: kind, mapping: {pet: '#/components/schemas/Pet', p: Pet}}}
  - target: $.paths['/more'].get
    update: {operationId: listPets, responses: {'200': {$ref: 'common.yaml#/components/schemas/Error'}}}
  - target: $.tags
    update: {name: pets}
  - target: $.info
    update: {example: {tags: [pets]}, title: Pet}
";

/// Renames a component, a scheme, an operation, a tag and a component of another file.
fn renamed_in_first(editor: &mut Editor) -> String {
    editor.open("first.yaml");
    let mut all = String::new();
    let folder = editor.uri("").path().to_string();
    for (text, new) in [
        ("Pet: {type", "Animal"),
        ("token: {type", "key"),
        ("listPets", "getPets"),
        ("[pets]", "animals"),
        ("common.yaml#/components/schemas/Error", "Problem"),
    ] {
        all += &renamed(editor, "first.yaml", text, new);
        for message in editor.messages.drain(..) {
            writeln!(all, "    {}", message.replace(&folder, "")).unwrap();
        }
    }
    all
}

/// Settings and overlays of several descriptions keep their meaning for the others.
#[test]
fn what_another_description_has_too_is_not_renamed_in_settings() {
    let head = "overlay: 1.0.0\ninfo: {title: Changes, version: '1'}\n";
    let mut editor = Editor::with(&[
        ("first.yaml", SHARED),
        ("second.yaml", SHARED),
        (
            "common.yaml",
            "components: {schemas: {Error: {type: object}}}\n",
        ),
        ("specwright.yaml", SHARED_CONFIGURATION),
        ("overlay.yaml", &[head, VALUES].concat()),
    ]);
    insta::assert_snapshot!(renamed_in_first(&mut editor));
    editor.end();
}

#[test]
fn what_an_overlay_adds_to_another_description_is_not_renamed_in_settings() {
    let settings = "\
crates:
  - out: both
    description: [first.yaml, second.yaml]
    overlays: [overlay.yaml]
    rename: {'#/components/schemas/Pet': Beast}
";
    let overlay = "\
overlay: 1.0.0
info: {title: Changes, version: '1'}
extends: second.yaml
actions:
  - {target: $, update: {components: {schemas: {Pet: {type: string}}}}}
";
    let second = "openapi: 3.1.0\ninfo: {title: Second, version: '1'}\npaths: {}\n";
    let common = "components: {schemas: {Error: {type: object}}}\n";
    let mut editor = Editor::with(&[
        ("first.yaml", SHARED),
        ("second.yaml", second),
        ("common.yaml", common),
        ("specwright.yaml", settings),
        ("overlay.yaml", overlay),
    ]);
    editor.open("first.yaml");
    let mut all = renamed(&mut editor, "first.yaml", "Pet: {type", "Animal");
    let folder = editor.uri("").path().to_string();
    for message in editor.messages.drain(..) {
        writeln!(all, "    {}", message.replace(&folder, "")).unwrap();
    }
    insta::assert_snapshot!(all);
    editor.end();
}

/// The tag is only named by operations, so that the setting would name it in the description.
#[test]
fn names_in_the_values_of_overlays_are_renamed() {
    let head = "overlay: 1.0.0\ninfo: {title: Changes, version: '1'}\nextends: first.yaml\n";
    let mut editor = Editor::with(&[
        ("first.yaml", SHARED),
        (
            "common.yaml",
            "components: {schemas: {Error: {type: object}}}\n",
        ),
        (
            "specwright.yaml",
            &SHARED_CONFIGURATION.replace(", second.yaml", ""),
        ),
        ("overlay.yaml", &[head, VALUES].concat()),
    ]);
    insta::assert_snapshot!(renamed_in_first(&mut editor));
    editor.end();
}

/// The server uses the settings above the workspace, so that a renaming changes them too.
#[test]
fn settings_above_the_workspace_are_renamed_too() {
    let settings = "\
crates:
  - out: out
    description: spec/first.yaml
    overlays: [overlay.yaml]
    rename: {tag pets: zoo, '#/components/schemas/Pet': Beast}
";
    let head = "overlay: 1.0.0\ninfo: {title: Changes, version: '1'}\n";
    let overlay = "actions:\n  - target: $.components.schemas.Pet\n    update: {title: x}\n";
    let files = [
        ("spec/first.yaml", SHARED),
        ("specwright.yaml", settings),
        ("overlay.yaml", &[head, overlay].concat()),
    ];
    let mut editor = Editor::in_folder("spec", &files);
    editor.open("spec/first.yaml");
    let renames = [("Pet: {type", "Animal"), ("[pets]", "animals")];
    let all = renames.map(|(text, new)| renamed(&mut editor, "spec/first.yaml", text, new));
    insta::assert_snapshot!(all.concat());
    editor.end();
}

/// A path with `./` is that of the open file, so that the settings of its crate apply.
#[test]
fn settings_apply_to_a_description_however_its_path_is_written() {
    let settings = "crates: [{out: out, description: ./first.yaml, overlays: [overlay.yaml]}]\n";
    let head = "overlay: 1.0.0\ninfo: {title: Changes, version: '1'}\nextends: first.yaml\n";
    let overlay = "actions:\n  - target: $.components.schemas\n    update: {Pet: {$ref: '#/components/schemas/Nothing'}}\n";
    let common = "components: {schemas: {Error: {type: object}}}\n";
    let mut editor = Editor::with(&[
        ("first.yaml", SHARED),
        ("common.yaml", common),
        ("specwright.yaml", settings),
        ("overlay.yaml", &[head, overlay].concat()),
    ]);
    editor.open("first.yaml");
    let shown = editor.diagnostics("first.yaml");
    assert!(shown.contains("overlay.yaml"), "{shown}");
    editor.end();
}
