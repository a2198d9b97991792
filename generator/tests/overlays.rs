//! Overlays: `overlays/<behaviour>/spec.yaml` with the overlays beside it, in the order of their names. The snapshot is
//! the resulting description and the report of checking it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use specwright::diagnostic::Format;
use specwright::{Options, Run, check_with, internals};

#[test]
fn descriptions_become_what_their_overlays_say() {
    for case in cases() {
        let (spec, overlays) = (case.join("spec.yaml"), overlays(&case));
        let (root, ..) = internals::overlaid(&spec, &overlays);
        let result = root.map_or_else(String::new, |root| {
            serde_yaml::to_string(&root.to_json()).unwrap()
        });
        let run = check(&[spec], overlays);
        let summary = run.diagnostics.summary().unwrap_or_default();
        let report = run.render(Format::Human, false) + &summary;
        let folder = format!("{}/", case.display());
        let text = format!("{result}---\n{}", report.replace(&folder, ""));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(std::env::current_dir().unwrap().join(&case));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("result", text));
    }
}

/// Each overlay is applied to the descriptions that it extends, and to all if it extends none.
#[test]
fn an_overlay_is_applied_to_the_descriptions_that_it_extends() {
    let specs =
        ["merge", "several"].map(|case| PathBuf::from(format!("tests/overlays/{case}/spec.yaml")));
    let files: BTreeSet<PathBuf> = specs.iter().cloned().collect();
    assert_eq!(files.len(), 2);
    let dir = std::env::temp_dir().join(format!("specwright-overlays-{}", std::process::id()));
    fs::create_dir_all(&dir).unwrap();
    let mut paths = Vec::new();
    for (name, case) in [("orders", "merge"), ("shop", "several")] {
        let path = dir.join(format!("{name}.yaml"));
        fs::copy(
            Path::new("tests/overlays").join(case).join("spec.yaml"),
            &path,
        )
        .unwrap();
        paths.push(path);
    }
    let overlay = |extends: &str, target: &str| {
        let text = format!(
            "overlay: 1.1.0\ninfo: {{title: X, version: '1'}}\n{extends}\
             actions: [{{target: \"{target}\", update: {{title: Laden}}}}]\n"
        );
        let path = dir.join("x.overlay.yaml");
        fs::write(&path, text).unwrap();
        check(&paths, vec![path])
    };
    let titles =
        |run: &Run| -> Vec<String> { run.apis.iter().map(|api| api.title.clone()).collect() };
    let run = overlay("extends: ./shop.yaml\n", "$.info");
    assert_eq!(titles(&run), ["Shop", "Laden"]);
    assert!(run.diagnostics.is_empty(), "{:?}", run.diagnostics);
    let run = overlay("", "$.info");
    assert_eq!(titles(&run), ["Laden", "Laden"]);
    // An action has to select something in one of them.
    let run = overlay("", "$.paths['/orders'].get.responses");
    assert!(
        !run.diagnostics.iter().any(|one| one.code == "SW0633"),
        "{:?}",
        run.diagnostics
    );
    let run = overlay("", "$.paths['/orders'].put");
    assert_eq!(
        run.diagnostics
            .iter()
            .filter(|one| one.code == "SW0633")
            .count(),
        1
    );
    let _ = fs::remove_dir_all(&dir);
}

/// Copies of copies stop before they fill the memory, and nothing becomes too deep to be read.
#[test]
fn an_overlay_cannot_exhaust_memory_or_the_stack() {
    let double =
        |step| format!("  - {{target: $.servers, copy: $.servers, description: '{step}'}}\n");
    let nest = "  - {target: $..x, update: {x: {x: {x: {x: {}}}}}}\n".to_owned();
    let nest: String = (0..80)
        .map(|step| nest.replace("{x: {x", &format!("{{y{step}: 1, x: {{x")))
        .collect();
    let long = format!(
        "  - {{target: \"${}\", remove: true}}\n",
        ".a".repeat(20_000)
    );
    for (name, actions, code) in [
        ("double", (0..40).map(double).collect(), "SW0634"),
        (
            "nest",
            "  - {target: $.info, update: {x: {}}}\n".to_owned() + &nest,
            "SW0634",
        ),
        ("long", long, "SW0633"),
    ] {
        let text = format!("overlay: 1.1.0\ninfo: {{title: X, version: '1'}}\nactions:\n{actions}");
        let path =
            std::env::temp_dir().join(format!("specwright-{name}-{}.yaml", std::process::id()));
        fs::write(&path, text).unwrap();
        let run = check(
            &["tests/overlays/misfit_copy/spec.yaml".into()],
            vec![path.clone()],
        );
        fs::remove_file(path).unwrap();
        let codes: BTreeSet<&str> = run.diagnostics.iter().map(|one| one.code).collect();
        assert!(codes.contains(code), "{name}: {codes:?}");
    }
}

fn check(specs: &[PathBuf], overlays: Vec<PathBuf>) -> Run {
    let mut options = Options::new("overlays", "cargo test");
    options.overlays = overlays;
    check_with(specs, &options)
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/overlays").unwrap();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn overlays(case: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(case)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let is_overlay = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with("overlay")
    };
    let mut overlays: Vec<PathBuf> = entries.filter(is_overlay).collect();
    overlays.sort();
    overlays
}
