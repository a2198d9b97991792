//! Pairs of small descriptions and what changed between them: `diffs/<behaviour>/{old,new}.yaml`, with the report in
//! both directions beside them.

use std::fs;
use std::path::{Path, PathBuf};

use specwright::diff::{self, Diff, Format};

#[test]
fn reports_are_as_their_snapshots_show() {
    for case in cases() {
        let (old, new) = (case.join("old.yaml"), case.join("new.yaml"));
        let report = format!(
            "# from old to new\n\n{}\n# from new to old\n\n{}",
            compare(&old, &new).render(Format::Human, false),
            compare(&new, &old).render(Format::Human, false),
        );
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(Path::new("..").join(&case));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("report", report));
    }
}

#[test]
fn a_description_does_not_differ_from_itself() {
    for case in cases() {
        for file in ["old.yaml", "new.yaml"] {
            let path = case.join(file);
            let diff = compare(&path, &path);
            assert!(diff.changes.is_empty(), "{}", path.display());
        }
    }
}

#[test]
fn descriptions_are_small_and_say_what_they_show() {
    for case in cases() {
        for file in ["old.yaml", "new.yaml"] {
            let path = case.join(file);
            let text = fs::read_to_string(&path).unwrap();
            assert!(
                text.starts_with("# ") && text.lines().count() <= 40,
                "{}",
                path.display()
            );
        }
    }
}

fn compare(old: &Path, new: &Path) -> Diff {
    let diff = diff::diff(&old.to_string_lossy(), &new.to_string_lossy()).unwrap();
    assert!(diff.is_complete, "{}", new.display());
    diff
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/diffs").unwrap();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}
