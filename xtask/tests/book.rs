//! Checks the pages of the repository: every link has a target, and the output in the book is what is generated.

#[path = "../../generator/tests/support/blocks.rs"]
mod pages;

use std::fs;
use std::path::{Path, PathBuf};

use specwright::{Options, generate};

use pages::blocks;

const REPOSITORY: &str = "https://github.com/specwright/specwright";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn chapters() -> Vec<PathBuf> {
    let dir = fs::read_dir(root().join("generator/book/src")).unwrap();
    let mut pages: Vec<_> = dir.map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    pages
}

/// The pages for users, except the chapters of the book.
fn pages() -> impl Iterator<Item = PathBuf> {
    let pages = [
        "README.md",
        "spec/README.md",
        "generated/README.md",
        "generator/README.md",
        "generator/lab/README.md",
    ];
    pages.into_iter().map(|page| root().join(page))
}

#[test]
fn every_chapter_is_in_the_summary_and_its_rust_is_built() {
    let summary = fs::read_to_string(root().join("generator/book/src/SUMMARY.md")).unwrap();
    let built = include_str!("../src/lib.rs");
    for page in chapters() {
        let name = page.file_name().unwrap().to_str().unwrap();
        assert!(
            name == "SUMMARY.md" || summary.contains(&format!("({name})")),
            "{name}"
        );
        let text = fs::read_to_string(&page).unwrap();
        let has_rust = text.contains("```rust\n") || text.contains("```rust,no_run\n");
        assert!(
            !has_rust || built.contains(&format!("/{name}\"")),
            "{name} is not built"
        );
    }
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    let chapters = chapters().into_iter().map(|page| (page, true));
    for (page, is_chapter) in chapters.chain(pages().map(|page| (page, false))) {
        let text = fs::read_to_string(&page).unwrap();
        let targets = text.split("](").skip(1);
        for target in targets.filter_map(|rest| rest.split_once(')').map(|(target, _)| target)) {
            let target = target.split('#').next().unwrap_or_default();
            let in_repository = ["blob", "tree"]
                .into_iter()
                .find_map(|kind| target.strip_prefix(&format!("{REPOSITORY}/{kind}/main/")));
            let found = match in_repository {
                Some(path) => root().join(path).exists(),
                None if target.contains("://") || target.contains(' ') => true,
                // mdBook copies nothing from outside of its folder.
                None if is_chapter && target.starts_with("..") => false,
                None => page.parent().unwrap().join(target).exists(),
            };
            assert!(found, "{}: {target}", page.display());
        }
    }
}

#[test]
fn the_first_client_is_what_is_generated() {
    let page = include_str!("../../generator/book/src/first-client.md");
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("book");
    fs::create_dir_all(&dir).unwrap();
    let spec = dir.join("petstore.yaml");
    fs::write(&spec, format!("{}\n", blocks(page, "yaml")[0])).unwrap();

    let run = generate(
        &[spec],
        &Options::new("petstore-client", "specwright generate"),
    );
    assert_eq!(run.diagnostics.summary(), None);
    let tree = run.tree.unwrap();
    let pet = tree.get("src/petstore/types/pet.rs").unwrap();
    let shown = format!("{}\n", blocks(page, "rust,ignore")[0]);
    assert!(pet.contains(&shown), "{pet}\ndoes not contain\n{shown}");
}

/// The number of crates that a crate of this workspace needs, with those of build scripts.
#[cfg(target_os = "linux")]
fn dependencies(arguments: &[&str]) -> usize {
    let mut cargo = std::process::Command::new(env!("CARGO"));
    cargo.args(["tree", "--locked", "--edges", "normal,build"]);
    cargo
        .args(["--prefix", "none", "--format", "{p}"])
        .args(arguments);
    let output = cargo.current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let crates = text.lines().map(|line| line.trim_end_matches(" (*)"));
    let crates: std::collections::BTreeSet<&str> = crates.collect();
    crates.len() - 1
}

#[test]
#[cfg(target_os = "linux")]
fn the_dependencies_are_counted() {
    let client = |features: &str| {
        dependencies(&[
            "-p",
            "specwright-runtime",
            "--no-default-features",
            "--features",
            features,
        ])
    };
    let (alone, hyper, all) = (client(""), client("hyper"), client("hyper,compression"));
    let generator = dependencies(&["-p", "specwright"]);
    let text = format!(
        "A client needs {alone} crates beside its runtime without a transport, {hyper} with hyper, {all} with compression as \
         well, which is the default; the generator needs {generator} "
    );
    let page = include_str!("../../generator/book/src/dependencies.md");
    assert!(page.replace('\n', " ").contains(&text), "{text}");
}
