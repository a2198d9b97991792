//! `cargo lab cost`: compares the cost of a call with reqwest used by hand and with a client of progenitor.
//!
//! The other clients are in a separate workspace, `cost/`, so that nothing else depends on them.

use std::io;

use crate::{Outcome, process};

const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/cost/Cargo.toml");

/// Builds all programs of `cost/`, and runs the one that prints the table.
///
/// # Errors
/// Cargo cannot be started.
pub(crate) fn run() -> io::Result<Outcome> {
    for arguments in [
        &["build", "--bins"][..],
        &["run", "--quiet", "--bin", "cost"],
    ] {
        let mut cargo = process::cargo();
        cargo
            .args(arguments)
            .args(["--release", "--manifest-path", MANIFEST]);
        if !cargo.status()?.success() {
            return Ok((String::new(), false));
        }
    }
    Ok((String::new(), true))
}
