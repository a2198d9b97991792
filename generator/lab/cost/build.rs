//! Generates our client of `items.yaml`. That of progenitor is made by its macro.

use std::path::Path;
use std::{env, fs, io};

use specwright::diagnostic::Format;
use specwright::{Options, generate};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=items.yaml");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    let out = Path::new(&out);
    let run = generate(&["items.yaml".into()], &Options::new("items", "build.rs"));
    eprint!("{}", run.render(Format::Short, false));
    let tree = run
        .tree
        .ok_or_else(|| io::Error::other("items.yaml is no description"))?;
    tree.write(out)?;
    // The generated files find the runtime in the crate that they stand in, which is this one.
    let module = out.join("src/items/mod.rs");
    let module = format!("#[path = {module:?}]\npub mod items;\n");
    fs::write(out.join("ours.rs"), module)
}
