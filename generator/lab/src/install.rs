//! Programs of others, installed by their package managers into directories that can be deleted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;

/// The reason why something that was to be installed has no results.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Something that it needs is missing on this machine.
    Skipped(String),
    Failed(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Runs `install` for the directory `dir`, unless it succeeded before for the same `wanted`.
pub(crate) fn once(
    dir: &Path,
    wanted: &str,
    install: impl FnOnce() -> Result<(), Stop>,
) -> Result<(), Stop> {
    let note = dir.join("installed.txt");
    if fs::read_to_string(&note).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    fs::create_dir_all(dir)?;
    install()?;
    Ok(fs::write(note, wanted)?)
}

/// Installs packages of npm into `dir`.
pub(crate) fn npm(dir: &Path, packages: &[&str]) -> Result<(), Stop> {
    // Without a manifest, npm would use that of a parent directory.
    fs::write(dir.join("package.json"), "{ \"private\": true }\n")?;
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--no-package-lock",
    ]);
    // The packages of one vendor require versions of each other that are not published yet.
    run(npm
        .arg("--legacy-peer-deps")
        .args(packages)
        .current_dir(dir))
}

/// Installs a package of pip into an environment in `dir` and returns the directory of its programs.
pub(crate) fn pip(dir: &Path, package: &str) -> Result<PathBuf, Stop> {
    let programs = dir.join("bin");
    once(dir, package, || {
        run(Command::new("python3").args(["-m", "venv"]).arg(dir))?;
        let mut pip = Command::new(programs.join("pip"));
        run(pip.args(["install", "--quiet", "--disable-pip-version-check", package]))
    })?;
    Ok(programs)
}

/// Runs a command that installs something. The suite is skipped if it fails.
pub(crate) fn run(command: &mut Command) -> Result<(), Stop> {
    let output = process::output(command);
    output.map_or_else(|error| Err(Stop::Skipped(error.to_string())), |_| Ok(()))
}
