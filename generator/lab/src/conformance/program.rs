//! A crate beside a generated one, whose program calls it.

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, value};

use crate::corpus::Workspace;

/// What the names of the programs begin with.
const PREFIX: &str = "drive-";
/// What a program calls the generated crate.
pub(super) const CRATE: &str = "api";
/// The file that tells of calls, which every program has.
const TOLD: (&str, &str) = ("told.rs", include_str!("driver/told.rs"));

/// A program that calls a generated crate.
#[derive(Debug)]
pub(super) struct Program {
    /// Name of the package, of its folder, and of the program.
    pub(super) package: String,
}

impl Program {
    /// Writes the program of the crate `generated`, which stands in `crates/<name>`; `sources` are names and texts.
    ///
    /// # Errors
    /// Files that cannot be written.
    pub(super) fn write(
        crates: &Path,
        name: &str,
        generated: &str,
        sources: &[(&str, &str)],
    ) -> io::Result<Self> {
        let program = Self {
            package: format!("{PREFIX}{name}"),
        };
        let dir = crates.join(&program.package);
        fs::create_dir_all(dir.join("src"))?;
        put(&dir.join("Cargo.toml"), &program.manifest(name, generated))?;
        for (name, text) in sources.iter().chain([&TOLD]) {
            put(&dir.join("src").join(name), text)?;
        }
        Ok(program)
    }

    fn manifest(&self, name: &str, package: &str) -> String {
        let mut about = Table::new();
        about["name"] = value(&self.package);
        about["version"] = value("0.1.0");
        about["edition"] = value("2024");
        about["publish"] = value(false);
        let mut generated = InlineTable::new();
        generated.insert("package", package.into());
        generated.insert("path", format!("../{name}").into());
        generated.insert("features", Array::from_iter(["testing"]).into());
        let mut tokio = InlineTable::new();
        tokio.insert("version", "1".into());
        tokio.insert(
            "features",
            Array::from_iter(["macros", "rt", "time", "net"]).into(),
        );
        let mut dependencies = Table::new();
        dependencies[CRATE] = value(generated);
        dependencies["serde_json"] = value("1");
        dependencies["tokio"] = value(tokio);
        let mut manifest = DocumentMut::new();
        manifest["package"] = Item::Table(about);
        manifest["dependencies"] = Item::Table(dependencies);
        manifest.to_string()
    }

    /// Runs the program that [`build`] built and gives the lines of JSON that it tells.
    ///
    /// # Errors
    /// A program that cannot be started, or that does not get to the end.
    pub(super) fn run(&self, workspace: &Workspace, arguments: &[&str]) -> io::Result<Vec<Value>> {
        let output = Command::new(workspace.build().join("debug").join(&self.package))
            .args(arguments)
            // A proxy of the environment is not for loopback.
            .env("NO_PROXY", "127.0.0.1")
            .stdin(Stdio::null())
            .output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = format!("{}: {}", self.package, said.trim());
            return Err(io::Error::other(said));
        }
        let lines = String::from_utf8_lossy(&output.stdout);
        let lines = lines.lines().map(serde_json::from_str);
        Ok(lines.collect::<Result<_, _>>()?)
    }
}

/// Builds the programs of these packages, and what they need, in the scratch workspace.
///
/// # Errors
/// Clients that do not build.
pub(super) fn build<'a>(
    workspace: &Workspace,
    members: impl IntoIterator<Item = &'a str>,
) -> io::Result<()> {
    let members: Vec<&str> = members.into_iter().collect();
    workspace.prepare(&members, Path::new("Cargo.lock"))?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args([
            "build",
            "--offline",
            "--workspace",
            "--bins",
            "--keep-going",
        ])
        .current_dir(workspace.crates())
        .env("CARGO_TARGET_DIR", workspace.build())
        // Nobody debugs them, and they are built in half the time without.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .status()?;
    if status.success() {
        return Ok(());
    }
    Err(io::Error::other("the clients do not build"))
}

/// Writes a file, unless it has this text: cargo goes by the time of the last change.
fn put(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    fs::write(path, text)
}
