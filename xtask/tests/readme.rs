//! README.md and the book show the real output of the commands.

#[path = "../../generator/tests/support/blocks.rs"]
mod pages;

use std::fs;
use std::path::Path;

use specwright::Run;
use specwright::diagnostic::Format;
use specwright::diff;

use pages::blocks;

const TYPE: &str = "src/workspaces/types/instagram_account_update.rs";

/// A run over spec/workspaces.yaml with some changes, in a separate directory.
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

const README: &str = include_str!("../../README.md");
const MISTAKES: &str = include_str!("../../generator/book/src/mistakes.md");

/// One test, because all of it uses the current directory of the process.
#[test]
fn the_tour_is_real() {
    mistakes();
    file_of_a_type();
    diff_of_a_field();
}

fn mistakes() {
    let reference = (
        "$ref: '#/components/schemas/Location'",
        "$ref: '#/components/schemas/Locations'",
    );
    let required = ("required: [team_ids]", "required: [team_idz]");
    let shown = |changes: &[(&str, &str)]| {
        let found = run(changes);
        found.render(Format::Human, false) + &found.diagnostics.summary().unwrap()
    };
    assert_eq!(blocks(README, "text")[0], shown(&[reference]).trim_end());
    assert_eq!(
        blocks(MISTAKES, "text")[0],
        shown(&[reference, required]).trim_end()
    );
}

fn file_of_a_type() {
    let tree = run(&[]).tree.unwrap();
    let shown = blocks(README, "rust,ignore")[0];
    assert!(tree.get(TYPE).unwrap().starts_with(shown), "{shown}");
}

fn diff_of_a_field() {
    let last = "The account's name in the workspace.\n          type: string\n\n    # The document describes";
    let note = "The account's name in the workspace.\n          type: string\n        note:\n          \
                description: What the team should know of the account.\n          type: [string, 'null']\n\n    \
                # The document describes";
    let (before, after) = (run(&[]), run(&[(last, note)]));
    let text = |run: &Run| run.tree.as_ref().unwrap().get(TYPE).unwrap().to_owned();
    adds(blocks(README, "diff")[0], &text(&before), &text(&after));

    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/workspaces.yaml");
    let report = diff::diff(&old.to_string_lossy(), "spec/workspaces.yaml").unwrap();
    let report = report.render(diff::Format::Short, false);
    let shown = format!(
        "the descriptions changed since HEAD:\n{}",
        report.trim_end()
    );
    assert_eq!(blocks(README, "text")[1], shown);
}

/// Checks that the lines that a diff adds are exactly the additional lines of the new text.
fn adds(diff: &str, old: &str, new: &str) {
    let added = diff.lines().filter_map(|line| line.strip_prefix('+'));
    let mut wanted: Vec<&str> = old.lines().chain(added).collect();
    let mut found: Vec<&str> = new.lines().collect();
    wanted.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, wanted);
}
