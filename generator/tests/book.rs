//! The configurations, overlays and settings in the book do what the book says. Its Rust is built in `xtask`, and the
//! commands of its first chapters run in the lab.

#[path = "support/blocks.rs"]
mod pages;
#[path = "support/command.rs"]
mod support;

use std::fs;
use std::path::Path;

use pages::blocks;
use support::{Dir, SPEC};

/// A description with these operations (`METHOD path id tag`) and schemas.
fn description(operations: &[&str], schemas: &str) -> String {
    let schema = schemas.split(':').next().unwrap();
    let operation = |operation: &&str| {
        let [method, path, id, tag] = operation.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{operation}");
        };
        format!(
            "  {path}:\n    {method}:\n      operationId: {id}\n      tags: [{tag}]\n      \
             responses: {{'200': {{description: Done., content: {{application/json: {{schema: \
             {{$ref: '#/components/schemas/{schema}'}}}}}}}}}}\n"
        )
    };
    let operations: String = operations.iter().map(operation).collect();
    let schemas = schemas.replace('\n', "\n    ");
    "openapi: 3.1.0\ninfo: {title: Book, version: '1'}\nservers: [{url: 'https://api.example'}]\npaths:\n".to_owned()
        + &operations
        + "components:\n  schemas:\n    "
        + &schemas
        + "\n"
}

#[test]
fn the_configuration_selects_and_renames() {
    let dir = Dir::new("book-configuration");
    let [whole, types] = blocks(include_str!("../book/src/configuration.md"), "yaml")[..] else {
        panic!("two blocks");
    };
    let operations = [
        "get /repos repos/get repos",
        "get /hooks repos/create-webhook repos",
        "get /user users/me users",
        "get /issues issues/list issues",
        "get /zen meta/zen meta",
    ];
    let api = description(
        &operations,
        "simple-user: {type: object, properties: {id: {type: integer}}}",
    );
    let api = api.replacen(
        "operationId: issues/list",
        "deprecated: true\n      operationId: issues/list",
        1,
    );
    let api: serde_json::Value = serde_yaml::from_str(&api).unwrap();
    dir.put("vendor/github.json", api.to_string());
    dir.put("vendor/github.overlay.yaml", "overlay: 1.0.0\ninfo: {title: None, version: '1'}\nactions: [{target: $.info, update: {title: GitHub}}]\n");
    dir.put("specwright.yaml", whole);
    let run = dir.run(&["generate"]);
    assert!(run.is_well(), "{}", run.err);
    assert!(
        !run.err.contains("error") && !run.err.contains("warning["),
        "{}",
        run.err
    );
    assert!(
        dir.read("clients/github/Cargo.toml")
            .contains("name = \"github-client\"")
    );
    let items = ["resources/repos.rs", "resources/users.rs", "types/user.rs"];
    let has = |path: &str| dir.has(&format!("clients/github/src/github/{path}"));
    assert!(items.into_iter().all(has), "{}", run.err);
    assert!(!has("resources/issues.rs") && !has("resources/meta.rs"));
    let repos = dir.read("clients/github/src/github/resources/repos.rs");
    assert!(
        repos.contains("pub fn fetch(") && !repos.contains("webhook"),
        "{repos}"
    );
    own_types(&dir, types);
}

#[test]
fn types_of_the_user_stand_for_formats_and_schemas() {
    let dir = Dir::new("book-types");
    own_types(
        &dir,
        blocks(include_str!("../book/src/own-types.md"), "yaml")[0],
    );
}

/// Generates with a block that sets `types` and `derive`.
fn own_types(dir: &Dir, block: &str) {
    let schemas = "Offer: {type: object, properties: {amount: {type: number, format: decimal}, price: {$ref: '#/components/schemas/Money'}}}\n\
                   Money: {type: object, properties: {cents: {type: integer}}}";
    dir.put(
        "vendor/shop.yaml",
        description(&["get /offers offers/get offers"], schemas),
    );
    dir.put("specwright.yaml", block);
    let run = dir.run(&["generate"]);
    assert!(run.is_well(), "{}", run.err);
    let offer = dir.read("clients/shop/src/shop/types/offer.rs");
    for field in [
        "amount: Option<::rust_decimal::Decimal>",
        "price: Option<Serde<::money::Price>>",
        ", Eq",
    ] {
        assert!(offer.contains(field), "{field}: {offer}");
    }
    let manifest = dir.read("clients/shop/Cargo.toml");
    for line in [
        "rust_decimal = \"1\"\n",
        "money = { path = \"../money\" }\n",
    ] {
        assert!(manifest.contains(line), "{line}: {manifest}");
    }
}

#[test]
fn an_overlay_corrects_a_description() {
    let dir = Dir::new("book-overlay");
    let chapter = include_str!("../book/src/overlays.md");
    let api = description(
        &["post /tickets sellTicket tickets"],
        "Ticket: {type: object}\nPass: {type: object, properties: {id: {type: string}}}",
    );
    let parameter =
        "parameters: [{name: trace, in: query, schema: {type: string}}]\n      operationId";
    dir.put("museum.yaml", api.replacen("operationId", parameter, 1));
    dir.put("museum.overlay.yaml", blocks(chapter, "yaml")[0]);
    for line in blocks(chapter, "sh")[0].lines() {
        let words: Vec<&str> = line.split(' ').collect();
        assert_eq!(words[0], "specwright");
        let run = dir.run(&words[1..]);
        assert!(run.is_well() && !run.err.contains("warning"), "{}", run.err);
    }
    let tickets = dir.read("museum-client/src/museum/resources/tickets.rs");
    assert!(tickets.contains("pub fn buy("), "{tickets}");
    let ticket = dir.read("museum-client/src/museum/types/ticket.rs");
    assert!(ticket.contains("pub id: Option<String>"), "{ticket}");
}

const REVIEW: &str = include_str!("../book/src/review.md");

#[test]
fn a_comment_accepts_a_change() {
    let dir = Dir::new("book-accept");
    let block = blocks(REVIEW, "yaml")[0].replace('\n', "\n                  ");
    let with = |property: &str| {
        SPEC.replace(
            "{type: array, items: {type: string}}",
            &format!("\n                type: object\n                properties:\n                  {property}"),
        )
    };
    dir.put("old.yaml", with("note: {type: string}"));
    dir.put("new.yaml", with(&block));
    let flags = ["--fail-on", "review", "old.yaml", "new.yaml"];
    let run = dir.run(&[&["diff"], &flags[..]].concat());
    assert!(
        run.is_well() && run.out.contains("1 change accepted"),
        "{}{}",
        run.out,
        run.err
    );
    let reason = " the servers send null since March";
    let (comment, property) = block.split_once(reason).unwrap();
    assert!(comment.ends_with("allow(SWD407)"), "{comment}");
    dir.put("new.yaml", with(property.trim_start()));
    assert_eq!(dir.run(&[&["diff"], &flags[..]].concat()).code, Some(1));
}

#[test]
fn the_action_and_the_hooks_have_these_inputs_and_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let action: serde_yaml::Value = serde_yaml::from_str(
        &fs::read_to_string(root.join("generator/action/action.yml")).unwrap(),
    )
    .unwrap();
    let inputs = action["inputs"].as_mapping().unwrap();
    let rows = REVIEW
        .split("| input | what it sets |\n|---|---|\n")
        .nth(1)
        .unwrap();
    let rows = rows.lines().take_while(|line| line.starts_with("| `"));
    let rows: Vec<&str> = rows.map(|row| row.split('`').nth(1).unwrap()).collect();
    let names: Vec<&str> = inputs.keys().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(rows, names);
    let workflow: serde_yaml::Value = serde_yaml::from_str(blocks(REVIEW, "yaml")[2]).unwrap();
    let step = &workflow["jobs"]["specwright"]["steps"][1];
    assert!(
        step["uses"]
            .as_str()
            .unwrap()
            .ends_with("/generator/action@main")
    );
    for name in step["with"].as_mapping().unwrap().keys() {
        assert!(inputs.contains_key(name), "{name:?}");
    }

    let hooks = fs::read_to_string(root.join(".pre-commit-hooks.yaml")).unwrap();
    let hooks: serde_yaml::Value = serde_yaml::from_str(&hooks).unwrap();
    let known: Vec<&serde_yaml::Value> = hooks
        .as_sequence()
        .unwrap()
        .iter()
        .map(|hook| &hook["id"])
        .collect();
    let shown: serde_yaml::Value = serde_yaml::from_str(blocks(REVIEW, "yaml")[3]).unwrap();
    for hook in shown["repos"][0]["hooks"].as_sequence().unwrap() {
        assert!(known.contains(&&hook["id"]), "{hook:?}");
    }
}

#[test]
fn a_former_name_is_kept() {
    let dir = Dir::new("book-former");
    let schema = blocks(REVIEW, "yaml")[4];
    let schemas = "All: {type: object, properties: {one: {$ref: '#/components/schemas/Animal'}}}\n"
        .to_owned()
        + schema;
    dir.put(
        "pets.yaml",
        description(&["get /pets listPets pets"], &schemas),
    );
    assert!(
        dir.run(&["generate", "pets.yaml", "--out", "pets"])
            .is_well()
    );
    let animal = dir.read("pets/src/pets/types/animal.rs");
    assert!(animal.contains("pub type Pet = Animal;"), "{animal}");
}

#[test]
fn the_build_script_is_that_of_the_example() {
    let chapter = include_str!("../book/src/build-scripts.md");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/build-script");
    let read = |path: &str| fs::read_to_string(example.join(path)).unwrap();
    let [script, library] = blocks(chapter, "rust,ignore")[..] else {
        panic!("two blocks");
    };
    assert!(read("build.rs").contains(script) && read("src/lib.rs").contains(library));
    let manifest = read("Cargo.toml");
    for line in blocks(chapter, "toml")[0].lines() {
        let here = line.replace("../specwright/generator/runtime", "../../runtime");
        let here = here.replace("../specwright/generator", "../..");
        assert!(manifest.contains(&here), "{line}");
    }
}

#[test]
fn the_settings_of_editors_start_the_server() {
    let chapter = include_str!("../book/src/editors.md");
    let helix: toml_edit::DocumentMut = blocks(chapter, "toml")[0].parse().unwrap();
    assert_eq!(
        helix["language-server"]["specwright"]["args"][0].as_str(),
        Some("lsp")
    );
    let zed: serde_json::Value = serde_json::from_str(blocks(chapter, "json")[0]).unwrap();
    let binary = &zed["lsp"]["yaml-language-server"]["binary"];
    assert_eq!(
        (&binary["path"], &binary["arguments"][0]),
        (&"specwright".into(), &"lsp".into())
    );
    let dir = Dir::new("book-editors");
    let command = blocks(chapter, "text")[0].split_once(" > ").unwrap().0;
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    serde_json::from_str::<serde_json::Value>(&dir.run(&words).out).unwrap();
}

#[test]
fn a_change_is_shown_as_it_is() {
    let dir = Dir::new("book-change");
    let first = include_str!("../book/src/first-client.md");
    let chapter = include_str!("../book/src/change.md");
    let old = blocks(first, "yaml")[0].to_owned() + "\n";
    dir.put("petstore.old.yaml", &old);
    dir.put("petstore.yaml", &old);
    let generate = ["generate", "petstore.yaml", "--out", "petstore-client"];
    assert!(dir.run(&generate).is_well());
    let pet = "petstore-client/src/petstore/types/pet.rs";
    let before = dir.read(pet);
    dir.put("petstore.yaml", old + blocks(chapter, "yaml")[0] + "\n");
    let diff = dir.run(&[
        "diff",
        "--format",
        "short",
        "petstore.old.yaml",
        "petstore.yaml",
    ]);
    assert_eq!(diff.out.trim_end(), blocks(chapter, "text")[0]);
    assert!(dir.run(&generate).err.contains(": 1 written, 0 removed"));
    let shown = blocks(chapter, "diff")[0];
    let (hunk, _) = shown.split_at(shown.find("\n }\n").unwrap());
    let hunk = hunk.split_once('\n').unwrap().1;
    let after = dir.read(pet);
    let side = |mark: char| {
        let lines = hunk.lines().filter(|line| !line.starts_with(mark));
        lines
            .map(|line| line.get(1..).unwrap_or_default())
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert!(
        before.contains(&side('+')) && after.contains(&side('-')),
        "{after}"
    );
}
