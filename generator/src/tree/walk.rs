//! Finds generated files that are no longer in the tree.

use std::fs::{self, DirEntry, File};
use std::io::{self, Read};
use std::path::Path;

use super::{Tree, is_mark, named};

/// The generated files under `dir` that the tree does not have.
///
/// Only the top-level directories that can contain generated files are searched. Hidden directories, build directories
/// and nested crates are skipped, unless the tree itself has files in them.
pub(super) fn extra(dir: &Path, tree: &Tree) -> io::Result<Vec<String>> {
    let mut extra = Vec::new();
    let mut open = vec![String::new()];
    while let Some(inside) = open.pop() {
        for entry in entries(&dir.join(&inside))? {
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                continue;
            };
            let path = if inside.is_empty() {
                name.clone()
            } else {
                format!("{inside}/{name}")
            };
            let kind = entry.file_type()?;
            if kind.is_dir()
                && (!inside.is_empty() || is_ours(&name, tree))
                && !is_foreign(&entry.path(), &name, &path, tree)
            {
                open.push(path);
            } else if kind.is_file()
                && !name.starts_with('.')
                && tree.get(&path).is_none()
                && carries_mark(&entry.path())?
            {
                extra.push(path);
            }
        }
    }
    extra.sort();
    Ok(extra)
}

fn entries(dir: &Path) -> io::Result<Vec<DirEntry>> {
    match fs::read_dir(dir) {
        Ok(entries) => entries.collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(named(&error, dir)),
    }
}

/// The directories that every generated crate has, although the tree may have no file in them.
const USUAL: [&str; 2] = ["src", "tests"];

/// Whether this top-level directory can contain generated files.
fn is_ours(name: &str, tree: &Tree) -> bool {
    let below = |(path, _): (&str, &str)| path.split('/').next() == Some(name);
    USUAL.contains(&name) || tree.iter().any(below)
}

fn is_foreign(place: &Path, name: &str, path: &str, tree: &Tree) -> bool {
    let ours = || {
        tree.iter().any(|(file, _)| {
            file.strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('/'))
        })
    };
    name.starts_with('.')
        || place.join("CACHEDIR.TAG").exists()
        || (place.join("Cargo.toml").exists() && !ours())
}

/// Reads only the beginning of the file, which may be large.
fn carries_mark(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    let file = File::open(path).map_err(|error| named(&error, path))?;
    file.take(512)
        .read_to_end(&mut start)
        .map_err(|error| named(&error, path))?;
    let start = String::from_utf8_lossy(&start);
    Ok(start.lines().take(3).any(is_mark))
}

/// Removes the directories that are empty after a file was removed, up to `dir`. A directory that is not empty or
/// cannot be removed is kept.
pub(super) fn remove_empty_parents(dir: &Path, path: &str) {
    let mut inside = path;
    while let Some((parent, _)) = inside.rsplit_once('/') {
        if fs::remove_dir(dir.join(parent)).is_err() {
            return;
        }
        inside = parent;
    }
}
