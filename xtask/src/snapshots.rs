//! `cargo xtask snapshots`: finds snapshots without a test.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::regenerate::Outcome;

/// Compares the snapshots that tests use with the existing ones. The used ones are listed in `references`, which insta
/// writes during a test run (`INSTA_SNAPSHOT_REFERENCES_FILE`); without it, the generator's tests are run.
///
/// # Errors
/// A test run cannot be started, or files cannot be read.
pub fn run(root: &Path, references: Option<&Path>) -> io::Result<Outcome> {
    let used = if let Some(list) = references {
        used(list)?
    } else {
        let list = root.join("target").join("snapshots.txt");
        if !run_tests(root, &list)? {
            return Ok(("error: the generator's tests fail\n".to_owned(), false));
        }
        used(&list)?
    };
    let mut found = BTreeSet::new();
    collect(&root.join("generator"), &mut found)?;
    Ok(compared(root, &used, &found))
}

/// Runs the generator's tests, and returns whether they pass.
fn run_tests(root: &Path, list: &Path) -> io::Result<bool> {
    fs::create_dir_all(root.join("target"))?;
    // insta appends to the file, so the list of an earlier run is removed.
    match fs::remove_file(list) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["test", "--quiet", "--package", "specwright"])
        .env("INSTA_UPDATE", "no")
        .env("INSTA_SNAPSHOT_REFERENCES_FILE", list)
        .current_dir(root)
        .status()?;
    Ok(status.success())
}

fn used(list: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let text = match fs::read_to_string(list) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        text => text?,
    };
    Ok(text
        .lines()
        .filter_map(|line| Path::new(line).canonicalize().ok())
        .collect())
}

fn collect(dir: &Path, found: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            collect(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "snap")
        {
            found.insert(path.canonicalize()?);
        }
    }
    Ok(())
}

fn compared(root: &Path, used: &BTreeSet<PathBuf>, found: &BTreeSet<PathBuf>) -> Outcome {
    let left: Vec<&PathBuf> = found.difference(used).collect();
    if left.is_empty() {
        return (
            format!("{} snapshots, each with a test\n", found.len()),
            true,
        );
    }
    let lines = left.iter().map(|path| {
        format!(
            "{}: no test asks for it\n",
            path.strip_prefix(root).unwrap_or(path).display()
        )
    });
    (
        lines.collect::<String>() + "error: remove the snapshots that no test asks for\n",
        false,
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use super::compared;

    fn snapshots(names: &[&str]) -> BTreeSet<PathBuf> {
        names
            .iter()
            .map(|name| Path::new("/w").join(name))
            .collect()
    }

    #[test]
    fn a_snapshot_without_a_test_is_named() {
        let found = snapshots(&["a.snap", "b.snap"]);
        let (text, well) = compared(Path::new("/w"), &snapshots(&["a.snap"]), &found);
        assert!(!well);
        assert!(text.starts_with("b.snap: no test asks for it\n"), "{text}");
    }

    #[test]
    fn a_snapshot_that_is_yet_to_be_written_is_no_mistake_here() {
        let used = snapshots(&["a.snap", "new.snap"]);
        let (text, well) = compared(Path::new("/w"), &used, &snapshots(&["a.snap"]));
        assert!(well, "{text}");
    }
}
