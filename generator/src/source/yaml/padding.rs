//! Spaces before lines that are not indented enough.
//!
//! In YAML 1.2 every line of a flow collection or a quoted string has to be indented deeper than its key. libyaml and
//! the parsers that descend from it do not require that, and people write
//!
//! ```yaml
//! enum: [
//!   "one"
//! ]
//! ```
//!
//! The parser rejects such lines, so the text is parsed again with spaces before them. The spaces change no value: they
//! are ignored between the elements of a flow collection, and removed when a quoted string is folded.

use std::borrow::Cow;

use super::{Diagnostic, FileId, Span, code, offset, outline};

/// Spaces that are inserted before one line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pad {
    /// The beginning of the line.
    pub at: usize,
    pub spaces: usize,
    /// The number of spaces in all pads before it.
    pub before: usize,
    /// The bracket or quote that the line belongs to.
    pub opening: usize,
}

/// The spaces that are inserted before the lines of a file, in the order of the lines.
#[derive(Debug, Default)]
pub(super) struct Padding {
    pads: Vec<Pad>,
    /// The number of pads in flow collections and quoted strings that the parser has reported.
    confirmed: usize,
}

impl Padding {
    /// The padding of a text with lines that are not indented enough.
    pub(super) fn of(text: &str) -> Self {
        Self {
            pads: outline::too_little(text, false),
            confirmed: 0,
        }
    }

    /// The padding of a text, also in collections with something that libyaml rejects. It serves to find that.
    pub(super) fn of_all(text: &str) -> Self {
        Self {
            pads: outline::too_little(text, true),
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

    /// The byte of the text for a byte of the padded text; a byte of the padding maps to the beginning of its line.
    pub(super) fn original(&self, at: usize) -> usize {
        let next = self.pads.partition_point(|pad| pad.at + pad.before <= at);
        let Some(pad) = next.checked_sub(1).and_then(|last| self.pads.get(last)) else {
            return at;
        };
        (at - pad.before).saturating_sub(pad.spaces).max(pad.at)
    }

    /// Records a flow collection or a quoted string, in which spaces at the beginning of a line have no effect. Returns
    /// the pads in it.
    pub(super) fn confirm(&mut self, start: u32, end: u32) -> &[Pad] {
        let rest = &self.pads[self.confirmed..];
        if rest.first().is_none_or(|pad| pad.at < start as usize) {
            return &[];
        }
        let count = rest.partition_point(|pad| pad.at < end as usize);
        self.confirmed += count;
        &rest[..count]
    }

    /// Whether all pads have no effect.
    pub(super) fn is_confirmed(&self) -> bool {
        self.confirmed == self.pads.len()
    }
}

/// The warning about the first line of a construct that is not indented enough. `more` lines follow.
pub(super) fn too_little(file: FileId, text: &str, pad: &Pad, more: usize) -> Diagnostic {
    let line = text[pad.at..].lines().next().unwrap_or_default();
    let start = pad.at + line.len() - line.trim_start().len();
    let span = |start, end| Span {
        file,
        start: offset(start),
        end: offset(end),
    };
    let what = match text.as_bytes()[pad.opening] {
        b'[' | b'{' => "bracket",
        _ => "quote",
    };
    let diagnostic = Diagnostic::warning(
        code::INDENTATION,
        format!("this line is not indented enough for the {what} around it"),
    )
    .at(span(start, pad.at + line.trim_end().len()), "")
    .also(span(pad.opening, pad.opening + 1), "opened here")
    .help(format!("indent it deeper than the key before the {what}"));
    match more {
        0 => diagnostic,
        1 => diagnostic.note("one more line in it is indented too little"),
        _ => diagnostic.note(format!("{more} more lines in it are indented too little")),
    }
}
