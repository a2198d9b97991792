//! Servers, fetched by their package managers into folders that can be deleted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Lets npm fetch packages into the folder `dir`; the inner error says why it did not.
///
/// # Errors
/// A folder that cannot be made.
pub(super) fn npm(dir: &Path, packages: &[&str]) -> io::Result<Result<(), String>> {
    fs::create_dir_all(dir)?;
    // Without a manifest of its own npm would use one of the folders above.
    fs::write(dir.join("package.json"), "{ \"private\": true }\n")?;
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args([
        "install",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--no-package-lock",
        // The packages of one vendor ask for versions of each other that are not out yet.
        "--legacy-peer-deps",
    ]);
    Ok(fetched(npm.args(packages).current_dir(dir)))
}

/// Lets pip fetch a package into an environment of its own in the folder `dir`, unless it is there; gives the folder of
/// its programs. The inner error says why there are none.
///
/// # Errors
/// A folder that cannot be made.
pub(super) fn pip(dir: &Path, package: &str) -> io::Result<Result<PathBuf, String>> {
    let programs = dir.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let note = dir.join("installed.txt");
    if fs::read_to_string(&note).is_ok_and(|installed| installed == package) {
        return Ok(Ok(programs));
    }
    fs::create_dir_all(dir)?;
    let python = if cfg!(windows) { "python" } else { "python3" };
    let environment = fetched(Command::new(python).args(["-m", "venv"]).arg(dir));
    let installed = environment.and_then(|()| {
        let mut pip = Command::new(programs.join("pip"));
        fetched(pip.args(["install", "--quiet", "--disable-pip-version-check", package]))
    });
    if let Err(reason) = installed {
        return Ok(Err(reason));
    }
    fs::write(note, package)?;
    Ok(Ok(programs))
}

/// Lets a command end; the error says why it failed.
pub(super) fn fetched(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("there is no `{name}`: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said
        .lines()
        .find(|line| line.to_lowercase().contains("error"));
    Err(format!(
        "{name} fails: {}",
        line.unwrap_or("it says nothing")
    ))
}
