//! The suite `mocks`: every operation of a dozen clients on mock servers.
//!
//! Stoplight Prism and Steady answer for a description and refuse requests that do not fit it. For each document a
//! crate is generated, and a program that calls every operation with examples or made-up values
//! ([`specwright::emit::calls`]); every request has to be accepted, and every answer has to decode. Where a server is
//! wrong, `exceptions.rs` says so.

use std::io;
use std::path::Path;

use super::Arguments;
use super::driver::Driver;
use super::mock::{Installed, Server};
use super::program;
use super::running::Running;
use super::seen::Seen;
use super::table::{Row, Tried};
use crate::corpus::{self, CORPUS, Document, Workspace};

/// Our own descriptions.
const SPEC: &str = "spec";
/// The documents of the corpus, by what each shows.
const CHOSEN: [(&str, &str); 10] = [
    ("museum", "several errors, dates, an image as answer"),
    (
        "scalar-galaxy",
        "every kind of security, multipart, webhooks",
    ),
    ("oasex-parameters-style", "every style of every parameter"),
    ("oasex-discriminators", "unions with and without a word"),
    (
        "frankfurter-v2",
        "lists in queries, another text form of answers",
    ),
    ("hf-tgi", "server-sent events"),
    ("databricks-jobs", "large bodies, unions without a word"),
    ("traccar", "servers with variables, formats of numbers"),
    ("etsi-mec010", "filters in queries, problem details"),
    ("airflow", "inheritance by allOf, read-only members, patch"),
];

/// Generates, builds and runs; the inner error says why nothing can.
///
/// # Errors
/// What the machine refuses, and clients that do not generate or build.
pub(super) fn rows(
    arguments: &Arguments,
    workspace: &Workspace,
) -> io::Result<Result<Vec<Row>, String>> {
    let installed = match Installed::find(&workspace.dir().join("node"))? {
        Ok(installed) => installed,
        Err(reason) => return Ok(Err(reason)),
    };
    let documents = documents(arguments)?;
    if documents.is_empty() {
        return Ok(Err("no document is asked for".to_owned()));
    }
    let drivers = drivers(&documents, workspace)?;
    let names = documents.iter().map(|document| document.name.as_str());
    let programs = drivers.iter().map(|driver| driver.program.package.as_str());
    program::build(workspace, names.chain(programs))?;
    let mut rows = Vec::new();
    for (document, driver) in documents.iter().zip(&drivers) {
        for server in Server::ALL {
            rows.push(Row {
                document: document.name.clone(),
                server: server.name(),
                calls: calls(server, &installed, document, driver, workspace)?,
            });
        }
    }
    Ok(Ok(rows))
}

/// Our descriptions, and those of the corpus where there is one.
fn documents(arguments: &Arguments) -> io::Result<Vec<Document>> {
    let mut documents = corpus::find(Path::new(SPEC), arguments.only.as_deref())?;
    let dir = arguments.dir.clone().unwrap_or_else(|| CORPUS.into());
    if !dir.is_dir() {
        eprintln!(
            "skipped: the documents of the corpus, which is not at `{}`; name it with `--dir`",
            dir.display()
        );
        return Ok(documents);
    }
    let chosen = corpus::find(&dir, arguments.only.as_deref())?.into_iter();
    let is_chosen = |document: &Document| CHOSEN.iter().any(|(name, _)| *name == document.name);
    documents.extend(chosen.filter(is_chosen));
    Ok(documents)
}

/// A crate and a driver for each document, in one workspace.
fn drivers(documents: &[Document], workspace: &Workspace) -> io::Result<Vec<Driver>> {
    let packages = corpus::crates(documents, workspace)?;
    let mut drivers = Vec::new();
    for (document, package) in documents.iter().zip(&packages) {
        let checked = specwright::check(std::slice::from_ref(&document.path));
        let api = checked
            .apis
            .first()
            .ok_or_else(|| io::Error::other(format!("{} has no API", document.name)))?;
        drivers.push(Driver::write(workspace, &document.name, package, api)?);
    }
    Ok(drivers)
}

fn calls(
    server: Server,
    installed: &Installed,
    document: &Document,
    driver: &Driver,
    workspace: &Workspace,
) -> io::Result<Result<Vec<Tried>, String>> {
    let log = format!("{}-{}.log", document.name, server.name());
    let log = workspace.dir().join(log);
    let mut seen: Vec<Seen> = driver.calls.iter().map(Seen::of_unsent).collect();
    let mut next = 0;
    // A server that breaks down is started again, and goes on with the call after the one that broke it.
    loop {
        let command = |port| server.command(installed, &document.path, port);
        let mut running = match Running::start(command, &log)? {
            Ok(running) => running,
            Err(reason) => return Ok(Err(reason)),
        };
        let last = driver.run(workspace, &running.base(), next, &mut seen)?;
        if last == next || last == driver.calls.len() {
            break;
        }
        // One that is still there broke a connection only.
        running.has_ended()?;
        next = last;
    }
    let tried = driver.calls.iter().zip(seen).map(|(call, seen)| Tried {
        operation: call.label.clone(),
        given: call.given,
        seen,
    });
    Ok(Ok(tried.collect()))
}
