//! An ordered set of texts.

use hashbrown::HashMap;

/// An ordered set of texts with fast lookup.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    pub(crate) words: Vec<String>,
    pub(crate) positions: HashMap<String, usize>,
}

impl Texts {
    pub(crate) fn of(words: impl IntoIterator<Item = String>) -> Self {
        let mut texts = Self::default();
        for word in words {
            let next = texts.words.len();
            if *texts.positions.entry(word.clone()).or_insert(next) == next {
                texts.words.push(word);
            }
        }
        texts
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.positions.contains_key(word)
    }
}
