//! `cargo xtask snapshots`: no snapshot without a test.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::regenerate::Outcome;

/// Runs the generator's tests and compares the snapshots they asked for with those that are there.
///
/// # Errors
/// A test run that cannot be started, or files that cannot be read.
pub fn run(root: &Path) -> io::Result<Outcome> {
    let list = root.join("target").join("snapshots.txt");
    fs::create_dir_all(root.join("target"))?;
    // insta adds to the file: what an earlier run left must not count.
    match fs::remove_file(&list) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["test", "--quiet", "--package", "specwright"])
        .env("INSTA_UPDATE", "no")
        .env("INSTA_SNAPSHOT_REFERENCES_FILE", &list)
        .current_dir(root)
        .status()?;
    if !status.success() {
        return Ok(("error: the generator's tests fail\n".to_owned(), false));
    }
    let used = used(&list)?;
    let mut found = BTreeSet::new();
    collect(&root.join("generator"), &mut found)?;
    Ok(compared(root, &used, &found))
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
