//! A text with the positions of the protocol: lines and UTF-16 code units, both counted from 0.

use std::ops::Range as Bytes;
use std::sync::Arc;

use lsp_types::{Position, Range};
use similar::{ChangeTag, TextDiff};

use crate::text::{
    begins_character, common_end, common_start, count_bytes, floor, line_starts, offset,
};

/// The distance in bytes between two entries of `Text::units`.
const STEP: usize = 256;

/// A text with an index of its lines.
#[derive(Debug, Clone)]
pub(super) struct Text {
    content: Arc<str>,
    /// Offset of the first byte of each line. In the protocol `\n`, `\r\n` and `\r` end a line.
    lines: Vec<u32>,
    /// The number of UTF-16 code units before every [`STEP`]th byte. With it, computing a column of a long line does
    /// not count from the beginning of the line.
    units: Vec<u32>,
}

impl Text {
    pub(super) fn new(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let bytes = text.as_bytes();
        let mut lines = line_starts(&text);
        let returns = memchr::memchr_iter(b'\r', bytes).map(|at| at + 1);
        let alone = returns.filter(|after| bytes.get(*after) != Some(&b'\n'));
        lines.extend(alone.map(offset));
        lines.sort_unstable();
        let mut units = vec![0];
        for chunk in bytes.chunks(STEP) {
            let before = units.last().copied().unwrap_or_default();
            units.push(before + offset(count(chunk)));
        }
        Self {
            content: text,
            lines,
            units,
        }
    }

    /// The text itself.
    pub(super) fn content(&self) -> &Arc<str> {
        &self.content
    }

    /// The position of a byte.
    pub(super) fn position(&self, at: usize) -> Position {
        let at = self.floor(at);
        let line = self.lines.partition_point(|start| *start as usize <= at) - 1;
        let start = self.lines[line] as usize;
        Position {
            line: offset(line),
            character: offset(self.units_before(at) - self.units_before(start)),
        }
    }

    /// The positions of a range of bytes.
    pub(super) fn range(&self, bytes: Bytes<usize>) -> Range {
        Range {
            start: self.position(bytes.start),
            end: self.position(bytes.end.max(bytes.start)),
        }
    }

    /// The byte at a position. A column beyond the end of its line is the end of the line, as the protocol requires.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = self.line(position.line as usize);
        let wanted = self.units_before(line.start) + position.character as usize;
        // Binary search for the block of the unit, then a linear search for the character in it.
        let block = self
            .units
            .partition_point(|units| *units as usize <= wanted);
        let mut at = line.start.max(block.saturating_sub(1) * STEP).min(line.end);
        at = self.floor(at);
        let mut units = self.units_before(at);
        for character in self.content[at..line.end].chars() {
            if units + character.len_utf16() > wanted {
                break;
            }
            units += character.len_utf16();
            at += character.len_utf8();
        }
        at
    }

    /// The bytes of a line without its line break; empty after the last line.
    pub(super) fn line(&self, line: usize) -> Bytes<usize> {
        let Some(start) = self.lines.get(line) else {
            return self.content.len()..self.content.len();
        };
        let end = self.lines.get(line + 1);
        let end = end.map_or(self.content.len(), |end| *end as usize);
        let start = *start as usize;
        start
            ..start
                + self.content[start..end]
                    .trim_end_matches(['\r', '\n'])
                    .len()
    }

    /// The nearest offset at or before `at` where a character begins and that is not inside a line break.
    fn floor(&self, at: usize) -> usize {
        floor(&self.content, at)
    }

    fn units_before(&self, at: usize) -> usize {
        let block = at / STEP;
        self.units[block] as usize + count(&self.content.as_bytes()[block * STEP..at])
    }
}

/// The number of UTF-16 code units of the characters that begin in these bytes. A character of four bytes has two.
fn count(bytes: &[u8]) -> usize {
    count_bytes(bytes, begins_character) + count_bytes(bytes, |byte| byte >= 0xF0)
}

/// The maximum number of lines between the first and the last difference that are compared.
const MOST_LINES: usize = 5000;

/// Maps the bytes of an older text to a newer one: some parts changed, and the rest moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shift(Vec<Change>);

/// A part of the older text, and of the newer text in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    old: Bytes<usize>,
    new: Bytes<usize>,
}

impl Change {
    /// The part between the first and the last difference of two texts.
    fn between(old: &str, new: &str) -> Self {
        let start = floor(old, common_start(old.as_bytes(), new.as_bytes()));
        let mut end = common_end(&old.as_bytes()[start..], &new.as_bytes()[start..]);
        // The difference must consist of whole characters.
        while !old.is_char_boundary(old.len() - end) {
            end -= 1;
        }
        Self {
            old: start..old.len() - end,
            new: start..new.len() - end,
        }
    }

    fn turned(self) -> Self {
        Self {
            old: self.new,
            new: self.old,
        }
    }
}

impl Shift {
    pub(super) fn between(old: &str, new: &str) -> Self {
        let whole = Change::between(old, new);
        let lines = |text: &'_ str| text.split_inclusive('\n').count() <= MOST_LINES;
        let (before, after) = (&old[whole.old.clone()], &new[whole.new.clone()]);
        if !lines(before) || !lines(after) {
            return Self(vec![whole]);
        }
        let start = whole.old.start;
        let (mut from, mut to) = (start, start);
        let mut changes: Vec<Change> = Vec::new();
        for one in TextDiff::from_lines(before, after).iter_all_changes() {
            let length = one.value().len();
            let is_next = changes
                .last()
                .is_none_or(|last| last.old.end < from || last.new.end < to);
            if is_next && one.tag() != ChangeTag::Equal {
                changes.push(Change {
                    old: from..from,
                    new: to..to,
                });
            }
            from += if one.tag() == ChangeTag::Insert {
                0
            } else {
                length
            };
            to += if one.tag() == ChangeTag::Delete {
                0
            } else {
                length
            };
            if one.tag() != ChangeTag::Equal
                && let Some(last) = changes.last_mut()
            {
                (last.old.end, last.new.end) = (from, to);
            }
        }
        // Within the changed lines, only the part that differs has changed.
        for change in &mut changes {
            let inner = Change::between(&old[change.old.clone()], &new[change.new.clone()]);
            let (from, to) = (change.old.start, change.new.start);
            change.old = from + inner.old.start..from + inner.old.end;
            change.new = to + inner.new.start..to + inner.new.end;
        }
        Self(changes)
    }

    /// Maps a byte of the older text to the newer one.
    pub(super) fn newer(&self, at: usize) -> usize {
        moved(at, self.0.iter().cloned())
    }

    /// Maps a byte of the newer text to the older one.
    pub(super) fn older(&self, at: usize) -> usize {
        moved(at, self.0.iter().cloned().map(Change::turned))
    }
}

/// Maps a byte of the old side of the changes to the new one.
fn moved(at: usize, changes: impl Iterator<Item = Change>) -> usize {
    let mut before = changes.take_while(|change| change.old.start <= at);
    match before.by_ref().last() {
        None => at,
        Some(Change { old, new }) if at >= old.end => at - old.end + new.end,
        Some(Change { old, new }) => new.end.min(at - old.start + new.start),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Counts from the beginning of the text, character by character.
    fn plain(text: &str, at: usize) -> Position {
        let mut position = Position::new(0, 0);
        let mut characters = text[..at].chars().peekable();
        while let Some(character) = characters.next() {
            let followed = characters.peek().copied().or(text[at..].chars().next());
            if character == '\n' || character == '\r' && followed != Some('\n') {
                position = Position::new(position.line + 1, 0);
            } else {
                position.character += u32::try_from(character.len_utf16()).unwrap();
            }
        }
        position
    }

    proptest! {
        #[test]
        fn positions_are_those_of_a_plain_count(text in "([a-z ]{0,300}|ü|日|😀|\r\n|\r|\n){0,40}") {
            let lines = Text::new(text.as_str());
            for (at, character) in text.char_indices() {
                let position = plain(&text, at);
                prop_assert_eq!(lines.position(at), position);
                // An offset inside a line break belongs to its beginning.
                let parted = character == '\n' && text[..at].ends_with('\r');
                prop_assert_eq!(lines.offset(position), if parted { at - 1 } else { at });
            }
        }

        #[test]
        fn any_position_is_a_character_of_its_line(
            text in "([a-z]{0,9}|ü|😀|\r\n|\r|\n){0,20}",
            line in 0u32..30,
            character in 0u32..40,
        ) {
            let lines = Text::new(text.as_str());
            let at = lines.offset(Position { line, character });
            prop_assert!(text.is_char_boundary(at));
            let bytes = lines.line(line as usize);
            prop_assert!(bytes.start <= at && at <= bytes.end);
        }

        #[test]
        fn what_did_not_change_only_moves(
            before in "[a-c]{0,8}", old in "[a-c]{0,4}", new in "[a-c]{0,4}", after in "[a-c]{0,8}",
        ) {
            let texts = (format!("{before}{old}{after}"), format!("{before}{new}{after}"));
            let shift = Shift::between(&texts.0, &texts.1);
            for at in 0..=texts.0.len() {
                prop_assert!(shift.newer(at) <= texts.1.len());
            }
            for at in 0..=texts.1.len() {
                prop_assert!(shift.older(at) <= texts.0.len());
            }
            for at in 0..before.len() {
                prop_assert_eq!(shift.older(shift.newer(at)), at);
            }
            prop_assert_eq!(shift.newer(texts.0.len()), texts.1.len());
        }

        #[test]
        fn lines_between_two_changes_only_move(
            one in "[a-c]{0,4}", middle in "(x[a-c]{0,3}\n){1,4}", other in "[a-c]{0,4}",
        ) {
            let old = format!("first\n{middle}last\n");
            let new = format!("first{one}\n{middle}{other}last\n");
            let shift = Shift::between(&old, &new);
            for (at, _) in middle.char_indices() {
                prop_assert_eq!(shift.newer(6 + at), 6 + one.len() + at);
                prop_assert_eq!(shift.older(6 + one.len() + at), 6 + at);
            }
        }
    }
}
