//! Suites of live servers: the calls of a typical user, through a client of the description that the server provides.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use specwright::internals::sample::Given;

use super::program::{self, Program};
use super::running::Running;
use super::seen::Seen;
use super::table::{Call, Row};
use crate::corpus::Workspace;
use crate::install::{self, Stop};

/// A server that pip installs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Live {
    /// Its name in tables and files.
    name: &'static str,
    /// The package of pip, with a fixed version, because a later one can respond differently.
    package: &'static str,
    /// Returns the command that starts the server: from a directory of programs, with a data directory, on a port.
    command: fn(&Path, &Path, &str) -> Command,
    /// The prefix of the paths in the description.
    base: &'static str,
    /// The module with the calls.
    calls: &'static str,
}

/// A workflow server, whose description comes from `FastAPI`.
pub(super) const PREFECT: Live = Live {
    name: "prefect",
    package: "prefect==3.9.1",
    command: |programs, data, port| {
        let mut command = Command::new(programs.join("prefect"));
        command
            .args(["server", "start", "--host", "127.0.0.1"])
            .args(["--port", port])
            .args(["--no-ui", "--no-services", "--analytics-off"])
            .env("PREFECT_HOME", data)
            .env("DO_NOT_TRACK", "1");
        command
    },
    base: "/api",
    calls: include_str!("driver/prefect.rs"),
};

/// A vector database, whose description comes from `utoipa`.
pub(super) const CHROMA: Live = Live {
    name: "chroma",
    package: "chromadb==1.5.9",
    command: |programs, data, port| {
        let mut command = Command::new(programs.join("chroma"));
        command.arg("run").arg("--path").arg(data);
        command.args(["--host", "127.0.0.1", "--port", port]);
        command
    },
    base: "",
    calls: include_str!("driver/chroma.rs"),
};

impl Live {
    /// Installs, generates, builds and runs.
    pub(super) fn rows(self, workspace: &Workspace) -> Result<Vec<Row>, Stop> {
        let dir = workspace.dir().join(self.name);
        let programs = install::pip(&dir.join("python"), self.package)?;
        // Each run starts with an empty server.
        let data = dir.join("data");
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        fs::create_dir_all(&data)?;
        let command = |port: &str| (self.command)(&programs, &data, port);
        let server = Running::start(command, &dir.join("server.log"))?;
        let program = self.program(&server, &dir, workspace)?;
        let base = server.base.clone() + self.base;
        Ok(self.judged(program.run(workspace, &[&base])?))
    }

    /// Builds the program against the client of the description that the server gives.
    fn program(self, server: &Running, dir: &Path, workspace: &Workspace) -> io::Result<Program> {
        let text = server.get("/openapi.json")?;
        let path = dir.join(self.name).with_extension("json");
        fs::write(&path, &text)?;
        let package = format!("live-{}", self.name);
        program::generate(&[path], workspace, self.name, &package)?;
        let suite = include_str!("driver/live.rs");
        let program = Program::write(workspace, self.name, &package, suite, self.calls)?;
        program::build(workspace, &[self.name, &program.package])?;
        Ok(program)
    }

    /// Returns a row for each area of the server.
    fn judged(self, results: Vec<(Value, Seen)>) -> Vec<Row> {
        let mut areas = BTreeMap::<String, Vec<Call>>::new();
        for (id, seen) in results {
            let text = |at: usize| id[at].as_str().unwrap_or_default().to_owned();
            areas.entry(text(0)).or_default().push(Call {
                operation: text(1),
                given: Given::Required,
                seen,
            });
        }
        let rows = areas.into_iter().map(|(document, calls)| Row {
            document,
            server: self.name,
            calls: Ok(calls),
        });
        rows.collect()
    }
}
