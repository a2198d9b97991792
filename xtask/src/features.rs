//! The features of `generated/Cargo.toml`: one for each API.

use std::collections::BTreeSet;

use toml_edit::{Array, DocumentMut, Item, TomlError, Value};

/// The features that are there whatever the descriptions say.
const OWN: &[&str] = &[
    "default", "reqwest", "blocking", "testing", "tracing", "webhooks",
];

/// The manifest with a feature for each API, each of them on by default, and none for an API that is gone.
///
/// # Errors
/// A manifest that is not TOML.
pub fn updated(manifest: &str, apis: &[&str]) -> Result<String, TomlError> {
    let mut document: DocumentMut = manifest.parse()?;
    let wanted: BTreeSet<&str> = apis.iter().copied().collect();
    let Some(features) = document
        .entry("features")
        .or_insert_with(toml_edit::table)
        .as_table_like_mut()
    else {
        return Ok(manifest.to_owned());
    };
    // An API's feature switches on a module and nothing else.
    let is_api = |name: &str, item: &Item| {
        !OWN.contains(&name) && item.as_array().is_some_and(Array::is_empty)
    };
    let gone: Vec<String> = features
        .iter()
        .filter(|(name, item)| is_api(name, item) && !wanted.contains(name))
        .map(|(name, _)| name.to_owned())
        .collect();
    for name in &gone {
        features.remove(name);
    }
    for name in &wanted {
        if !features.contains_key(name) {
            features.insert(name, Item::Value(Array::new().into()));
        }
    }
    let default = features
        .entry("default")
        .or_insert_with(|| Item::Value(Array::new().into()));
    if let Some(default) = default.as_array_mut() {
        keep_in_step(default, &wanted, &gone);
    }
    Ok(document.to_string())
}

/// APIs first and sorted, then what else is on by default; untouched if they are so already.
fn keep_in_step(default: &mut Array, wanted: &BTreeSet<&str>, gone: &[String]) {
    let found: Vec<String> = default
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    let stays = |name: &&String| !gone.contains(name) && !wanted.contains(name.as_str());
    let others = found.iter().filter(stays).map(String::as_str);
    let next: Vec<&str> = wanted.iter().copied().chain(others).collect();
    if found != next {
        *default = next.into_iter().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::updated;

    const MANIFEST: &str = "[package]\nname = \"x\"\n\n[features]\ndefault = [\"a\", \"reqwest\"]\n# One for each API.\na = []\n\
                            # The transport.\nreqwest = [\"runtime/reqwest\"]\ntesting = [\"runtime/testing\"]\n";

    #[test]
    fn a_manifest_in_step_stays_as_it_is() {
        assert_eq!(updated(MANIFEST, &["a"]).unwrap(), MANIFEST);
    }

    #[test]
    fn features_come_and_go_with_their_apis() {
        let text = updated(MANIFEST, &["c", "b"]).unwrap();
        assert!(
            text.contains("default = [\"b\", \"c\", \"reqwest\"]"),
            "{text}"
        );
        assert!(text.contains("b = []\nc = []\n"), "{text}");
        assert!(!text.contains("\na = []"), "{text}");
        assert!(
            text.contains("# The transport.\nreqwest = [\"runtime/reqwest\"]"),
            "{text}"
        );
    }
}
