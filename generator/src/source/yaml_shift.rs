//! Lines with the indentation of another map, so that the parser rejects a later line, which fits no map.

use super::yaml_slip::{Slip, indentation, is_open, lines_above};
use crate::text::line_start;

/// The line with a wrong indentation, which is the reason why the line of a byte fits no map above it. `None` if it may be
/// that line itself.
pub(super) fn shifted(text: &str, at: usize) -> Option<Slip> {
    let lines = Lines::around(text, at)?;
    let (line, meaning) = match lines.too_deep() {
        Some(line) if !lines.follows_open_key() => {
            (line, "a line is indented more than its neighbours")
        }
        _ if lines.is_parent_wrong() => {
            (lines.parent, "a line is indented less than its neighbours")
        }
        _ => return None,
    };
    let marked = line.start + line.column..line.start + line.text.trim_end().len();
    let help = "give all keys of one map the same indentation";
    Some(Slip {
        noticed: Some("so that this one fits no map above it"),
        ..Slip::new(marked, meaning, help)
    })
}

#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
    column: usize,
}

/// The lines around one that fits no map.
struct Lines<'t> {
    own: Line<'t>,
    /// Whether the next line has the column of this one, or a deeper one.
    goes_on: bool,
    /// The nearest line above it that is indented less, which looks like its parent.
    parent: Line<'t>,
    /// The lines between the two, from the first one on.
    between: Vec<Line<'t>>,
    /// The line above the parent.
    before: Option<Line<'t>>,
    /// The nearest line above the parent that is not deeper than the line that fits no map.
    holder: Option<Line<'t>>,
    /// The number of spaces by which the first indented line of the text is indented.
    step: usize,
}

impl<'t> Lines<'t> {
    fn around(text: &'t str, at: usize) -> Option<Self> {
        let line = |(start, text): (usize, &'t str)| Line {
            start,
            text,
            column: indentation(text),
        };
        let start = line_start(text, at);
        let mut below = text[start..].split_inclusive('\n');
        let own = line((start, below.next()?));
        if text[start..at].contains(": ") {
            return None;
        }
        let mut below = below.filter(|line| !line.trim().is_empty());
        let mut above = lines_above(text, start).map(line);
        let mut between = Vec::new();
        let parent = loop {
            match above.next()? {
                line if line.column < own.column => break line,
                line => between.push(line),
            }
        };
        between.reverse();
        let before = above.next();
        let mut holders = before.into_iter().chain(above);
        let mut indented = text.lines().filter(|line| line.starts_with(' '));
        let first = indented.find(|line| !line.trim_start().starts_with(['#', '-']));
        Some(Self {
            own,
            goes_on: below
                .next()
                .is_some_and(|next| indentation(next) >= own.column),
            parent,
            between,
            before,
            holder: holders.find(|line| line.column <= own.column),
            step: first.map_or(0, indentation),
        })
    }

    /// The first line below the parent, if it alone is too deep: a key whose lines are not deeper than it, or an entry of
    /// one line that no other has the column of.
    fn too_deep(&self) -> Option<Line<'t>> {
        let (first, rest) = self.between.split_first()?;
        let mut columns = rest.iter().map(|line| line.column);
        let is_alone = if is_open(first.text) {
            columns.next() == Some(first.column)
        } else {
            !columns.any(|column| column == first.column)
        };
        let is_deeper = is_open(self.parent.text)
            && first.column > self.own.column
            && first.column != self.parent.column + self.step;
        (is_deeper && is_alone).then_some(*first)
    }

    /// Whether the parent should be in the column of the line that fits no map.
    fn is_parent_wrong(&self) -> bool {
        if self.follows_open_key() {
            return self
                .between
                .first()
                .is_none_or(|first| first.column != self.own.column);
        }
        let is_odd = match self.between.first() {
            // Its own lines are neither one step deeper than it nor beside the line that fits no map.
            Some(first) => {
                first.column > self.own.column && first.column != self.parent.column + self.step
            }
            None => !is_open(self.parent.text) && (is_open(self.own.text) || self.goes_on),
        };
        let is_beside = |holder: Line<'_>| holder.column == self.own.column;
        let is_above = |holder: Line<'_>| {
            holder.column < self.parent.column && holder.column + self.step == self.own.column
        };
        is_odd
            && self
                .holder
                .is_some_and(|holder| is_beside(holder) || is_above(holder))
    }

    /// Whether the parent is in the column of a key above it that has no value.
    fn follows_open_key(&self) -> bool {
        let is_key = |before: Line<'_>| before.column == self.parent.column && is_open(before.text);
        self.before.is_some_and(is_key)
    }
}
