//! `specwright check --suggest` prints an overlay that adds pagination to calls.

#[path = "support/command.rs"]
mod support;

use support::{Dir, SPEC};

const PAGED: &str = include_str!("suggesting/paged.yaml");

#[test]
fn the_overlay_is_applied_as_it_is_printed() {
    let dir = Dir::new("suggest");
    dir.put("paged.yaml", PAGED);
    let run = dir.run(&["check", "paged.yaml", "--suggest"]);
    assert_eq!(
        (run.code, run.err.as_str()),
        (Some(0), "1 file, no mistakes\n")
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("suggesting");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!("overlay", run.out));
    dir.put("pages.overlay.yaml", &run.out);
    let overlaid = ["paged.yaml", "--overlay", "pages.overlay.yaml"];
    let run = dir.run(&[&["generate"], &overlaid[..], &["--out", "out"]].concat());
    assert!(run.is_well() && !run.err.contains("warning"), "{}", run.err);
    for resource in ["cursors", "headers", "numbers", "offsets", "quotes"] {
        let code = dir.read(&format!("out/src/paged/resources/{resource}.rs"));
        assert!(code.contains("pages()"), "{code}");
    }
    let run = dir.run(&[&["check"], &overlaid[..], &["--suggest"]].concat());
    assert_eq!(run.out, "");
    assert!(
        run.err.starts_with("no operation without `x-pagination`"),
        "{}",
        run.err
    );
}

#[test]
fn code_is_never_changed_by_a_guess() {
    let dir = Dir::new("suggest-nothing");
    dir.put("paged.yaml", PAGED);
    assert!(
        dir.run(&["generate", "paged.yaml", "--out", "out"])
            .is_well()
    );
    let code = dir.read("out/src/paged/resources/cursors.rs");
    assert!(!code.contains("pages()"), "{code}");
    dir.put("pets.yaml", SPEC);
    let run = dir.run(&["check", "pets.yaml", "paged.yaml", "--suggest"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("is for one description"), "{}", run.err);
}
