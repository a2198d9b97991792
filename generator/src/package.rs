//! Adds the files that make generated sources a crate: the manifest, the README and, optionally, a copy of the runtime.

use std::io;
use std::path::Path;

use toml_edit::DocumentMut;

use crate::Run;
use crate::config::Settings;
use crate::emit::{self, Plan};
use crate::model::Api;
use crate::paths::{relative, resolved, slashes};
use crate::tree::{self, Tree};

mod advice;
mod feature_list;
mod manifest;
mod readme;
mod runtime;
mod toml;
mod workspace;

pub use crate::config::About;
pub use crate::name::ManifestValue;
use crate::name::name_fault;
pub use advice::advice;
pub(crate) use manifest::HANDED_ON as FEATURES;

/// The crate for generated sources.
pub struct Package<'a> {
    /// Name of the package.
    pub name: &'a str,
    /// The runtime that the crate depends on.
    pub runtime: Runtime,
    /// Further fields of its manifest.
    pub about: About,
    /// The settings of the descriptions. The crates of their types become dependencies.
    pub settings: &'a Settings,
}

/// The command that file headers name.
pub const COMMAND: &str = "specwright generate";

/// The folder of the copy of the runtime.
const BESIDE: &str = "runtime";

/// The package of the runtime, and its name in generated code.
const RUNTIME: &str = "specwright-runtime";

const MANIFEST: &str = "Cargo.toml";
const README: &str = "README.md";
const AGENTS: &str = "AGENTS.md";

/// The files that are written for a new crate only.
const FIRST_FILES: [(&str, &str); 2] = [(".gitignore", "/target\n"), RUSTFMT];

const RUSTFMT: (&str, &str) = (
    "rustfmt.toml",
    "# specwright formats what it generates. rustfmt would format it in another way, and `generate --check` would fail.\n\
     disable_all_formatting = true\n",
);

impl Package<'_> {
    /// Adds all files except the sources to the tree. If `dir` already has a manifest and a README, only the parts that
    /// specwright owns are changed. A `.gitignore` and a `rustfmt.toml` are only written for a new crate, and belong to
    /// the user from then on.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read, or if the manifest is not TOML or not that of a generated crate.
    pub fn complete(&self, run: &Run, dir: &Path, tree: &mut Tree) -> io::Result<()> {
        let manifest = match manifest_in(dir)? {
            Some(found) if !manifest::is_ours(&found) => return Err(foreign_manifest(dir)),
            Some(mut found) => {
                self.update_manifest(&mut found, &run.apis);
                found
            }
            None => {
                for (path, text) in FIRST_FILES {
                    if tree::read(&dir.join(path))?.is_none() {
                        tree.insert_shared(path, text);
                    }
                }
                self.new_manifest(&run.apis)
            }
        };
        // A former version wrote this file again and again.
        let (path, text) = RUSTFMT;
        if tree::read(&dir.join(path))?.is_some_and(|found| tree::is_generated(&found)) {
            tree.insert_shared(path, text);
        }
        let keeps_other = manifest::runtime(&manifest).is_some_and(manifest::is_other_runtime);
        let has_copy = self.runtime == Runtime::Copy && !keeps_other;
        tree.insert_shared(MANIFEST, manifest.to_string());
        let emission = emission(self.name);
        let plans = plans(&run.apis, &emission);
        // The link may lead to a file that belongs to more than this crate.
        if !dir.join(README).is_symlink() {
            let readme = tree::read(&dir.join(README))?;
            let folder = dir.file_name().map(|name| name.to_string_lossy());
            let folder = folder.as_deref().unwrap_or(self.name);
            tree.insert_shared(README, self.readme(readme.as_deref(), folder, &plans));
        }
        if !dir.join(AGENTS).is_symlink() {
            let agents = tree::read(&dir.join(AGENTS))?;
            let agents = readme::agents(self.name, COMMAND, agents.as_deref(), &plans);
            tree.insert_shared(AGENTS, agents);
        }
        if has_copy {
            runtime::add(tree, BESIDE, &self.runtime_name()).map_err(io::Error::other)?;
        }
        Ok(())
    }

    /// The package name of the copy of the runtime.
    fn runtime_name(&self) -> String {
        format!("{}-runtime", self.name)
    }
}

/// Returns the manifest of the crate in `dir` with the features of these APIs. The rest of it is unchanged.
///
/// # Errors
/// Returns an error if the manifest is missing, cannot be read or is not TOML.
pub fn manifest_with_features(dir: &Path, apis: &[Api]) -> io::Result<String> {
    let Some(mut manifest) = manifest_in(dir)? else {
        let message = format!("`{}` does not exist", dir.join(MANIFEST).display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    };
    manifest::update_features(&mut manifest, apis);
    Ok(manifest.to_string())
}

/// Returns `AGENTS.md` of the crate in `dir`, which has this name and is generated by `command`. The text of the user in
/// it is unchanged.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn agents(dir: &Path, name: &str, command: &str, apis: &[Api]) -> io::Result<String> {
    let found = tree::read(&dir.join(AGENTS))?;
    let emission = emission(name);
    let plans = plans(apis, &emission);
    Ok(readme::agents(name, command, found.as_deref(), &plans))
}

fn emission(name: &str) -> emit::Options {
    emit::Options {
        crate_name: name.replace('-', "_"),
    }
}

fn plans<'a>(apis: &'a [Api], emission: &'a emit::Options) -> Vec<Plan<'a>> {
    apis.iter().map(|api| Plan::new(api, emission)).collect()
}

fn manifest_in(dir: &Path) -> io::Result<Option<DocumentMut>> {
    let path = dir.join(MANIFEST);
    let Some(text) = tree::read(&path)? else {
        return Ok(None);
    };
    match text.parse() {
        Ok(manifest) => Ok(Some(manifest)),
        Err(error) => Err(io::Error::other(format!("`{}`: {error}", path.display()))),
    }
}

fn foreign_manifest(dir: &Path) -> io::Error {
    let message = format!(
        "`{}` is not the manifest of a generated crate; choose another directory, or write \
         `[package.metadata.specwright]` into it to let specwright add its features and dependencies",
        dir.join(MANIFEST).display()
    );
    io::Error::new(io::ErrorKind::AlreadyExists, message)
}

/// The name of the crate in a directory: the one in its manifest, otherwise that of the directory.
pub fn name_of(dir: &Path) -> String {
    let manifest = manifest_in(dir).ok().flatten();
    let ours = manifest.filter(manifest::is_ours);
    match ours.as_ref().and_then(manifest::package_name) {
        Some(name) => name.to_owned(),
        None => name_of_directory(dir),
    }
}

fn name_of_directory(dir: &Path) -> String {
    let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let last = dir
        .file_name()
        .map(|name| name.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let words = last
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-");
    let name = if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("api-{name}")
    } else {
        name
    };
    if name.is_empty() || name_fault(&name).is_some() {
        format!("{name}-client").trim_start_matches('-').to_owned()
    } else {
        name
    }
}

/// The runtime of a generated crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Runtime {
    /// A copy beside the sources, which is written with them. If the manifest already depends on another runtime, that
    /// is kept.
    #[default]
    Copy,
    /// The crate in a folder.
    Path {
        /// The path, as written in the manifest of the generated crate.
        path: String,
        /// The name of its package. The copy in another generated crate has its own name.
        package: String,
    },
    /// The published crate, in a version such as `0.1`.
    Version(String),
}

impl Runtime {
    /// Finds the runtime in `folder` for a crate that is generated into `dir`. An absolute path is kept, a relative
    /// one is made relative to `dir`.
    ///
    /// # Errors
    /// Returns an error if the path cannot be resolved, or if the directory does not contain the runtime.
    pub fn find(dir: &Path, folder: &Path) -> io::Result<Self> {
        let shown = folder.display();
        let manifest = manifest_in(folder)?;
        let package = manifest.as_ref().and_then(manifest::package_name);
        let is_copy = runtime::is_copy(manifest.as_ref());
        let Some(package) = package.filter(|&name| name == RUNTIME || is_copy) else {
            let message = format!("`{shown}` does not hold the crate `{RUNTIME}`");
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        };
        let named = |error: io::Error| io::Error::new(error.kind(), format!("`{shown}`: {error}"));
        let location = folder.canonicalize().map_err(named)?;
        let path = if folder.is_absolute() {
            location
        } else {
            relative(&resolved(dir).map_err(named)?, &location)
        };
        Ok(Self::Path {
            path: slashes(&path),
            package: package.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_name_packages() {
        assert_eq!(name_of_directory(Path::new("/a/My APIs")), "my-apis");
        assert_eq!(name_of_directory(Path::new("/a/3d")), "api-3d");
        assert_eq!(name_of_directory(Path::new("/a/test")), "test-client");
        assert_eq!(name_of_directory(Path::new("/")), "client");
        assert!(name_fault("specwright-runtime").is_some());
        assert!(name_fault("type").is_some());
        assert!(name_fault("a b").is_some());
        assert_eq!(name_fault("social-apis"), None);
    }
}
