//! What a person wrote in a generated crate stays when the crate is generated again.

#[path = "support/command.rs"]
mod support;

use std::fs;

use support::{Dir, Run, SPEC};

/// Generates the crate `pets`, from `pets.yaml` and with these further arguments.
fn generate(dir: &Dir, more: &[&str]) -> Run {
    let run = dir.run(&[&["generate", "pets.yaml", "--out", "pets"], more].concat());
    assert_eq!(run.code, Some(0), "{}", run.err);
    run
}

#[test]
fn edits_of_the_manifest_and_the_readme_are_kept() {
    let dir = Dir::new("kept");
    dir.put("pets.yaml", SPEC);
    let generate = |specs: &[&str]| {
        let run = dir.run(&[&["generate"], specs, &["--out", "pets"]].concat());
        assert_eq!(run.code, Some(0), "{}", run.err);
        (dir.read("pets/Cargo.toml"), dir.read("pets/README.md"))
    };
    let (manifest, readme) = generate(&["pets.yaml"]);
    let manifest = manifest
        .replace("name = \"pets\"", "name = \"pet-shop\" # ours")
        .replace("publish = false", "license = \"MIT\"")
        .replace("[dependencies]\n", "[dependencies]\nserde = \"1\"\n")
        .replace(
            "default-features = false, package",
            "features = [\"tracing\"], package",
        )
        .replace("\"pets\", \"hyper\"", "\"hyper\", \"full\"")
        .replace("pets = []", "# On by default elsewhere.\npets = [\"full\"]")
        .replace(
            "[features]\n",
            "[features]\n# All of it.\nfull = [\"blocking\"]\n",
        );
    let manifest = manifest + "\n[lints.rust]\nunused = \"allow\"\n";
    dir.put("pets/Cargo.toml", &manifest);
    dir.put("pets/README.md", format!("Before.\n{readme}After.\n"));
    assert_eq!(dir.read("pets/.gitignore"), "/target\n");
    dir.put("pets/.gitignore", "*.log\n");
    dir.put("pets/rustfmt.toml", "max_width = 80\n");
    dir.put("shops.yaml", SPEC);
    let (found, readme) = generate(&["pets.yaml", "shops.yaml"]);
    let expected = manifest
        .replace("default = [\"hyper\"", "default = [\"shops\", \"hyper\"")
        .replace("features = [\"pets\"]", "features = [\"pets\", \"shops\"]")
        .replace("\n[dependencies]", "shops = []\n\n[dependencies]")
        .replace("pets-runtime", "pet-shop-runtime")
        .replace("\npets = { path", "\npet-shop = { path");
    assert_eq!(found, expected);
    assert!(readme.starts_with("Before.\n# pets\n"), "{readme}");
    assert!(readme.contains("- `shops`: `Pets`\n"), "{readme}");
    assert!(readme.ends_with("\nAfter.\n"), "{readme}");
    assert_eq!(dir.read("pets/.gitignore"), "*.log\n");
    assert_eq!(dir.read("pets/rustfmt.toml"), "max_width = 80\n");
    dir.put("pets/README.md", "All mine.\n");
    assert_eq!(generate(&["pets.yaml"]).1, "All mine.\n");
    fs::remove_file(dir.0.join("pets/.gitignore")).unwrap();
    fs::remove_dir_all(dir.0.join("pets/runtime")).unwrap();
    let inherited = expected.replace("path = \"runtime\"", "workspace = true");
    let inherited = inherited.replace(", package = \"pet-shop-runtime\"", "");
    dir.put("pets/Cargo.toml", &inherited);
    assert_eq!(generate(&["pets.yaml", "shops.yaml"]).0, inherited);
    assert!(!dir.has("pets/runtime") && !dir.has("pets/.gitignore"));
}

#[test]
fn edits_that_the_generated_code_does_not_know_are_named() {
    let dir = Dir::new("unknown");
    dir.put("pets.yaml", SPEC);
    generate(&dir, &["--runtime-version", "0.1"]);
    let manifest = dir.read("pets/Cargo.toml");
    for (from, to, note) in [
        (
            "version = \"0.1\"",
            "version = \"0.2\"",
            "note: this crate does not build: `0.2` cannot be",
        ),
        (
            "[features]\n",
            "[lib]\nname = \"shop\"\n[features]\n",
            "the library `shop`, and the generated tests",
        ),
    ] {
        assert!(manifest.contains(from), "{manifest}");
        dir.put("pets/Cargo.toml", manifest.replace(from, to));
        let run = generate(&dir, &[]);
        assert!(run.err.contains(note), "{}", run.err);
    }
}

#[test]
fn a_copy_of_the_runtime_beside_that_of_the_workspace_is_not_updated() {
    let dir = Dir::new("inherited");
    dir.put("pets.yaml", SPEC);
    generate(&dir, &[]);
    let manifest = dir.read("pets/Cargo.toml");
    let start = manifest.find("specwright-runtime = {").unwrap();
    let (before, rest) = manifest.split_at(start);
    let (_, after) = rest.split_once('\n').unwrap();
    let inherited = format!("{before}specwright-runtime.workspace = true\n{after}");
    dir.put("pets/Cargo.toml", inherited);
    let run = generate(&dir, &[]);
    let note = "note: `pets/runtime` is not updated, because this crate takes the runtime from its workspace";
    assert!(run.err.contains(note), "{}", run.err);
}

#[test]
#[cfg(unix)]
fn a_linked_readme_is_kept_and_the_sources_are_written() {
    let dir = Dir::new("linked");
    dir.put("pets.yaml", SPEC);
    generate(&dir, &[]);
    dir.put("OURS.md", "Ours.\n");
    let readme = dir.0.join("pets/README.md");
    fs::remove_file(&readme).unwrap();
    std::os::unix::fs::symlink("../OURS.md", &readme).unwrap();
    fs::remove_file(dir.0.join("pets/src/lib.rs")).unwrap();
    let run = generate(&dir, &[]);
    let note = "note: `pets/README.md` is not updated, because it is a symbolic link";
    assert!(run.err.contains(note), "{}", run.err);
    assert!(dir.has("pets/src/lib.rs") && readme.is_symlink());
    assert_eq!(dir.read("OURS.md"), "Ours.\n");
}

#[test]
fn a_feature_of_the_user_that_enables_a_removed_one_is_named() {
    let dir = Dir::new("missing");
    dir.put("pets.yaml", SPEC);
    dir.put("shops.yaml", SPEC);
    let both = ["generate", "pets.yaml", "shops.yaml", "--out", "pets"];
    assert_eq!(dir.run(&both).code, Some(0));
    let features = "[features]\nserde = []\nall = [\"pets\", \"shops\", \"serde\", \"log\", \"cc\", \"dep:url\"]\n";
    let dependencies = "[target.'cfg(unix)'.dependencies]\nlog = { version = \"0.4\", optional = true }\n\
                        [build-dependencies]\ncc = { version = \"1\", optional = true }\n\
                        [dependencies]\nshops = \"1\"\n";
    let manifest = dir.read("pets/Cargo.toml");
    let manifest = manifest.replace("[features]\n", features);
    dir.put(
        "pets/Cargo.toml",
        manifest.replace("[dependencies]\n", dependencies),
    );
    assert!(!dir.run(&both).err.contains("refuses"));
    let run = generate(&dir, &[]);
    let note = "feature `all` enables `shops`, which does not exist";
    assert_eq!(run.err.matches("refuses").count(), 1, "{}", run.err);
    assert!(run.err.contains(note), "{}", run.err);
}

#[test]
fn what_webhooks_need_is_on_when_the_first_one_is_described() {
    let dir = Dir::new("webhooks");
    dir.put("pets.yaml", SPEC);
    generate(&dir, &[]);
    let default = || {
        let manifest = dir.read("pets/Cargo.toml");
        let line = manifest
            .lines()
            .find(|line| line.starts_with("default = ["));
        line.unwrap_or_default().to_owned()
    };
    assert_eq!(
        default(),
        "default = [\"pets\", \"hyper\", \"compression\"]"
    );
    let event = "{post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'204': {description: Done.}}}}";
    dir.put("pets.yaml", format!("{SPEC}webhooks: {{born: {event}}}\n"));
    generate(&dir, &[]);
    let on = "default = [\"pets\", \"hyper\", \"compression\", \"webhooks\"]";
    assert_eq!(default(), on);
    assert!(
        dir.read("pets/README.md")
            .contains("| `webhooks` (on by default) |")
    );
    let off = on.replace(", \"webhooks\"", "");
    dir.put(
        "pets/Cargo.toml",
        dir.read("pets/Cargo.toml").replace(on, &off),
    );
    generate(&dir, &[]);
    assert_eq!(default(), off);
    assert!(dir.read("pets/README.md").contains("| `webhooks` |"));
    // The manifest of a former version does not list what an API enabled.
    let manifest = dir.read("pets/Cargo.toml");
    let former = manifest.replace("on-by-default = [\"webhooks\"]\n", "");
    assert_ne!(former, manifest);
    dir.put("pets/Cargo.toml", former);
    generate(&dir, &[]);
    assert_eq!(default(), off);
}

#[test]
fn a_crate_keeps_the_runtime_that_was_chosen() {
    let dir = Dir::new("runtime");
    dir.put("pets.yaml", SPEC);
    let generate = |flags: &[&str]| (generate(&dir, flags).err, dir.read("pets/Cargo.toml"));
    let (_, copied) = generate(&["--crate-version", "0.1.1"]);
    assert!(dir.has("pets/runtime"));
    dir.put(
        "pets/Cargo.toml",
        copied.replace("0.1.1\"", "0.1.1\" # next"),
    );
    let flags = ["--runtime-version", "0.1", "--crate-version", "0.1.2"];
    let (told, chosen) = generate(&flags);
    assert!(chosen.contains("version = \"0.1.2\" # next\n"), "{chosen}");
    let note = "note: this crate no longer uses `pets/runtime`; remove the folder";
    assert!(told.contains(note), "{told}");
    fs::remove_dir_all(dir.0.join("pets/runtime")).unwrap();
    let (told, kept) = generate(&[]);
    assert_eq!(kept, chosen);
    assert!(
        !dir.has("pets/runtime") && !told.contains("note: "),
        "{told}"
    );
    let runtime = kept
        .lines()
        .find(|line| line.starts_with("specwright-runtime"));
    dir.put("pets/Cargo.toml", kept.replace(runtime.unwrap(), ""));
    assert!(generate(&[]).1.contains("path = \"runtime\""));
    assert!(dir.has("pets/runtime"));
}

#[test]
fn a_runtime_from_elsewhere_is_replaced_as_a_whole() {
    let dir = Dir::new("sources");
    dir.put("pets.yaml", SPEC);
    generate(&dir, &["--runtime-version", "0.1"]);
    let new = dir.read("pets/Cargo.toml");
    let own = "specwright-runtime = { version = \"0.1\", default-features = false }";
    for (other, kept) in [
        (
            "{ git = \"https://git.example/r\", tag = \"v1\", default-features = false }",
            "",
        ),
        (
            "{ registry = \"mine\", version = \"1\", default-features = false } # ours",
            "registry = \"mine\", ",
        ),
        ("\"1\" # ours", ""),
    ] {
        dir.put(
            "pets/Cargo.toml",
            new.replace(own, &format!("specwright-runtime = {other}")),
        );
        generate(&dir, &["--runtime-version", "0.1.0"]);
        let manifest = dir.read("pets/Cargo.toml");
        let line = manifest
            .lines()
            .find(|line| line.starts_with("specwright-runtime"));
        let line = line.unwrap();
        assert!(
            line.contains(kept) && line.contains("version = \"0.1.0\""),
            "{line}"
        );
        assert!(!line.contains("git") && !line.contains("tag"), "{line}");
        assert_eq!(
            line.ends_with(" # ours"),
            other.ends_with(" # ours"),
            "{line}"
        );
    }
}

#[test]
fn a_manifest_of_yours_gets_the_edition_and_the_default_features() {
    let dir = Dir::new("adopted");
    dir.put("pets.yaml", SPEC);
    dir.put(
        "pets/Cargo.toml",
        "[workspace]\n\n[package.metadata.specwright]\n",
    );
    generate(&dir, &[]);
    let manifest = dir.read("pets/Cargo.toml");
    for line in [
        "edition = \"2024\"\n",
        "default = [\"pets\", \"hyper\", \"compression\"]\n",
    ] {
        assert!(manifest.contains(line), "{line}: {manifest}");
    }
}

#[test]
fn a_section_without_its_end_is_reported() {
    let dir = Dir::new("marks");
    dir.put("pets.yaml", SPEC);
    assert!(!generate(&dir, &[]).err.contains("note: "));
    let cut = dir
        .read("pets/README.md")
        .replace("<!-- specwright: end -->\n", "");
    dir.put("pets/README.md", cut);
    let note = "note: `pets/README.md` is not updated, because no line after its begin mark begins with \
                `<!-- specwright: end -->`\n";
    assert!(generate(&dir, &[]).err.contains(note));
    let checked = generate(&dir, &["--check"]).err;
    assert!(checked.contains(note), "{checked}");
}

#[test]
fn the_instructions_for_assistants_are_short_and_keep_what_is_yours() {
    let dir = Dir::new("agents");
    let path = "paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: string, example: CRATE-COMMAND}}]
      responses: {\"204\": {description: Done}}
";
    let head = "openapi: 3.1.0\ninfo: {title: Pets, version: \"1\"}\nservers: [{url: \"https://pets.example\"}]\n";
    dir.put("pets.yaml", format!("{head}{path}"));
    let generate = || {
        generate(&dir, &[]);
        dir.read("pets/AGENTS.md")
    };
    let text = generate();
    assert!(text.lines().count() <= 40, "{text}");
    assert!(text.contains("(\"CRATE-COMMAND\").await?"), "{text}");
    assert!(
        text.contains("crate `pets`") && !text.contains("PROGRAM"),
        "{text}"
    );
    // No operation has pages.
    assert!(!text.contains(".items()"), "{text}");
    let edited = format!("Before.\n{text}After.\n");
    dir.put("pets/AGENTS.md", edited.replace("## Calls", "## Edited"));
    assert_eq!(generate(), edited);
}

#[test]
fn a_file_that_is_in_the_way_is_replaced_with_the_line_that_is_named() {
    let dir = Dir::new("way");
    dir.put("pets.yaml", SPEC);
    fs::create_dir_all(dir.0.join("out/src")).unwrap();
    dir.put("out/src/lib.rs", "pub mod mine;\n");
    let run = dir.run(&["generate", "pets.yaml", "--out", "out"]);
    assert_eq!(run.code, Some(2));
    let (_, line) = run.err.split_once("adding this line at its top: ").unwrap();
    assert!(
        line.starts_with("// @generated from ../pets.yaml by"),
        "{line}"
    );
    dir.put("out/src/lib.rs", line.to_owned() + "pub mod mine;\n");
    let run = dir.run(&["generate", "pets.yaml", "--out", "out"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(dir.read("out/src/lib.rs").starts_with(line));
}
