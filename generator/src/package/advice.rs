//! What the user should know of a crate that was generated.

use std::path::Path;

use toml_edit::{DocumentMut, Item, TableLike};

use super::toml::words;
use super::{
    AGENTS, BESIDE, MANIFEST, ManifestValue, README, manifest, manifest_in, readme, runtime,
    workspace,
};
use crate::tree::Tree;

/// Returns notes about the files of the user in the folder of a crate: which are not updated, and what to write there.
pub fn advice(dir: &Path, tree: &Tree) -> Vec<String> {
    let texts = [README, AGENTS].into_iter();
    let marks = texts.filter_map(|path| {
        let mark = readme::lost_mark(tree.get(path)?)?;
        let shown = dir.join(path);
        Some(format!(
            "`{}` is not updated, because no line {mark}",
            shown.display()
        ))
    });
    let linked = [README, AGENTS].map(|path| dir.join(path)).into_iter();
    let linked = linked.filter(|path| path.is_symlink());
    let linked = linked.map(|path| {
        format!(
            "`{}` is not updated, because it is a symbolic link",
            path.display()
        )
    });
    let mut notes: Vec<String> = marks.chain(linked).collect();
    if let Some(manifest) = tree.get(MANIFEST).and_then(|text| text.parse().ok()) {
        notes.extend(missing_features(&manifest));
        notes.extend(other_library(&manifest));
        notes.extend(other_runtime(&manifest));
        notes.extend(lost_runtime(dir, tree, &manifest));
        notes.extend(unused_runtime(dir, tree, &manifest));
    }
    notes.extend(workspace::advice(dir));
    notes
}

/// A name of the library that the generated code does not know.
fn other_library(manifest: &DocumentMut) -> Option<String> {
    let name = manifest.get("lib")?.get("name")?.as_str()?;
    let package = manifest::package_name(manifest)?.replace('-', "_");
    (name != package).then(|| {
        format!(
            "the manifest calls the library `{name}`, and the generated tests and docs call it `{package}`; remove `name` \
             from `[lib]`, or change the name of the package"
        )
    })
}

/// A version of the runtime in the manifest that does not fit the generated code.
fn other_runtime(manifest: &DocumentMut) -> Option<String> {
    let dependency = manifest::runtime(manifest)?;
    let version = dependency
        .as_str()
        .or_else(|| dependency.get("version")?.as_str())?;
    let fault = ManifestValue::RuntimeVersion.fault(version)?;
    Some(format!("this crate does not build: {fault}"))
}

/// A folder without the runtime that the manifest depends on.
fn lost_runtime(dir: &Path, tree: &Tree, manifest: &DocumentMut) -> Option<String> {
    let dependency = manifest::runtime(manifest)?;
    let path = dependency.get("path")?.as_str()?;
    let is_written = tree.get(&format!("{path}/{MANIFEST}")).is_some();
    let package = manifest::runtime_package(dependency);
    let folder = dir.join(path);
    let found = manifest_in(&folder).ok()?;
    let is_there = found.as_ref().and_then(manifest::package_name) == Some(package);
    (!is_written && !is_there).then(|| {
        format!(
            "this crate does not build: `{}` does not hold the crate `{package}`; name the folder of a runtime with \
             `--runtime-path`",
            folder.display()
        )
    })
}

/// Features that a feature of the user enables and that do not exist, such as that of a tag that was removed.
fn missing_features(manifest: &DocumentMut) -> Vec<String> {
    let Some(features) = manifest.get("features").and_then(Item::as_table_like) else {
        return Vec::new();
    };
    let is_missing = |name: &String| {
        !name.contains(['/', ':'])
            && !features.contains_key(name)
            && !is_optional_dependency(manifest, name)
    };
    let notes = features.iter().flat_map(|(feature, enabled)| {
        let enabled = enabled.as_array().map(words).unwrap_or_default();
        enabled.into_iter().filter(is_missing).map(move |missing| {
            format!(
                "cargo refuses to build this crate: its feature `{feature}` enables `{missing}`, which does not exist; \
                 remove it from `[features]`"
            )
        })
    });
    notes.collect()
}

/// Whether a crate is an optional dependency, which is a feature of the same name.
fn is_optional_dependency(manifest: &DocumentMut, name: &str) -> bool {
    let targets = manifest.get("target").and_then(Item::as_table_like);
    let targets = targets.into_iter().flat_map(TableLike::iter);
    let holders = targets.map(|(_, target)| target);
    let mut holders = holders.chain([manifest.as_item()]);
    holders.any(|holder| {
        let lists = ["dependencies", "build-dependencies"].into_iter();
        let mut found = lists.filter_map(|list| holder.get(list)?.get(name)?.get("optional"));
        found.any(|optional| optional.as_bool() == Some(true))
    })
}

/// A copy of the runtime that an earlier run wrote. Another crate may depend on it, so it is not removed.
fn unused_runtime(dir: &Path, tree: &Tree, manifest: &DocumentMut) -> Option<String> {
    // The usual case, in which nothing is read.
    if tree.get(&format!("{BESIDE}/{MANIFEST}")).is_some() {
        return None;
    }
    let copy = dir.join(BESIDE);
    if !runtime::is_any_copy(manifest_in(&copy).ok()?.as_ref()) {
        return None;
    }
    let dependency = manifest::runtime(manifest)?;
    let path = dependency.get("path").and_then(Item::as_str);
    let is_it = path.is_some_and(|path| {
        let paths = [dir.join(path), copy.clone()].map(|path| path.canonicalize().ok());
        paths[0] == paths[1]
    });
    let shown = copy.display();
    if manifest::inherits(dependency) {
        // The path is in the manifest of the workspace.
        return Some(format!(
            "`{shown}` is not updated, because this crate takes the runtime from its workspace; remove the folder, or \
             depend on it with `path = \"{BESIDE}\"`"
        ));
    }
    (!is_it).then(|| {
        format!(
            "this crate no longer uses `{shown}`; remove the folder if no other crate depends on it"
        )
    })
}
