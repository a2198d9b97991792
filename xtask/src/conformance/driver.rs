//! The program that calls every operation of a generated crate.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use specwright::emit::{Calls, Options, Plan, SampleCall, calls};
use specwright::model::Api;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, value};

use super::seen::Seen;

/// What the names of the drivers begin with.
const PREFIX: &str = "drive-";
/// What a driver calls the generated crate.
const CRATE: &str = "api";

/// A driver: a crate beside the generated one.
#[derive(Debug)]
pub(super) struct Driver {
    /// Name of the package, of its folder, and of the program.
    pub(super) package: String,
    /// Every operation.
    pub(super) calls: Vec<SampleCall>,
}

impl Driver {
    /// Writes the driver of the crate `package`, which stands in `crates/<name>`.
    ///
    /// # Errors
    /// Files that cannot be written.
    pub(super) fn write(crates: &Path, name: &str, package: &str, api: &Api) -> io::Result<Self> {
        let options = Options {
            crate_name: CRATE.to_owned(),
        };
        let made = calls(&Plan::new(api, &options));
        let driver = Self {
            package: format!("{PREFIX}{name}"),
            calls: made.calls.clone(),
        };
        let dir = crates.join(&driver.package);
        fs::create_dir_all(dir.join("src"))?;
        put(&dir.join("Cargo.toml"), &driver.manifest(name, package))?;
        put(&dir.join("src/main.rs"), include_str!("driver/main.rs"))?;
        put(&dir.join("src/calls.rs"), &source(api, &made))?;
        Ok(driver)
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

    /// Makes the calls at `base` from the one at place `from` on, until the server is gone, and notes in `seen` what
    /// came of them; gives the place of the next one.
    ///
    /// # Errors
    /// A program that cannot be started, or that does not get to the end.
    pub(super) fn run(
        &self,
        programs: &Path,
        base: &str,
        from: usize,
        seen: &mut [Seen],
    ) -> io::Result<usize> {
        let output = Command::new(programs.join(&self.package))
            .args([base, &from.to_string()])
            // A proxy of the environment is not for loopback.
            .env("NO_PROXY", "127.0.0.1")
            .stdin(Stdio::null())
            .output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(io::Error::other(format!(
                "{}: {}",
                self.package,
                said.trim()
            )));
        }
        let mut next = from;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let line: Value = serde_json::from_str(line)?;
            let at = line["at"].as_u64().and_then(|at| usize::try_from(at).ok());
            if let Some((at, place)) = at.and_then(|at| Some((at, seen.get_mut(at)?))) {
                *place = Seen::read(&line["seen"]);
                next = at + 1;
            }
        }
        Ok(next)
    }
}

/// The program of a driver's package, in the folder that cargo builds in.
pub(super) fn programs(build: &Path) -> PathBuf {
    build.join("debug")
}

/// `src/calls.rs`: the client and the calls.
fn source(api: &Api, calls: &Calls) -> String {
    let mut text = String::from(
        "//! Made of the description.\n#![allow(deprecated)]\nuse api::testing::value;\n\n",
    );
    let module = &api.module;
    // A string takes everything that is written to it.
    let _ = writeln!(text, "{}\n", calls.client);
    let _ = writeln!(
        text,
        "pub(crate) async fn run(client: &api::{module}::Client, from: usize) {{"
    );
    for (at, call) in calls.calls.iter().enumerate() {
        if let Ok(expression) = &call.expression {
            let read = if call.stream { "items" } else { "whole" };
            let _ = writeln!(
                text,
                "    crate::attempt!({at}, from, {read}, client, {expression});"
            );
        }
    }
    text.push_str("}\n");
    text
}

/// Writes a file, unless it has this text: cargo goes by the time of the last change.
fn put(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    fs::write(path, text)
}
