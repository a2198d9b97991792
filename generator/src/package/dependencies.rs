//! What types of other crates need in a manifest: their crates, and features of the runtime.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Array, DocumentMut, InlineTable, Item, Value};

use super::RUNTIME;
use super::feature_list::switch_on;
use super::metadata::{
    DEPENDENCIES, RUNTIME_FEATURES, listed, metadata, own_table, remove, update_list,
};
use super::toml::{as_table, put, table, words};

/// Enables the features of the runtime that types need, and disables those that specwright enabled and no type needs any
/// more.
pub(super) fn update_runtime_features(manifest: &mut DocumentMut, wanted: &BTreeSet<&str>) {
    let ours = listed(manifest, RUNTIME_FEATURES).unwrap_or_default();
    let is_gone = |name: &&String| !wanted.contains(name.as_str());
    let gone: Vec<String> = ours.iter().filter(is_gone).cloned().collect();
    if wanted.is_empty() && gone.is_empty() {
        return;
    }
    let dependencies = table(manifest, "dependencies");
    let runtime = dependencies.and_then(|dependencies| dependencies.get_mut(RUNTIME));
    let Some(runtime) = runtime.and_then(as_table) else {
        return;
    };
    let features = runtime.entry("features");
    let features = features.or_insert_with(|| Item::Value(Array::new().into()));
    let Some(features) = features.as_array_mut() else {
        return;
    };
    let of_user = words(features).into_iter();
    let of_user: Vec<String> = of_user.filter(|name| !ours.contains(name)).collect();
    switch_on(features, wanted, &gone);
    if features.is_empty() {
        runtime.remove("features");
    }
    let added = wanted.iter().copied();
    let added = added.filter(|&name| !of_user.iter().any(|own| own == name));
    let added: Vec<&str> = added.collect();
    if added.is_empty() {
        remove(manifest, RUNTIME_FEATURES);
    } else {
        update_list(manifest, RUNTIME_FEATURES, &added);
    }
}

/// Updates the dependencies for the user's types, given by name and TOML value. A dependency that specwright did not
/// add, and what the user changed in one, is kept.
pub(super) fn update_dependencies(manifest: &mut DocumentMut, wanted: &BTreeMap<&str, &str>) {
    let before = written(manifest);
    let Some(dependencies) = table(manifest, "dependencies") else {
        return;
    };
    let is_gone = |name: &&String| !wanted.contains_key(name.as_str());
    for name in before.keys().filter(is_gone) {
        dependencies.remove(name);
    }
    let mut ours = InlineTable::new();
    for (&name, &line) in wanted {
        let Ok(next) = line.parse::<Value>() else {
            continue;
        };
        match (before.get(name), dependencies.get_mut(name)) {
            (None, Some(_)) => continue,
            (Some(was), Some(found)) if found.as_value().map(text) != Some(text(was)) => {
                update(found, was, &next);
            }
            _ => put(dependencies, name, next.clone()),
        }
        ours.insert(name, next);
    }
    let now = ours.iter().map(|(name, value)| (name, text(value)));
    if now.eq(before.iter().map(|(name, was)| (&**name, text(was)))) {
        return;
    }
    if ours.is_empty() {
        remove(manifest, DEPENDENCIES);
    } else if let Some(metadata) = own_table(manifest) {
        put(metadata, DEPENDENCIES, ours.into());
    }
}

/// Changes a dependency that the user edited: only what differs between the values that specwright wrote and writes.
fn update(found: &mut Item, was: &Value, next: &Value) {
    if text(was) == text(next) {
        return;
    }
    let (mut was, mut next) = (Item::from(was.clone()), Item::from(next.clone()));
    let (Some(found), Some(was), Some(next)) =
        (as_table(found), as_table(&mut was), as_table(&mut next))
    else {
        return;
    };
    for (key, _) in was.iter().filter(|(key, _)| !next.contains_key(key)) {
        found.remove(key);
    }
    let value = |item: Option<&Item>| item.and_then(Item::as_value).map(text);
    for (key, item) in next.iter() {
        if value(was.get(key)) != value(Some(item))
            && let Some(item) = item.as_value()
        {
            put(found, key, item.clone());
        }
    }
}

/// The dependencies that specwright wrote, by name. A former version listed only their names; it wrote what is there.
fn written(manifest: &DocumentMut) -> BTreeMap<String, Value> {
    let Some(ours) = metadata(manifest).and_then(|ours| ours.get(DEPENDENCIES)) else {
        return BTreeMap::new();
    };
    let names = ours.as_array().map(words).unwrap_or_default().into_iter();
    let found = names.filter_map(|name| {
        let found = manifest.get("dependencies")?.get(&name)?.as_value()?;
        Some((name, found.clone()))
    });
    let values = ours.as_table_like().into_iter();
    let values = values.flat_map(|values| values.iter());
    let values =
        values.filter_map(|(name, item)| Some((name.to_owned(), item.as_value()?.clone())));
    found.chain(values).collect()
}

fn text(value: &Value) -> String {
    value.to_string().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_of_types_come_and_go_and_those_of_the_user_stay() {
        let before = "[package]\nname = \"x\"\n\n[package.metadata.specwright]\nfeatures = []\n\n[dependencies]\n\
                      # Mine.\nurl = \"1\"\n";
        let mut manifest: DocumentMut = before.parse().unwrap();
        let wanted = BTreeMap::from([("time", "{ version = \"0.3\" }"), ("url", "\"2\"")]);
        update_dependencies(&mut manifest, &wanted);
        let text = manifest.to_string();
        assert!(
            text.contains("# Mine.\nurl = \"1\"\ntime = { version = \"0.3\" }\n"),
            "{text}"
        );
        assert!(
            text.contains("dependencies = { time = { version = \"0.3\" } }"),
            "{text}"
        );
        update_dependencies(&mut manifest, &wanted);
        assert_eq!(manifest.to_string(), text);
        update_dependencies(&mut manifest, &BTreeMap::from([("time", "\"0.4\"")]));
        let text = manifest.to_string();
        assert!(text.contains("url = \"1\"\ntime = \"0.4\"\n"), "{text}");
        update_dependencies(&mut manifest, &BTreeMap::new());
        let text = manifest.to_string();
        assert!(
            !text.contains("time") && text.contains("url = \"1\""),
            "{text}"
        );
        assert!(!text.contains("dependencies = "), "{text}");
    }

    #[test]
    fn a_list_of_names_is_that_of_a_former_version() {
        let before = "[package]\nname = \"x\"\n\n[package.metadata.specwright]\ndependencies = [\"time\", \"url\"]\n\n\
                      [dependencies]\ntime = \"0.2\"\nurl = \"2\"\n";
        let mut manifest: DocumentMut = before.parse().unwrap();
        update_dependencies(&mut manifest, &BTreeMap::from([("time", "\"0.3\"")]));
        let text = manifest.to_string();
        assert!(text.contains("dependencies = { time = \"0.3\" }"), "{text}");
        assert!(text.ends_with("[dependencies]\ntime = \"0.3\"\n"), "{text}");
    }

    #[test]
    fn a_runtime_that_is_only_a_version_gets_features() {
        let before = "[package]\nname = \"x\"\n\n[dependencies]\nspecwright-runtime = \"0.1\"\n";
        let mut manifest: DocumentMut = before.parse().unwrap();
        update_runtime_features(&mut manifest, &BTreeSet::new());
        assert_eq!(manifest.to_string(), before);
        update_runtime_features(&mut manifest, &BTreeSet::from(["time"]));
        let text = manifest.to_string();
        let runtime = "specwright-runtime = { version = \"0.1\", features = [\"time\"] }";
        assert!(text.contains(runtime), "{text}");
    }

    #[test]
    fn what_the_user_adds_to_a_dependency_stays() {
        let before =
            "[package]\nname = \"x\"\n\n[dependencies]\nspecwright-runtime = { path = \"a\" }\n";
        let mut manifest: DocumentMut = before.parse().unwrap();
        let update = |manifest: &mut DocumentMut, version: &str, features: &[&str]| {
            update_dependencies(manifest, &BTreeMap::from([("time", version)]));
            update_runtime_features(manifest, &features.iter().copied().collect());
            manifest.to_string()
        };
        let text = update(&mut manifest, "\"0.3\"", &["time"]);
        let edited = text
            .replace(
                ", features = [\"time\"]",
                ", features = [\n    \"time\", # for dates\n    \"url\", # mine\n]",
            )
            .replace(
                "\ntime = \"0.3\"",
                "\ntime = { version = \"0.3.1\", features = [\"macros\"] }",
            );
        assert!(
            edited.contains("0.3.1") && edited.contains("\"url\""),
            "{edited}"
        );
        manifest = edited.parse().unwrap();
        assert_eq!(update(&mut manifest, "\"0.3\"", &["time"]), edited);
        let text = update(&mut manifest, "\"0.4\"", &[]);
        assert!(text.contains("[\n    \"url\", # mine\n]"), "{text}");
        let time = "\ntime = { version = \"0.4\", features = [\"macros\"] }";
        assert!(text.contains(time), "{text}");
    }
}
