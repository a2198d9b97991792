//! The mock servers: how they are installed and started.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::install;

/// What npm is asked for.
const PACKAGES: [&str; 2] = ["@stoplight/prism-cli@~5.14.0", "@stdy/cli@~0.22.0"];

/// Where the programs of both servers are.
#[derive(Debug, Clone)]
pub(super) struct Installed {
    /// What node runs for Prism.
    prism: PathBuf,
    /// Steady itself: its script for node would start it as a process that outlives the script.
    steady: PathBuf,
}

impl Installed {
    /// Fetches what is not there yet; the inner error says why there is nothing to run.
    ///
    /// # Errors
    /// A folder that cannot be made or read.
    pub(super) fn find(dir: &Path) -> io::Result<Result<Self, String>> {
        if Command::new("node").arg("--version").output().is_err() {
            return Ok(Err("there is no `node`".to_owned()));
        }
        if let Some(installed) = Self::found(dir)? {
            return Ok(Ok(installed));
        }
        if let Err(reason) = install::npm(dir, &PACKAGES)? {
            return Ok(Err(reason));
        }
        let missing = "npm did not bring the mock servers for this machine";
        Ok(Self::found(dir)?.ok_or_else(|| missing.to_owned()))
    }

    fn found(dir: &Path) -> io::Result<Option<Self>> {
        let modules = dir.join("node_modules");
        let prism = modules.join("@stoplight/prism-cli/dist/index.js");
        let vendor = modules.join("@stdy");
        if !prism.is_file() || !vendor.is_dir() {
            return Ok(None);
        }
        // The package for this machine has the machine in its name.
        let program = if cfg!(windows) {
            "bin/steady.exe"
        } else {
            "bin/steady"
        };
        for entry in fs::read_dir(vendor)? {
            let steady = entry?.path().join(program);
            if steady.is_file() {
                return Ok(Some(Self { prism, steady }));
            }
        }
        Ok(None)
    }
}

/// The mock servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Server {
    /// Stoplight Prism.
    Prism,
    /// Steady.
    Steady,
}

impl Server {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::Prism, Self::Steady];

    /// What tables call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Prism => "prism",
            Self::Steady => "steady",
        }
    }

    /// The command that answers for a description on a port, and refuses what is wrong.
    pub(super) fn command(self, installed: &Installed, description: &Path, port: u16) -> Command {
        let port = port.to_string();
        match self {
            Self::Prism => {
                let mut command = Command::new("node");
                command.arg(&installed.prism).arg("mock").arg(description);
                command.args([
                    "-p",
                    &port,
                    "-h",
                    "127.0.0.1",
                    "--errors",
                    "--multiprocess=false",
                    // Its answers are made by chance, and some numbers make it stumble over a schema of its own.
                    "--seed",
                    "2",
                ]);
                command
            }
            Self::Steady => {
                let mut command = Command::new(&installed.steady);
                command.args(["-p", &port, "--no-color", "--reject-on-sdk-error"]);
                command.arg(description);
                command
            }
        }
    }
}
