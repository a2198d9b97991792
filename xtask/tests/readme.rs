//! What README.md shows is what the commands say.

use std::fs;
use std::path::Path;

use specwright::Run;
use specwright::diagnostic::Format;
use specwright::diff;

const TYPE: &str = "src/workspaces/types/instagram_account_update.rs";

/// A run over spec/workspaces.yaml, changed in some places, in a directory of its own.
fn run(changes: &[(&str, &str)]) -> Run {
    let root = xtask::enter_workspace().unwrap();
    let mut text = fs::read_to_string(root.join("spec/workspaces.yaml")).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    fs::create_dir_all(dir.join("spec")).unwrap();
    fs::write(dir.join("spec/workspaces.yaml"), text).unwrap();
    std::env::set_current_dir(&dir).unwrap();
    specwright::generate(
        &["spec/workspaces.yaml".into()],
        &xtask::regenerate::options(),
    )
}

/// The blocks of README.md in this language.
fn blocks(language: &str) -> Vec<&'static str> {
    let page = include_str!("../../README.md");
    let opening = format!("```{language}\n");
    page.split(opening.as_str())
        .skip(1)
        .filter_map(|rest| rest.split_once("\n```"))
        .map(|(block, _)| block)
        .collect()
}

/// The directory is the process's, so one test does it all.
#[test]
fn the_tour_is_real() {
    mistakes();
    file_of_a_type();
    diff_of_a_field();
}

fn mistakes() {
    let found = run(&[
        (
            "$ref: '#/components/schemas/Location'",
            "$ref: \"#/components/schemas/Locations\"",
        ),
        ("required: [team_ids]", "required: [team_idz]"),
        (
            "The account's user name on Instagram.\n          type: string",
            "The account's user name on Instagram.\n          type: strng",
        ),
    ]);
    let shown = found.render(Format::Human, false) + &found.diagnostics.summary().unwrap();
    assert_eq!(blocks("text")[0], shown.trim_end());
}

fn file_of_a_type() {
    let tree = run(&[]).tree.unwrap();
    assert_eq!(blocks("rust,ignore")[0], tree.get(TYPE).unwrap().trim_end());
}

fn diff_of_a_field() {
    let last = "The account's name in the workspace.\n          type: string\n\n    # The document describes";
    let note = "The account's name in the workspace.\n          type: string\n        note:\n          \
                description: What the team should know of the account.\n          type: [string, 'null']\n\n    \
                # The document describes";
    let (before, after) = (run(&[]), run(&[(last, note)]));
    let [file, items, ..] = blocks("diff")[..] else {
        panic!("README.md shows no differences");
    };
    let text = |run: &Run| run.tree.as_ref().unwrap().get(TYPE).unwrap().to_owned();
    adds(file, &text(&before), &text(&after));
    adds(items, &before.public_items(), &after.public_items());

    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/workspaces.yaml");
    let report = diff::diff(&old.to_string_lossy(), "spec/workspaces.yaml").unwrap();
    let report = report.render(diff::Format::Short, false);
    let shown = format!(
        "the descriptions changed since HEAD:\n{}",
        report.trim_end()
    );
    assert_eq!(blocks("text")[1], shown);
}

/// Checks that the lines that a diff adds are all that the new text has more.
fn adds(diff: &str, old: &str, new: &str) {
    let added = diff.lines().filter_map(|line| line.strip_prefix('+'));
    let mut wanted: Vec<&str> = old.lines().chain(added).collect();
    let mut found: Vec<&str> = new.lines().collect();
    wanted.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, wanted);
}
