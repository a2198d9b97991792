//! Converts the character indices of the parser to byte offsets.

/// The distance, in characters, between stored byte offsets.
const STEP: usize = 64;

/// The byte offset of every [`STEP`]th character; `None` if the text is ASCII, so that both are the same.
pub(super) struct Offsets(Option<Vec<u32>>);

impl Offsets {
    pub(super) fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self(None);
        }
        Self(Some(
            text.char_indices()
                .step_by(STEP)
                .map(|(at, _)| super::offset(at))
                .collect(),
        ))
    }

    /// The byte at which the character `index` begins, or the end of the text.
    pub(super) fn byte(&self, text: &str, index: usize) -> usize {
        let Some(kept) = &self.0 else {
            return index.min(text.len());
        };
        let Some(base) = kept.get(index / STEP) else {
            return text.len();
        };
        let base = *base as usize;
        let within = text[base..].char_indices().nth(index % STEP);
        within.map_or(text.len(), |(at, _)| base + at)
    }
}
