//! What types of other crates need in a manifest: their crates, and features of the runtime.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{DocumentMut, InlineTable, Item, Value};

use super::RUNTIME;
use super::metadata::{DEPENDENCIES, RUNTIME_FEATURES, listed, metadata, own_table, update_list};
use super::toml::{array, put, table, words};

/// Enables the features of the runtime that types need, and disables those that specwright enabled and no type needs any
/// more.
pub(super) fn update_runtime_features(manifest: &mut DocumentMut, wanted: &BTreeSet<&str>) {
    let ours = listed(manifest, RUNTIME_FEATURES);
    let Some(dependencies) = table(manifest, "dependencies") else {
        return;
    };
    let runtime = dependencies.get_mut(RUNTIME);
    let Some(runtime) = runtime.and_then(Item::as_table_like_mut) else {
        return;
    };
    let before = runtime.get("features").and_then(Item::as_array).map(words);
    let before = before.unwrap_or_default();
    let of_user = before.iter().filter(|name| !ours.contains(name));
    let of_user: Vec<&str> = of_user.map(String::as_str).collect();
    let added = wanted.iter().copied();
    let added: Vec<&str> = added.filter(|name| !of_user.contains(name)).collect();
    let next = [&of_user[..], &added].concat();
    if next.is_empty() {
        runtime.remove("features");
    } else if before != next {
        put(runtime, "features", array(next));
    }
    update_list(manifest, RUNTIME_FEATURES, &ours, &added);
}

/// Updates the dependencies for the user's types, given by name and TOML value. A dependency that specwright did not
/// add, and what the user changed in one, is kept.
pub(super) fn update_dependencies(manifest: &mut DocumentMut, wanted: &BTreeMap<&str, &str>) {
    let before = written(manifest);
    let Some(dependencies) = table(manifest, "dependencies") else {
        return;
    };
    for name in before
        .keys()
        .filter(|name| !wanted.contains_key(name.as_str()))
    {
        dependencies.remove(name);
    }
    let mut ours = InlineTable::new();
    for (&name, &line) in wanted {
        let (was, is_there) = (before.get(name), dependencies.contains_key(name));
        let Ok(item) = line.parse::<Value>() else {
            continue;
        };
        if is_there && was.is_none() {
            continue;
        }
        ours.insert(name, item.clone());
        if !is_there || was.is_none_or(|was| was != line.trim()) {
            put(dependencies, name, item);
        }
    }
    let is_same = ours.len() == before.len()
        && ours
            .iter()
            .all(|(name, item)| before.get(name).is_some_and(|was| *was == text(item)));
    if !is_same && let Some(metadata) = own_table(manifest) {
        put(metadata, DEPENDENCIES, ours.into());
    }
}

/// The dependencies that specwright wrote, by name, as TOML values.
fn written(manifest: &DocumentMut) -> BTreeMap<String, String> {
    let ours = metadata(manifest).and_then(|ours| ours.get(DEPENDENCIES));
    let ours = ours.and_then(Item::as_inline_table).into_iter().flatten();
    ours.map(|(name, item)| (name.to_owned(), text(item)))
        .collect()
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
    }

    #[test]
    fn what_the_user_adds_to_a_dependency_stays() {
        let before =
            "[package]\nname = \"x\"\n\n[dependencies]\nspecwright-runtime = { path = \"a\" }\n";
        let mut manifest: DocumentMut = before.parse().unwrap();
        let wanted = BTreeMap::from([("time", "\"0.3\"")]);
        let update = |manifest: &mut DocumentMut, features: &[&str]| {
            update_dependencies(manifest, &wanted);
            update_runtime_features(manifest, &features.iter().copied().collect());
            manifest.to_string()
        };
        let text = update(&mut manifest, &["time"]);
        let edited = text
            .replace(
                ", features = [\"time\"]",
                ", features = [\"url\", \"time\"]",
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
        assert_eq!(update(&mut manifest, &["time"]), edited);
        let text = update(&mut manifest, &[]);
        assert!(text.contains("features = [\"url\"]"), "{text}");
    }
}
