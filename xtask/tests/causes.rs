//! The report of `cargo xtask regenerate` about the causes of changed files.

use std::fs;
use std::path::Path;
use std::process::Command;

use xtask::regenerate::run;

const DESCRIPTION: &str = "openapi: 3.1.0\ninfo: {title: Zoo, version: '1'}\npaths:\n  /pets:\n    get:\n      \
                           tags: [pets]\n      operationId: pets.list\n      responses:\n        '200':\n          \
                           description: All pets.\n          content:\n            application/json:\n              \
                           schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}\ncomponents:\n  \
                           schemas:\n    Pet:\n      type: object\n      properties:\n        name: {type: string}\n";
const CLIENT: &str = "generated/src/zoo/client.rs";
const DESCRIBED: &str = "\nthe descriptions changed since HEAD:\n";
const CHANGES: &str = "\nthe descriptions changed since HEAD:\n\
    additive, minor  zoo: schema `Pet`, `age`: an optional property was added [SWD416]\n\
    1 change: 1 additive\n\
    the crate needs a minor step, the API a minor step\n";

fn git(arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(arguments);
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "Zoo");
        command.env(format!("GIT_{role}_EMAIL"), "zoo@example.test");
    }
    // In a git hook, these name the repository of the hook.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
}

fn commit() {
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--no-verify", "--message", "Change"]);
}

/// The output of the command, without the time that it took.
fn said(check: bool) -> String {
    let (text, _) = run(check, false).unwrap();
    text
}

/// Changes a generated file, as if another version of the generator had written it.
fn as_another_generator() {
    let client = fs::read_to_string(CLIENT).unwrap();
    fs::write(CLIENT, client + "// The end.\n").unwrap();
}

/// One test, because all of it uses the current directory of the process.
#[test]
fn changes_of_descriptions_and_of_the_generator_are_told_apart() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("causes");
    let _ = fs::remove_dir_all(&workspace);
    fs::create_dir_all(workspace.join("spec")).unwrap();
    fs::create_dir_all(workspace.join("generated")).unwrap();
    std::env::set_current_dir(&workspace).unwrap();
    fs::write("spec/zoo.yaml", DESCRIPTION).unwrap();
    fs::write("generated/Cargo.toml", "[package]\nname = \"zoo\"\n").unwrap();
    git(&["init", "--quiet"]);

    // There is no commit to compare with.
    let text = said(false);
    assert!(text.contains(" written, "), "{text}");
    assert!(
        !text.contains(DESCRIBED) && !text.contains("the generator"),
        "{text}"
    );
    commit();
    assert_eq!(said(true), "generated is current\n");

    let age = format!("{DESCRIPTION}        age: {{type: integer}}\n");
    fs::write("spec/zoo.yaml", &age).unwrap();
    for check in [true, false, true] {
        let text = said(check);
        assert!(text.ends_with(CHANGES), "{text}");
    }

    // A manual edit is not a change of the generator.
    commit();
    as_another_generator();
    let text = said(false);
    assert!(text.contains("+ generated/src/zoo/client.rs\n"), "{text}");
    assert!(!text.contains("the generator"), "{text}");

    as_another_generator();
    commit();
    for check in [true, false] {
        let text = said(check);
        let only = "\nthe generator changed: 1 file, no description did\n";
        assert!(text.ends_with(only), "{text}");
        assert!(!text.contains(DESCRIBED), "{text}");
    }

    // Both at the same time.
    git(&["checkout", "--quiet", "."]);
    fs::write("spec/zoo.yaml", age.replace("integer", "string")).unwrap();
    fs::write("spec/more.yaml", DESCRIPTION).unwrap();
    let text = said(false);
    assert!(text.contains("zoo: schema `Pet`, `age`: "), "{text}");
    assert!(text.contains("more: the API: "), "{text}");
    assert!(
        text.ends_with("\nthe generator changed: 1 file\n"),
        "{text}"
    );

    // A file that cannot be read in the last commit is not compared.
    fs::write("spec/zoo.yaml", "openapi: [\n").unwrap();
    commit();
    fs::write("spec/zoo.yaml", DESCRIPTION).unwrap();
    let (text, well) = run(false, false).unwrap();
    let errors = "the descriptions at HEAD have errors and are not compared\n";
    assert!(well && text.ends_with(errors), "{text}");
}
