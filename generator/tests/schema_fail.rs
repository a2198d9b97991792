//! The descriptions that the schema of `OpenAPI` 3.1 must refuse, from the tests of that schema.
//!
//! They are not part of this repository. The test reads them from `../shared/suites/openapi-3.1-fail` beside the
//! repository, and is skipped, with a message, where the folder is missing.

use std::fs;
use std::path::Path;

#[test]
fn every_invalid_description_has_a_diagnostic() {
    let folder = Path::new("../../shared/suites/openapi-3.1-fail");
    let Ok(entries) = fs::read_dir(folder) else {
        eprintln!("skipped: {} is not here", folder.display());
        return;
    };
    let paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    let silent = |path: &&std::path::PathBuf| {
        let run = specwright::check(&[(*path).clone()]);
        run.render(specwright::diagnostic::Format::Short, false)
            .is_empty()
    };
    let silent: Vec<_> = paths.iter().filter(silent).collect();
    assert!(silent.is_empty(), "without a diagnostic: {silent:?}");
}
