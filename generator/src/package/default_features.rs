//! The array of the default features in a manifest, which the user may have laid out and commented.

use std::collections::BTreeSet;

use toml_edit::{Array, Value};

use super::manifest::words;

/// Removes the default features that are `gone`, and adds those that are `wanted`, in alphabetical order, before all
/// others. The rest of the array, with its comments, is unchanged.
pub(super) fn switch_on(default: &mut Array, wanted: &BTreeSet<&str>, gone: &[String]) {
    let is_gone = |value: &Value| {
        let mut names = gone.iter();
        value
            .as_str()
            .is_some_and(|name| names.any(|one| one == name))
    };
    let leave: Vec<usize> = default
        .iter()
        .enumerate()
        .filter(|(_, value)| is_gone(value))
        .map(|(index, _)| index)
        .collect();
    for index in leave.into_iter().rev() {
        default.remove(index);
    }
    for &name in wanted {
        let known = words(default);
        if known.iter().any(|one| one == name) {
            continue;
        }
        let precedes = |one: &String| wanted.contains(one.as_str()) && one.as_str() < name;
        let index = known
            .iter()
            .rposition(precedes)
            .map_or(0, |before| before + 1);
        insert(default, index, name);
    }
}

/// Inserts a string with the indentation of the array.
fn insert(array: &mut Array, index: usize, text: &str) {
    let prefix = |value: &Value| value.decor().prefix()?.as_str().map(str::to_owned);
    let prefixes: Vec<String> = array.iter().filter_map(prefix).collect();
    let Some(line) = prefixes
        .iter()
        .find_map(|prefix| Some(&prefix[prefix.rfind('\n')?..]))
    else {
        array.insert(index, text);
        array.fmt();
        return;
    };
    let mut value = Value::from(text);
    value.decor_mut().set_prefix(line);
    array.insert_formatted(index, value);
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
            "[\n    \"a\",\n    \"b\", # The API.\n    # Not \"blocking\".\n    \"hyper\",\n]";
        assert_eq!(switched(list, &["a", "b"], &[]), with_b);
        let without = "[ # The API.\n    # Not \"blocking\".\n    \"hyper\",\n]";
        assert_eq!(switched(list, &[], &["a"]), without);
        assert_eq!(switched(list, &["a"], &["z"]), list);
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
