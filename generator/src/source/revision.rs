//! Files as they were in a revision of the git repository that the current folder is in.

use std::io;
use std::process::{Command, Output};

/// Reads a file as it was in a revision.
///
/// # Errors
/// Returns an error if git cannot be run or does not have the file. The error says what is missing.
pub fn read(revision: &str, path: &str) -> io::Result<Vec<u8>> {
    show(&["show"], revision, path)
}

/// Lists the names of the files in a folder as it was in a revision.
///
/// # Errors
/// Returns an error if git cannot be run or does not have the folder. The error says what is missing.
pub fn list(revision: &str, folder: &str) -> io::Result<Vec<String>> {
    let names = show(&["ls-tree", "--name-only"], revision, folder)?;
    let names = String::from_utf8_lossy(&names);
    Ok(names.lines().map(str::to_owned).collect())
}

/// Returns what git prints of a path in a revision. A failure of git is an error of the kind [`io::ErrorKind::Other`].
fn show(command: &[&str], revision: &str, path: &str) -> io::Result<Vec<u8>> {
    let object = format!("{revision}:./{path}");
    let output = git(&[command, &[&object]].concat())?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let knows = |object: &str| {
        let verified = git(&["rev-parse", "--verify", "--quiet", object]);
        verified.is_ok_and(|output| output.status.success())
    };
    let message = String::from_utf8_lossy(&output.stderr);
    let message = message.trim().trim_start_matches("fatal: ");
    Err(io::Error::other(if !knows("HEAD") || knows(&object) {
        message.to_owned()
    } else if knows(&format!("{revision}^{{tree}}")) {
        format!("`{revision}` has no `{path}`")
    } else {
        format!("the repository has no revision `{revision}`; fetch it, or correct its name")
    }))
}

/// Runs git in the current folder.
fn git(arguments: &[&str]) -> io::Result<Output> {
    Command::new("git").args(arguments).output()
}
