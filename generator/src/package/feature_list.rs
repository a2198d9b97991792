//! The arrays of features in a manifest, which the user may have laid out and commented.

use std::collections::BTreeSet;

use toml_edit::{Array, Value};

use super::toml::words;

/// Removes the features that are `gone`, and adds those that are `wanted`, in alphabetical order, before all
/// others. The other features keep their lines and their comments.
pub(super) fn switch_on(features: &mut Array, wanted: &BTreeSet<&str>, gone: &[String]) {
    for name in gone {
        let known = words(features);
        if let Some(index) = known.iter().position(|one| one == name) {
            remove(features, index);
        }
    }
    for &name in wanted {
        let known = words(features);
        if known.iter().any(|one| one == name) {
            continue;
        }
        let precedes = |one: &String| wanted.contains(one.as_str()) && one.as_str() < name;
        let index = known
            .iter()
            .rposition(precedes)
            .map_or(0, |before| before + 1);
        insert(features, index, name);
    }
}

/// Adds a feature after all others.
pub(super) fn append(features: &mut Array, name: &str) {
    insert(features, features.len(), name);
}

/// The text between the comma before an element and the element, or before the end of the array. It begins with the rest of
/// the line of the element before.
fn space_before(array: &Array, index: usize) -> String {
    let space = match array.get(index) {
        Some(value) => value.decor().prefix(),
        None => Some(array.trailing()),
    };
    let space = space.and_then(|space| space.as_str());
    space.unwrap_or_default().to_owned()
}

fn set_space_before(array: &mut Array, index: usize, space: String) {
    match array.get_mut(index) {
        Some(value) => value.decor_mut().set_prefix(space),
        None => array.set_trailing(space),
    }
}

/// Splits the text before an element into the rest of the line before it, and the lines from there on.
fn line_and_rest(space: &str) -> (&str, &str) {
    space.split_at(space.find('\n').unwrap_or(space.len()))
}

/// Removes an element with the rest of its line.
fn remove(array: &mut Array, index: usize) {
    let (before, after) = (space_before(array, index), space_before(array, index + 1));
    let (line, _) = line_and_rest(&before);
    let (_, rest) = line_and_rest(&after);
    let space = match (rest, index) {
        ("", 0) => before,
        ("", _) if before.contains('\n') => before,
        ("", _) => after,
        (rest, _) => format!("{line}{rest}"),
    };
    array.remove(index);
    set_space_before(array, index, space);
}

/// Inserts a string in a line of its own, if the array has such lines.
fn insert(array: &mut Array, index: usize, text: &str) {
    let before = space_before(array, index);
    let (line, rest) = line_and_rest(&before);
    let spaces: Vec<String> = (0..array.len()).map(|at| space_before(array, at)).collect();
    let indentation = spaces
        .iter()
        .find_map(|space| Some(&space[space.rfind('\n')?..]));
    let (own, next) = match indentation {
        Some(indentation) => (format!("{line}{indentation}"), rest.to_owned()),
        None if index == 0 && !array.is_empty() => (before, " ".to_owned()),
        None if index == 0 => (String::new(), before),
        None => (" ".to_owned(), before),
    };
    let mut value = Value::from(text);
    value.decor_mut().set_prefix(own);
    array.insert_formatted(index, value);
    set_space_before(array, index + 1, next);
}

#[cfg(test)]
mod tests {
    use toml_edit::DocumentMut;

    use super::*;

    fn switched(list: &str, wanted: &[&str], gone: &[&str]) -> String {
        let mut manifest: DocumentMut = format!("default = {list}").parse().unwrap();
        let wanted = wanted.iter().copied().collect();
        let gone: Vec<String> = gone.iter().map(|&name| name.to_owned()).collect();
        switch_on(manifest["default"].as_array_mut().unwrap(), &wanted, &gone);
        manifest
            .to_string()
            .trim_start_matches("default = ")
            .trim_end()
            .to_owned()
    }

    #[test]
    fn the_layout_and_the_comments_stay() {
        let list = "[\n    \"a\", # The API.\n    # Not \"blocking\".\n    \"hyper\",\n]";
        let with_b =
            "[\n    \"a\", # The API.\n    \"b\",\n    # Not \"blocking\".\n    \"hyper\",\n]";
        assert_eq!(switched(list, &["a", "b"], &[]), with_b);
        let without = "[\n    # Not \"blocking\".\n    \"hyper\",\n]";
        assert_eq!(switched(list, &[], &["a"]), without);
        assert_eq!(switched(list, &["a"], &["z"]), list);
        let list = "[\n    \"hyper\", # HTTP.\n    \"a\", # The API.\n]";
        let without = "[\n    \"hyper\", # HTTP.\n]";
        assert_eq!(switched(list, &[], &["a"]), without);
        let with_b = "[\n    \"hyper\", # HTTP.\n    \"a\", # The API.\n    \"b\",\n]";
        assert_eq!(switched(list, &["a", "b"], &[]), with_b);
        for (list, with_b) in [
            (
                "[\"a\", \"hyper\" # Mine.\n]",
                "[\"a\", \"b\", \"hyper\" # Mine.\n]",
            ),
            ("[ # Mine.\n]", "[\"a\", \"b\" # Mine.\n]"),
        ] {
            assert_eq!(switched(list, &["a", "b"], &[]), with_b);
        }
    }

    #[test]
    fn names_are_added_in_order_before_all_others() {
        let mine = "[\"hyper\", \"a\"] # Mine.";
        assert_eq!(switched(mine, &["a"], &[]), mine);
        assert_eq!(
            switched(mine, &["a", "b"], &[]),
            "[\"hyper\", \"a\", \"b\"] # Mine."
        );
        assert_eq!(
            switched("[\"b\", \"hyper\"]", &["a", "c"], &["b"]),
            "[\"a\", \"c\", \"hyper\"]"
        );
        assert_eq!(switched("[]", &["b", "a"], &[]), "[\"a\", \"b\"]");
    }
}
