//! Changes of a manifest that keep the comments and the format of what is not changed.

use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value};

/// A top-level table, which is added if it is missing; `None` if the key has another type.
pub(super) fn table<'m>(
    manifest: &'m mut DocumentMut,
    name: &str,
) -> Option<&'m mut dyn TableLike> {
    let item = manifest.entry(name).or_insert_with(toml_edit::table);
    item.as_table_like_mut()
}

/// The keys of a dependency. One that is only a version becomes a table.
pub(super) fn as_table(dependency: &mut Item) -> Option<&mut dyn TableLike> {
    if let Item::Value(version @ Value::String(_)) = dependency {
        let decor = version.decor().clone();
        let text = version.as_str().unwrap_or_default();
        let mut table = InlineTable::from_iter([("version", text)]);
        *table.decor_mut() = decor;
        *version = table.into();
    }
    dependency.as_table_like_mut()
}

/// Sets a string. If it already has this value, its formatting is kept.
pub(super) fn set(table: &mut dyn TableLike, key: &str, text: &str) {
    if table.get(key).and_then(Item::as_str) != Some(text) {
        put(table, key, text.into());
    }
}

/// Sets a value. A comment after the value that it replaces is kept.
pub(super) fn put(table: &mut dyn TableLike, key: &str, mut next: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(found) => {
            *next.decor_mut() = found.decor().clone();
            *found = next;
        }
        None => drop(table.insert(key, Item::Value(next))),
    }
}

pub(super) fn array<T: Into<Value>>(items: impl IntoIterator<Item = T>) -> Value {
    items.into_iter().collect::<Array>().into()
}

pub(super) fn words(array: &Array) -> Vec<String> {
    let words = array.iter().filter_map(Value::as_str);
    words.map(str::to_owned).collect()
}
