//! Definitions, references and renaming.

use std::fmt::Write;

use lsp_types::request::{
    CodeLensRequest, GotoDefinition, PrepareRenameRequest, References, Rename, Request as _,
};
use lsp_types::{CodeLens, DocumentChanges, Location, OneOf, WorkspaceEdit};
use serde_json::{Value as Json, json};

use crate::client::{Editor, position, shown_range};
use crate::{MUSEUM, PETS};

/// A request at a text of a file.
fn at(editor: &Editor, name: &str, text: &str) -> Json {
    let at = editor.text(name).find(text).unwrap() + 1;
    json!({
        "textDocument": { "uri": editor.uri(name) },
        "position": position(editor.text(name), at),
    })
}

fn locations(found: Json) -> String {
    let found: Vec<Location> = serde_json::from_value(found).unwrap();
    let places = found.iter().map(|location| {
        let name = location.uri.as_str().rsplit('/').next().unwrap_or_default();
        format!("{name} {}, ", shown_range(location.range))
    });
    places.collect()
}

#[test]
fn definitions_and_references_are_found() {
    let text = MUSEUM.replace("'#/components/schemas/Visitor'", "visitor.yaml#/Visitor");
    let part = "Visitor:\n  type: object\n  properties:\n    friend: {$ref: '#/Visitor'}\n    ticket: {$ref: 'museum.yaml#/components/schemas/Ticket'}\n";
    // The generator reads the `security` of a path item as that of its operations.
    let text = text.replace("    get:\n", "    security: [{token: []}]\n    get:\n");
    let mut editor = Editor::with(&[("museum.yaml", &text), ("visitor.yaml", part)]);
    editor.open("museum.yaml");
    let mut all = String::new();
    for text in [
        "#/components/schemas/Ticket",
        "visitor.yaml#/Visitor",
        "[tickets]",
        "token: []",
        "responses/Bought",
        "Ticket:",
        "token: []}]\n    get",
    ] {
        let mut parameters = at(&editor, "museum.yaml", text);
        let definition = editor.ask_json(GotoDefinition::METHOD, parameters.clone());
        writeln!(all, "{text}\n    definition: {}", locations(definition)).unwrap();
        parameters["context"] = json!({ "includeDeclaration": false });
        let references = editor.ask_json(References::METHOD, parameters);
        writeln!(all, "    references: {}", locations(references)).unwrap();
    }
    insta::assert_snapshot!(all);
    editor.end();
}

#[test]
fn the_names_of_swagger_are_found_and_renamed() {
    let mut editor = Editor::with(&[("pets.yaml", PETS)]);
    editor.open("pets.yaml");
    let mut all = String::new();
    for text in [
        "#/parameters/page",
        "#/responses/Pet",
        "#/definitions/Pet",
        "key: []",
        "login: [",
    ] {
        let mut parameters = at(&editor, "pets.yaml", text);
        let definition = editor.ask_json(GotoDefinition::METHOD, parameters.clone());
        writeln!(all, "{text}\n    definition: {}", locations(definition)).unwrap();
        parameters["context"] = json!({ "includeDeclaration": false });
        let references = editor.ask_json(References::METHOD, parameters);
        writeln!(all, "    references: {}", locations(references)).unwrap();
        all += &renamed(&mut editor, "pets.yaml", text, "New");
    }
    insta::assert_snapshot!(all);
    editor.end();
}

/// The generator reads the `security` of a path item as that of its operations.
#[test]
fn a_scheme_is_renamed_in_the_security_of_a_path_item() {
    let text = MUSEUM.replace("    get:\n", "    security: [{token: []}]\n    get:\n");
    let mut editor = Editor::with(&[("museum.yaml", &text)]);
    editor.open("museum.yaml");
    let spots = ["token: []}]\n    get", "token: {type"];
    let all = spots.map(|text| renamed(&mut editor, "museum.yaml", text, "key"));
    insta::assert_snapshot!(all.concat());
    editor.end();
}

/// The text of each changed line after a rename, or the message of its refusal.
pub(crate) fn renamed(editor: &mut Editor, name: &str, text: &str, new: &str) -> String {
    let mut parameters = at(editor, name, text);
    let range = editor.ask_json(PrepareRenameRequest::METHOD, parameters.clone());
    parameters["newName"] = new.into();
    let edit = match editor.try_ask(Rename::METHOD, parameters) {
        Ok(edit) => edit,
        Err(message) => return format!("{text} → {new}: {message}\n"),
    };
    let edit: WorkspaceEdit = serde_json::from_value(edit).unwrap();
    let Some(DocumentChanges::Edits(edits)) = edit.document_changes else {
        panic!("no edits");
    };
    let mut shown = format!(
        "{text} → {new}, at {}:{}\n",
        range["start"]["line"], range["start"]["character"]
    );
    for document in edits {
        let uri = document.text_document.uri.as_str().to_owned();
        let name = uri.rsplit('/').next().unwrap_or_default();
        for edit in document.edits {
            let OneOf::Left(edit) = edit else { panic!() };
            let range = shown_range(edit.range);
            writeln!(shown, "    {name} {range} {:?}", edit.new_text).unwrap();
        }
    }
    shown
}

#[test]
fn a_component_is_renamed_with_all_its_references() {
    let text = MUSEUM.replace("format: date\n", "format: date\n        best:\n          $ref: '#/components/schemas/Visitor/properties/name'\n");
    let part = "{$ref: 'museum.yaml#/components/schemas/Visitor'}\n";
    let text = text.replace("{type: boolean}", "{$ref: guest.yaml}");
    let mut editor = Editor::with(&[("museum.yaml", &text), ("guest.yaml", part)]);
    editor.open("museum.yaml");
    let mut all = renamed(&mut editor, "museum.yaml", "Visitor:", "Guest");
    all += &renamed(&mut editor, "museum.yaml", "schemas/Visitor'", "Guest");
    all += &renamed(&mut editor, "museum.yaml", "[tickets]", "entry tickets");
    all += &renamed(&mut editor, "museum.yaml", "[tickets]", "yes");
    all += &renamed(&mut editor, "museum.yaml", "token: []", "key");
    all += &renamed(&mut editor, "museum.yaml", "Visitor:", "Ticket");
    all += &renamed(&mut editor, "museum.yaml", "Visitor:", "a b");
    all += &renamed(&mut editor, "museum.yaml", "info:", "Guest");
    insta::assert_snapshot!(all);
    editor.end();
}

#[test]
fn a_component_of_another_file_is_renamed_there_too() {
    let text = MUSEUM.replace(
        "{type: boolean}",
        "{$ref: 'shared.yaml#/components/schemas/Guest'}",
    );
    let text = text.replace("'#/components/responses/Bought'", "shared.yaml#/Bought");
    let part = "Bought: {description: Bought.}\ncomponents:\n  schemas:\n    Guest:\n      type: object\n      properties:\n        guests: {type: array, items: {$ref: '#/components/schemas/Guest'}}\n        name: {$ref: '#/components/schemas/Guest/properties/label'}\n        label: {type: string}\n    Unused: {$ref: '#/components/schemas/Guest'}\n";
    let mut editor = Editor::with(&[("museum.yaml", &text), ("shared.yaml", part)]);
    editor.open("museum.yaml");
    editor.open("shared.yaml");
    let mut all = renamed(&mut editor, "shared.yaml", "Guest:", "Visitor");
    all += &renamed(&mut editor, "museum.yaml", "schemas/Guest'", "Visitor");
    all += &renamed(&mut editor, "shared.yaml", "Bought:", "Sold");
    all += &renamed(&mut editor, "shared.yaml", "label: {", "title");
    let mut parameters = at(&editor, "shared.yaml", "Guest:");
    parameters["context"] = json!({ "includeDeclaration": true });
    all += &locations(editor.ask_json(References::METHOD, parameters));
    insta::assert_snapshot!(all);
    editor.end();
}

#[test]
fn a_component_is_renamed_in_all_descriptions_of_the_workspace() {
    let text = MUSEUM.replace(
        "{type: boolean}",
        "{$ref: 'shop/shop.yaml#/components/schemas/Gift'}",
    );
    let shop = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\nsecurity: [{token: []}]\npaths:\n  /gifts:\n    get:\n      responses:\n        '200':\n          description: Gifts.\n          content:\n            application/json:\n              schema: {$ref: '../museum.yaml#/components/schemas/Ticket'}\ncomponents:\n  schemas:\n    Gift: {type: string}\n  securitySchemes:\n    token: {type: http, scheme: basic}\n    other: {$ref: '../museum.yaml#/components/securitySchemes/token'}\n";
    let map = "openapi: 3.1.0\ninfo: {title: Map, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    Route: {$ref: 'shop/shop.yaml#/components/schemas/Gift'}\n";
    let files = [
        ("museum.yaml", &*text),
        ("shop/shop.yaml", shop),
        ("map.yaml", map),
    ];
    let mut editor = Editor::with(&files);
    editor.open("museum.yaml");
    let mut all = renamed(&mut editor, "museum.yaml", "Ticket:", "Entry");
    all += &renamed(&mut editor, "museum.yaml", "schemas/Gift'", "Present");
    all += &renamed(&mut editor, "museum.yaml", "token: {type", "key");
    let mut parameters = at(&editor, "museum.yaml", "Ticket:");
    parameters["context"] = json!({ "includeDeclaration": false });
    all += &locations(editor.ask_json(References::METHOD, parameters));
    editor.open("map.yaml");
    editor.open("shop/shop.yaml");
    all += "\n";
    all += &renamed(&mut editor, "shop/shop.yaml", "Gift:", "Present");
    all += &renamed(&mut editor, "shop/shop.yaml", "token: {type", "key");
    insta::assert_snapshot!(all);
    editor.end();
}

const CONFIGURATION: &str = "\
crates:
  - out: museum
    description: museum.yaml
    overlays: [first.yaml]
    operations:
      include: ['tag: tickets', tickets.get, {tag: tickets}, tickets.*]
    rename:
      '#/components/schemas/Ticket/properties/day': date
      shared.yaml#/Guest: Person
      '#/components/securitySchemes/token': pass
      tag tickets: entries
      operation tickets.get: fetch
    types:
      '#/components/schemas/Ticket': {rust: own::Ticket, crate: 'own = \"1\"'}
";

const OVERLAY: &str = "\
actions:
  - target: $.components.schemas.Ticket.properties
    update: {more: {$ref: '#/components/schemas/Ticket'}}
  - target: $.components.schemas['Ticket']
    update: {title: A ticket}
  - target: $..schemas.Ticket
    update: {title: A ticket}
  - target: $.components.securitySchemes.token
    update: {description: A token.}
  - target: $.tags[?@.name == 'tickets']
    update: {description: What visitors buy.}
";

/// The configuration and overlays name parts of descriptions too. What may be meant by another query or pattern is not
/// changed, but a warning says so.
#[test]
fn names_in_the_configuration_and_in_overlays_are_renamed_too() {
    let text = MUSEUM.replace("{type: boolean}", "{$ref: 'shared.yaml#/Guest'}");
    let head = "overlay: 1.0.0\ninfo: {title: Changes, version: '1'}\n";
    let first = [head, OVERLAY].concat();
    let second = [head, "extends: ../museum.yaml\n", OVERLAY].concat();
    let mut editor = Editor::with(&[
        ("museum.yaml", &text),
        ("shared.yaml", "Guest: {type: boolean}\n"),
        ("specwright.yaml", CONFIGURATION),
        ("first.yaml", &first),
        ("more/second.yaml", &second),
        ("others/third.yaml", &first),
    ]);
    editor.open("museum.yaml");
    let mut all = String::new();
    let folder = editor.uri("").path().to_string();
    for (text, new) in [
        ("Ticket:", "entry-ticket"),
        ("token: {type", "key"),
        ("shared.yaml#/Guest", "Visitor"),
        ("[tickets]", "entry tickets"),
        ("tickets.get", "getTicket"),
    ] {
        all += &renamed(&mut editor, "museum.yaml", text, new);
        for message in editor.messages.drain(..) {
            writeln!(all, "    {}", message.replace(&folder, "")).unwrap();
        }
    }
    insta::assert_snapshot!(all);
    editor.end();
}

/// Without the warning, a reference in a folder that was not searched would be left as it is.
#[test]
fn a_rename_says_that_not_all_folders_were_searched() {
    let folders: Vec<String> = (0..2000).map(|number| format!("{number}/a.txt")).collect();
    let files = folders.iter().map(|name| (&**name, ""));
    let files: Vec<(&str, &str)> = files.chain([("museum.yaml", MUSEUM)]).collect();
    let mut editor = Editor::with(&files);
    editor.open("museum.yaml");
    let shown = renamed(&mut editor, "museum.yaml", "Visitor:", "Guest");
    assert!(shown.contains("museum.yaml"), "{shown}");
    let message = "the workspace has more than 2000 folders, and descriptions in the others were not searched";
    assert_eq!(editor.messages, [message]);
    editor.end();
}

#[test]
fn a_name_with_a_period_is_renamed_in_a_mapping_too() {
    let text = MUSEUM.replace(
        "    Ticket:\n",
        "    Any:\n      oneOf: [{$ref: '#/components/schemas/People.Guest'}]\n      discriminator: {propertyName: age, mapping: {old: People.Guest}}\n    People.Guest: {$ref: '#/components/schemas/Visitor'}\n    Ticket:\n",
    );
    let mut editor = Editor::with(&[("museum.yaml", &text)]);
    editor.open("museum.yaml");
    let edits = renamed(&mut editor, "museum.yaml", "People.Guest: {", "Guest");
    insta::assert_snapshot!(edits);
    editor.end();
}

#[test]
fn what_is_sent_is_not_renamed() {
    let text = MUSEUM.replace(
        "format: date\n",
        "format: date\n        best:\n          $ref: '#/components/schemas/Visitor/properties/name'\n        x: {$ref: '#/components/schemas/x'}\n",
    );
    let text = text.replace("    Visitor:\n", "    x: {type: string}\n    Visitor:\n");
    let mut editor = Editor::with(&[("museum.yaml", &text)]);
    editor.open("museum.yaml");
    let mut all = renamed(
        &mut editor,
        "museum.yaml",
        "Visitor/properties/name'",
        "label",
    );
    all += &renamed(&mut editor, "museum.yaml", "Visitor:", "Guest");
    all += &renamed(&mut editor, "museum.yaml", "tickets.get", "tickets.buy");
    insta::assert_snapshot!(all);
    editor.end();
}

#[test]
fn a_name_that_is_a_value_is_not_renamed() {
    let text = MUSEUM.replace(
        "    Ticket:\n",
        "    Any:\n      oneOf: [{$ref: '#/components/schemas/Visitor'}]\n      discriminator: {propertyName: age}\n    Ticket:\n",
    );
    let mut editor = Editor::with(&[("museum.yaml", &text)]);
    editor.open("museum.yaml");
    insta::assert_snapshot!(renamed(&mut editor, "museum.yaml", "Visitor:", "Guest"));
    editor.end();
}

/// The name of a schema is a value of the discriminator of each schema that it is composed of.
#[test]
fn a_name_that_is_a_value_of_a_parent_is_not_renamed() {
    let text = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet:
      type: object
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {dog: Dog, owl: '#/components/schemas/Owl'}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object}]}
    Kitten: {allOf: [{$ref: '#/components/schemas/Cat'}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}
    Owl: {allOf: [{$ref: '#/components/schemas/Pet'}]}
";
    let mut editor = Editor::with(&[("pets.yaml", text)]);
    editor.open("pets.yaml");
    let mut all = String::new();
    for name in ["Cat:", "Kitten:", "Dog:", "Owl:"] {
        all += &renamed(&mut editor, "pets.yaml", name, "Animal");
    }
    insta::assert_snapshot!(all);
    editor.end();
}

/// A base whose property lists its own name is an alternative of itself.
#[test]
fn a_base_whose_name_is_its_own_value_is_not_renamed() {
    let text = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Kind: {type: string, enum: [Animal, Plant, Cat]}
    Animal:
      properties: {kind: {$ref: '#/components/schemas/Kind'}}
      discriminator: {propertyName: kind}
    Cat: {allOf: [{$ref: '#/components/schemas/Animal'}]}
    Plant:
      properties: {kind: {$ref: '#/components/schemas/Kind'}}
      discriminator: {propertyName: kind, mapping: {Plant: '#/components/schemas/Plant'}}
    Tree: {allOf: [{$ref: '#/components/schemas/Plant'}]}
    Thing:
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind}
    Stone: {allOf: [{$ref: '#/components/schemas/Thing'}]}
    Alone:
      properties: {kind: {const: Alone}}
      discriminator: {propertyName: kind}
    Either:
      properties: {kind: {const: Either}}
      discriminator: {propertyName: kind}
      oneOf: [{$ref: '#/components/schemas/Stone'}]
    More: {allOf: [{$ref: '#/components/schemas/Either'}]}
";
    let swagger = "\
swagger: '2.0'
info: {title: Pets, version: '1'}
paths: {}
definitions:
  Pet: {discriminator: kind, properties: {kind: {type: string, enum: [Pet, Cat]}}}
  Cat: {allOf: [{$ref: '#/definitions/Pet'}]}
";
    let mut editor = Editor::with(&[("things.yaml", text), ("pets.yaml", swagger)]);
    editor.open("things.yaml");
    let names = ["Animal:", "Plant:", "Thing:", "Alone:", "Either:"];
    let mut all = names
        .map(|name| renamed(&mut editor, "things.yaml", name, "New"))
        .concat();
    editor.open("pets.yaml");
    all += &renamed(&mut editor, "pets.yaml", "Pet:", "New");
    insta::assert_snapshot!(all);
    editor.end();
}

#[test]
fn each_schema_says_who_uses_it() {
    let text = MUSEUM.replace(
        "    Visitor:\n",
        "    Spare:\n      type: string\n    Visitor:\n",
    );
    let mut editor = Editor::with(&[("museum.yaml", &text)]);
    editor.open("museum.yaml");
    let document = json!({ "textDocument": { "uri": editor.uri("museum.yaml") } });
    let lenses = editor.ask_json(CodeLensRequest::METHOD, document);
    let lenses: Vec<CodeLens> = serde_json::from_value(lenses).unwrap();
    let lines = lenses.iter().map(|lens| {
        let title = &lens.command.as_ref().unwrap().title;
        format!("{} {title}\n", shown_range(lens.range))
    });
    insta::assert_snapshot!(lines.collect::<String>());
    editor.end();
}

#[test]
fn the_keys_of_a_file_without_components_are_names_too() {
    let text = MUSEUM.replace("'#/components/schemas/Visitor'", "parts.yaml#/Visitor");
    let part = "Visitor:\n  type: object\n  properties:\n    friend: {$ref: '#/Visitor'}\nChild: {type: object}\n";
    let mut editor = Editor::with(&[("museum.yaml", &text), ("parts.yaml", part)]);
    editor.open("museum.yaml");
    editor.open("parts.yaml");
    let mut parameters = at(&editor, "parts.yaml", "Visitor:");
    parameters["context"] = json!({ "includeDeclaration": true });
    let references = locations(editor.ask_json(References::METHOD, parameters));
    insta::assert_snapshot!(references + &renamed(&mut editor, "parts.yaml", "Visitor:", "Guest"));
    editor.end();
}
