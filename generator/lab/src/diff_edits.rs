//! `cargo lab diff-edits`: makes random edits of a large description, checks that `specwright diff` finds all of them,
//! and measures its time.

#[path = "../../tests/edits/mod.rs"]
mod edits;

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use serde_json::Value;
use specwright::diff::diff;

/// What to edit.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The description, in JSON.
    #[arg(long, default_value = "../shared/corpus/github.json")]
    file: PathBuf,
    /// How many edits.
    #[arg(long, default_value_t = 200)]
    edits: usize,
    /// The seed of the edits.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Compares the description with itself, then with the edited one.
pub(crate) fn run(arguments: &Arguments) -> io::Result<(String, bool)> {
    if !arguments.file.is_file() {
        return Ok(crate::skipped(&arguments.file));
    }
    let description: Value = serde_json::from_str(&std::fs::read_to_string(&arguments.file)?)?;
    let folder = Path::new("target/edits");
    std::fs::create_dir_all(folder)?;
    let (old, new) = (folder.join("old.json"), folder.join("new.json"));
    std::fs::write(&old, serde_json::to_string_pretty(&description)?)?;
    let mut text = String::new();
    let (unchanged, seconds) = compared(&old, &old)?;
    writeln!(text, "itself: {} changes, {seconds:.2} s", unchanged.len())
        .map_err(io::Error::other)?;
    let edited = edits::edit(&description, arguments.seed, arguments.edits);
    std::fs::write(&new, serde_json::to_string_pretty(&edited.description)?)?;
    let (found, seconds) = compared(&old, &new)?;
    let count = edited.expected.len();
    writeln!(
        text,
        "{count} edits: {} changes, {seconds:.2} s",
        found.len()
    )
    .map_err(io::Error::other)?;
    let missing = without(&edited.expected, &found);
    let unexpected = without(&found, &edited.expected);
    for (what, changes) in [("missing", &missing), ("unexpected", &unexpected)] {
        for (code, subject) in changes {
            writeln!(text, "{what}: {code} {subject}").map_err(io::Error::other)?;
        }
    }
    let passed = unchanged.is_empty() && missing.is_empty() && unexpected.is_empty();
    Ok((text, passed))
}

type Changes = Vec<(String, String)>;

/// The changes, and the seconds that the comparison takes.
fn compared(old: &Path, new: &Path) -> io::Result<(Changes, f64)> {
    let started = Instant::now();
    let diff = diff(&old.to_string_lossy(), &new.to_string_lossy())?;
    let seconds = started.elapsed().as_secs_f64();
    Ok((edits::found(&diff), seconds))
}

/// The changes of one list that are not in another one. Both are sorted.
fn without(list: &Changes, others: &Changes) -> Changes {
    let mut others = others.clone();
    let mut left = list.clone();
    left.retain(|change| match others.binary_search(change) {
        Ok(at) => {
            others.remove(at);
            false
        }
        Err(_) => true,
    });
    left
}
