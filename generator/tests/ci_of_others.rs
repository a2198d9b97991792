//! What other repositories run in their CI: the GitHub action and the hooks for pre-commit. The tests play the runner:
//! they run the steps in a repository, with stand-ins for `git fetch` from a server, `cargo` and `gh`.
#![cfg(unix)]

#[path = "support/blocks.rs"]
mod pages;
#[path = "support/command.rs"]
mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use pages::blocks;
use serde_yaml::Value as Yaml;
use support::{Dir, SPEC};

/// Prints the number of an earlier comment, if there is one, and records the call that writes a comment.
const GH: &str = r#"#!/bin/sh
case "$*" in
    *--jq*) cat "$RUNNER_TEMP/earlier" 2> /dev/null || true ;;
    *) { echo "$@"; cat "$RUNNER_TEMP/comment.md"; } > "$RUNNER_TEMP/gh" ;;
esac
"#;

const CONFIGURATION: &str = "crates: [{out: pets, description: spec/pets.yaml}]\n";

fn yaml(path: &str) -> Yaml {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Runs a script in bash as the runner does. `specwright` is the program of this build.
fn bash(dir: &Dir, script: &str, variables: &[(String, String)]) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_specwright"))
        .parent()
        .unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!(
        "{}:{}:{path}",
        dir.0.join("bin").display(),
        program.display()
    );
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
    command
        .current_dir(dir.0.join("repository"))
        .env("PATH", path);
    command
        .env("RUNNER_TEMP", &dir.0)
        .env("GITHUB_BASE_REF", "main")
        .env("GITHUB_REPOSITORY", "us/pets");
    command.env("GITHUB_STEP_SUMMARY", dir.0.join("summary"));
    command.env("GITHUB_ACTION_PATH", "/action");
    command.envs(variables.iter().cloned()).output().unwrap()
}

/// A repository with a description and its crate, and a clone of it to work in.
fn repository(name: &str) -> Dir {
    let dir = Dir::new(name);
    for folder in ["bin", "repository"] {
        fs::create_dir(dir.0.join(folder)).unwrap();
    }
    dir.put("bin/gh", GH);
    fs::set_permissions(dir.0.join("bin/gh"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::create_dir(dir.0.join("repository/spec")).unwrap();
    dir.put("repository/spec/pets.yaml", SPEC);
    dir.put("repository/specwright.yaml", CONFIGURATION);
    let script = "specwright generate >&2
        git init --quiet --initial-branch main . && git add --all
        git -c user.name=a -c user.email=a@a.example commit --quiet --message one
        git clone --quiet --bare . ../origin && git remote add origin ../origin";
    let made = bash(&dir, script, &[]);
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    dir
}

/// The value of a variable of a step, whose expression is one input of the action or one value of the event.
fn expand(expression: &str, inputs: &Yaml, given: &[(&str, &str)]) -> String {
    let inner = expression
        .strip_prefix("${{ ")
        .and_then(|rest| rest.strip_suffix(" }}"));
    match inner {
        None => expression.to_owned(),
        Some("github.token") => "token".to_owned(),
        Some("github.event.pull_request.number") => "7".to_owned(),
        Some(other) => {
            let name = other.strip_prefix("inputs.").expect(other);
            let given = given.iter().find(|(key, _)| *key == name);
            let default = || inputs[name]["default"].as_str().expect(name);
            expand(given.map_or_else(default, |(_, value)| value), inputs, &[])
        }
    }
}

/// Runs the steps of the action until one fails; returns the name of that step and what the steps printed.
fn action(dir: &Dir, given: &[(&str, &str)]) -> (Option<String>, String) {
    let action = yaml("action/action.yml");
    let mut printed = String::new();
    for step in action["runs"]["steps"].as_sequence().unwrap() {
        assert_eq!(
            step["shell"].as_str(),
            Some("bash"),
            "a composite action needs it"
        );
        let variables = step["env"].as_mapping().into_iter().flatten();
        let variables = variables.map(|(name, value)| {
            let value = expand(value.as_str().unwrap(), &action["inputs"], given);
            (name.as_str().unwrap().to_owned(), value)
        });
        let done = bash(
            dir,
            step["run"].as_str().unwrap(),
            &variables.collect::<Vec<_>>(),
        );
        printed += &String::from_utf8_lossy(&done.stdout);
        printed += &String::from_utf8_lossy(&done.stderr);
        if !done.status.success() {
            return (step["name"].as_str().map(str::to_owned), printed);
        }
    }
    (None, printed)
}

#[test]
fn the_action_comments_on_what_a_pull_request_changes() {
    let dir = repository("action");
    let (failed, printed) = action(&dir, &[]);
    assert_eq!(failed, None, "{printed}");
    assert!(!dir.has("gh"), "there are no changes");

    dir.put(
        "repository/spec/pets.yaml",
        SPEC.replace("type: string", "type: integer"),
    );
    let (failed, printed) = action(&dir, &[]);
    let outdated = Some("Compare the crates with the descriptions");
    assert_eq!(failed.as_deref(), outdated, "{printed}");

    let given = [("configurations", ""), ("fail-on", "breaking")];
    let (failed, printed) = action(&dir, &given);
    assert_eq!(
        failed.as_deref(),
        Some("Comment on what changed"),
        "{printed}"
    );
    let comment = dir.read("gh");
    let call = "api --silent --method POST repos/us/pets/issues/7/comments --field body=@";
    assert!(comment.starts_with(call), "{comment}");
    assert!(
        comment.contains("\n<!-- specwright: spec -->\n"),
        "{comment}"
    );
    assert!(comment.contains("breaking"), "{comment}");
    assert!(dir.read("summary").contains("breaking"));
    let (failed, printed) = action(&dir, &[("configurations", "")]);
    assert_eq!(failed, None, "{printed}");

    dir.put("earlier", "42\n");
    dir.put("repository/spec/pets.yaml", SPEC);
    let (failed, printed) = action(&dir, &[]);
    assert_eq!(failed, None, "{printed}");
    let comment = dir.read("gh");
    let call = "api --silent --method PATCH repos/us/pets/issues/comments/42 --field body=@";
    assert!(comment.starts_with(call), "{comment}");
    assert!(comment.contains("No changes."), "{comment}");

    let mistake = "components: {schemas: {Pet: {type: object, additional_properties: false}}}\n";
    dir.put("repository/spec/pets.yaml", SPEC.to_owned() + mistake);
    let (failed, printed) = action(&dir, &[("strict", "true")]);
    assert_eq!(
        failed.as_deref(),
        Some("Check the descriptions"),
        "{printed}"
    );
    assert!(printed.contains("::error file=spec/pets.yaml"), "{printed}");
}

#[test]
fn the_action_runs_where_there_is_no_crate_and_nothing_to_compare() {
    let dir = repository("action_new");
    assert!(
        bash(&dir, "git rm -q specwright.yaml", &[])
            .status
            .success()
    );
    fs::create_dir(dir.0.join("repository/api")).unwrap();
    dir.put("repository/api/pets.yaml", SPEC);
    let given = [("description", "api"), ("files", "api/*.yaml")];
    let (failed, printed) = action(&dir, &given);
    assert_eq!(failed, None, "{printed}");
    assert!(printed.contains("::notice::api is new"), "{printed}");
    assert!(!dir.has("gh"));
}

#[test]
fn the_action_checks_the_crates_of_every_configuration() {
    let dir = repository("action_nested");
    let script = "mkdir -p café/clients other rules && git mv specwright.yaml café/clients && git rm -rq pets \
        && sed -i 's|spec/|../../spec/|' café/clients/specwright.yaml && cp café/clients/specwright.yaml other \
        && sed -i 's|../../spec/|../spec/|' other/specwright.yaml \
        && echo 'rules: {SW0405: allow}' > rules/specwright.yaml && git add .";
    assert!(bash(&dir, script, &[]).status.success());
    let (failed, printed) = action(&dir, &[]);
    let outdated = Some("Compare the crates with the descriptions");
    assert_eq!(failed.as_deref(), outdated, "{printed}");
    for folder in ["café/clients/pets", "other/pets"] {
        assert!(printed.contains(folder), "{printed}");
    }
    let (failed, _) = action(&dir, &[("configurations", ":(exlude)café")]);
    assert_eq!(failed.as_deref(), outdated);
    let excluded = [
        ":!café :!other */specwright.yaml",
        ":!café :/!other",
        " \n ",
    ];
    for own in excluded {
        let (failed, printed) = action(&dir, &[("configurations", own)]);
        assert_eq!(failed, None, "{own}: {printed}");
    }
}

#[test]
fn the_action_passes_a_correction_of_a_description_that_cannot_be_read() {
    let dir = repository("action_corrected");
    dir.put("repository/spec/pets.yaml", "openapi: [");
    let script =
        "git -c user.name=a -c user.email=a@a.example commit -qam two && git push -q origin main";
    assert!(bash(&dir, script, &[]).status.success());
    dir.put("repository/spec/pets.yaml", SPEC);
    let (failed, printed) = action(&dir, &[]);
    assert_eq!(failed, None, "{printed}");
    let notice = "::notice::the old version of spec cannot be read";
    assert!(printed.contains(notice), "{printed}");
    let (failed, printed) = action(&dir, &[("fail-on", "nothing")]);
    assert_eq!(
        failed.as_deref(),
        Some("Comment on what changed"),
        "{printed}"
    );
}

#[test]
fn the_workflow_of_the_book_shows_what_a_pull_request_changes() {
    let dir = repository("workflow");
    dir.put(
        "repository/spec/pets.yaml",
        SPEC.replace("type: string", "type: integer"),
    );
    assert!(bash(&dir, "specwright generate", &[]).status.success());
    let page = include_str!("../book/src/review.md");
    let steps: Yaml = serde_yaml::from_str(blocks(page, "yaml")[1]).unwrap();
    for step in steps.as_sequence().unwrap() {
        let done = bash(&dir, step["run"].as_str().unwrap(), &[]);
        let printed = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{step:?}: {printed}");
    }
    assert!(dir.read("summary").contains("breaking"));
}

#[test]
fn the_hooks_find_a_mistake_and_an_outdated_crate() {
    let dir = repository("hooks");
    let hooks = yaml("../.pre-commit-hooks.yaml");
    let run = |id: &str| {
        let mut all = hooks.as_sequence().unwrap().iter();
        let hook = all.find(|hook| hook["id"].as_str() == Some(id)).unwrap();
        let takes_files = hook["pass_filenames"].as_bool() != Some(false);
        let files = if takes_files { " spec/pets.yaml" } else { "" };
        let command = format!("{}{files}", hook["entry"].as_str().unwrap());
        bash(&dir, &command, &[]).status.code()
    };
    assert_eq!(
        (run("specwright-check"), run("specwright-generate")),
        (Some(0), Some(0))
    );
    dir.put(
        "repository/spec/pets.yaml",
        SPEC.replace("type: string", "type: integer"),
    );
    assert_eq!(
        (run("specwright-check"), run("specwright-generate")),
        (Some(0), Some(1))
    );
    dir.put(
        "repository/spec/pets.yaml",
        SPEC.replace("openapi: 3.1.0", "openapi: 9.1.0"),
    );
    assert_eq!(run("specwright-check"), Some(1));
}
