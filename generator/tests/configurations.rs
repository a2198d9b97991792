//! Configurations and their effects: `configurations/<name>/specwright.yaml`, with its descriptions, and snapshots of
//! the report and of the files that the comment at the top of the file lists, as in a case.

#[path = "snapshots/mod.rs"]
mod snapshots;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use specwright::config::{Configuration, Crate};
use specwright::diagnostic::Format;
use specwright::{Options, Run, check_with, generate};

use snapshots::{abridged, also_wanted, snapshot_name};

#[test]
fn configurations_give_what_their_snapshots_show() {
    let mut failed = Vec::new();
    for folder in folders() {
        if catch_unwind(AssertUnwindSafe(|| compare(&folder))).is_err() {
            failed.push(folder.display().to_string());
        }
    }
    assert!(
        failed.is_empty(),
        "configurations that differ: {}",
        failed.join(", ")
    );
}

#[test]
fn invalid_yaml_and_missing_files_are_reported() {
    let configuration = Configuration::load(Path::new("tests/configurations/missing.yaml"));
    let report = configuration.render(Format::Short, false);
    assert!(report.contains("no such file"), "{report}");
    assert!(configuration.crates.is_empty());
}

fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/configurations").unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn compare(folder: &Path) {
    let path = folder.join("specwright.yaml");
    let configuration = Configuration::load(&path);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(std::env::current_dir().unwrap().join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let also = also_wanted(&fs::read_to_string(&path).unwrap());
    settings.bind(|| compare_all(&configuration, folder, &also));
}

fn compare_all(configuration: &Configuration, folder: &Path, also: &[String]) {
    let place = format!("{}/", folder.display()).replace('\\', "/");
    let mut report = configuration.render(Format::Human, false);
    let fails = configuration.diagnostics.has_errors();
    for one in &configuration.crates {
        let run = run(one, fails);
        report += &run.render(Format::Human, false);
        report += &run.derived;
        let Some(tree) = &run.tree else { continue };
        let name = one.name.as_deref().unwrap_or_default();
        for (path, text) in tree.iter() {
            if let Some(file) = snapshot_name(path, also) {
                insta::assert_snapshot!(format!("{name}.{file}"), abridged(text));
            }
        }
    }
    if !report.is_empty() {
        insta::assert_snapshot!("report", report.replace(&place, ""));
    }
}

/// Generates a crate. If the configuration has a mistake, its descriptions are only checked.
fn run(one: &Crate, fails: bool) -> Run {
    let options = Options::of(one, one.name.as_deref().unwrap_or("cases"), "test");
    if fails {
        check_with(&one.descriptions, &options)
    } else {
        generate(&one.descriptions, &options)
    }
}
