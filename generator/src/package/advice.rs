//! What the user should know of a crate that was generated.

use std::path::Path;

use toml_edit::{DocumentMut, Item};

use super::{AGENTS, BESIDE, MANIFEST, README, manifest, manifest_in, readme, runtime, workspace};
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
    let other = workspace::advice(dir)
        .into_iter()
        .chain(unused_runtime(dir, tree));
    marks.chain(other).collect()
}

/// A copy of the runtime that an earlier run wrote. Another crate may depend on it, so it is not removed.
fn unused_runtime(dir: &Path, tree: &Tree) -> Option<String> {
    // The usual case, in which nothing is read.
    if tree.get(&format!("{BESIDE}/{MANIFEST}")).is_some() {
        return None;
    }
    let copy = dir.join(BESIDE);
    if !runtime::is_any_copy(manifest_in(&copy).ok()?.as_ref()) {
        return None;
    }
    let manifest: DocumentMut = tree.get(MANIFEST)?.parse().ok()?;
    let dependency = manifest::runtime(&manifest)?;
    let path = dependency.get("path").and_then(Item::as_str);
    let is_it = path.is_some_and(|path| {
        let paths = [dir.join(path), copy.clone()].map(|path| path.canonicalize().ok());
        paths[0] == paths[1]
    });
    // An inherited dependency has its path in the manifest of the workspace.
    (!is_it && !manifest::inherits(dependency)).then(|| {
        format!(
            "this crate no longer uses `{}`; remove the folder if no other crate depends on it",
            copy.display()
        )
    })
}
