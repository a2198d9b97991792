//! The features of `generated/Cargo.toml`: one for each API, and several for a large one.

use std::collections::BTreeSet;

use toml_edit::{Array, DocumentMut, Item, TomlError, Value};

/// A feature with the features that it switches on.
pub type Feature = (String, Vec<String>);

/// The manifest with the features of each API, the first of which is on by default, and none of an API that is gone.
///
/// # Errors
/// A manifest that is not TOML.
pub fn updated(manifest: &str, apis: &[Vec<Feature>]) -> Result<String, TomlError> {
    let mut document: DocumentMut = manifest.parse()?;
    let Some(features) = document
        .entry("features")
        .or_insert_with(toml_edit::table)
        .as_table_like_mut()
    else {
        return Ok(manifest.to_owned());
    };
    let wanted: BTreeSet<&str> = apis.iter().flatten().map(|(name, _)| &**name).collect();
    let gone: Vec<String> = features
        .iter()
        .filter(|(name, item)| of_an_api(name, item) && !wanted.contains(name))
        .map(|(name, _)| name.to_owned())
        .collect();
    for name in &gone {
        features.remove(name);
    }
    for (name, switched_on) in apis.iter().flatten() {
        let listed = features.get(name).and_then(Item::as_array).map(words);
        if listed.as_deref() != Some(switched_on) {
            features.insert(name, Item::Value(Array::from_iter(switched_on).into()));
        }
    }
    let default = features
        .entry("default")
        .or_insert_with(|| Item::Value(Array::new().into()));
    if let Some(default) = default.as_array_mut() {
        let first = apis.iter().filter_map(|features| features.first());
        keep_in_step(default, &first.map(|(name, _)| &**name).collect(), &gone);
    }
    Ok(document.to_string())
}

/// Whether a feature is of an API: it switches on no dependency and no feature of one.
fn of_an_api(name: &str, item: &Item) -> bool {
    let within = |array: &Array| !words(array).iter().any(|word| word.contains(['/', ':']));
    name != "default" && item.as_array().is_some_and(within)
}

fn words(array: &Array) -> Vec<String> {
    let words = array.iter().filter_map(Value::as_str);
    words.map(str::to_owned).collect()
}

/// APIs first and sorted, then what else is on by default; untouched if they are so already.
fn keep_in_step(default: &mut Array, wanted: &BTreeSet<&str>, gone: &[String]) {
    let found = words(default);
    let stays = |name: &&String| !gone.contains(name) && !wanted.contains(name.as_str());
    let others = found.iter().filter(stays).map(String::as_str);
    let next: Vec<&str> = wanted.iter().copied().chain(others).collect();
    if found != next {
        *default = next.into_iter().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::{Feature, updated};

    const MANIFEST: &str = "[package]\nname = \"x\"\n\n[features]\ndefault = [\"a\", \"hyper\"]\n# One for each API.\na = []\n\
                            # The transport.\nhyper = [\"runtime/hyper\"]\ntesting = [\"runtime/testing\"]\n";

    fn plain(names: &[&str]) -> Vec<Vec<Feature>> {
        let api = |name: &&str| vec![((*name).to_owned(), Vec::new())];
        names.iter().map(api).collect()
    }

    #[test]
    fn a_manifest_in_step_stays_as_it_is() {
        assert_eq!(updated(MANIFEST, &plain(&["a"])).unwrap(), MANIFEST);
    }

    #[test]
    fn features_come_and_go_with_their_apis() {
        let text = updated(MANIFEST, &plain(&["b", "c"])).unwrap();
        assert!(
            text.contains("default = [\"b\", \"c\", \"hyper\"]"),
            "{text}"
        );
        assert!(text.contains("b = []\nc = []\n"), "{text}");
        assert!(!text.contains("\na = []"), "{text}");
        assert!(
            text.contains("# The transport.\nhyper = [\"runtime/hyper\"]"),
            "{text}"
        );
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
        let text = updated(MANIFEST, &[large]).unwrap();
        assert!(text.contains("default = [\"zoo\", \"hyper\"]"), "{text}");
        assert!(
            text.contains("zoo = [\"zoo-cats\"]\nzoo-core = []\nzoo-cats = [\"zoo-core\"]\n"),
            "{text}"
        );
        let gone = updated(&text, &plain(&["a"])).unwrap();
        assert!(!gone.contains("zoo"), "{gone}");
    }
}
