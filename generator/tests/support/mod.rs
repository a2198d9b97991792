//! Running cargo on what the tests generate.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Output};

/// Cargo in a directory, without a network, on the folder of the workspace for what it builds, which has the
/// dependencies already.
pub(crate) fn cargo(dir: &Path) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut command = Command::new(cargo);
    command.current_dir(dir).env("CARGO_TARGET_DIR", target);
    command
}

/// Fails with what a command said, unless it succeeded.
#[track_caller]
pub(crate) fn succeed(output: &Output) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(output.status.success(), "{said}");
}
