//! Child processes.

use std::env;
use std::io;
use std::process::{Command, Stdio};

/// Returns the command for the cargo that started this program.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command without input and returns its standard output.
///
/// # Errors
/// The command cannot be started, or fails. The message has the line of its standard error that names an error.
pub(crate) fn output(command: &mut Command) -> io::Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output();
    let output =
        output.map_err(|error| io::Error::other(format!("cannot start `{name}`: {error}")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let error = stderr
        .lines()
        .find(|line| line.to_lowercase().contains("error"));
    let error = error.or_else(|| stderr.lines().last()).unwrap_or_default();
    Err(io::Error::other(format!(
        "`{name}` failed ({}): {error}",
        output.status
    )))
}
