//! Suites of live servers: the calls that a user makes, through a client of the description that the server gives.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use specwright::sample::Given;

use super::install;
use super::program::{self, Program};
use super::running::Running;
use super::seen::Seen;
use super::table::{Row, Tried};
use crate::corpus::{self, Document, Workspace};

/// A server that pip installs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Live {
    /// What tables and files call it.
    name: &'static str,
    /// What pip is asked for: one version, since a later one may respond otherwise.
    package: &'static str,
    /// Starts the program in a folder of programs on a port, with its data in a folder.
    command: fn(&Path, &Path, u16) -> Command,
    /// The path of its description.
    description: &'static str,
    /// What stands before the description's paths.
    base: &'static str,
    /// The program that makes the calls.
    user: &'static str,
}

/// A workflow server, whose description comes from `FastAPI`.
pub(super) const PREFECT: Live = Live {
    name: "prefect",
    package: "prefect==3.9.1",
    command: |programs, data, port| {
        let mut command = Command::new(programs.join("prefect"));
        command
            .args(["server", "start", "--host", "127.0.0.1"])
            .args(["--port", &port.to_string()])
            .args(["--no-ui", "--no-services", "--analytics-off"])
            .env("PREFECT_HOME", data)
            .env("DO_NOT_TRACK", "1");
        command
    },
    description: "/openapi.json",
    base: "/api",
    user: include_str!("driver/prefect.rs"),
};

/// A vector database, whose description comes from `utoipa`.
pub(super) const CHROMA: Live = Live {
    name: "chroma",
    package: "chromadb==1.5.9",
    command: |programs, data, port| {
        let mut command = Command::new(programs.join("chroma"));
        command.arg("run").arg("--path").arg(data);
        command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
        command
    },
    description: "/openapi.json",
    base: "",
    user: include_str!("driver/chroma.rs"),
};

impl Live {
    /// Installs, generates, builds and runs; the inner error says why nothing can.
    ///
    /// # Errors
    /// What the machine refuses, and a client that does not generate or build.
    pub(super) fn rows(self, workspace: &Workspace) -> io::Result<Result<Vec<Row>, String>> {
        let dir = workspace.dir().join(self.name);
        let programs = match install::pip(&dir.join("python"), self.package)? {
            Ok(programs) => programs,
            Err(reason) => return Ok(Err(reason)),
        };
        // Each run begins with an empty server.
        let data = dir.join("data");
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        fs::create_dir_all(&data)?;
        let command = |port| (self.command)(&programs, &data, port);
        let server = Running::start(command, &dir.join("server.log"))?;
        let server =
            server.map_err(|reason| io::Error::other(format!("{}: {reason}", self.name)))?;
        let program = self.program(&server, &dir, workspace)?;
        let base = server.base() + self.base;
        Ok(Ok(self.judged(program.run(workspace, &[&base])?)))
    }

    /// The program, built against the client of the description that the server gives.
    fn program(self, server: &Running, dir: &Path, workspace: &Workspace) -> io::Result<Program> {
        let text = server.get(self.description)?;
        let path = dir.join(self.name).with_extension("json");
        fs::write(&path, &text)?;
        let document = Document {
            name: self.name.to_owned(),
            path,
            bytes: text.len() as u64,
        };
        let packages = corpus::crates(std::slice::from_ref(&document), workspace)?;
        let package = packages.first().map_or("", String::as_str);
        let sources = [
            ("main.rs", include_str!("driver/live.rs")),
            ("user.rs", self.user),
        ];
        let program = Program::write(&workspace.crates(), self.name, package, &sources)?;
        program::build(workspace, [self.name, program.package.as_str()])?;
        Ok(program)
    }

    /// A row for each area of the server.
    fn judged(self, told: Vec<Value>) -> Vec<Row> {
        let mut areas = BTreeMap::<String, Vec<Tried>>::new();
        for line in told {
            let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            areas.entry(text("area")).or_default().push(Tried {
                operation: text("call"),
                given: Given::Required,
                seen: Seen::read(&line["seen"]),
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
