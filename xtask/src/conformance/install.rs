//! The mock servers, fetched by npm into a folder that can be deleted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What npm is asked for.
const PACKAGES: [&str; 2] = ["@stoplight/prism-cli@~5.14.0", "@stdy/cli@~0.22.0"];

/// Where the programs of both servers are.
#[derive(Debug, Clone)]
pub(super) struct Installed {
    /// What node runs for Prism.
    pub(super) prism: PathBuf,
    /// Steady itself: its script for node would start it as a process that outlives the script.
    pub(super) steady: PathBuf,
}

/// Fetches what is not there yet; the inner error says why there is nothing to run.
///
/// # Errors
/// A folder that cannot be made or read.
pub(super) fn install(dir: &Path) -> io::Result<Result<Installed, String>> {
    if Command::new("node").arg("--version").output().is_err() {
        return Ok(Err("there is no `node`".to_owned()));
    }
    if let Some(installed) = found(dir)? {
        return Ok(Ok(installed));
    }
    fs::create_dir_all(dir)?;
    // Without a manifest of its own npm would use one of the folders above.
    fs::write(dir.join("package.json"), "{ \"private\": true }\n")?;
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(npm)
        .args([
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--no-package-lock",
        ])
        .args(PACKAGES)
        .current_dir(dir)
        .stdin(Stdio::null())
        .output();
    let output = match output {
        Ok(output) => output,
        Err(error) => return Ok(Err(format!("there is no `{npm}`: {error}"))),
    };
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let line = said.lines().find(|line| line.contains("error"));
        let line = line.unwrap_or("it says nothing");
        return Ok(Err(format!("npm cannot fetch the mock servers: {line}")));
    }
    Ok(found(dir)?.ok_or_else(|| "npm did not bring the mock servers for this machine".to_owned()))
}

fn found(dir: &Path) -> io::Result<Option<Installed>> {
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
            return Ok(Some(Installed { prism, steady }));
        }
    }
    Ok(None)
}
