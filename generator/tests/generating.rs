//! `specwright generate` with `--check`, `--dry-run` and a configuration, and its reports of warnings.

#[path = "support/command.rs"]
mod support;

use std::fs;
use std::process::Command;

use support::{Dir, SPEC};

#[test]
fn a_check_writes_nothing_and_names_the_command_that_brings_the_crate_up_to_date() {
    let dir = Dir::new("current");
    dir.put("the pets.yaml", SPEC);
    let check = ["generate", "the pets.yaml", "--check", "--out", "out"];
    let advice = "run `specwright generate 'the pets.yaml' --out out` and commit the result\n";
    let run = dir.run(&check);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("out/Cargo.toml: missing\n"), "{}", run.err);
    assert!(run.err.contains("\n… and "), "{}", run.err);
    assert!(run.err.ends_with(advice), "{}", run.err);
    assert!(!dir.has("out"));
    assert!(
        dir.run(&["generate", "the pets.yaml", "--out", "out"])
            .is_well()
    );
    let run = dir.run(&check);
    assert_eq!((run.code, &*run.err), (Some(0), "out is current\n"));
    dir.put("the pets.yaml", SPEC.replace("listPets", "listAllPets"));
    let before = dir.read("out/src/the_pets/resources/pets.rs");
    let run = dir.run(&check);
    assert_eq!(run.code, Some(1));
    for part in [
        "out/src/the_pets/resources/pets.rs: differs (+",
        "+    pub fn list_all_pets(",
        advice,
    ] {
        assert!(run.err.contains(part), "{part}: {}", run.err);
    }
    assert_eq!(dir.read("out/src/the_pets/resources/pets.rs"), before);
}

#[test]
fn a_check_looks_at_every_crate_of_the_configuration() {
    let dir = Dir::new("all-current");
    dir.put("pets.yaml", SPEC);
    let crates =
        "crates:\n- {out: one, description: pets.yaml}\n- {out: two, description: pets.yaml}\n";
    dir.put("specwright.yaml", crates);
    assert!(dir.run(&["generate"]).is_well());
    fs::remove_file(dir.0.join("one/src/lib.rs")).unwrap();
    let run = dir.run(&["generate", "--check"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.err,
        "one/src/lib.rs: missing\nerror: one is not what the descriptions say; run `specwright generate` and commit \
         the result\ntwo is current\n"
    );
}

#[test]
fn a_dry_run_lists_the_files_that_would_be_written_and_removed() {
    let dir = Dir::new("dry");
    dir.put("pets.yaml", SPEC);
    let generate = ["generate", "pets.yaml", "--out", "out"];
    let dry = || dir.run(&[&generate[..], &["--dry-run"]].concat());
    let run = dry();
    assert!(
        run.is_well() && run.err.contains("+ out/src/lib.rs\n"),
        "{}",
        run.err
    );
    assert!(!dir.has("out"));
    assert!(dir.run(&generate).is_well());
    fs::rename(
        dir.0.join("out/src/pets/client.rs"),
        dir.0.join("out/src/pets/clients.rs"),
    )
    .unwrap();
    let run = dry();
    let lines: Vec<&str> = run.err.lines().collect();
    assert_eq!(
        lines[..2],
        ["+ out/src/pets/client.rs", "- out/src/pets/clients.rs"]
    );
    let end = "out: 1 would be written, 1 would be removed, ";
    assert!(lines[2].starts_with(end), "{}", run.err);
    assert!(dir.has("out/src/pets/clients.rs"));
    dir.put("out/src/pets/client.rs", "// by hand\n");
    let run = dry();
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("was not generated"), "{}", run.err);
}

#[test]
fn the_command_that_shows_all_warnings_reads_the_same() {
    let dir = Dir::new("advice");
    dir.put("a.yaml", SPEC.replace("https:", "http:"));
    let overlay = "overlay: 1.0.0\ninfo: {title: Name, version: '1'}\nactions:\n- {target: $, update: {x-a: 1}}\n";
    dir.put("b.yaml", overlay);
    let flags = ["--overlay", "b.yaml", "--allow", "SW0405"];
    let run = dir.run(&[&["generate", "a.yaml", "--out", "out"], &flags[..]].concat());
    let advice = "`specwright check a.yaml --overlay b.yaml --allow SW0405` shows them\n";
    assert!(run.err.contains(advice), "{}", run.err);
}

#[test]
fn the_nearest_configuration_says_what_is_generated() {
    let dir = Dir::new("configuration");
    let run = dir.run(&["generate"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("`specwright.yaml`"), "{}", run.err);
    fs::create_dir_all(dir.0.join("below/deep")).unwrap();
    dir.put("api.yaml", SPEC.replace("https:", "http:"));
    dir.put(
        "specwright.yaml",
        "crates:\n- {out: one, name: pets, description: api.yaml}\n",
    );
    let mut generate = Command::new(env!("CARGO_BIN_EXE_specwright"));
    generate.current_dir(dir.0.join("below/deep"));
    let output = generate.args(["generate", "--name", "dogs"]).output();
    let stderr = String::from_utf8(output.unwrap().stderr).unwrap();
    assert!(
        stderr.starts_with(
            "1 × SW0417 a server is reached without encryption\n\
             warning: 1 warning in 1 file; `specwright check` shows them\n\
             ../../one: "
        ),
        "{stderr}"
    );
    assert!(dir.read("one/Cargo.toml").contains("name = \"dogs\""));
    let client = dir.read("one/src/api/client.rs");
    assert!(client.starts_with("// @generated from ../api.yaml by `specwright generate`"));
    let run = dir.run(&["check"]);
    assert!(run.err.contains("warning[SW0417]"), "{}", run.err);
}

#[test]
fn nothing_is_written_where_the_configuration_is_wrong() {
    let dir = Dir::new("wrong-configuration");
    dir.put("api.yaml", SPEC.replace("listPets", "3"));
    dir.put(
        "specwright.yaml",
        "crates:\n- {out: one, name: pets, description: api.yaml, leniant: true}\n",
    );
    let run = dir.run(&["generate"]);
    assert_eq!(run.code, Some(1));
    for code in ["error[SW0601]", "1 × SW0205"] {
        assert!(run.err.contains(code), "{}", run.err);
    }
    assert!(!dir.has("one"));
}

/// What is compared is what the crate of the configuration is generated from.
#[test]
fn a_configuration_without_crates_generates_nothing_and_an_overlay_is_no_description() {
    let dir = Dir::new("rules-alone");
    dir.put("api.yaml", SPEC);
    dir.put("specwright.yaml", "rules: {SW9999: allow}\n");
    dir.put("title.overlay.yaml", "overlay: 1.1.0\n");
    let run = dir.run(&["check", "api.yaml", "specwright.yaml", "title.overlay.yaml"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    for part in [
        "unknown code `SW9999`",
        "the file is an overlay, not a description",
    ] {
        assert!(
            run.out.contains(part) || run.err.contains(part),
            "{}{}",
            run.out,
            run.err
        );
    }
    dir.put("specwright.yaml", "rules: {SW0405: allow}\n");
    assert!(dir.run(&["check", "api.yaml", "specwright.yaml"]).is_well());
    let run = dir.run(&["generate", "--check"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("so nothing is compared"), "{}", run.err);
    for command in ["check", "generate"] {
        let run = dir.run(&[command]);
        assert!(!run.is_well());
        assert!(
            run.err.contains("`specwright.yaml` has no `crates`"),
            "{}",
            run.err
        );
    }
}

#[test]
fn versions_are_compared_with_the_configuration_of_their_crate() {
    let dir = Dir::new("compared");
    fs::create_dir(dir.0.join("spec")).unwrap();
    let version = |more: &str, tags: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\nservers: [{{url: 'https://pets.example'}}]\npaths:\n  \
             /pets: {{get: {{operationId: list, tags: [{tags}], responses: {{'200': {{description: Pets., \
             content: {{application/json: {{schema: {{$ref: '#/components/schemas/pet_model'}}}}}}}}}}}}}}\n  \
             /internal: {{get: {{operationId: look, tags: [internal], responses: {{'204': {{description: Done.}}}}}}}}\n\
             components: {{schemas: {{pet_model: {{type: object, properties: {{name: {{type: string}}{more}}}}}}}}}\n"
        )
    };
    dir.put("old.yaml", version("", "pets"));
    let age = ", age: {type: string}, born: {type: string, format: year}";
    let new = version(age, "pets").replace("/internal", "/inside");
    dir.put("spec/pets.yaml", new);
    dir.put(
        "fix.overlay.yaml",
        "overlay: 1.1.0\ninfo: {title: Fix, version: '1'}\nactions:\n- target: $..properties.age\n  update: {type: integer}\n",
    );
    let configuration = "crates:\n- out: client\n  description: spec\n  overlays: [fix.overlay.yaml]\n  \
                         operations: {exclude: [tag: internal]}\n  rename: {'#/components/schemas/pet_model': Pet}\n  \
                         types: {'format: year': {rust: calendar::Year}}\n";
    dir.put("specwright.yaml", configuration);
    let run = dir.run(&["diff", "old.yaml", "spec/pets.yaml"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.out.contains("+ types::Pet.age: Option<i64>"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("+ types::Pet.born: Option<Serde<Year>>"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("/inside"), "{}", run.out);
    // Another file of the same name belongs to no crate.
    fs::create_dir(dir.0.join("other")).unwrap();
    fs::copy(dir.0.join("spec/pets.yaml"), dir.0.join("other/pets.yaml")).unwrap();
    let run = dir.run(&["diff", "old.yaml", "other/pets.yaml"]);
    assert!(
        run.out.contains("/inside") && run.out.contains("types::PetModel.age: Option<String>"),
        "{}",
        run.out
    );
    dir.put("specwright.yaml", "crates:\n- out: client\n");
    let run = dir.run(&["diff", "old.yaml", "spec/pets.yaml"]);
    assert_eq!(run.code, Some(2), "{}", run.out);
    assert!(run.err.contains("`description` is missing"), "{}", run.err);
}

#[test]
fn a_named_description_is_generated_as_its_named_configuration_says() {
    let dir = Dir::new("named-configuration");
    dir.put("a.yaml", SPEC);
    dir.put("b.yaml", SPEC);
    let crates = "crates: [{out: first, name: chosen, description: [a.yaml, b.yaml]}]\n";
    dir.put("specwright.yaml", crates);
    let run = dir.run(&["generate", "a.yaml", "specwright.yaml", "--out", "other"]);
    assert!(run.is_well(), "{}", run.err);
    assert!(dir.read("other/Cargo.toml").contains("name = \"chosen\""));
    assert!(!dir.has("first"));
    let crates = "crates: [{out: a, description: a.yaml}, {out: b, description: b.yaml}]\n";
    dir.put("specwright.yaml", crates);
    let run = dir.run(&[
        "generate",
        "a.yaml",
        "b.yaml",
        "specwright.yaml",
        "--out",
        "other",
    ]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("several crates"), "{}", run.err);
}

#[test]
fn several_crates_are_written_together_or_not_at_all() {
    let dir = Dir::new("together");
    dir.put("good.yaml", SPEC);
    dir.put("bad.yaml", SPEC.to_owned() + "info: {}\n");
    let crates = "{out: a, description: good.yaml}, {out: b, description: bad.yaml}, {out: c, description: bad.yaml}";
    dir.put("specwright.yaml", format!("crates: [{crates}]\n"));
    let run = dir.run(&["generate"]);
    assert_eq!(run.code, Some(1));
    let end = "error: 2 errors in 1 file; nothing was written\nhelp: correct it, or ignore it with `--lenient`\n";
    assert!(run.err.ends_with(end), "{}", run.err);
    assert_eq!(run.err.matches("nothing was written").count(), 1);
    assert!(!dir.has("a") && !dir.has("b"));
    let run = dir.run(&["generate", "--lenient"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.err.matches(" shows them\n").count(), 1, "{}", run.err);
    assert!(dir.has("a/src/lib.rs") && dir.has("b/src/lib.rs"));
    // A crate is compared with its description even if that of another one has errors.
    fs::remove_file(dir.0.join("a/src/lib.rs")).unwrap();
    let run = dir.run(&["generate", "--check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("a/src/lib.rs"), "{}", run.err);
    assert!(!run.err.contains("nothing was written"), "{}", run.err);
}

#[test]
fn a_crate_may_use_the_runtime_of_one_that_is_written_after_it() {
    let dir = Dir::new("runtime-of-another");
    dir.put("pets.yaml", SPEC);
    let crates = "{out: dogs, description: pets.yaml, runtime: cats/runtime}, {out: cats, description: pets.yaml}";
    dir.put("specwright.yaml", format!("crates: [{crates}]\n"));
    let run = dir.run(&["generate", "--dry-run"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let run = dir.run(&["generate", "--check"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("cats/.gitignore: missing"), "{}", run.err);
    let run = dir.run(&["generate"]);
    assert!(run.is_well(), "{}", run.err);
    assert!(!run.err.contains("note:"), "{}", run.err);
    let package = |name: &str| {
        dir.read("dogs/Cargo.toml")
            .contains(&format!("package = \"{name}\""))
    };
    assert!(package("cats-runtime"));
    // When the crate is renamed, its copy of the runtime is renamed with it, and the path in the manifest stays.
    assert!(
        dir.run(&["generate", "pets.yaml", "--out", "cats", "--name", "lions"])
            .is_well()
    );
    let manifest = dir.read("dogs/Cargo.toml");
    let edited = manifest.replace(
        "package = \"cats-runtime\"",
        "version = \"0.1\", package = \"cats-runtime\"",
    );
    dir.put("dogs/Cargo.toml", edited);
    let dogs = ["generate", "pets.yaml", "--out", "dogs"];
    assert_eq!(dir.run(&[&dogs[..], &["--check"]].concat()).code, Some(1));
    assert!(dir.run(&dogs).is_well());
    assert!(package("lions-runtime"));
    assert!(dir.read("dogs/Cargo.toml").contains("version = \"0.1\", "));
    fs::remove_dir_all(dir.0.join("cats")).unwrap();
    let run = dir.run(&dogs);
    let note = "`dogs/../cats/runtime` does not hold the crate `lions-runtime`";
    assert!(run.err.contains(note), "{}", run.err);
}

#[test]
fn a_crate_that_cannot_be_written_holds_back_the_others() {
    for (name, file, text) in [
        ("held-manifest", "two/Cargo.toml", "no TOML"),
        ("held-file", "two", ""),
        ("held-folder", "two/src", ""),
    ] {
        let dir = Dir::new(name);
        dir.put("pets.yaml", SPEC);
        let crates = "{out: one, description: pets.yaml}, {out: two, description: pets.yaml}";
        dir.put("specwright.yaml", format!("crates: [{crates}]\n"));
        if file != "two" {
            fs::create_dir(dir.0.join("two")).unwrap();
        }
        dir.put(file, text);
        let run = dir.run(&["generate"]);
        assert_eq!(run.code, Some(2), "{}", run.err);
        assert!(!dir.has("one"), "{file}: {}", run.err);
    }
}

#[test]
fn what_prevents_a_crate_from_being_written_is_reported_with_all_mistakes() {
    let dir = Dir::new("several-faults");
    dir.put("pets.yaml", SPEC);
    dir.put("wrong.yaml", format!("{SPEC}}}\n"));
    let foreign = ["one", "two"].map(|one| {
        let path = format!("{one}/Cargo.toml");
        fs::create_dir(dir.0.join(one)).unwrap();
        dir.put(&path, "[package]\nname = \"mine\"\n");
        format!("error: `{path}` is not the manifest of a generated crate")
    });
    let crates = "{out: one, description: pets.yaml}, {out: two, description: pets.yaml},\n\
                  {out: three, description: pets.yaml}";
    dir.put("specwright.yaml", format!("crates: [{crates}]\n"));
    for (flag, shown) in [("--dry-run", false), ("--check", true)] {
        let run = dir.run(&["generate", flag]);
        assert_eq!(run.code, Some(2), "{}", run.err);
        for message in &foreign {
            assert!(run.err.contains(message), "{message}: {}", run.err);
        }
        assert_eq!(run.err.contains("three/.gitignore: missing"), shown);
    }
    let crates =
        "{out: one, name: fn, description: pets.yaml}, {out: three, description: wrong.yaml}";
    dir.put("specwright.yaml", format!("crates: [{crates}]\n"));
    let run = dir.run(&["generate"]);
    let invalid = "`fn` cannot be the name of a crate";
    assert_eq!(run.err.matches(invalid).count(), 1, "{}", run.err);
    for message in ["wrong.yaml:", &*foreign[0]] {
        assert!(run.err.contains(message), "{message}: {}", run.err);
    }
}

/// What other threads would do is done by the only one.
#[test]
fn a_system_without_more_threads_is_enough() {
    let dir = Dir::new("one-thread");
    dir.put("pets.yaml", SPEC);
    dir.put("new.yaml", SPEC.replace("type: string", "type: integer"));
    let generate = ["generate", "pets.yaml", "--out", "out"];
    let commands: [&[&str]; 3] = [
        &generate,
        &["check", "pets.yaml"],
        &["diff", "pets.yaml", "new.yaml"],
    ];
    for command in commands {
        let alone = dir.run_on_one_thread(command);
        let run = dir.run(command);
        assert_eq!(
            (alone.code, alone.out),
            (run.code, run.out),
            "{command:?}: {}",
            alone.err
        );
    }
    let check = ["generate", "pets.yaml", "--out", "out", "--check"];
    let run = dir.run(&check);
    assert!(run.is_well(), "{}", run.err);
}

#[test]
fn the_readme_of_a_large_api_lists_its_resources_with_their_features() {
    let dir = Dir::new("large-readme");
    let operation = |number: usize| {
        let tag = if number < 60 { "cats" } else { "dogs" };
        let responses = "responses: {'204': {description: Done.}}";
        format!("  /pets/{number}: {{get: {{tags: [{tag}], {responses}}}}}\n")
    };
    let operations: String = (0..120).map(operation).collect();
    let head = "openapi: 3.1.0\ninfo: {title: Zoo, version: '1'}\ntags: [{name: cats, description: Cats | `a|b`.}]\npaths:\n";
    dir.put("zoo.yaml", format!("{head}{operations}"));
    let run = dir.run(&["generate", "zoo.yaml", "--out", "zoo-client"]);
    assert!(run.is_well(), "{}", run.err);
    let readme = dir.read("zoo-client/README.md");
    for part in [
        "| resource | operations | feature | about |\n|---|---|---|---|\n\
         | `client.cats()` | 60 | `zoo-cats` | Cats \\| `a\\|b`. |\n| `client.dogs()` | 60 | `zoo-dogs` |  |\n",
        "cargo add zoo-client --path ../zoo-client --no-default-features --features hyper,compression,zoo-cats\n",
    ] {
        assert!(readme.contains(part), "{part}{readme}");
    }
}
