//! Two generated crates in one program: each with its own copy of the runtime, and both with one runtime at a path.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{cargo, own_workspace, succeed};

/// An API whose only operation returns an array of strings.
const SPEC: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: [{url: 'https://t.example'}]\npaths:\n  \
                    /things:\n    get:\n      operationId: list\n      tags: [things]\n      responses:\n        \
                    '200': {description: D, content: {application/json: {schema: {type: array, items: {type: string}}}}}\n";

const MANIFEST: &str = "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                        [dependencies]\n\
                        museum-client = { path = \"../museum-client\", default-features = false, features = [\"museum\", \"testing\"] }\n\
                        zoo-client = { path = \"../zoo-client\", default-features = false, features = [\"zoo\", \"testing\"] }\n";

/// Calls both clients.
const PROGRAM: &str = r##"
macro_rules! call {
    ($client:ident, $api:ident, $reply:expr) => {{
        use $client::testing::{TestResponse, TestTransport, block_on};
        let server = TestTransport::new();
        server.respond(TestResponse::json($reply));
        let client = $client::$api::Client::builder($client::$api::Server::Default);
        let client = client.transport(server.clone()).build().unwrap();
        block_on(client.things().list()).unwrap()
    }};
}

fn main() {
    assert_eq!(call!(museum_client, museum, r#"["vase"]"#), ["vase"]);
    assert_eq!(call!(zoo_client, zoo, r#"["ape"]"#), ["ape"]);
}
"##;

#[test]
fn two_crates_with_a_runtime_each_are_parts_of_one_program() {
    run("own", &[]);
}

#[test]
fn two_crates_with_one_runtime_are_parts_of_one_program() {
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime");
    run("shared", &["--runtime-path", runtime]);
}

/// Generates two crates with these options and runs a program that depends on both.
fn run(name: &str, options: &[&str]) {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("together")
        .join(name);
    let program = home.join("program");
    fs::create_dir_all(program.join("src")).unwrap();
    for api in ["museum", "zoo"] {
        let spec = home.join(format!("{api}.yaml"));
        fs::write(&spec, SPEC).unwrap();
        let mut generate = Command::new(env!("CARGO_BIN_EXE_specwright"));
        let generate = generate.arg("generate").arg(spec).args(options);
        let out = home.join(format!("{api}-client"));
        succeed(&generate.arg("--out").arg(out).output().unwrap());
    }
    fs::write(program.join("Cargo.toml"), MANIFEST).unwrap();
    fs::write(program.join("src/main.rs"), PROGRAM).unwrap();
    own_workspace(&program);
    let mut run = cargo(&program);
    run.args(["run", "--offline", "--quiet"]);
    succeed(&run.output().unwrap());
}
