//! Programs that call a generated crate.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;
use specwright::Options;
use specwright::diagnostic::Format;
use specwright::internals::model::Api;
use specwright::package::COMMAND;

use super::seen::{Report, Seen};
use crate::corpus::{self, Workspace};
use crate::process;

/// The name of the generated crate in a program.
pub(super) const CRATE: &str = "api";

/// A program that calls a generated crate.
#[derive(Debug)]
pub(super) struct Program {
    /// The name of the package, of its directory, and of the program.
    pub(super) package: String,
}

/// A line of a program's output.
#[derive(Deserialize)]
struct Line {
    /// The id of the call in the suite.
    id: Value,
    seen: Report,
}

impl Program {
    /// Writes the program for the crate `generated`, which is in `crates/<name>`. `suite` is the module with the
    /// functions of the suite, `calls` the one with the calls.
    ///
    /// # Errors
    /// Files that cannot be written.
    pub(super) fn write(
        workspace: &Workspace,
        name: &str,
        generated: &str,
        suite: &str,
        calls: &str,
    ) -> io::Result<Self> {
        let package = format!("drive-{name}");
        let dir = workspace.crates().join(&package);
        let manifest = format!(
            "[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\n\
             {CRATE} = {{ package = \"{generated}\", path = \"../{name}\", features = [\"testing\"] }}\n\
             serde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\", \"time\", \"net\"] }}\n"
        );
        fs::create_dir_all(dir.join("src"))?;
        for (path, text) in [
            ("Cargo.toml", &*manifest),
            ("src/main.rs", include_str!("driver/main.rs")),
            ("src/report.rs", include_str!("driver/report.rs")),
            ("src/suite.rs", suite),
            ("src/calls.rs", calls),
        ] {
            put(&dir.join(path), text)?;
        }
        Ok(Self { package })
    }

    /// Runs the program that [`build`] built, and returns what it reports of each call.
    ///
    /// # Errors
    /// The program cannot be started, or fails.
    pub(super) fn run(
        &self,
        workspace: &Workspace,
        arguments: &[&str],
    ) -> io::Result<Vec<(Value, Seen)>> {
        let mut program = Command::new(workspace.build().join("debug").join(&self.package));
        // The proxy of the environment must not be used for loopback.
        program.args(arguments).env("NO_PROXY", "127.0.0.1");
        let output = process::output(&mut program)?;
        let lines = output.lines().map(|line| {
            let Line { id, seen } = serde_json::from_str(line)?;
            Ok((id, seen.into()))
        });
        lines.collect()
    }
}

/// Generates the crate `package` in `crates/<name>`, with a module for each description, and returns its APIs.
///
/// # Errors
/// A description has an error, or a file cannot be read or written.
pub(super) fn generate(
    descriptions: &[PathBuf],
    workspace: &Workspace,
    name: &str,
    package: &str,
) -> io::Result<Vec<Api>> {
    let mut options = Options::new(package, COMMAND);
    options.lenient = true;
    let mut run = specwright::generate(descriptions, &options);
    let Some(tree) = run.tree.take() else {
        return Err(io::Error::other(run.render(Format::Short, false)));
    };
    let out = workspace.crates().join(name);
    corpus::write_crate(&run, tree, &out, package, &options.settings)?;
    Ok(run.apis)
}

/// Builds the programs among these members of the scratch workspace.
///
/// # Errors
/// The clients do not build.
pub(super) fn build(workspace: &Workspace, members: &[&str]) -> io::Result<()> {
    let status = workspace
        .cargo("build", members)?
        .arg("--keep-going")
        .arg("--bins")
        // Debug information would double the build time.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .status()?;
    if status.success() {
        return Ok(());
    }
    Err(io::Error::other("the clients do not build"))
}

/// Writes a file, unless it already has this text, because cargo rebuilds newer files.
fn put(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    fs::write(path, text)
}
