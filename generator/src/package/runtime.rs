//! The sources of the runtime, from the time when this program was built.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, TomlError, Value, value};

use super::manifest::inherits;
use crate::tree::{MARK, Tree};

// The sources, the manifest and the manifest of the workspace, embedded by the build script.
include!(concat!(env!("OUT_DIR"), "/runtime.rs"));

/// The licences of the runtime, which ask to be in each copy.
const LICENSES: [(&str, &str); 2] = [
    ("LICENSE-APACHE", include_str!("../../LICENSE-APACHE")),
    ("LICENSE-MIT", include_str!("../../LICENSE-MIT")),
];

/// Keys of the manifest about the published package, and about files that the copy does not have.
const OF_ORIGINAL: [&str; 7] = [
    "autoexamples",
    "categories",
    "documentation",
    "include",
    "keywords",
    "metadata",
    "readme",
];

/// Adds the crate under `dir`, as a package with this name.
pub(super) fn add(tree: &mut Tree, dir: &str, name: &str) -> Result<(), TomlError> {
    let mut manifest = standalone(MANIFEST, WORKSPACE)?;
    manifest["package"]["name"] = value(name);
    // The copy does not include the files that the tests need.
    let untested = ["test", "doctest"].map(|key| (key, false));
    manifest["lib"] = Item::Table(Table::from_iter(untested));
    let ident = name.replace('-', "_");
    let header = format!("{} by `{}`.", mark(), super::COMMAND);
    tree.insert(
        format!("{dir}/Cargo.toml"),
        format!("# {header}\n{manifest}"),
    );
    for (path, text) in SOURCES {
        // Only the examples in the documentation contain the name of the crate.
        let text = text.replace("specwright_runtime", &ident);
        tree.insert(format!("{dir}/{path}"), format!("// {header}\n{text}"));
    }
    for (path, text) in LICENSES {
        tree.insert_shared(format!("{dir}/{path}"), text);
    }
    Ok(())
}

/// The beginning of the header of each file of a copy.
fn mark() -> String {
    format!("{MARK}{} {}", super::RUNTIME, env!("CARGO_PKG_VERSION"))
}

/// Whether a manifest is that of a copy of the runtime, written by this version of specwright.
pub(super) fn is_copy(manifest: Option<&DocumentMut>) -> bool {
    begins_with(manifest, &mark())
}

/// Whether a manifest is that of a copy of the runtime, written by any version.
pub(super) fn is_any_copy(manifest: Option<&DocumentMut>) -> bool {
    begins_with(manifest, &format!("{MARK}{} ", super::RUNTIME))
}

fn begins_with(manifest: Option<&DocumentMut>, mark: &str) -> bool {
    let text = manifest.map(DocumentMut::to_string).unwrap_or_default();
    text.lines().next().unwrap_or_default().contains(mark)
}

/// Turns the manifest of a workspace member into that of a separate package: inherited keys are replaced by their
/// values, and everything for tests and benches is removed.
fn standalone(member: &str, workspace: &str) -> Result<DocumentMut, TomlError> {
    let mut manifest: DocumentMut = member.parse()?;
    let root: DocumentMut = workspace.parse()?;
    manifest.remove("dev-dependencies");
    manifest.remove("lints");
    manifest.remove("bench");
    manifest.remove("example");
    if let Some(package) = manifest
        .get_mut("package")
        .and_then(Item::as_table_like_mut)
    {
        inherit_package(package, &root["workspace"]["package"]);
        for key in OF_ORIGINAL {
            package.remove(key);
        }
    }
    if let Some(dependencies) = manifest
        .get_mut("dependencies")
        .and_then(Item::as_table_like_mut)
    {
        inherit_dependencies(dependencies, &root["workspace"]["dependencies"]);
    }
    Ok(manifest)
}

fn inherit_package(package: &mut dyn TableLike, root: &Item) {
    for (key, item) in package.iter_mut() {
        if let Some(inherited) = root.get(key.get()).filter(|_| inherits(item)) {
            *item = inherited.clone();
        }
    }
}

fn inherit_dependencies(dependencies: &mut dyn TableLike, root: &Item) {
    for (key, item) in dependencies.iter_mut() {
        if let Some(inherited) = root.get(key.get()).filter(|_| inherits(item)) {
            *item = Item::Value(Value::InlineTable(merged(inherited, item)));
        }
    }
}

/// A dependency of the workspace, merged with the keys of the member. Arrays of features are concatenated, other keys
/// are replaced.
fn merged(root: &Item, member: &Item) -> InlineTable {
    let mut merged = match root.as_str() {
        Some(version) => InlineTable::from_iter([("version", version)]),
        None => root.as_inline_table().cloned().unwrap_or_default(),
    };
    for (key, item) in member.as_table_like().into_iter().flat_map(TableLike::iter) {
        let Some(value) = item.as_value().filter(|_| key != "workspace") else {
            continue;
        };
        let mut value = value.clone();
        if let (Some(more), Some(some)) = (
            value.as_array_mut(),
            merged.get(key).and_then(Value::as_array),
        ) {
            *more = some.iter().chain(more.iter()).cloned().collect::<Array>();
            more.fmt();
        }
        merged.insert(key, value);
    }
    merged.fmt();
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standalone_manifest_inherits_nothing() {
        let manifest = standalone(MANIFEST, WORKSPACE).unwrap().to_string();
        assert!(!manifest.contains("workspace"), "{manifest}");
        assert!(
            manifest.contains("name = \"specwright-runtime\""),
            "{manifest}"
        );
    }

    #[test]
    fn features_add_up() {
        let member = "[package]\nversion.workspace = true\n[dependencies]\na.workspace = true\n\
                      b = { workspace = true, features = [\"y\"], optional = true }\n[lints]\nworkspace = true\n";
        let root = "[workspace.package]\nversion = \"1.2.3\"\n[workspace.dependencies]\na = \"1\"\n\
                    b = { version = \"2\", default-features = false, features = [\"x\"] }\n";
        let wanted = "[package]\nversion = \"1.2.3\"\n[dependencies]\na = { version = \"1\" }\n\
                      b = { version = \"2\", default-features = false, features = [\"x\", \"y\"], optional = true }\n";
        assert_eq!(
            standalone(member, root)
                .unwrap()
                .to_string()
                .replace("= ", "=")
                .replace(" =", "="),
            wanted.replace("= ", "=").replace(" =", "=")
        );
    }

    #[test]
    fn every_source_is_there() {
        let mut tree = Tree::new();
        add(&mut tree, "runtime", "pets-runtime").unwrap();
        assert!(tree.get("runtime/src/lib.rs").is_some());
        assert!(tree.get("runtime/LICENSE-MIT").is_some());
        let manifest = tree.get("runtime/Cargo.toml").unwrap();
        assert!(manifest.contains("name = \"pets-runtime\""), "{manifest}");
    }
}
