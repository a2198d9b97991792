//! Files as they were in a revision of the git repository that the current folder is in.

use std::io;
use std::process::Command;

/// Reads a file as it was in a revision.
///
/// # Errors
/// Returns an error if git cannot be run or does not have the file. The error contains git's message.
pub fn read(revision: &str, path: &str) -> io::Result<Vec<u8>> {
    git(&["show", &format!("{revision}:./{path}")])
}

/// Lists the names of the files in a folder as it was in a revision.
///
/// # Errors
/// Returns an error if git cannot be run or does not have the folder. The error contains git's message.
pub fn list(revision: &str, folder: &str) -> io::Result<Vec<String>> {
    let names = git(&["ls-tree", "--name-only", &format!("{revision}:./{folder}")])?;
    let names = String::from_utf8_lossy(&names);
    Ok(names.lines().map(str::to_owned).collect())
}

/// Runs git in the current folder and returns its output. A failure of git is an error of the kind
/// [`io::ErrorKind::Other`].
fn git(arguments: &[&str]) -> io::Result<Vec<u8>> {
    let output = Command::new("git").args(arguments).output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(message.trim().to_owned()))
}
