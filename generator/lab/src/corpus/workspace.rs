//! The scratch workspace: a crate for each document, and one target directory, in which the runtime is built once.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;

/// The directory of everything that a run writes.
#[derive(Debug)]
pub(crate) struct Workspace {
    dir: PathBuf,
    /// Whether cargo only uses the crates that are on this machine already.
    pub(super) is_offline: bool,
}

impl Workspace {
    /// Opens the workspace in `dir`, which is created if it is missing.
    ///
    /// # Errors
    /// A directory cannot be created.
    pub(crate) fn open(dir: &str) -> io::Result<Self> {
        // Absolute, because cargo runs in this directory.
        let dir = std::path::absolute(dir)?;
        fs::create_dir_all(dir.join("crates"))?;
        Ok(Self {
            dir,
            is_offline: true,
        })
    }

    /// Returns the directory of the workspace.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Returns the directory of the crates, with the manifest of the workspace.
    pub(crate) fn crates(&self) -> PathBuf {
        self.dir.join("crates")
    }

    /// Returns the target directory.
    pub(crate) fn build(&self) -> PathBuf {
        self.dir.join("build")
    }

    /// Returns the directory of the measured costs, with a file for each crate.
    pub(super) fn measures(&self, step: &str) -> PathBuf {
        self.dir.join("measures").join(step)
    }

    /// Returns a command of cargo for the crates `members`, whose dependencies have the versions of this repository.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub(crate) fn cargo(&self, subcommand: &str, members: &[&str]) -> io::Result<Command> {
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
        fs::write(self.crates().join("Cargo.toml"), manifest)?;
        fs::copy("Cargo.lock", self.crates().join("Cargo.lock"))?;
        let mut cargo = process::cargo();
        cargo
            .args([subcommand, "--workspace"])
            .args(self.is_offline.then_some("--offline"))
            .current_dir(self.crates())
            .env("CARGO_TARGET_DIR", self.build());
        Ok(cargo)
    }
}
