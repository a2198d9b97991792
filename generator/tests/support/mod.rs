//! Runs cargo on generated crates.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Cargo in a directory, without a network, with the target directory of the workspace, in which the dependencies are
/// already built.
pub(crate) fn cargo(dir: &Path) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut command = Command::new(cargo);
    command.current_dir(dir).env("CARGO_TARGET_DIR", target);
    command
}

/// Makes a workspace of the crate in a directory, with the locked dependencies of this one and the profiles for which
/// they are already built.
pub(crate) fn own_workspace(dir: &Path) {
    let manifest = dir.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    // Additions to the manifest by a person are kept.
    if !text.contains("[workspace]") {
        let root = fs::read_to_string("../Cargo.toml").unwrap();
        let profiles = &root[root.find("[profile.dev]").unwrap()..];
        fs::write(&manifest, format!("{text}\n[workspace]\n\n{profiles}")).unwrap();
    }
    fs::copy("../Cargo.lock", dir.join("Cargo.lock")).unwrap();
}

/// Fails with the output of a command unless the command succeeded.
#[track_caller]
pub(crate) fn succeed(output: &Output) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(output.status.success(), "{said}");
}
