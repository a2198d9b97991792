//! The manifest of a generated crate. specwright writes the keys that the code depends on and keeps all others.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use super::dependencies::{update_dependencies, update_runtime_features};
use super::feature_list::{append, switch_on};
use super::metadata::{DEFAULT, FEATURES, listed, metadata, own_table, update_list};
use super::toml::{array, as_table, put, set, table, words};
use super::{BESIDE, Package, RUNTIME, Runtime, runtime_name};
use crate::model::{Api, Features};

/// The features that every generated crate forwards to the runtime, the default ones first.
pub(crate) const HANDED_ON: [&str; 7] = [
    "hyper",
    "compression",
    "blocking",
    "tracing",
    "testing",
    "webhooks",
    "oauth",
];

/// Those that are on by default.
const ON: &[&str] = HANDED_ON.split_at(2).0;

const EDITION: &str = "2024";

/// Features that the runtime no longer has. A manifest that still forwards one of them does not build.
const REMOVED: [&str; 1] = ["reqwest"];

/// Whether specwright may change this manifest, because it wrote the file or the user requested it.
pub(super) fn is_ours(manifest: &DocumentMut) -> bool {
    metadata(manifest).is_some()
}

/// The name of the package in the manifest.
pub(super) fn package_name(manifest: &DocumentMut) -> Option<&str> {
    manifest.get("package")?.get("name")?.as_str()
}

/// The dependency on the runtime.
pub(super) fn runtime(manifest: &DocumentMut) -> Option<&Item> {
    manifest.get("dependencies")?.get(RUNTIME)
}

/// The package that a dependency on the runtime names.
pub(super) fn runtime_package(dependency: &Item) -> &str {
    let package = dependency.get("package").and_then(Item::as_str);
    package.unwrap_or(RUNTIME)
}

/// Whether a dependency is on another runtime than the copy beside the crate.
pub(super) fn is_other_runtime(dependency: &Item) -> bool {
    let path = dependency.get("path").and_then(Item::as_str);
    path.is_none_or(|path| path.trim_start_matches("./").trim_end_matches('/') != BESIDE)
}

/// Whether an item of a manifest is inherited from its workspace.
pub(super) fn inherits(item: &Item) -> bool {
    item.get("workspace").and_then(Item::as_bool) == Some(true)
}

impl Package<'_> {
    /// The manifest of a new crate.
    pub(super) fn new_manifest(&self, apis: &[Api]) -> DocumentMut {
        let mut package = Table::new();
        package["name"] = value(self.name);
        package["version"] = value("0.1.0");
        package["edition"] = value(EDITION);
        package["rust-version"] = value(env!("CARGO_PKG_RUST_VERSION"));
        let titles: Vec<&str> = apis.iter().map(|api| api.title.as_str()).collect();
        package["description"] = value(format!(
            "Clients generated from API descriptions: {}",
            titles.join(", ")
        ));
        package["publish"] = value(false);
        let mut manifest = DocumentMut::new();
        manifest["package"] = Item::Table(package);
        self.update_manifest(&mut manifest, apis);
        manifest
    }

    /// Updates the keys that specwright owns.
    pub(super) fn update_manifest(&self, manifest: &mut DocumentMut, apis: &[Api]) {
        if let Some(package) = table(manifest, "package") {
            self.update_package(package);
        }
        let on = default_features(apis);
        let is_new = metadata(manifest).is_none_or(|ours| ours.get("features").is_none());
        if let Some(features) = table(manifest, "features")
            && is_new
            && !features.contains_key("default")
        {
            put(features, "default", array(on.iter().copied()));
        }
        update_features(manifest, apis);
        update_default(manifest, &on);
        if let Some(features) = table(manifest, "features") {
            remove_features(features);
            for name in HANDED_ON {
                if !features.contains_key(name) {
                    put(features, name, array([format!("{RUNTIME}/{name}")]));
                }
            }
        }
        if let Some(dependencies) = table(manifest, "dependencies") {
            self.depend_on_runtime(dependencies);
        }
        update_runtime_features(manifest, &runtime_features(apis));
        let own = self.settings.types.dependencies();
        update_dependencies(manifest, &own.collect::<BTreeMap<_, _>>());
        if let Some(dependencies) = table(manifest, "dev-dependencies") {
            self.depend_on_itself(dependencies);
        }
    }

    fn update_package(&self, package: &mut dyn TableLike) {
        set(package, "name", self.name);
        if !package.contains_key("edition") {
            set(package, "edition", EDITION);
        }
        let about = &self.about;
        for (key, text) in [
            ("version", &about.version),
            ("license", &about.license),
            ("repository", &about.repository),
        ] {
            if let Some(text) = text {
                set(package, key, text);
            }
        }
        let authors = package.get("authors").and_then(Item::as_array).map(words);
        if !about.authors.is_empty() && authors.as_ref() != Some(&about.authors) {
            put(package, "authors", array(&about.authors));
        }
    }

    /// Makes the crate depend on itself with the feature `testing`, which the generated tests need. A dependency under
    /// a former name of the crate is removed.
    fn depend_on_itself(&self, dependencies: &mut dyn TableLike) {
        let is_self = |item: &Item| item.get("path").and_then(Item::as_str) == Some(".");
        let stale = dependencies
            .iter()
            .filter(|(name, item)| is_self(item) && *name != self.name);
        let stale: Vec<String> = stale.map(|(name, _)| name.to_owned()).collect();
        for name in stale {
            dependencies.remove(&name);
        }
        dependencies.entry(self.name).or_insert_with(|| {
            let itself = [
                ("path", Value::from(".")),
                ("default-features", false.into()),
                ("features", Array::from_iter(["testing"]).into()),
            ];
            value(InlineTable::from_iter(itself))
        });
    }

    /// Sets the dependency on the runtime. The copy beside the crate has its own package name, so that a program can
    /// depend on two generated crates.
    fn depend_on_runtime(&self, dependencies: &mut dyn TableLike) {
        let is_other = dependencies.get(RUNTIME).is_some_and(is_other_runtime);
        let copy = runtime_name(self.name);
        let wanted = match &self.runtime {
            Runtime::Copy if is_other => return,
            Runtime::Copy => [None, Some(BESIDE), Some(&*copy)],
            Runtime::Path { path, package } => {
                let package = Some(&**package).filter(|&name| name != RUNTIME);
                [None, Some(&**path), package]
            }
            Runtime::Renamed { package } => {
                if let Some(runtime) = dependencies.get_mut(RUNTIME).and_then(as_table) {
                    set(runtime, "package", package);
                }
                return;
            }
            Runtime::Version(version) => [Some(&**version), None, None],
        };
        let is_new = !dependencies.contains_key(RUNTIME);
        let new = || value(InlineTable::new());
        let Some(runtime) = as_table(dependencies.entry(RUNTIME).or_insert_with(new)) else {
            return;
        };
        for key in ["workspace", "git", "branch", "tag", "rev"] {
            runtime.remove(key);
        }
        // A version is that of a registry.
        if !matches!(self.runtime, Runtime::Version(_)) {
            runtime.remove("registry");
        }
        for (key, text) in ["version", "path", "package"].into_iter().zip(wanted) {
            match text {
                Some(text) => set(runtime, key, text),
                None => drop(runtime.remove(key)),
            }
            if key == "path" && is_new {
                runtime.insert("default-features", value(false));
            }
        }
    }
}

/// The features that a manifest enables by default, directly or through others.
pub(super) fn on_by_default(manifest: &DocumentMut) -> BTreeSet<String> {
    let features = manifest.get("features");
    let enabled = |name: &str| {
        let enabled = features.and_then(|features| features.get(name)?.as_array());
        enabled.map(words).unwrap_or_default()
    };
    let mut on = BTreeSet::new();
    let mut next = enabled("default");
    while let Some(name) = next.pop() {
        if on.insert(name.clone()) {
            next.extend(enabled(&name));
        }
    }
    on
}

/// The features of the runtime that are on by default in a new crate of these APIs.
fn default_features(apis: &[Api]) -> Vec<&'static str> {
    // A program that receives webhooks has to verify them.
    let webhooks = apis.iter().any(receives).then_some("webhooks");
    // A program whose users log in needs the OAuth 2 flows.
    let oauth = apis.iter().any(logs_in).then_some("oauth");
    ON.iter().copied().chain(webhooks).chain(oauth).collect()
}

/// The features of the runtime that types of other crates need.
fn runtime_features(apis: &[Api]) -> BTreeSet<&'static str> {
    let own = apis.iter().flat_map(Api::own_types);
    own.filter_map(|own| own.feature()).collect()
}

/// Enables the features that an API has on by default, when it first needs them. From then on they are the user's.
fn update_default(manifest: &mut DocumentMut, wanted: &[&str]) {
    let wanted: Vec<&str> = wanted
        .iter()
        .copied()
        .filter(|name| !ON.contains(name))
        .collect();
    // Before specwright listed them, they were the user's from the beginning.
    let before = listed(manifest, DEFAULT);
    let before = before.unwrap_or_else(|| wanted.iter().map(|&name| name.to_owned()).collect());
    let features = table(manifest, "features").and_then(|features| features.get_mut("default"));
    if let Some(default) = features.and_then(Item::as_array_mut) {
        let known = words(default);
        let is_new = |name: &&str| {
            let is_known = |names: &[String]| names.iter().any(|one| one == name);
            !is_known(&before) && !is_known(&known)
        };
        for name in wanted.iter().copied().filter(is_new) {
            append(default, name);
        }
    }
    update_list(manifest, DEFAULT, &wanted);
}

/// Removes the features in [`REMOVED`] if they only forward to the runtime.
fn remove_features(features: &mut dyn TableLike) {
    for name in REMOVED {
        let found = features.get(name).and_then(Item::as_array).map(words);
        if found.is_some_and(|found| found == [format!("{RUNTIME}/{name}")]) {
            features.remove(name);
        }
    }
}

/// The features of an API, each with the features that it enables. The first one is the API's own, which is on by
/// default.
fn features(api: &Api) -> Vec<(String, Vec<String>)> {
    let Features { core, parts, .. } = &api.features;
    let mut features = vec![(api.module.plain().to_owned(), parts.clone())];
    if api.features.is_in_parts() {
        features.push((core.clone(), Vec::new()));
        let parts = parts.iter();
        features.extend(parts.map(|part| (part.clone(), vec![core.clone()])));
    }
    features
}

/// Updates the features of the APIs. The first one of each API is on by default, and those of a removed API are
/// removed.
pub(super) fn update_features(manifest: &mut DocumentMut, apis: &[Api]) {
    let wanted: Vec<_> = apis.iter().map(features).collect();
    update(manifest, &wanted);
}

fn update(manifest: &mut DocumentMut, apis: &[Vec<(String, Vec<String>)>]) {
    let before = listed(manifest, FEATURES).unwrap_or_default();
    let wanted: BTreeSet<&str> = apis.iter().flatten().map(|(name, _)| &**name).collect();
    let gone: Vec<String> = before
        .iter()
        .filter(|name| !wanted.contains(name.as_str()))
        .cloned()
        .collect();
    if let Some(features) = table(manifest, "features") {
        for name in &gone {
            features.remove(name);
        }
        let default = features
            .entry("default")
            .or_insert_with(|| value(Array::new()));
        if let Some(default) = default.as_array_mut() {
            let first = apis.iter().filter_map(|features| features.first());
            let known = words(default);
            // A feature that is listed as known but not on by default was disabled by the user.
            let first = first.filter(|(name, _)| known.contains(name) || !before.contains(name));
            switch_on(default, &first.map(|(name, _)| &**name).collect(), &gone);
        }
        for (name, switched_on) in apis.iter().flatten() {
            connect(features, name, switched_on, &before);
        }
    }
    let wanted: Vec<&str> = wanted.into_iter().collect();
    if (before != wanted || metadata(manifest).is_none())
        && let Some(ours) = own_table(manifest)
    {
        put(ours, FEATURES, array(wanted));
    }
}

/// Sets the features that a feature enables. Those that the user added are kept; `ours` are the ones that specwright
/// added.
fn connect(features: &mut dyn TableLike, name: &str, switched_on: &[String], ours: &[String]) {
    match features.get_mut(name).and_then(Item::as_array_mut) {
        Some(found) => {
            let is_gone = |other: &&String| ours.contains(other) && !switched_on.contains(other);
            let gone: Vec<String> = ours.iter().filter(is_gone).cloned().collect();
            switch_on(
                found,
                &switched_on.iter().map(String::as_str).collect(),
                &gone,
            );
        }
        None => put(features, name, array(switched_on)),
    }
}

/// Whether users of an API can log in with OAuth 2.
fn logs_in(api: &Api) -> bool {
    api.schemes.iter().any(|scheme| !scheme.logins.is_empty())
}

/// Whether an API has webhooks.
fn receives(api: &Api) -> bool {
    let mut operations = api.operations();
    api.webhooks.is_some() || operations.any(|(_, operation)| operation.callbacks.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[package]\nname = \"x\"\n\n[package.metadata.specwright]\nfeatures = [\"a\"]\n\n[features]\n\
                            default = [\"a\", \"hyper\"]\n# One for each API.\na = []\n# Mine.\nmine = [\"a\"]\n\
                            hyper = [\"runtime/hyper\"]\n";

    fn plain(names: &[&str]) -> Vec<Vec<(String, Vec<String>)>> {
        let api = |name: &&str| vec![((*name).to_owned(), Vec::new())];
        names.iter().map(api).collect()
    }

    fn updated(manifest: &str, apis: &[Vec<(String, Vec<String>)>]) -> String {
        let mut manifest: DocumentMut = manifest.parse().unwrap();
        update(&mut manifest, apis);
        manifest.to_string()
    }

    #[test]
    fn a_manifest_in_step_stays_as_it_is() {
        assert_eq!(updated(MANIFEST, &plain(&["a"])), MANIFEST);
    }

    #[test]
    fn features_come_and_go_with_their_apis_and_others_stay() {
        let text = updated(MANIFEST, &plain(&["b", "c"]));
        for part in [
            "default = [\"b\", \"c\", \"hyper\"]",
            "b = []\nc = []\n",
            "# Mine.\nmine = [\"a\"]\nhyper = [\"runtime/hyper\"]",
            "[package.metadata.specwright]\nfeatures = [\"b\", \"c\"]\n",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("\na = []"), "{text}");
    }

    #[test]
    fn a_feature_that_the_runtime_no_longer_has_goes_and_one_of_the_user_stays() {
        let with = |value: &str| format!("[features]\nreqwest = [{value}]\nhyper = []\n");
        for (value, stays) in [
            ("\"specwright-runtime/reqwest\"", false),
            ("\"mine\"", true),
        ] {
            let mut manifest: DocumentMut = with(value).parse().unwrap();
            remove_features(table(&mut manifest, "features").unwrap());
            let expected = if stays {
                with(value)
            } else {
                "[features]\nhyper = []\n".to_owned()
            };
            assert_eq!(manifest.to_string(), expected);
        }
    }

    #[test]
    fn a_large_api_has_several_and_the_first_is_on_by_default() {
        let part = |name: &str, on: &[&str]| {
            let on = on.iter().map(|&name| name.to_owned());
            (name.to_owned(), on.collect::<Vec<_>>())
        };
        let large = vec![
            part("zoo", &["zoo-cats"]),
            part("zoo-core", &[]),
            part("zoo-cats", &["zoo-core"]),
        ];
        let text = updated(MANIFEST, &[large]);
        assert!(text.contains("default = [\"zoo\", \"hyper\"]"), "{text}");
        let features = "zoo = [\"zoo-cats\"]\nzoo-core = []\nzoo-cats = [\"zoo-core\"]\n";
        assert!(text.contains(features), "{text}");
        let gone = updated(&text, &plain(&["a"]));
        assert!(!gone.contains("zoo"), "{gone}");
    }
}
