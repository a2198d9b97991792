//! Embeds the runtime's files, so that `specwright generate` can write them beside a generated crate.
//!
//! In the repository they are the files of `runtime/`. That is a separate package, which cargo does not include in this
//! one. Therefore `embedded/` has links to them, and cargo replaces links by their targets when it makes a package.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // The folder of this run, and not that of the compilation: the script may have been compiled for another checkout.
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .ok_or_else(|| io::Error::other("cargo sets CARGO_MANIFEST_DIR"))?;
    let package = Path::new(&package);
    // In the repository the links are not used, because a checkout may lack them, for example on Windows.
    let [sources, member, workspace] = if package.join("runtime").is_dir() {
        ["runtime/src", "runtime/Cargo.toml", "../Cargo.toml"]
    } else {
        [
            "embedded/src",
            "embedded/runtime.toml",
            "embedded/workspace.toml",
        ]
    };
    println!("cargo::rerun-if-changed={sources}");
    let sources = package.join(sources);
    let mut files = Vec::new();
    collect(&sources, &mut files)?;
    files.sort();
    let mut code = String::new();
    for (name, file) in [("MANIFEST", member), ("WORKSPACE", workspace)] {
        let file = literal(&package.join(file));
        writeln!(code, "const {name}: &str = include_str!({file});").map_err(io::Error::other)?;
    }
    code.push_str("const SOURCES: &[(&str, &str)] = &[\n");
    for file in &files {
        let name = file.strip_prefix(&sources).unwrap_or(file);
        let name = name.to_string_lossy().replace('\\', "/");
        let file = literal(file);
        writeln!(code, "(\"src/{name}\", include_str!({file})),").map_err(io::Error::other)?;
    }
    code.push_str("];\n");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("runtime.rs"), code)
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// A path as a string literal.
fn literal(path: &Path) -> String {
    format!("{:?}", path.to_string_lossy())
}
