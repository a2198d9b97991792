//! Compares the verdict for Rust with the compiler: `diffs/<behaviour>/uses.rs` is a program that compiles with the
//! crate of the old description. Its functions are named `breaks_…` if they do not compile with that of the new one,
//! and `stays_…` if they do.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use specwright::diff::{self, Rust};
use support::{cargo, own_workspace, succeed};

/// A function of a program, as a separate module: `enums__breaks_removed_variant`.
struct Use {
    module: String,
    text: String,
    /// Whether the new crate breaks it.
    breaks: bool,
}

#[test]
fn verdicts_are_those_of_the_compiler() {
    let cases = cases();
    let uses: Vec<Use> = cases
        .iter()
        .flat_map(|(name, case)| uses(name, case))
        .collect();
    let all: Vec<&Use> = uses.iter().collect();
    let broken_by_old = broken(&Project::generate("old", &cases), all.clone());
    assert_eq!(broken_by_old, BTreeSet::new(), "these use no old crate");
    let broken_by_new = broken(&Project::generate("new", &cases), all);
    let expected = uses.iter().filter(|one| one.breaks);
    let expected: BTreeSet<String> = expected.map(|one| one.module.clone()).collect();
    assert_eq!(
        broken_by_new, expected,
        "left: what does not compile, right: what should not"
    );
}

/// A major change breaks at least one use, and a smaller one leaves at least one.
#[test]
fn programs_show_the_verdicts() {
    for (name, case) in cases() {
        let path = |file: &str| case.join(file).to_string_lossy().into_owned();
        let diff = diff::diff(&path("old.yaml"), &path("new.yaml")).unwrap();
        let is_major = diff.changes.iter().any(|change| change.rust == Rust::Major);
        let uses = uses(&name, &case);
        assert!(!uses.is_empty(), "{name} has no program");
        assert_eq!(uses.iter().any(|one| one.breaks), is_major, "{name}");
    }
}

/// The uses that do not compile. The compiler does not check types while a name is unknown, so the broken uses are
/// removed until there are no more errors.
fn broken(project: &Project, mut uses: Vec<&Use>) -> BTreeSet<String> {
    let mut broken = BTreeSet::new();
    loop {
        let found = project.check(&uses);
        if found.is_empty() {
            return broken;
        }
        uses.retain(|one| !found.contains(&one.module));
        broken.extend(found);
    }
}

/// A generated crate with a module for each case, and a program that uses it.
struct Project {
    program: PathBuf,
}

impl Project {
    fn generate(version: &str, cases: &[(String, PathBuf)]) -> Self {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("diffs")
            .join(version);
        let (specs, apis, program) = (home.join("specs"), home.join("apis"), home.join("program"));
        let _ = fs::remove_dir_all(&specs);
        let _ = fs::remove_dir_all(&program);
        fs::create_dir_all(&specs).unwrap();
        fs::create_dir_all(program.join("src")).unwrap();
        let mut generate = Command::new(env!("CARGO_BIN_EXE_specwright"));
        generate.arg("generate");
        let mut features = "\"testing\", \"webhooks\"".to_owned();
        for (name, case) in cases {
            let spec = specs.join(format!("of_{name}.yaml"));
            fs::copy(case.join(format!("{version}.yaml")), &spec).unwrap();
            generate.arg(spec);
            write!(features, ", \"of_{name}\"").unwrap();
        }
        let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime");
        generate.args(["--name", "apis", "--runtime-path", runtime, "--out"]);
        succeed(&generate.arg(&apis).output().unwrap());
        let manifest = format!(
            "[package]\nname = \"uses-of-{version}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\napis = {{ path = \"../apis\", default-features = false, features = [{features}] }}\n",
        );
        fs::write(program.join("Cargo.toml"), manifest).unwrap();
        own_workspace(&program);
        Self { program }
    }

    /// The modules of the uses that do not compile.
    fn check(&self, uses: &[&Use]) -> BTreeSet<String> {
        let mut root = "#![allow(warnings)]\n".to_owned();
        for one in uses {
            writeln!(root, "mod {};", one.module).unwrap();
            let path = self.program.join(format!("src/{}.rs", one.module));
            fs::write(path, &one.text).unwrap();
        }
        fs::write(self.program.join("src/lib.rs"), root).unwrap();
        let mut check = cargo(&self.program);
        check.args(["check", "--offline", "--quiet", "--message-format", "short"]);
        let output = check.output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let errors = stderr.lines().filter(|line| line.contains(": error"));
        let modules = errors.filter_map(|line| {
            let (file, _) = line.strip_prefix("src/")?.split_once(".rs:")?;
            Some(file.to_owned())
        });
        let modules: BTreeSet<String> = modules.collect();
        assert_eq!(output.status.success(), modules.is_empty(), "{stderr}");
        modules
    }
}

/// The functions of the program of a case.
fn uses(name: &str, case: &Path) -> Vec<Use> {
    let text = fs::read_to_string(case.join("uses.rs")).unwrap_or_default();
    let functions = text.split("\nfn ").skip(1);
    let uses = functions.map(|function| {
        let end = function.find('(').unwrap();
        let breaks = function.starts_with("breaks_");
        assert!(
            breaks || function.starts_with("stays_"),
            "{name}: {function}"
        );
        Use {
            module: format!("{name}__{}", &function[..end]),
            text: format!("use apis::of_{name} as api;\n\nfn {function}"),
            breaks,
        }
    });
    uses.collect()
}

/// The names of the cases with their folders, sorted.
fn cases() -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir("tests/diffs").unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let named = paths.map(|path| {
        (
            path.file_name().unwrap().to_string_lossy().into_owned(),
            path,
        )
    });
    let mut cases: Vec<(String, PathBuf)> = named.collect();
    cases.sort();
    cases
}
