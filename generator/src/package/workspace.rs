//! Finds a workspace around a generated crate that does not include the crate, which cargo would reject.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item};

use crate::paths::slashes;

/// The line to add to the manifest of the workspace around a crate, if the workspace does not include the crate.
pub(super) fn advice(crate_dir: &Path) -> Option<String> {
    let dir = crate_dir.canonicalize().ok()?;
    if manifest(&dir).is_some_and(|own| own.contains_key("workspace")) {
        return None;
    }
    let (root, manifest) = dir.ancestors().skip(1).find_map(|above| {
        let manifest = manifest(above)?;
        manifest
            .contains_key("workspace")
            .then(|| (above.to_owned(), manifest))
    })?;
    let relative = dir.strip_prefix(&root).ok()?;
    if knows(&manifest, relative) {
        return None;
    }
    let path = slashes(relative);
    Some(format!(
        "the workspace of {} does not know this crate, so cargo refuses to build it; under `[workspace]`, add it to \
         `members = [\"{path}\"]`, or keep it apart with `exclude = [\"{path}\"]`",
        root.join("Cargo.toml").display()
    ))
}

fn manifest(dir: &Path) -> Option<DocumentMut> {
    std::fs::read_to_string(dir.join("Cargo.toml"))
        .ok()?
        .parse()
        .ok()
}

/// Whether a workspace lists a folder as a member or as excluded, or has a dependency on it, which makes it a member.
fn knows(manifest: &DocumentMut, relative: &Path) -> bool {
    let workspace = &manifest["workspace"];
    let members = texts(workspace.get("members"));
    let excluded = texts(workspace.get("exclude"));
    let dependencies = [manifest.get("dependencies"), workspace.get("dependencies")];
    members.iter().any(|pattern| matches(pattern, relative))
        || excluded
            .iter()
            .any(|folder| relative.starts_with(clean(folder)))
        || dependencies
            .into_iter()
            .flatten()
            .flat_map(paths)
            .any(|path| clean(&path) == relative)
}

/// The paths of the dependencies in a table.
fn paths(dependencies: &Item) -> Vec<String> {
    let table = dependencies.as_table_like();
    let items = table.into_iter().flat_map(toml_edit::TableLike::iter);
    items
        .filter_map(|(_, item)| Some(item.get("path")?.as_str()?.to_owned()))
        .collect()
}

fn texts(list: Option<&Item>) -> Vec<String> {
    let list = list.and_then(Item::as_array);
    let elements = list.into_iter().flatten();
    elements
        .filter_map(|element| element.as_str().map(str::to_owned))
        .collect()
}

/// Whether a pattern of `members` matches a folder. In each part of the pattern `*` matches any characters.
fn matches(pattern: &str, relative: &Path) -> bool {
    let pattern = clean(pattern);
    let parts = || pattern.components().zip(relative.components());
    pattern.components().count() == relative.components().count()
        && parts().all(|(wanted, found)| {
            let wanted = wanted.as_os_str().to_string_lossy();
            is_like(&wanted, &found.as_os_str().to_string_lossy())
        })
}

/// Whether a name matches a pattern with `*`.
fn is_like(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
            ends.any(|at| is_like(after, &rest[at..]))
        }),
    }
}

/// A path without `.` in it and without a slash at its end.
fn clean(path: &str) -> PathBuf {
    Path::new(path)
        .components()
        .filter(|part| !matches!(part, std::path::Component::CurDir))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_knows_members_what_it_excludes_and_what_it_depends_on() {
        for (manifest, known) in [
            ("[workspace]", false),
            ("[workspace]\nmembers = [\"a\", \"./clients/pets/\"]", true),
            ("[workspace]\nmembers = [\"clients/*\"]", true),
            ("[workspace]\nmembers = [\"*/p*t*\"]", true),
            (
                "[workspace]\nmembers = [\"*\", \"clients/pets/runtime\", \"clients/p*x\"]",
                false,
            ),
            ("[workspace]\nexclude = [\"clients\"]", true),
            ("[workspace]\nexclude = [\"client\"]", false),
            (
                "[workspace]\n[dependencies]\npets = {path = \"clients/pets\"}",
                true,
            ),
            (
                "[workspace.dependencies]\npets = {path = \"clients/cats\"}",
                false,
            ),
        ] {
            let parsed: DocumentMut = manifest.parse().unwrap();
            assert_eq!(
                knows(&parsed, Path::new("clients/pets")),
                known,
                "{manifest}"
            );
        }
    }
}
