//! Clients that a build script generates.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Format, Severity};
use crate::emit::included_root;
use crate::model::Api;
use crate::package::FEATURES;
use crate::text::counted;
use crate::tree::Tree;
use crate::{Options, Run, generate, sources};

/// Generates a client in a build script.
///
/// Code in version control is recommended instead: `specwright generate` writes it once, and `generate --check` keeps
/// it current. Then a review shows what a new description changes in Rust, editors find every type, `git blame`
/// explains it, and building the crate does not need the generator or its dependencies. A build script is for
/// descriptions that change with every build, or that may not be copied.
///
/// `build.rs` of the crate that contains the client:
///
/// ```no_run
/// fn main() -> Result<(), specwright::BuildError> {
///     specwright::Builder::new("museum.yaml").generate()
/// }
/// ```
///
/// and its `src/lib.rs`, which can be a `src/main.rs` as well:
///
/// ```ignore
/// include!(concat!(env!("OUT_DIR"), "/client.rs"));
/// ```
///
/// The crate depends on `specwright-runtime`, and on `specwright` under `[build-dependencies]`. The modules of the APIs
/// are always enabled. Features that it forwards to the runtime, such as `testing`, `blocking` and `oauth`, have the
/// same effect as in a crate that `specwright generate` writes.
#[derive(Debug, Clone)]
pub struct Builder {
    descriptions: Vec<PathBuf>,
    out_dir: Option<PathBuf>,
    options: Options,
}

/// The error of a [`Builder`].
///
/// A build script prints the error that its `main` returns with `Debug`, so `Debug` prints the message and not a
/// struct.
pub struct BuildError(String);

impl Builder {
    /// A client from a description, whose path is relative to the folder of the crate's manifest.
    pub fn new(description: impl Into<PathBuf>) -> Self {
        let name = std::env::var("CARGO_PKG_NAME").unwrap_or_else(|_| "client".to_owned());
        Self {
            descriptions: vec![description.into()],
            out_dir: None,
            options: Options::new(name, "build.rs"),
        }
    }

    /// Adds another description, which becomes a separate module.
    pub fn description(mut self, path: impl Into<PathBuf>) -> Self {
        self.descriptions.push(path.into());
        self
    }

    /// Sets the folder that `client.rs` and the modules are written to; `OUT_DIR` of the build script by default.
    pub fn out_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(dir.into());
        self
    }

    /// Changes the options: [`Options::overlays`], [`Options::lenient`], [`Options::rules`] and others.
    pub fn options(mut self, change: impl FnOnce(&mut Options)) -> Self {
        change(&mut self.options);
        self
    }

    /// Generates the client. Prints instructions for cargo: the files that it was made from, and the number of their
    /// warnings.
    ///
    /// # Errors
    /// Returns an error if a description has one, after writing all diagnostics to the error output, and if a file cannot
    /// be written.
    pub fn generate(self) -> Result<(), BuildError> {
        let script = std::env::var_os("OUT_DIR").map(PathBuf::from);
        let out_dir = self.out_dir.or(script);
        let out_dir = out_dir.ok_or_else(|| {
            BuildError(
                "`OUT_DIR` is not set: call `out_dir`, or run this in a build script".to_owned(),
            )
        })?;
        let run = generate(&self.descriptions, &self.options);
        let read = run.sources.iter().map(|(_, file)| file.path.as_str());
        for path in read {
            println!("cargo::rerun-if-changed={path}");
        }
        let Some(tree) = &run.tree else {
            eprint!("{}", run.render(Format::Human, false));
            return Err(BuildError(run.diagnostics.summary().unwrap_or_default()));
        };
        let written = client(tree, &run, &self.options).write(&out_dir);
        written.map_err(|error| BuildError(error.to_string()))?;
        for line in instructions(&run.apis) {
            println!("{line}");
        }
        if let Some(warning) = warning(&run, &self.descriptions) {
            println!("cargo::warning={warning}");
        }
        Ok(())
    }
}

/// The modules of a generated crate, and the file that a crate includes.
fn client(tree: &Tree, run: &Run, options: &Options) -> Tree {
    let mut client = Tree::new();
    for (path, text) in tree.iter() {
        if let Some(path) = path.strip_prefix("src/").filter(|path| *path != "lib.rs") {
            client.insert(path, text);
        }
    }
    let root = || included_root(&run.apis);
    let (path, text) = crate::print(root, &sources(&run.apis), options);
    client.insert(path, text);
    client
}

/// Enables all parts of the APIs, and declares the features that generated code refers to.
fn instructions(apis: &[Api]) -> Vec<String> {
    let on = apis.iter().flat_map(|api| {
        let own = [api.module.plain(), &api.features.core];
        let mut on: Vec<&str> = own
            .into_iter()
            .chain(api.features.parts.iter().map(String::as_str))
            .collect();
        on.sort_unstable();
        on.dedup();
        on
    });
    let on: Vec<&str> = on.collect();
    let known = on.iter().chain(&FEATURES).map(|name| format!("{name:?}"));
    let known = known.collect::<Vec<_>>().join(", ");
    let check = format!("cargo::rustc-check-cfg=cfg(feature, values({known}))");
    let on = on
        .iter()
        .map(|name| format!("cargo::rustc-cfg=feature={name:?}"));
    std::iter::once(check).chain(on).collect()
}

fn warning(run: &Run, descriptions: &[PathBuf]) -> Option<String> {
    let count = run.diagnostics.count(Severity::Warning);
    let shown = |path: &PathBuf| Path::display(path).to_string();
    let command: Vec<String> = descriptions.iter().map(shown).collect();
    let command = command.join(" ");
    (count > 0).then(|| {
        let warnings = counted(count, "warning");
        format!("{warnings} about the description; `specwright check {command}` shows them")
    })
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BuildError {}
