//! Spaces before lines that are indented too little.
//!
//! In YAML 1.2 every line of a flow collection or a quoted text is indented deeper than the key that it belongs to.
//! libyaml and the readers that descend from it do not ask for that, and people write
//!
//! ```yaml
//! enum: [
//!   "one"
//! ]
//! ```
//!
//! The parser refuses such lines. It reads the text again with spaces before them, which change no value: between the
//! elements of a flow collection they mean nothing, and a quoted text is folded without them.

use std::borrow::Cow;

use super::outline;

/// Spaces that are put before one line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pad {
    /// Where the line begins.
    pub at: usize,
    pub spaces: usize,
    /// How many spaces all pads before it have.
    pub before: usize,
    /// The bracket or quote that the line belongs to.
    pub opening: usize,
}

/// The spaces that are put before the lines of a file, in the order of the lines.
#[derive(Debug, Default)]
pub(super) struct Padding {
    pads: Vec<Pad>,
    /// How many pads lie in flow collections and quoted texts that the parser has seen.
    confirmed: usize,
}

impl Padding {
    /// The padding of a text whose lines are indented too little.
    pub(super) fn of(text: &str) -> Self {
        Self {
            pads: outline::too_little(text),
            confirmed: 0,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pads.is_empty()
    }

    /// The text with the padding.
    pub(super) fn apply<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_empty() {
            return text.into();
        }
        let mut padded = String::with_capacity(text.len());
        let mut from = 0;
        for pad in &self.pads {
            padded.push_str(&text[from..pad.at]);
            padded.extend(std::iter::repeat_n(' ', pad.spaces));
            from = pad.at;
        }
        padded.push_str(&text[from..]);
        padded.into()
    }

    /// The byte of the text that a byte of the padded text stands for; the padding itself stands for the beginning of
    /// its line.
    pub(super) fn original(&self, at: usize) -> usize {
        let next = self.pads.partition_point(|pad| pad.at + pad.before <= at);
        let Some(pad) = next.checked_sub(1).and_then(|last| self.pads.get(last)) else {
            return at;
        };
        (at - pad.before).saturating_sub(pad.spaces).max(pad.at)
    }

    /// Takes note of a flow collection or a quoted text, in which spaces at the beginning of a line change nothing.
    /// Returns the pads in it.
    pub(super) fn confirm(&mut self, start: u32, end: u32) -> &[Pad] {
        let rest = &self.pads[self.confirmed..];
        if rest.first().is_none_or(|pad| pad.at < start as usize) {
            return &[];
        }
        let count = rest.partition_point(|pad| pad.at < end as usize);
        self.confirmed += count;
        &rest[..count]
    }

    /// Whether all pads lie where they change nothing.
    pub(super) fn is_confirmed(&self) -> bool {
        self.confirmed == self.pads.len()
    }
}
