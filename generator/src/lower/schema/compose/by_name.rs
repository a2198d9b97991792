//! Lists whose entries are found by name. Each name occurs once; the order is that of the first insertion.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::document::{SchemaId, Text};

/// Up to this length comparing each name is faster than hashing.
const SMALL: usize = 8;

/// A named entry.
pub(crate) trait Named<'t> {
    fn name(&self) -> &'t str;
}

impl<'t> Named<'t> for (Text<'t>, SchemaId) {
    fn name(&self) -> &'t str {
        self.0.text
    }
}

impl<'t> Named<'t> for Text<'t> {
    fn name(&self) -> &'t str {
        self.text
    }
}

/// A list of named entries.
#[derive(Debug, Clone)]
pub(crate) struct ByName<'t, T> {
    entries: Vec<T>,
    /// The position of each entry; empty if there are few.
    positions: BTreeMap<&'t str, usize>,
}

impl<T> Default for ByName<'_, T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            positions: BTreeMap::new(),
        }
    }
}

impl<'t, T: Named<'t>> ByName<'t, T> {
    /// The position of the entry with this name.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        if self.entries.len() <= SMALL {
            self.entries.iter().position(|entry| entry.name() == name)
        } else {
            self.positions.get(name).copied()
        }
    }

    /// The entry with this name.
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.entries.get(self.position(name)?)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// Adds an entry, or replaces the one with its name.
    pub(crate) fn set(&mut self, entry: T) {
        if let Some(at) = self.position(entry.name()) {
            self.entries[at] = entry;
        } else {
            self.entries.push(entry);
            self.index(self.entries.len() - 1);
        }
    }

    /// Adds the entries whose names are new.
    pub(crate) fn add(&mut self, entries: impl IntoIterator<Item = T>) {
        for entry in entries {
            if !self.has(entry.name()) {
                self.set(entry);
            }
        }
    }

    /// Removes the entries that are not wanted.
    pub(crate) fn retain(&mut self, wanted: impl FnMut(&T) -> bool) {
        self.entries.retain(wanted);
        self.positions.clear();
        self.index(SMALL);
    }

    /// Records the positions of the entries from `start` on, or of all entries if there are now too many to compare.
    fn index(&mut self, start: usize) {
        let start = if start == SMALL { 0 } else { start };
        if self.entries.len() > SMALL {
            let entries = self.entries.iter().enumerate().skip(start);
            self.positions
                .extend(entries.map(|(at, entry)| (entry.name(), at)));
        }
    }
}

impl<T> Deref for ByName<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.entries
    }
}

impl<'a, T> IntoIterator for &'a ByName<'_, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}
