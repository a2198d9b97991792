//! Small descriptions and the code that is generated from them: `cases/<behaviour>/spec.yaml`, with a snapshot of each
//! file beside it.
//!
//! The types and resources of a case are always in its snapshots. A comment `# snapshots: client tests` at the top of
//! the description adds `client.rs` and the generated tests. The parts that are the same in every file are omitted: the
//! header, the imports and the first paragraph of `# Errors`. `# snapshots: whole` keeps them, which one case uses.

#[path = "snapshots/mod.rs"]
mod snapshots;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use specwright::diagnostic::Format;
use specwright::{Options, Run, generate};

use serde_yaml::Value;
use snapshots::{abridged, also_wanted, snapshot_name};

/// The maximum number of lines in the description of a case.
const LONGEST: usize = 70;

/// Keeps the parts that are the same in every file.
const WHOLE: &str = "whole";

#[test]
fn cases_give_what_their_snapshots_show() {
    let mut failed = Vec::new();
    for case in cases() {
        let name = file_name(&case);
        if catch_unwind(AssertUnwindSafe(|| compare(&case))).is_err() {
            failed.push(name);
        }
    }
    assert!(
        failed.is_empty(),
        "cases that differ: {}",
        failed.join(", ")
    );
}

#[test]
fn cases_are_small_and_say_what_they_show() {
    for case in cases() {
        let text = fs::read_to_string(case.join("spec.yaml")).unwrap();
        let name = file_name(&case);
        assert!(
            text.starts_with("# ") && text.lines().next().unwrap().ends_with('.'),
            "{name}: a case begins with a comment that says what it shows"
        );
        assert!(
            text.lines().count() <= LONGEST,
            "{name}: more than {LONGEST} lines"
        );
    }
}

#[test]
fn the_same_description_gives_the_same_bytes_on_any_number_of_threads() {
    for case in cases() {
        let path = case.join("spec.yaml");
        let tree = |jobs| {
            let mut options = Options::new("cases", "test");
            options.jobs = jobs;
            generate(std::slice::from_ref(&path), &options)
                .tree
                .unwrap()
        };
        assert_eq!(tree(1), tree(8), "{}", path.display());
    }
}

#[test]
fn the_order_of_a_description_changes_no_name() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut failed = Vec::new();
    for case in cases() {
        let name = file_name(&case);
        let text = fs::read_to_string(case.join("spec.yaml")).unwrap();
        let Ok(mut description) = serde_yaml::from_str::<Value>(&text) else {
            assert_eq!(
                name, "integers_large",
                "only that has numbers beyond 64 bits"
            );
            continue;
        };
        let path = dir.join(format!("{name}.yaml"));
        let mut names = || {
            reverse(&mut description);
            fs::write(&path, serde_yaml::to_string(&description).unwrap()).unwrap();
            let run = generate(std::slice::from_ref(&path), &Options::new("cases", "test"));
            names_in(&run)
        };
        let (one, other) = (names(), names());
        let differing = one.symmetric_difference(&other);
        failed.extend(differing.map(|line| format!("{name}: {line}")));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Reverses the order of the keys of all maps.
fn reverse(value: &mut Value) {
    match value {
        Value::Mapping(members) => {
            let mut reversed: Vec<_> = std::mem::take(members).into_iter().collect();
            reversed.reverse();
            for (_, value) in &mut reversed {
                reverse(value);
            }
            members.extend(reversed);
        }
        Value::Sequence(elements) => {
            for element in elements {
                reverse(element);
            }
        }
        _ => {}
    }
}

/// The declarations of public items, the variants of enums and unions with their values, and the lines that name
/// schemes, each with its file.
fn names_in(run: &Run) -> BTreeSet<String> {
    let tree = run.tree.as_ref().expect("a case has no errors");
    // Tests of examples declare nothing, and write the examples as they are.
    let files = tree.iter().filter(|(path, _)| !path.starts_with("tests/"));
    let lines = files.flat_map(|(path, text)| {
        text.lines()
            .filter(|line| is_name(line))
            .map(move |line| format!("{path}: {}", without_order(line)))
    });
    lines.collect()
}

fn is_name(line: &str) -> bool {
    let line = line.trim();
    let is_item = line.starts_with("pub ") && !line.contains("const ALL:");
    let is_value = line.starts_with("Self");
    let of_macro = line.starts_with(char::is_uppercase) && line.contains([':', '=']) && !is_value;
    is_item || of_macro
}

/// The declaration of an item without the value of a constant. The arguments of a function have the order of the
/// description.
fn without_order(line: &str) -> String {
    let line = line.trim().trim_end_matches(',');
    if line.starts_with("pub const") {
        return line.split(" = ").next().unwrap_or_default().to_owned();
    }
    if !line.starts_with("pub fn") {
        return line.to_owned();
    }
    let mut parts: Vec<&str> = line.split(['(', ')', ',']).map(str::trim).collect();
    parts.sort_unstable();
    parts.join(" ")
}

/// The folders of all cases, sorted.
fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir("tests/cases")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Compares the files of a case with its snapshots.
fn compare(case: &Path) {
    let spec = case.join("spec.yaml");
    let run = generate(std::slice::from_ref(&spec), &Options::new("cases", "test"));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(std::env::current_dir().unwrap().join(case));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let also = also_wanted(&fs::read_to_string(&spec).unwrap());
    settings.bind(|| compare_files(&run, case, &also));
}

fn compare_files(run: &Run, case: &Path, also: &[String]) {
    let place = format!("{}/", case.display()).replace('\\', "/");
    let report = run.render(Format::Short, false).replace(&place, "");
    if !report.is_empty() {
        insta::assert_snapshot!("diagnostics", report);
    }
    let tree = run.tree.as_ref().expect("a case has no errors");
    for (path, text) in tree.iter() {
        if let Some(name) = snapshot_name(path, also) {
            let text = text.replace(&place, "");
            let whole = also.iter().any(|name| name == WHOLE);
            insta::assert_snapshot!(name, if whole { text } else { abridged(&text) });
        }
    }
}
