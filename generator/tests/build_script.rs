//! Compiles and tests the example of a client that a build script generates. A mistake in its description is reported
//! as the command reports it.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{cargo, own_workspace, succeed};

#[test]
fn the_example_is_generated_while_it_is_built() {
    let dir = example();
    let tested = || {
        let mut cargo = cargo(&dir);
        cargo.args(["test", "--offline", "--features", "testing"]);
        cargo.output().unwrap()
    };
    succeed(&tested());
    let spec = dir.join("museum.yaml");
    let text = fs::read_to_string(&spec).unwrap();
    fs::write(
        &spec,
        text.replace("operationId: list", "operationId: list\n      tag: x"),
    )
    .unwrap();
    succeed(&tested());
    fs::write(&spec, text.replace("schemas/Day'", "schemas/Days'")).unwrap();
    let failed = tested();
    assert!(!failed.status.success());
    let stderr = String::from_utf8_lossy(&failed.stderr);
    for part in [
        "error[SW0301]",
        "--> museum.yaml:15:",
        "Error: error: 1 error",
    ] {
        assert!(stderr.contains(part), "{part}: {stderr}");
    }
}

/// A copy of the example outside of this workspace, with the paths of its dependencies.
fn example() -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-script");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("src")).unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/build-script");
    for file in ["Cargo.toml", "build.rs", "museum.yaml", "src/lib.rs"] {
        fs::copy(example.join(file), dir.join(file)).unwrap();
    }
    let lib = fs::read_to_string(dir.join("src/lib.rs")).unwrap();
    fs::write(
        dir.join("src/lib.rs"),
        lib.replacen("\n\n", "\n\n#![deny(warnings)]\n", 1),
    )
    .unwrap();
    let manifest = fs::read_to_string(dir.join("Cargo.toml")).unwrap();
    let generator = env!("CARGO_MANIFEST_DIR").replace('\\', "/");
    fs::write(
        dir.join("Cargo.toml"),
        manifest.replace("\"../..", &format!("\"{generator}")),
    )
    .unwrap();
    own_workspace(&dir);
    dir
}
