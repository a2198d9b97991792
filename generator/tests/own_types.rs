//! The configuration `types` in a crate: it compiles without a warning, and a program uses it with types that only
//! implement the traits of serde.

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use specwright::internals::standard_derives;
use support::{cargo, own_workspace, succeed};

#[test]
fn types_of_other_crates_stand_in_a_client() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own_types");
    for name in ["money", "named"] {
        fs::create_dir_all(home.join(name).join("src")).unwrap();
        for file in ["Cargo.toml", "src/lib.rs"] {
            let file = Path::new(name).join(file);
            fs::copy(Path::new("tests/own_types").join(&file), home.join(file)).unwrap();
        }
    }
    let shop = home.join("shop");
    let mut generate = Command::new(env!("CARGO_BIN_EXE_specwright"));
    generate.args([
        "generate",
        "--config",
        "tests/configurations/types/specwright.yaml",
    ]);
    generate.args([
        "--runtime-path",
        concat!(env!("CARGO_MANIFEST_DIR"), "/runtime"),
    ]);
    let generated = generate.arg("--out").arg(&shop).output().unwrap();
    succeed(&generated);
    let stderr = String::from_utf8_lossy(&generated.stderr);
    assert!(stderr.contains("parts: Ord: "), "{stderr}");
    for (from, to) in [("test", "own_types"), ("positions", "positions")] {
        let from = format!("tests/own_types/{from}.rs");
        fs::copy(from, shop.join(format!("tests/{to}.rs"))).unwrap();
    }
    fs::write(shop.join("tests/derives.rs"), derives()).unwrap();
    own_workspace(&shop);
    add_dependency(&shop, "named = { path = \"../named\" }");
    let offline = ["--offline", "--quiet"];
    let features = [
        "--no-default-features",
        "--features",
        "spec,parts,positions,webhooks,testing",
    ];
    let mut clippy = cargo(&shop);
    clippy.arg("clippy").args(offline).args(features);
    succeed(&clippy.args(["--", "-Dwarnings"]).output().unwrap());
    let mut test = cargo(&shop);
    test.arg("test").args(offline).args(features).arg("--tests");
    succeed(&test.output().unwrap());
}

/// Adds a line to `[dependencies]`, as a person does for a macro of `derive`.
fn add_dependency(folder: &Path, line: &str) {
    let path = folder.join("Cargo.toml");
    let manifest = fs::read_to_string(&path).unwrap();
    if !manifest.contains(line) {
        let head = "[dependencies]\n";
        let manifest = manifest.replacen(head, &format!("{head}{line}\n"), 1);
        fs::write(path, manifest).unwrap();
    }
}

/// A test that compares the table of the traits of the runtime's types with the types.
fn derives() -> String {
    let mut text = DERIVES.to_owned();
    for (ty, derived, has) in standard_derives() {
        let path = match ty {
            "String" | "bool" | "i32" | "i64" | "u64" | "f64" => ty.to_owned(),
            _ => format!("shop::{ty}"),
        };
        let _ = writeln!(text, "    implements!({path}, {derived}, {has});");
    }
    text + "}\n"
}

/// A method of a type takes precedence over one of its reference, so the result is that of the bound if the bound is
/// fulfilled.
const DERIVES: &str = r#"//! What generated types may derive is what their parts implement.
#![allow(unused_imports, reason = "a trait that every type has is not asked")]

use std::hash::Hash;
use std::marker::PhantomData;

struct Of<T>(PhantomData<T>);

macro_rules! implements {
    ($ty:ty, $derived:ident, $has:literal) => {{
        trait No {
            fn has(&self) -> bool {
                false
            }
        }
        trait Yes {
            fn has(&self) -> bool {
                true
            }
        }
        impl<T> No for &Of<T> {}
        impl<T: $derived> Yes for Of<T> {}
        assert_eq!((&Of::<$ty>(PhantomData)).has(), $has, "{}: {}", stringify!($ty), stringify!($derived));
    }};
}

#[test]
fn the_table_is_that_of_the_types() {
"#;
