//! The differences between a directory and a tree, and their report.

use std::path::Path;

use similar::{ChangeTag, TextDiff};

/// The maximum number of lines of a difference that are shown.
const SHOWN: usize = 24;

/// The maximum number of files with differences that are shown.
const SHOWN_FILES: usize = 40;

/// A difference between a directory and a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drift {
    /// The file does not exist.
    Missing(String),
    /// The file was generated and is not in the tree.
    Extra(String),
    /// The file has another text.
    Differs {
        /// Its path.
        path: String,
        /// The beginning of the difference, as a unified diff from the file to the tree.
        diff: String,
        /// The number of lines that only the tree has.
        added: usize,
        /// The number of lines that only the file has.
        removed: usize,
    },
}

impl Drift {
    /// The path of the file.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing(path) | Self::Extra(path) | Self::Differs { path, .. } => path,
        }
    }

    /// The difference as text. `path` is the path of the file for the report.
    fn render(&self, path: &str) -> String {
        match self {
            Self::Missing(_) => format!("{path}: missing\n"),
            Self::Extra(_) => format!("{path}: extra, no longer generated\n"),
            Self::Differs {
                diff,
                added,
                removed,
                ..
            } => format!("{path}: differs (+{added} −{removed})\n{diff}"),
        }
    }
}

/// Reports the differences between a directory and a tree as text, with the command that removes them.
pub fn drifted(drifts: &[Drift], dir: &Path, command: &str) -> String {
    let folder = dir.display().to_string().replace('\\', "/");
    if drifts.is_empty() {
        return format!("{folder} is current\n");
    }
    let shown = drifts.iter().take(SHOWN_FILES);
    let mut text: String = shown
        .map(|drift| drift.render(&format!("{folder}/{}", drift.path())))
        .collect();
    if let Some(more) = drifts
        .len()
        .checked_sub(SHOWN_FILES)
        .filter(|more| *more > 0)
    {
        text.extend(["… and ", &more.to_string(), " more files\n"]);
    }
    text + &format!(
        "error: {folder} is not what the descriptions say; run `{command}` and commit the result\n"
    )
}

pub(super) fn differs(path: &str, found: &str, wanted: &str) -> Drift {
    let diff = TextDiff::from_lines(found, wanted);
    let count = |tag| {
        diff.iter_all_changes()
            .filter(|change| change.tag() == tag)
            .count()
    };
    let text = diff.unified_diff().context_radius(2).to_string();
    let lines = text.lines().count();
    let mut shown: String = text
        .lines()
        .take(SHOWN)
        .flat_map(|line| [line, "\n"])
        .collect();
    if lines > SHOWN {
        shown.extend(["… and ", &(lines - SHOWN).to_string(), " more lines\n"]);
    }
    Drift::Differs {
        path: path.to_owned(),
        diff: shown,
        added: count(ChangeTag::Insert),
        removed: count(ChangeTag::Delete),
    }
}
