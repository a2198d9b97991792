//! The command as a person runs it: its output, the files that it writes, and its exit code.

#[path = "support/command.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{Dir, SPEC};

#[test]
fn correct_files_have_no_mistakes() {
    let dir = Dir::new("right");
    dir.put("a.yaml", SPEC);
    let run = dir.run(&["check", "a.yaml"]);
    assert_eq!(
        (run.code, run.err.as_str()),
        (Some(0), "1 file, no mistakes\n")
    );
    let run = dir.run(&["check", "a.yaml", "--format", "short"]);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
}

#[test]
fn a_mistake_with_a_usable_reading_is_an_error_in_a_strict_check_only() {
    let dir = Dir::new("strict");
    let mistake = "components: {schemas: {Pet: {type: object, additional_properties: false}}}\n";
    dir.put("a.yaml", SPEC.to_owned() + mistake);
    let short = ["check", "a.yaml", "--format", "short"];
    let summary = |level| {
        format!(
            "{level}[SW0205]: the key `additional_properties` is read as `additionalProperties`\n"
        )
    };
    let run = dir.run(&short);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(run.out.ends_with(&summary("warning")), "{}", run.out);
    let run = dir.run(&[&short[..], &["--strict"]].concat());
    assert_eq!(run.code, Some(1), "{}", run.out);
    assert!(run.out.ends_with(&summary("error")), "{}", run.out);
    let run = dir.run(&["generate", "a.yaml", "--out", "out"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let allowed = "# specwright: allow(SW0205) the vendor writes it so\n";
    dir.put("a.yaml", SPEC.to_owned() + allowed + mistake);
    let run = dir.run(&["check", "a.yaml", "--strict"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn only_regular_files_and_the_standard_input_are_read() {
    use std::os::unix::fs::FileTypeExt;

    let dir = Dir::new("special");
    let made = Command::new("mkfifo").arg(dir.0.join("a.yaml")).status();
    assert!(made.unwrap().success());
    let kind = fs::metadata(dir.0.join("a.yaml")).unwrap().file_type();
    assert!(kind.is_fifo());
    let run = dir.run(&["check", "a.yaml"]);
    assert!(run.err.contains("is not a regular file"), "{}", run.err);

    assert!(dir.run_with(&["check", "/dev/stdin"], SPEC).is_well());
}

#[test]
fn a_description_on_the_standard_input_is_named_after_its_title_or_by_the_flag() {
    let dir = Dir::new("input");
    let spec = SPEC.replace("title: Pets", "title: The Pet Shop");
    let run = dir.run_with(&["check", "-"], &(spec.clone() + "info: {}\n"));
    assert!(run.err.contains(" --> <stdin>:14:1\n"), "{}", run.err);
    let run = dir.run_with(&["generate", "-", "--out", "out"], &spec);
    assert!(run.is_well(), "{}", run.err);
    let client = dir.read("out/src/the_pet_shop/client.rs");
    assert!(
        client.starts_with("// @generated from the standard input by `specwright generate`"),
        "{client}"
    );
    let run = dir.run_with(&["generate", "-", "--out", "out", "--name", "pets"], &spec);
    assert!(run.is_well(), "{}", run.err);
    assert!(dir.has("out/src/pets/client.rs") && !dir.has("out/src/the_pet_shop"));
    let run = dir.run(&["check", "-", "--fix"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("`--fix` cannot change"), "{}", run.err);
}

#[test]
fn an_address_is_to_be_fetched_first() {
    let dir = Dir::new("address");
    let address = "https://pets.example/v1/pets.yaml?raw=true";
    dir.put("a.yaml", SPEC);
    for command in [
        &["generate", address, "--out", "out"][..],
        &["check", address],
        &["check", "a.yaml", "--overlay", address],
        &["diff", "a.yaml", address],
    ] {
        let run = dir.run(command);
        assert_ne!(run.code, Some(0));
        let help = format!("`curl --fail --location --output pets.yaml '{address}'`");
        assert!(run.err.contains(&help), "{command:?}: {}", run.err);
    }
    assert!(!dir.has("out"));
}

#[test]
fn a_crate_outside_of_the_members_of_its_workspace_is_reported() {
    let dir = Dir::new("workspace");
    dir.put("a.yaml", SPEC);
    dir.put("Cargo.toml", "[workspace]\nmembers = []\n");
    let run = dir.run(&["generate", "a.yaml", "--out", "clients"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("members = [\"clients\"]"), "{}", run.err);
    dir.put("Cargo.toml", "[workspace]\nmembers = [\"clients\"]\n");
    let run = dir.run(&["generate", "a.yaml", "--out", "clients"]);
    assert!(!run.err.contains("note:"), "{}", run.err);
}

#[test]
fn formats_for_programs_go_to_the_output() {
    let dir = Dir::new("formats");
    dir.put("a.yaml", SPEC.to_owned() + "info: {}\n");
    let report = |format| dir.run(&["check", "a.yaml", "--format", format]);
    let short = report("short");
    assert!(
        short.out.starts_with("a.yaml:14:1: error[SW0006]:"),
        "{}",
        short.out
    );
    assert_eq!((short.code, short.err.as_str()), (Some(1), ""));
    assert!(report("json").out.starts_with("{\"code\":\"SW0006\""));
    assert!(
        report("github")
            .out
            .starts_with("::error file=a.yaml,line=14,")
    );
    assert_eq!(report("xml").code, Some(2));
}

#[test]
fn a_second_run_writes_nothing() {
    let dir = Dir::new("generate");
    dir.put("pets.yaml", SPEC);
    let run = dir.run(&["generate", "pets.yaml", "--out", "out/pet-shop"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let manifest = dir.read("out/pet-shop/Cargo.toml");
    let parts = [
        "name = \"pet-shop\"",
        "pets = []",
        "default = [\"pets\", \"hyper\", \"compression\"]",
        "path = \"runtime\"",
        "package = \"pet-shop-runtime\"",
    ];
    for part in parts {
        assert!(manifest.contains(part), "{part}: {manifest}");
    }
    assert!(
        !dir.read("out/pet-shop/runtime/Cargo.toml")
            .contains("workspace")
    );
    for path in [
        "README.md",
        "rustfmt.toml",
        "src/lib.rs",
        "src/pets/client.rs",
        "runtime/src/lib.rs",
    ] {
        assert!(dir.has(&format!("out/pet-shop/{path}")), "{path}");
    }
    let module = dir.read("out/pet-shop/src/pets/mod.rs");
    assert_eq!(module.matches("//! `Pets`").count(), 1, "{module}");
    let again = dir.run(&["generate", "pets.yaml", "--out", "out/pet-shop"]);
    assert!(again.err.contains("0 written, 0 removed"), "{}", again.err);
}

#[test]
fn the_same_is_written_from_every_folder() {
    let dir = Dir::new("folders");
    for folder in ["specs", "client", "other"] {
        fs::create_dir(dir.0.join(folder)).unwrap();
    }
    dir.put("specs/pets.yaml", SPEC);
    let run = dir.run(&["generate", "specs/pets.yaml", "--out", "client"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let header = "// @generated from ../specs/pets.yaml by `specwright generate`";
    assert!(dir.read("client/src/pets/client.rs").starts_with(header));
    let absolute = dir.0.join("specs/pets.yaml");
    let absolute = absolute.to_str().unwrap();
    for (folder, spec, out) in [
        ("specs", "pets.yaml", "../client"),
        ("client", "../specs/pets.yaml", "."),
        ("other", absolute, "../client"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
        command.current_dir(dir.0.join(folder));
        let run = command.args(["generate", spec, "--out", out]).output();
        let stderr = String::from_utf8(run.unwrap().stderr).unwrap();
        assert!(
            stderr.contains("0 written, 0 removed"),
            "{folder}: {stderr}"
        );
    }
}

#[test]
fn the_manifest_says_what_flags_and_configuration_say_of_the_crate() {
    let dir = Dir::new("about");
    dir.put("pets.yaml", SPEC);
    dir.put(
        "specwright.yaml",
        "crates:\n- {out: pets, description: pets.yaml, runtime_version: '0.1', version: 1.2.3, license: MIT,\n   \
         repository: 'https://pets.example/pets', authors: [Ann <ann@pets.example>, Bob]}\n",
    );
    let run = dir.run(&["generate"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let manifest = dir.read("pets/Cargo.toml");
    for line in [
        "version = \"1.2.3\"\n",
        "license = \"MIT\"\n",
        "repository = \"https://pets.example/pets\"\n",
        "authors = [\"Ann <ann@pets.example>\", \"Bob\"]\n",
        "specwright-runtime = { version = \"0.1\", default-features = false }\n",
    ] {
        assert!(manifest.contains(line), "{line}: {manifest}");
    }
    assert!(!dir.has("pets/runtime"));
    let edited = manifest.replace("false }", "false, features = [\"tracing\"] }");
    dir.put("pets/Cargo.toml", &edited);
    let flags = ["--crate-version", "2.0.0-rc.1", "--author", "Eve"];
    let more = ["--license", "Apache-2.0", "--runtime-version", "0.1.0"];
    let run = dir.run(&[&["generate"], &flags[..], &more].concat());
    assert_eq!(run.code, Some(0), "{}", run.err);
    let expected = edited
        .replace("1.2.3", "2.0.0-rc.1")
        .replace("[\"Ann <ann@pets.example>\", \"Bob\"]", "[\"Eve\"]")
        .replace("\"MIT\"", "\"Apache-2.0\"")
        .replace("\"0.1\"", "\"0.1.0\"");
    assert_eq!(dir.read("pets/Cargo.toml"), expected);
    for (flag, text) in [
        ("--crate-version", "1.0"),
        ("--runtime-version", "v1"),
        ("--runtime-version", "9"),
        ("--license", "MTI"),
        ("--repository", "pets"),
        ("--author", ""),
    ] {
        let run = dir.run(&["generate", flag, text]);
        assert_eq!(run.code, Some(2), "{}", run.err);
        let start = format!("error: `{text}` cannot be the ");
        assert!(run.err.starts_with(&start), "{}", run.err);
    }
}

#[test]
fn a_title_is_text_in_the_readme() {
    let dir = Dir::new("title");
    dir.put(
        "pets.yaml",
        SPEC.replace("title: Pets", "title: '</p><b>`x` [y](z) */'"),
    );
    assert_eq!(
        dir.run(&["generate", "pets.yaml", "--out", "out"]).code,
        Some(0)
    );
    let readme = dir.read("out/README.md");
    assert!(
        readme.contains("- `pets`: ``</p><b>`x` [y](z) */``\n"),
        "{readme}"
    );
}

#[test]
fn the_runtime_can_be_elsewhere() {
    let dir = Dir::new("elsewhere");
    dir.put("pets.yaml", SPEC);
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("runtime")
        .canonicalize()
        .unwrap();
    let runtime = runtime.to_str().unwrap();
    let run = dir.run(&[
        "generate",
        "pets.yaml",
        "--out",
        "pets",
        "--runtime-path",
        runtime,
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        dir.read("pets/Cargo.toml")
            .contains(&format!("path = {runtime:?}"))
    );
    assert!(!dir.has("pets/runtime"));
    dir.run(&["generate", "pets.yaml", "--out", "cats"]);
    let run = dir.run(&[
        "generate",
        "pets.yaml",
        "--out",
        "dogs",
        "--runtime-path",
        "cats/runtime",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let manifest = dir.read("dogs/Cargo.toml");
    let shared = "path = \"../cats/runtime\", default-features = false, package = \"cats-runtime\"";
    assert!(manifest.contains(shared), "{manifest}");
    let run = dir.run(&[
        "generate",
        "pets.yaml",
        "--out",
        "other",
        "--runtime-path",
        ".",
    ]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("does not hold the crate"), "{}", run.err);
}

#[test]
fn nothing_is_written_on_an_error_or_over_foreign_files() {
    let dir = Dir::new("nothing");
    dir.put("bad.yaml", SPEC.to_owned() + "info: {}\n");
    dir.put("pets.yaml", SPEC);
    let run = dir.run(&["generate", "bad.yaml", "--out", "out"]);
    assert_eq!(run.code, Some(1));
    let end = "; nothing was written\nhelp: correct it, or ignore it with `--lenient`\n";
    assert!(run.err.ends_with(end), "{}", run.err);
    assert!(!dir.has("out"));
    let run = dir.run(&["generate", "bad.yaml", "--out", "out", "--lenient"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("warning[SW0006]"), "{}", run.err);
    assert!(dir.has("out/src/lib.rs"));
    fs::create_dir(dir.0.join("mine")).unwrap();
    dir.put("mine/Cargo.toml", "[package]\nname = \"mine\"\n");
    let run = dir.run(&["generate", "pets.yaml", "--out", "mine"]);
    assert_eq!(run.code, Some(2));
    let advice = "write `[package.metadata.specwright]` into it";
    assert!(run.err.contains(advice), "{}", run.err);
    assert_eq!(fs::read_dir(dir.0.join("mine")).unwrap().count(), 1);
}

#[test]
fn a_component_owns_its_name_and_other_schemas_are_named_after_their_files() {
    let dir = Dir::new("files");
    fs::create_dir(dir.0.join("schemas")).unwrap();
    let components = "components:\n  schemas:\n    Pet: {$ref: './schemas/Pet.yaml'}\n    \
                      Keeper: {$ref: './schemas/all.yaml#/Owner'}\n";
    dir.put("pets.yaml", SPEC.to_owned() + components);
    let pet = "type: object\nproperties:\n  owner: {$ref: './all.yaml#/Owner'}\n  state: {$ref: './State.yaml'}\n  \
               home: {$ref: './home/index.yaml'}\n  town: {$ref: './all.yaml#/Town'}\n  \
               next: {$ref: './v2/State.yaml'}\n";
    dir.put("schemas/Pet.yaml", pet);
    dir.put("schemas/State.yaml", "{type: string, enum: [in, out]}\n");
    fs::create_dir(dir.0.join("schemas/v2")).unwrap();
    dir.put(
        "schemas/v2/State.yaml",
        "{type: string, enum: [up, down]}\n",
    );
    let all = "Owner: {type: object, properties: {pets: {type: array, items: {$ref: './Pet.yaml'}}}}\n\
               Town: {type: object, properties: {name: {type: string}}}\n";
    dir.put("schemas/all.yaml", all);
    fs::create_dir(dir.0.join("schemas/home")).unwrap();
    dir.put(
        "schemas/home/index.yaml",
        "{type: object, properties: {address: {type: string}}}\n",
    );
    let run = dir.run(&["generate", "pets.yaml", "--out", "out"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let pet = dir.read("out/src/pets/types/pet.rs");
    for part in [
        "pub struct Pet {",
        "pub owner: Option<Keeper>",
        "pub state: Option<State>",
        "pub next: Option<V2State>",
        "pub home: Option<Home>",
        "pub town: Option<Town>",
    ] {
        assert!(pet.contains(part), "{part}: {pet}");
    }
    let keeper = dir.read("out/src/pets/types/keeper.rs");
    assert!(keeper.contains("pub pets: Option<Vec<Pet>>"), "{keeper}");
}

#[test]
fn codes_are_explained() {
    let dir = Dir::new("explain");
    let run = dir.run(&["explain", "sw0301"]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.out.starts_with("SW0301 (error or warning): "),
        "{}",
        run.out
    );
    assert!(dir.run(&["explain"]).out.lines().count() > 40);
    let run = dir.run(&["explain", "SW9999"]);
    assert_eq!(
        (run.code, run.err.as_str()),
        (Some(2), "error: unknown code `SW9999`\n")
    );
}

#[test]
fn the_schema_of_the_configuration_is_json() {
    let run = Dir::new("schema").run(&["schema", "config"]);
    let schema: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert!(schema["properties"]["crates"].is_object());
}

#[test]
fn completions_and_manual_pages_name_every_command() {
    let dir = Dir::new("shell");
    let commands = [
        "check", "diff", "explain", "generate", "init", "lsp", "schema",
    ];
    let values = [
        "junit", "markdown", "breaking", "pedantic", "SW0406", "SWD416",
    ];
    let page = dir.run(&["man"]);
    assert!(page.out.contains(".TH specwright 1"), "{}", page.out);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = dir.run(&["completions", shell]);
        assert_eq!(script.code, Some(0), "{}", script.err);
        // The scripts for the others have not all values.
        let has_values = ["bash", "zsh"].contains(&shell);
        for word in commands.iter().chain(values.iter().filter(|_| has_values)) {
            assert!(script.out.contains(word), "{shell}: {word}");
        }
    }
    for command in commands {
        let name = format!("specwright\\-{command}");
        assert!(page.out.contains(&name), "{}", page.out);
        let own = dir.run(&["man", command]);
        assert!(own.is_well() && own.out.contains(&name), "{}", own.out);
    }
    let unknown = dir.run(&["man", "chekc"]);
    assert_eq!(unknown.code, Some(2));
    let similar = "invalid value 'chekc' for '[COMMAND]'";
    assert!(unknown.err.contains(similar), "{}", unknown.err);
}
