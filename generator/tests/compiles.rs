//! The code of all cases, as one crate, compiles without a warning, including its documentation and examples.

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use support::{cargo, own_workspace, succeed};

/// The lints of the workspace, for a crate that is not a member of it.
const LINTS: &[&str] = &[
    "-Dwarnings",
    "-Wclippy::pedantic",
    "-Wunreachable_pub",
    "-Wunused_qualifications",
    "-Aclippy::module_name_repetitions",
    "-Aclippy::must_use_candidate",
    "-Aclippy::return_self_not_must_use",
];

#[test]
fn all_cases_together_compile_without_a_warning() {
    let project = Project::generate();
    let clippy = project.cargo(&["clippy", "--all-targets"], LINTS);
    succeed(&clippy);
    let doc = project.cargo(&["doc", "--no-deps"], &[]);
    succeed(&doc);
}

/// The crate of all cases.
struct Project {
    dir: PathBuf,
    features: String,
}

impl Project {
    /// Generates the crate with the command. The folder is kept, so that cargo has less to do in the next run.
    fn generate() -> Self {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
        let (specs, dir) = (home.join("specs"), home.join("crate"));
        let _ = fs::remove_dir_all(&specs);
        fs::create_dir_all(&specs).unwrap();
        let mut features = "testing".to_owned();
        let mut paths = Vec::new();
        for (name, spec) in cases() {
            let path = specs.join(format!("{name}.yaml"));
            fs::copy(spec, &path).unwrap();
            paths.push(path);
            write!(features, ",{name}").unwrap();
        }
        let generated = Command::new(env!("CARGO_BIN_EXE_specwright"))
            .arg("generate")
            .args(paths)
            .args(["--name", "cases", "--runtime-path", "runtime", "--out"])
            .arg(&dir)
            .output()
            .unwrap();
        succeed(&generated);
        own_workspace(&dir);
        Self { dir, features }
    }

    /// Runs cargo in the crate, with the target directory of the workspace.
    fn cargo(&self, command: &[&str], lints: &[&str]) -> Output {
        let mut run = cargo(&self.dir);
        run.args(command)
            .args(["--offline", "--quiet", "--no-default-features"])
            .args(["--features", &self.features])
            .env("RUSTDOCFLAGS", "-Dwarnings");
        if !lints.is_empty() {
            run.arg("--").args(lints);
        }
        run.output().unwrap()
    }
}

/// The names of the cases with their descriptions, sorted.
fn cases() -> Vec<(String, PathBuf)> {
    let mut cases: Vec<_> = fs::read_dir("tests/cases")
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, entry.path().join("spec.yaml"))
        })
        .collect();
    cases.sort();
    cases
}
