//! A tree of path → text, and the only code that writes files.
//!
//! Generated files have a line with [`MARK`] at their top. Only such files, and those that are marked as shared with
//! the user, are overwritten or removed; every other file is kept.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

mod directory;
mod drift;
mod staged;
mod text;
mod walk;

use directory::{Directory, Target};
use drift::differs;
pub use drift::{Drift, drifted};
use staged::Staged;
pub(crate) use text::read;
use text::{has_windows_breaks, plain_breaks};

/// A text in the first lines of every generated file.
pub const MARK: &str = "@generated from ";

/// Texts by their paths, which are relative and use `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<String, String>,
    /// The paths of files that the user edits as well, such as the manifest. They have no mark.
    shared: BTreeSet<String>,
}

/// The result of [`Tree::write`], or of a dry run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The new or changed files.
    pub written: Vec<String>,
    /// The generated files that are not in the tree.
    pub removed: Vec<String>,
    /// The number of files that were up to date.
    pub left: usize,
}

impl Tree {
    /// A tree without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; an earlier one with this path is replaced.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.insert(path.into(), text.into());
    }

    /// Adds a file that the user edits as well: it is overwritten although it has no mark.
    pub fn insert_shared(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let path = path.into();
        self.shared.insert(path.clone());
        self.files.insert(path, text.into());
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The differences between `dir` and the tree, sorted by path.
    ///
    /// # Errors
    /// Returns an error if a file or directory cannot be read.
    pub fn diff(&self, dir: &Path) -> io::Result<Vec<Drift>> {
        let mut drifts = Vec::new();
        let mut directory = Directory::new(dir);
        for (path, text) in &self.files {
            let found = directory.target(path)?.text()?;
            match found.map(|found| plain_breaks(&found)) {
                None => drifts.push(Drift::Missing(path.clone())),
                Some(found) if found != *text => drifts.push(differs(path, &found, text)),
                Some(_) => {}
            }
        }
        drifts.extend(walk::extra(dir, self)?.into_iter().map(Drift::Extra));
        drifts.sort_by(|one, other| one.path().cmp(other.path()));
        Ok(drifts)
    }

    /// Returns what [`Tree::write`] would do, without changing anything.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read, or would replace one that was not generated.
    pub fn planned(&self, dir: &Path) -> io::Result<Report> {
        let changed = self.changed(dir)?;
        Ok(Report {
            left: self.files.len() - changed.len(),
            written: changed
                .into_iter()
                .map(|file| file.path.to_owned())
                .collect(),
            removed: walk::extra(dir, self)?,
        })
    }

    /// Writes the tree to `dir`. Writes the files that differ, removes generated files that are not in the tree, and
    /// does not touch any other file.
    ///
    /// # Errors
    /// Returns an error if a file cannot be written, or would replace one that was not generated. Both are detected
    /// before anything is changed.
    pub fn write(&self, dir: &Path) -> io::Result<Report> {
        let changed = self.changed(dir)?;
        let extra = walk::extra(dir, self)?;
        let left = self.files.len() - changed.len();
        let staged = Staged::new(dir, changed)?;
        // Removing comes before writing: on some file systems, a name that differs only in case is the same file.
        for path in &extra {
            fs::remove_file(dir.join(path))?;
            walk::remove_empty_parents(dir, path);
        }
        Ok(Report {
            written: staged.commit()?,
            removed: extra,
            left,
        })
    }

    /// The files that are missing in `dir` or have another text there, with the line breaks that they have there. Unlike
    /// [`Tree::diff`], it computes no line differences.
    fn changed(&self, dir: &Path) -> io::Result<Vec<Changed<'_>>> {
        let (mut changed, mut in_the_way) = (Vec::new(), Vec::new());
        let mut directory = Directory::new(dir);
        for (path, text) in self.iter() {
            let target = directory.target(path)?;
            let text = match target.text()? {
                Some(found) if plain_breaks(&found) == text => continue,
                Some(found) if !is_generated(&found) && !self.shared.contains(path) => {
                    in_the_way.push(not_generated(dir, path, text));
                    continue;
                }
                Some(found) if has_windows_breaks(&found) => text.replace('\n', "\r\n").into(),
                _ => text.into(),
            };
            if let Err(link) = target.check_link() {
                in_the_way.push(link.to_string());
                continue;
            }
            changed.push(Changed { path, target, text });
        }
        if in_the_way.is_empty() {
            return Ok(changed);
        }
        let message = in_the_way.join("\n");
        Err(io::Error::new(io::ErrorKind::AlreadyExists, message))
    }
}

/// Whether a text is that of a generated file.
pub fn is_generated(text: &str) -> bool {
    text.lines().take(3).any(is_mark)
}

/// Whether a line has the mark, with a source and a command. Other generators use similar marks.
fn is_mark(line: &str) -> bool {
    line.split_once(MARK)
        .is_some_and(|(_, rest)| rest.contains(" by `"))
}

fn not_generated(dir: &Path, path: &str, text: &str) -> String {
    let mark = text.lines().find(|line| is_mark(line)).unwrap_or(MARK);
    format!(
        "`{}` is in the way: it was not generated; move it away, or let it be replaced by adding this line at its top: {mark}",
        dir.join(path).display(),
    )
}

/// An error with the path, and with what to do if a folder and a file are in each other's place.
fn named(error: &io::Error, path: &Path) -> io::Error {
    let shown = path.display();
    let message = match error.kind() {
        io::ErrorKind::IsADirectory => {
            format!("`{shown}` is a folder, and a file is generated there; move it away")
        }
        io::ErrorKind::NotADirectory => {
            let file = path.ancestors().find(|path| path.is_file());
            let file = file.unwrap_or(path).display();
            format!("`{file}` is a file, and a folder is generated there; move it away")
        }
        _ => format!("`{shown}`: {error}"),
    };
    io::Error::new(error.kind(), message)
}

/// A file that is missing or has another text.
struct Changed<'a> {
    /// Its path in the tree.
    path: &'a str,
    target: Target,
    text: Cow<'a, str>,
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    const HEAD: &str = "// @generated from a.yaml by `test`.\n";

    /// A directory of its own, removed when the test is over.
    struct Dir(PathBuf);

    impl Dir {
        fn new(name: &str) -> Self {
            let path =
                std::env::temp_dir().join(format!("specwright-tree-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn put(&self, path: &str, text: &str) {
            let target = self.0.join(path);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(target, text).unwrap();
        }
    }

    impl Drop for Dir {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn tree(files: &[(&str, &str)]) -> Tree {
        let mut tree = Tree::new();
        for (path, text) in files {
            tree.insert(*path, format!("{HEAD}{text}"));
        }
        tree
    }

    #[test]
    fn only_what_changed_is_touched() {
        let dir = Dir::new("touch");
        let tree = tree(&[("src/a.rs", "a\n"), ("src/x/b.rs", "b\n")]);
        assert_eq!(
            tree.write(&dir.0).unwrap().written,
            ["src/a.rs", "src/x/b.rs"]
        );
        let before = fs::metadata(dir.0.join("src/a.rs"))
            .unwrap()
            .modified()
            .unwrap();
        dir.put("src/x/b.rs", &format!("{HEAD}c\n"));
        dir.put("src/old/gone.rs", HEAD);
        dir.put("src/own/kept.rs", "by hand\n");
        let report = tree.write(&dir.0).unwrap();
        assert_eq!(report.written, ["src/x/b.rs"]);
        assert_eq!(report.removed, ["src/old/gone.rs"]);
        assert_eq!(report.left, 1);
        assert_eq!(
            fs::metadata(dir.0.join("src/a.rs"))
                .unwrap()
                .modified()
                .unwrap(),
            before
        );
        assert!(!dir.0.join("src/old").exists());
        assert!(dir.0.join("src/own/kept.rs").exists());
        assert_eq!(tree.diff(&dir.0).unwrap(), []);
    }

    #[test]
    fn drifts_tell_what_and_where() {
        let dir = Dir::new("drift");
        dir.put("src/a.rs", &format!("{HEAD}old\n"));
        dir.put("src/extra.rs", HEAD);
        let drifts = tree(&[("src/a.rs", "new\n"), ("src/b.rs", "")])
            .diff(&dir.0)
            .unwrap();
        assert!(
            matches!(&drifts[0], Drift::Differs { path, diff, added: 1, removed: 1 }
            if path == "src/a.rs" && diff.contains("-old\n+new\n"))
        );
        assert_eq!(drifts[1], Drift::Missing("src/b.rs".into()));
        assert_eq!(drifts[2], Drift::Extra("src/extra.rs".into()));
    }

    #[test]
    fn files_made_by_hand_are_never_overwritten() {
        let dir = Dir::new("foreign");
        dir.put("src/b.rs", "by hand\n");
        dir.put("src/c.rs", "by hand\n");
        let files = [
            ("src/a.rs", "a\n"),
            ("src/b.rs", "b\n"),
            ("src/c.rs", "c\n"),
        ];
        let error = tree(&files).write(&dir.0).unwrap_err().to_string();
        assert_eq!(error.matches("was not generated").count(), 2, "{error}");
        assert!(!dir.0.join("src/a.rs").exists());
    }

    #[test]
    fn nothing_is_changed_where_one_file_cannot_be_written() {
        let dir = Dir::new("whole");
        dir.put("src/old.rs", HEAD);
        dir.put("src/way", "by hand\n");
        let long = format!("src/new/{}.rs", "x".repeat(300));
        for path in [&*long, "src/way/z.rs", "src/old.rs/z.rs"] {
            let tree = tree(&[("src/a.rs", "a\n"), ("src/b/c.rs", "c\n"), (path, "z\n")]);
            assert!(tree.write(&dir.0).is_err(), "{path}");
            let left = fs::read_dir(dir.0.join("src")).unwrap();
            let mut left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
            left.sort();
            assert_eq!(left, ["old.rs", "way"], "{path}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_folder_and_a_file_in_the_way_of_each_other_are_named() {
        let dir = Dir::new("kinds");
        dir.put("src/a.rs/b.rs", HEAD);
        for (path, message) in [
            ("src/a.rs", "src/a.rs` is a folder, and a file is"),
            (
                "src/a.rs/b.rs/c.rs",
                "src/a.rs/b.rs` is a file, and a folder is",
            ),
        ] {
            let error = tree(&[(path, "")]).write(&dir.0).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }

    #[test]
    fn a_name_of_the_greatest_length_is_written() {
        let dir = Dir::new("longest");
        let path = format!("src/{}.rs", "x".repeat(252));
        assert_eq!(tree(&[(&path, "")]).write(&dir.0).unwrap().written, [path]);
    }

    #[test]
    fn line_ends_of_windows_are_no_difference() {
        let dir = Dir::new("crlf");
        dir.put("a.rs", "// @generated from a.yaml by `test`.\r\na\r\n");
        assert_eq!(tree(&[("a.rs", "a\n")]).diff(&dir.0).unwrap(), []);
    }

    #[test]
    fn line_ends_of_windows_are_kept() {
        let dir = Dir::new("crlf_kept");
        dir.put("Cargo.toml", "# @generated from a.yaml by `test`.\r\na\r\n");
        dir.put("b.rs", "// @generated from a.yaml by `test`.\nb\n");
        let written = tree(&[("Cargo.toml", "c\nd\n"), ("b.rs", "e\n"), ("f.rs", "f\n")]);
        written.write(&dir.0).unwrap();
        let read = |path| fs::read_to_string(dir.0.join(path)).unwrap();
        assert!(read("Cargo.toml").ends_with("c\r\nd\r\n"));
        assert!(!read("b.rs").contains('\r') && !read("f.rs").contains('\r'));
        assert_eq!(written.write(&dir.0).unwrap().written, [""; 0]);
    }

    #[test]
    fn paths_never_leave_the_directory() {
        let dir = Dir::new("paths");
        for path in [
            "../a.rs",
            "/a.rs",
            "a/../../b.rs",
            "a//b.rs",
            "C:\\a.rs",
            "",
        ] {
            assert!(tree(&[(path, "")]).write(&dir.0).is_err(), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_not_followed() {
        let (dir, other) = (Dir::new("links"), Dir::new("links-other"));
        std::os::unix::fs::symlink(&other.0, dir.0.join("src")).unwrap();
        assert!(tree(&[("src/a.rs", "a\n")]).write(&dir.0).is_err());
        other.put("foreign.rs", HEAD);
        assert_eq!(
            tree(&[]).write(&dir.0).unwrap().removed,
            Vec::<String>::new()
        );
        assert!(other.0.join("foreign.rs").exists());
    }

    #[test]
    #[cfg(unix)]
    fn a_symbolic_link_is_not_replaced() {
        let (dir, other) = (Dir::new("link"), Dir::new("link-other"));
        let mut tree = Tree::new();
        tree.insert_shared("README.md", "new\n");
        for found in ["old\n", "new\n"] {
            other.put("README.md", found);
            let link = dir.0.join("README.md");
            let _ = fs::remove_file(&link);
            std::os::unix::fs::symlink(other.0.join("README.md"), &link).unwrap();
            assert_eq!(tree.write(&dir.0).is_ok(), found == "new\n");
            assert!(link.is_symlink());
        }
    }
}
