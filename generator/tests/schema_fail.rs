//! The descriptions that the schemas of `OpenAPI` 3.1 and 3.2 must refuse, from the tests of these schemas.
//!
//! They are not part of this repository. The tests read those of 3.1 from `../shared/suites/openapi-3.1-fail` beside
//! the repository, and those of 3.2 from the branch `v3.2-dev` of a clone of the specification's repository at the path
//! in `OPENAPI_SPECIFICATION`. If they are missing, the test prints a message and is skipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn every_invalid_description_of_3_1_has_a_diagnostic() {
    let folder = Path::new("../../shared/suites/openapi-3.1-fail");
    let Ok(entries) = fs::read_dir(folder) else {
        eprintln!("skipped: {} is not here", folder.display());
        return;
    };
    let paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    assert_reported(&paths);
}

#[test]
fn every_invalid_description_of_3_2_has_a_diagnostic() {
    let Some(clone) = std::env::var_os("OPENAPI_SPECIFICATION") else {
        eprintln!(
            "skipped: OPENAPI_SPECIFICATION names no clone of the specification's repository"
        );
        return;
    };
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .arg("-C")
            .arg(&clone)
            .args(arguments)
            .output();
        let output = output.expect("git runs");
        assert!(output.status.success(), "git {arguments:?} fails");
        String::from_utf8(output.stdout).expect("text")
    };
    let branch = "v3.2-dev";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("openapi-3.2-fail");
    fs::create_dir_all(&folder).unwrap();
    let listed = git(&["ls-tree", "-r", "--name-only", branch, "tests/schema/fail"]);
    let write = |name: &str| {
        let path = folder.join(Path::new(name).file_name().unwrap());
        fs::write(&path, git(&["show", &format!("{branch}:{name}")])).unwrap();
        path
    };
    let paths: Vec<_> = listed.lines().map(write).collect();
    assert!(!paths.is_empty(), "the branch {branch} has no such tests");
    assert_reported(&paths);
}

/// Asserts that each of the files has at least one diagnostic.
fn assert_reported(paths: &[PathBuf]) {
    let silent = |path: &&PathBuf| specwright::check(&[(*path).clone()]).diagnostics.is_empty();
    let silent: Vec<_> = paths.iter().filter(silent).collect();
    assert!(silent.is_empty(), "without a diagnostic: {silent:?}");
}
