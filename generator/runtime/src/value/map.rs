//! Maps: objects with properties of any name and one type.

use std::fmt;
use std::ops::Index;

use indexmap::IndexMap;

use crate::codec::std_types::collections::map_codec;
use crate::codec::{Decode, Encode, Entries, deserialize, serialize};

/// A map with string keys that keeps the order of its entries.
#[derive(Clone, PartialEq, Eq)]
pub struct Map<V>(IndexMap<String, V>);

impl<V> Map<V> {
    /// Returns an empty map.
    pub fn new() -> Self {
        Self(IndexMap::new())
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the value of `key`.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.0.get(key)
    }

    /// Returns a mutable reference to the value of `key`.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.0.get_mut(key)
    }

    /// Whether there is an entry for `key`.
    pub fn contains_key(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Sets the value of `key`, and returns the previous one. An existing entry keeps its position.
    pub fn insert(&mut self, key: impl Into<String>, value: V) -> Option<V> {
        self.0.insert(key.into(), value)
    }

    /// Removes `key`, and returns its value. The other entries keep their order.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        self.0.shift_remove(key)
    }

    /// Returns the entries in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &V)> + DoubleEndedIterator {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Returns the keys in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator {
        self.0.keys().map(String::as_str)
    }

    /// Returns the values in order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &V> + DoubleEndedIterator {
        self.0.values()
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: fmt::Debug> fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<V> Index<&str> for Map<V> {
    type Output = V;

    /// Returns the value of `key`.
    ///
    /// # Panics
    /// There is no such entry. [`get`](Map::get) returns `None` instead.
    fn index(&self, key: &str) -> &V {
        &self.0[key]
    }
}

impl<K: Into<String>, V> FromIterator<(K, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(
            entries
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
        )
    }
}

impl<K: Into<String>, V, const N: usize> From<[(K, V); N]> for Map<V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Into<String>, V> Extend<(K, V)> for Map<V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        self.0
            .extend(entries.into_iter().map(|(key, value)| (key.into(), value)));
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        // The type of the underlying map is not part of the interface.
        self.0.into_iter().collect::<Vec<_>>().into_iter()
    }
}

map_codec!(Map<V>, V);

impl<V: Decode> Entries for Map<V> {
    fn of_digits(&self) -> bool {
        V::wants_digits()
    }

    fn entry(&mut self, key: String) -> &mut dyn Decode {
        let entry = self.0.entry(key).and_modify(|slot| *slot = V::empty());
        entry.or_insert_with(V::empty)
    }
}

impl<V: Encode> serde_core::Serialize for Map<V> {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de, V: Decode> serde_core::Deserialize<'de> for Map<V> {
    fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::Map;
    use crate::codec::{from_json, to_json};

    #[test]
    fn the_order_of_the_text_is_kept() {
        let text = br#"{"zebra":1,"ape":2,"":3}"#;
        let mut map: Map<i64> = from_json(text).unwrap();
        assert_eq!(map.keys().collect::<Vec<_>>(), ["zebra", "ape", ""]);
        assert_eq!((map["ape"], map.get("cow"), map.len()), (2, None, 3));
        assert_eq!(to_json(&map), text);
        assert_eq!(map.remove("zebra"), Some(1));
        assert_eq!(map.insert("cow", 4), None);
        assert_eq!(to_json(&map), br#"{"ape":2,"":3,"cow":4}"#);
        assert_eq!(map, Map::from([("cow", 4), ("", 3), ("ape", 2)]));
    }

    #[test]
    fn the_last_of_two_entries_with_one_key_is_kept() {
        let map: Map<Vec<i64>> = from_json(br#"{"a":[1,2],"b":[],"a":[3]}"#).unwrap();
        assert_eq!(map["a"], [3]);
        assert_eq!(map.len(), 2);
    }

    #[test]
    fn null_is_an_empty_map_and_a_wrong_entry_has_a_path() {
        assert!(from_json::<Map<i64>>(b"null").unwrap().is_empty());
        let error = from_json::<Map<Map<bool>>>(br#"{"a":{},"b c":{"d":5}}"#).unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"$["b c"].d: expected a boolean, found the number 5"#
        );
    }
}
