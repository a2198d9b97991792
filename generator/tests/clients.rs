//! Generated clients in use: `clients/<name>/spec.yaml` is a description, and `test.rs` beside it calls its client. All
//! of them are in one crate.

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{cargo, own_workspace, succeed};

#[test]
fn generated_clients_do_what_their_tests_say() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients");
    let (specs, crate_dir) = (home.join("specs"), home.join("crate"));
    let _ = fs::remove_dir_all(&specs);
    fs::create_dir_all(&specs).unwrap();
    let mut generate = Command::new(env!("CARGO_BIN_EXE_specwright"));
    generate.arg("generate");
    let mut features = "blocking,hyper,oauth,testing".to_owned();
    let mut root = "mod server;\n".to_owned();
    let folders = folders();
    for (name, folder) in &folders {
        let spec = specs.join(format!("{name}.yaml"));
        fs::copy(folder.join("spec.yaml"), &spec).unwrap();
        generate.arg(spec);
        write!(features, ",{name}").unwrap();
        writeln!(root, "mod {name};").unwrap();
    }
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime");
    generate.args(["--name", "clients", "--runtime-path", runtime, "--out"]);
    succeed(&generate.arg(&crate_dir).output().unwrap());

    let tests = crate_dir.join("tests/clients");
    fs::create_dir_all(&tests).unwrap();
    fs::write(tests.join("main.rs"), root).unwrap();
    fs::copy("tests/clients/server.rs", tests.join("server.rs")).unwrap();
    for (name, folder) in &folders {
        fs::copy(folder.join("test.rs"), tests.join(format!("{name}.rs"))).unwrap();
    }
    own_workspace(&crate_dir);
    let mut run = cargo(&crate_dir);
    run.args([
        "test",
        "--offline",
        "--quiet",
        "--no-default-features",
        "--features",
    ])
    .arg(features)
    .args(["--test", "clients"]);
    succeed(&run.output().unwrap());
}

/// The folders of the clients by name, sorted.
fn folders() -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir("tests/clients").unwrap();
    let entries = entries.map(|entry| entry.unwrap().path());
    let mut folders: Vec<(String, PathBuf)> = entries
        .filter(|path| path.is_dir())
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                path,
            )
        })
        .collect();
    folders.sort();
    folders
}
