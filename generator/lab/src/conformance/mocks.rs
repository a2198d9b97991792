//! The suite `mocks`: every operation of a dozen clients on mock servers.
//!
//! Stoplight Prism and Steady respond according to a description, and reject requests that do not match it. For each
//! document, a crate is generated, and a program that calls every operation with examples or with made-up values
//! ([`specwright::internals::emit::calls`]).

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::slice;

use specwright::internals::emit::{Calls, Options, Plan, calls};
use specwright::internals::model::Api;

use super::Arguments;
use super::program::{self, CRATE, Program};
use super::running::Running;
use super::seen::Seen;
use super::table::{Call, Row};
use crate::corpus::{self, Document, Workspace};
use crate::install::{self, Stop};

/// The descriptions of this repository.
const SPEC: &str = "spec";
/// The documents of the corpus, each with the feature that it covers.
const CHOSEN: [(&str, &str); 10] = [
    ("museum", "several errors, dates, an image as response"),
    (
        "scalar-galaxy",
        "every kind of security, multipart, webhooks",
    ),
    ("oasex-parameters-style", "every style of every parameter"),
    (
        "oasex-discriminators",
        "unions with and without a discriminator",
    ),
    (
        "frankfurter-v2",
        "arrays in queries, another text form of responses",
    ),
    ("hf-tgi", "server-sent events"),
    (
        "databricks-jobs",
        "large bodies, unions without a discriminator",
    ),
    ("traccar", "servers with variables, formats of numbers"),
    ("etsi-mec010", "filters in queries, problem details"),
    (
        "airflow",
        "inheritance by allOf, read-only properties, patch",
    ),
];
/// The packages of npm.
const PACKAGES: [&str; 2] = ["@stoplight/prism-cli@~5.14.0", "@stdy/cli@~0.22.0"];

/// A description, and the program that calls all its operations.
struct Driver {
    document: Document,
    program: Program,
    calls: Calls,
}

/// Installs, generates, builds and runs.
pub(super) fn rows(arguments: &Arguments, workspace: &Workspace) -> Result<Vec<Row>, Stop> {
    let dir = workspace.dir().join("node");
    install::once(&dir, &PACKAGES.join(" "), || install::npm(&dir, &PACKAGES))?;
    let modules = dir.join("node_modules");
    let (prism, steady) = (
        modules.join("@stoplight/prism-cli/dist/index.js"),
        steady(&modules)?,
    );
    let documents = documents(arguments)?;
    if documents.is_empty() {
        return Err(Stop::Skipped("no document matches".to_owned()));
    }
    let drivers = drivers(documents, workspace)?;
    let members = drivers.iter();
    let members = members.flat_map(|driver| [&*driver.document.name, &*driver.program.package]);
    program::build(workspace, &members.collect::<Vec<_>>())?;
    let mut rows = Vec::new();
    for driver in drivers {
        let path = &driver.document.path;
        let prism = |port: &str| prism_command(&prism, path, port);
        let steady = |port: &str| {
            let mut command = Command::new(&steady);
            command.args(["-p", port, "--no-color", "--reject-on-sdk-error"]);
            command.arg(path);
            command
        };
        rows.push(driver.row("prism", prism, workspace));
        rows.push(driver.row("steady", steady, workspace));
    }
    Ok(rows)
}

fn prism_command(prism: &Path, description: &Path, port: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(prism).arg("mock").arg(description);
    command.args([
        "-p",
        port,
        "-h",
        "127.0.0.1",
        "--errors",
        "--multiprocess=false",
    ]);
    // Its responses are random, and with some seeds it fails on a schema.
    command.args(["--seed", "2"]);
    command
}

/// Finds the program of Steady. Its script for node cannot be used, because it starts a process that outlives the
/// script.
fn steady(modules: &Path) -> Result<PathBuf, Stop> {
    // The name of the package contains the platform.
    for entry in fs::read_dir(modules.join("@stdy"))? {
        let program = entry?.path().join("bin/steady");
        if program.is_file() {
            return Ok(program);
        }
    }
    Err(Stop::Skipped(
        "npm has no Steady for this machine".to_owned(),
    ))
}

/// Finds the descriptions of this repository, and those of the corpus if there is one.
fn documents(arguments: &Arguments) -> io::Result<Vec<Document>> {
    let only = arguments.only.as_deref();
    let mut documents = corpus::find(Path::new(SPEC), only)?;
    if !arguments.dir.is_dir() {
        let dir = arguments.dir.display();
        eprintln!("skipped: the corpus, which is not at `{dir}`; name it with `--dir`");
        return Ok(documents);
    }
    let is_chosen = |document: &Document| CHOSEN.iter().any(|(name, _)| *name == document.name);
    documents.extend(
        corpus::find(&arguments.dir, only)?
            .into_iter()
            .filter(is_chosen),
    );
    Ok(documents)
}

/// Writes a crate and a driver for each document.
fn drivers(documents: Vec<Document>, workspace: &Workspace) -> io::Result<Vec<Driver>> {
    let drivers = documents.into_iter().map(|document| {
        let name = &document.name;
        let package = format!("mocks-{name}");
        let path = slice::from_ref(&document.path);
        let apis = program::generate(path, workspace, name, &package)?;
        let api = apis
            .first()
            .ok_or_else(|| io::Error::other("there is no API"))?;
        let crate_name = CRATE.to_owned();
        let calls = calls(&Plan::new(api, &Options { crate_name }));
        let (suite, source) = (include_str!("driver/mocks.rs"), source(api, &calls));
        let program = Program::write(workspace, name, &package, suite, &source)?;
        Ok(Driver {
            document,
            program,
            calls,
        })
    });
    drivers.collect()
}

impl Driver {
    fn row(
        &self,
        server: &'static str,
        command: impl Fn(&str) -> Command,
        workspace: &Workspace,
    ) -> Row {
        let log = format!("{}-{server}.log", self.document.name);
        let calls = self.call(command, &workspace.dir().join(log), workspace);
        Row {
            document: self.document.name.clone(),
            server,
            calls: calls.map_err(|error| error.to_string()),
        }
    }

    fn call(
        &self,
        command: impl Fn(&str) -> Command,
        log: &Path,
        workspace: &Workspace,
    ) -> io::Result<Vec<Call>> {
        let made = self.calls.calls.iter();
        let mut calls: Vec<Call> = made
            .map(|call| {
                let reason = call.expression.as_ref().err();
                Call {
                    operation: call.label.clone(),
                    given: call.given,
                    seen: Seen::unsent(
                        reason.map_or("the program does not report it", |reason| reason),
                    ),
                }
            })
            .collect();
        let mut next = 0;
        // A server that crashed is started again, and the calls continue after the one at which it crashed.
        loop {
            let running = Running::start(&command, log)?;
            let before = next;
            let from = next.to_string();
            for (id, seen) in self.program.run(workspace, &[&running.base, &from])? {
                let at = id.as_u64().and_then(|at| usize::try_from(at).ok());
                if let Some((at, call)) = at.and_then(|at| Some((at, calls.get_mut(at)?))) {
                    call.seen = seen;
                    next = at + 1;
                }
            }
            if next == before || next == calls.len() {
                return Ok(calls);
            }
        }
    }
}

/// Writes `src/calls.rs`: the client and the calls.
fn source(api: &Api, calls: &Calls) -> String {
    let mut text = format!(
        "//! Generated from the description.\n#![allow(deprecated)]\nuse api::testing::value;\n\n{}\n\n\
         pub(crate) async fn run(base: &str) -> Result<(), api::Error> {{\n    \
         let client: &api::{}::Client = &client(base)?;\n",
        calls.client, api.module
    );
    for (at, call) in calls.calls.iter().enumerate() {
        if let Ok(expression) = &call.expression {
            let read = if call.stream { "items" } else { "whole" };
            let _ = writeln!(
                text,
                "    crate::attempt!({at}, {read}, client, {expression});"
            );
        }
    }
    text + "    Ok(())\n}\n"
}
