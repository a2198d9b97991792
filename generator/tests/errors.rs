//! Invalid descriptions and their diagnostics: `errors/<mistake>.{yaml,json}`, each with its report as a snapshot
//! beside it. Also checks that the table of codes lists no code that is never reported.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use specwright::codes::{self, Level};
use specwright::config::Configuration;
use specwright::diagnostic::{Format, Severity};
use specwright::{Options, Run, check, check_with, generate};

/// Codes that no single file can show, with the tests for them.
const ELSEWHERE: &[(&str, &str)] = &[
    ("SW0001", "files that cannot be read: tests/hostile.rs"),
    ("SW0501", "two files of one name: the test below"),
];

#[test]
fn mistakes_are_reported_as_their_snapshots_show() {
    let mut failed = Vec::new();
    for path in fixtures("tests/errors", &["yaml", "json"]) {
        if catch_unwind(AssertUnwindSafe(|| compare(&path))).is_err() {
            failed.push(path.display().to_string());
        }
    }
    assert!(
        failed.is_empty(),
        "reports that differ: {}",
        failed.join(", ")
    );
}

#[test]
fn a_lenient_run_ignores_mistakes() {
    let mut options = Options::new("errors", "cargo test");
    options.lenient = true;
    for path in fixtures("tests/errors", &["yaml", "json"]) {
        let shown = path.display();
        let strict = check(std::slice::from_ref(&path));
        let lenient = generate(std::slice::from_ref(&path), &options);
        let Some(tree) = &lenient.tree else {
            assert!(lenient.apis.is_empty(), "{shown}: {}", report(&lenient));
            continue;
        };
        assert_eq!(lenient.diagnostics.count(Severity::Error), 0, "{shown}");
        assert_eq!(
            lenient.diagnostics.len(),
            strict.diagnostics.len(),
            "{shown}"
        );
        for (file, text) in tree.iter() {
            assert!(syn::parse_file(text).is_ok(), "{shown}: {file}");
        }
    }
}

#[test]
fn mistakes_with_a_usable_reading_are_errors_in_a_strict_run() {
    let mut options = Options::new("errors", "cargo test");
    for name in ["usable", "usable_more"] {
        let path = PathBuf::from(format!("tests/errors/{name}.yaml"));
        options.strict = false;
        let usual = generate(std::slice::from_ref(&path), &options);
        assert!(usual.tree.is_some(), "{name}: {}", report(&usual));
        options.strict = true;
        let strict = generate(std::slice::from_ref(&path), &options);
        // The rules of style are warnings in every run.
        let warnings = strict.diagnostics.iter();
        let warnings = warnings.filter(|one| one.severity == Severity::Warning);
        let codes: Vec<&str> = warnings.map(|one| one.code).collect();
        assert!(
            codes.iter().all(|code| code.starts_with("SW07")),
            "{name}: {codes:?}"
        );
    }
}

#[test]
fn a_softened_mistake_says_what_became_of_it() {
    let mut options = Options::new("errors", "cargo test");
    options.lenient = true;
    let run = generate(&["tests/errors/missing_key.yaml".into()], &options);
    let shown = report(&run);
    let note = "= note: this is an error; with `--lenient` it is ignored";
    assert_eq!(shown.matches(note).count(), 1, "{shown}");
    assert!(shown.ends_with("warning: 4 warnings in 1 file"), "{shown}");
}

#[test]
fn no_mistake_in_security_disarms_the_client() {
    let mut options = Options::new("errors", "cargo test");
    options.lenient = true;
    let run = generate(&["tests/errors/unknown_scheme.yaml".into()], &options);
    let tree = run.tree.as_ref().unwrap();
    let text: String = tree.iter().map(|(_, text)| text).collect();
    assert!(text.contains(r#"security: &[&["apiKey"]]"#));
    for needed in [
        r#"&[&["tokn"]]"#,
        r#"&[&["bearerAuth"], &[]]"#,
        r#"&[&["token"]]"#,
        r#"&[&["a security requirement that cannot be read"]]"#,
    ] {
        assert!(text.contains(&format!(".security({needed})")), "{needed}");
    }
    assert_eq!(text.matches(".security(").count(), 6);
}

#[test]
fn two_files_that_become_one_module_are_refused() {
    let run = check(&[
        "tests/cases/records/spec.yaml".into(),
        "tests/cases/maps/spec.yaml".into(),
    ]);
    let codes: Vec<&str> = run.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["SW0501"]);
}

#[test]
fn every_code_is_shown_by_a_fixture_and_has_the_level_of_the_table() {
    let mut shown: BTreeMap<&str, BTreeSet<Severity>> = BTreeMap::new();
    let mut inputs = fixtures("tests/errors", &["yaml", "json"]);
    for case in fixtures("tests/cases", &[]) {
        inputs.push(case.join("spec.yaml"));
    }
    let overlaid = fixtures("tests/overlays", &[]).into_iter().map(|case| {
        let mut options = Options::new("errors", "cargo test");
        let entries = fs::read_dir(&case)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let is_overlay = |path: &PathBuf| {
            path.file_stem()
                .unwrap()
                .to_string_lossy()
                .starts_with("overlay")
        };
        options.overlays = entries.filter(is_overlay).collect();
        check_with(&[case.join("spec.yaml")], &options)
    });
    let runs = inputs.into_iter().map(|input| check(&[input]));
    for run in runs.chain(overlaid) {
        for found in &run.diagnostics {
            shown.entry(found.code).or_default().insert(found.severity);
        }
    }
    for folder in fixtures("tests/configurations", &[]) {
        let configuration = Configuration::load(&folder.join("specwright.yaml"));
        let runs = configuration.crates.iter().map(|one| {
            let mut options = Options::new("errors", "cargo test");
            options.settings = one.settings.clone();
            check_with(&one.descriptions, &options).diagnostics
        });
        for diagnostics in std::iter::once(configuration.diagnostics.clone()).chain(runs) {
            for found in &diagnostics {
                shown.entry(found.code).or_default().insert(found.severity);
            }
        }
    }
    // `explanations.rs` shows the codes of the rules, some of which are off by default.
    for code in codes::all().filter(|code| !code.code.starts_with("SW07")) {
        let Some(levels) = shown.remove(code.code) else {
            let elsewhere = ELSEWHERE.iter().any(|(known, _)| *known == code.code);
            assert!(elsewhere, "{}: no fixture shows it", code.code);
            continue;
        };
        let fits = |severity: &Severity| match code.level {
            Level::Error => *severity == Severity::Error,
            Level::Warning | Level::Pedantic => *severity == Severity::Warning,
            Level::Either => true,
        };
        assert!(levels.iter().all(fits), "{}: {levels:?}", code.code);
    }
    shown.retain(|code, _| codes::find(code).is_none());
    assert!(shown.is_empty(), "codes without an entry: {shown:?}");
}

#[test]
fn every_code_in_the_source_has_an_entry() {
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            for (at, _) in text.match_indices("\"SW") {
                let code = text[at + 1..].split('"').next().unwrap_or_default();
                let digits = code[2..].bytes().filter(u8::is_ascii_digit).count();
                let known = digits != 4 || code.len() != 6 || codes::find(code).is_some();
                assert!(known, "{}: `{code}`", path.display());
            }
        }
    }
}

#[test]
fn the_readme_has_the_table_of_codes() {
    let row = |code: &codes::Code| format!("| {} | {} | {} |\n", code.code, code.level, code.title);
    let table: String = codes::all().map(row).collect();
    let readme = fs::read_to_string("README.md").unwrap();
    assert!(
        readme.contains(&table),
        "README.md of the generator needs this table:\n{table}"
    );
}

/// The files with one of these extensions (without any, the folders), sorted.
fn fixtures(dir: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let wanted = |path: &PathBuf| match path.extension() {
        Some(extension) => extensions.iter().any(|known| extension == *known),
        None => extensions.is_empty() && path.is_dir(),
    };
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(wanted)
        .collect();
    paths.sort();
    paths
}

fn compare(path: &Path) {
    let run = check(&[path.to_owned()]);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(std::env::current_dir().unwrap().join("tests/errors"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    settings.bind(|| insta::assert_snapshot!(name, report(&run)));
}

/// The report for a person, with paths relative to the folder.
fn report(run: &Run) -> String {
    let summary = run.diagnostics.summary().unwrap_or_default();
    (run.render(Format::Human, false) + &summary)
        .replace('\\', "/")
        .replace("tests/errors/", "")
}
