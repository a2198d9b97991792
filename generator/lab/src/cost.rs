//! `cargo lab cost`: what a call costs beside reqwest used by hand and progenitor's client.
//!
//! The clients of others are in a package of their own, `generator/lab/cost`, so that nothing else here needs them.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Command;

const MANIFEST: &str = "generator/lab/cost/Cargo.toml";

/// Builds the programs and runs the one that prints the table. The workspace is the current directory.
///
/// # Errors
/// Cargo cannot be started.
pub(crate) fn run() -> io::Result<crate::Outcome> {
    if !cargo(&["build", "--release", "--bins"]).status()?.success() {
        let why = "the programs of generator/lab/cost cannot be built; \
                   they need progenitor and reqwest from the registry\n";
        return Ok((why.to_owned(), false));
    }
    let done = cargo(&["run", "--release", "--quiet", "--bin", "cost"]).status()?;
    Ok((String::new(), done.success()))
}

fn cargo(words: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command
        .args(words)
        .arg("--manifest-path")
        .arg(Path::new(MANIFEST));
    command
}
