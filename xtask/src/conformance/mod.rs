//! `cargo xtask conformance`: generated clients against mock servers that others wrote.
//!
//! Stoplight Prism and Steady answer for a description and refuse requests that do not fit it. For each document a
//! crate is generated, and a program that calls every operation with examples or made-up values
//! ([`specwright::emit::calls`]); every request has to be accepted, and every answer has to decode. Where a server is
//! wrong, `exceptions.rs` says so.

mod driver;
mod exceptions;
mod install;
mod mock;
mod seen;
mod table;

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::corpus::{self, CORPUS, Document, Workspace};
use crate::regenerate::Outcome;
use driver::Driver;
use install::Installed;
use mock::{Running, Server};
use seen::Seen;
use table::{Row, Tried};

/// Our own descriptions.
const SPEC: &str = "spec";
/// Where everything goes.
const SCRATCH: &str = "target/conformance";

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

/// What a person asks for.
#[derive(Debug, Clone, Args)]
pub struct Wishes {
    /// The directory of the corpus; ../shared/corpus by default.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Only the documents with this in their names.
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

/// Generates, builds and runs, and tells in a table how it went. The workspace is the current directory.
///
/// # Errors
/// What the machine refuses, and clients that do not generate or build.
pub fn run(wishes: &Wishes) -> io::Result<Outcome> {
    let scratch = std::path::absolute(SCRATCH)?;
    let installed = match install::install(&scratch.join("node"))? {
        Ok(installed) => installed,
        Err(reason) => return Ok((format!("skipped: {reason}\n"), true)),
    };
    let mut text = String::new();
    let documents = documents(wishes, &mut text)?;
    if documents.is_empty() {
        return Ok((text + "no document is asked for\n", true));
    }
    let workspace = Workspace::open(scratch.clone())?;
    let drivers = drivers(&documents, &workspace)?;
    build(&workspace)?;
    let mut rows = Vec::new();
    for (document, driver) in documents.iter().zip(&drivers) {
        for server in Server::ALL {
            let log = scratch.join(format!("{}-{}.log", document.name, server.name()));
            let calls = calls(server, &installed, document, driver, &workspace, &log)?;
            rows.push(Row {
                document: document.name.clone(),
                server,
                calls,
            });
        }
    }
    let (table, well) = table::table(&rows);
    fs::write(scratch.join("summary.txt"), &table)?;
    Ok((text + &table, well))
}

/// Our descriptions, and those of the corpus where there is one.
fn documents(wishes: &Wishes, text: &mut String) -> io::Result<Vec<Document>> {
    let mut documents = corpus::find(Path::new(SPEC), wishes.only.as_deref())?;
    let dir = wishes.dir.clone().unwrap_or_else(|| CORPUS.into());
    if !dir.is_dir() {
        *text = format!(
            "skipped: the documents of the corpus, which is not at `{}`; name it with `--dir`\n",
            dir.display()
        );
        return Ok(documents);
    }
    let chosen = corpus::find(&dir, wishes.only.as_deref())?.into_iter();
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
        drivers.push(Driver::write(
            &workspace.crates(),
            &document.name,
            package,
            api,
        )?);
    }
    let names = documents.iter().map(|document| document.name.as_str());
    let members: Vec<&str> = names
        .chain(drivers.iter().map(|driver| driver.package.as_str()))
        .collect();
    workspace.prepare(&members, Path::new("Cargo.lock"))?;
    Ok(drivers)
}

fn build(workspace: &Workspace) -> io::Result<()> {
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

fn calls(
    server: Server,
    installed: &Installed,
    document: &Document,
    driver: &Driver,
    workspace: &Workspace,
    log: &Path,
) -> io::Result<Result<Vec<Tried>, String>> {
    let programs = driver::programs(&workspace.build());
    let mut seen: Vec<Seen> = driver.calls.iter().map(Seen::of_unsent).collect();
    let mut next = 0;
    // A server that breaks down is started again, and goes on with the call after the one that broke it.
    loop {
        let mut running = match Running::start(server, installed, &document.path, log)? {
            Ok(running) => running,
            Err(reason) => return Ok(Err(reason)),
        };
        let last = driver.run(&programs, &running.base(), next, &mut seen)?;
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
