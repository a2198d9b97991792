//! specwright's table in a manifest, which says what specwright wrote there.

use toml_edit::{DocumentMut, Item, Table, TableLike};

use super::toml::{array, put, table, words};

/// The table in the manifest that lists the features of the APIs: `[package.metadata.specwright]`.
const METADATA: &str = "specwright";

/// Keys in that table: the features of the APIs, those that are on by default because of an API, those of the runtime that
/// types need, and the dependencies for types.
pub(super) const FEATURES: &str = "features";
pub(super) const DEFAULT: &str = "on-by-default";
pub(super) const RUNTIME_FEATURES: &str = "runtime-features";
pub(super) const DEPENDENCIES: &str = "dependencies";

/// The comment above that table.
const COMMENT: &str = "\n# The features that belong to the APIs. specwright updates them and what else the generated code needs; the\n\
                       # rest of this file is yours.\n";

/// specwright's table, if there is one.
pub(super) fn metadata(manifest: &DocumentMut) -> Option<&Item> {
    manifest.get("package")?.get("metadata")?.get(METADATA)
}

/// The names that are listed under a key of specwright's table, if the table has the key.
pub(super) fn listed(manifest: &DocumentMut, key: &str) -> Option<Vec<String>> {
    let listed = metadata(manifest)?.get(key)?;
    listed.as_array().map(words)
}

/// Lists names under a key of specwright's table, if they are not those before.
pub(super) fn update_list(manifest: &mut DocumentMut, key: &str, names: &[&str]) {
    if listed(manifest, key).is_some_and(|before| before == names) {
        return;
    }
    if let Some(ours) = own_table(manifest) {
        put(ours, key, array(names.iter().copied()));
    }
}

/// Removes a key of specwright's table.
pub(super) fn remove(manifest: &mut DocumentMut, key: &str) {
    if metadata(manifest).is_some_and(|ours| ours.get(key).is_some())
        && let Some(ours) = own_table(manifest)
    {
        ours.remove(key);
    }
}

/// specwright's table, which is added if it is missing.
pub(super) fn own_table(manifest: &mut DocumentMut) -> Option<&mut dyn TableLike> {
    let package = table(manifest, "package")?;
    let metadata = package.entry("metadata").or_insert_with(|| {
        let mut metadata = Table::new();
        metadata.set_implicit(true);
        Item::Table(metadata)
    });
    let ours = metadata.as_table_like_mut()?.entry(METADATA);
    let ours = ours.or_insert_with(|| {
        let mut ours = Table::new();
        ours.decor_mut().set_prefix(COMMENT);
        Item::Table(ours)
    });
    ours.as_table_like_mut()
}
