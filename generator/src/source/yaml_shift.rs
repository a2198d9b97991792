//! Lines with the indentation of another map, so that the parser rejects a later line, which fits no map.

use super::yaml_slip::{Slip, indentation, lines_above, without_comment};
use crate::text::line_start;

/// The line with a wrong indentation, which is the reason why the line of a byte fits no map above it.
pub(super) fn shifted(text: &str, at: usize) -> Option<Slip> {
    let lines = Lines::around(text, at)?;
    let ((start, line), meaning) = match lines.too_deep() {
        Some(line) if !lines.follows_open_key() => {
            (line, "this line is indented more than its neighbours")
        }
        _ if lines.is_parent_wrong() => (
            lines.parent,
            "this line is indented less than its neighbours",
        ),
        _ => return None,
    };
    let marked = start + indentation(line)..start + line.trim_end().len();
    let help = "give all keys of one map the same indentation";
    Some(Slip {
        noticed: Some("so that this line fits no map above it"),
        ..Slip::new(marked, meaning, help)
    })
}

/// The lines above one that fits no map, each with its offset.
struct Lines<'t> {
    /// The column of that line.
    column: usize,
    /// The nearest line above it that is indented less, which looks like its parent.
    parent: (usize, &'t str),
    /// The lines between the two, from the first one on.
    between: Vec<(usize, &'t str)>,
    /// The line above the parent.
    before: Option<(usize, &'t str)>,
    /// The column of the nearest line above the parent that is not deeper than `column`.
    holder: Option<usize>,
    /// The number of spaces by which the first indented line of the text is indented.
    step: usize,
}

impl<'t> Lines<'t> {
    fn around(text: &'t str, at: usize) -> Option<Self> {
        let own = line_start(text, at);
        if text[own..at].contains(": ") {
            return None;
        }
        let column = indentation(&text[own..]);
        let mut above = lines_above(text, own);
        let mut between = Vec::new();
        let parent = loop {
            match above.next()? {
                line if indentation(line.1) < column => break line,
                line => between.push(line),
            }
        };
        between.reverse();
        let before = above.next();
        let mut holders = before.into_iter().chain(above);
        let holder = holders.find(|(_, line)| indentation(line) <= column);
        let mut indented = text.lines().filter(|line| line.starts_with(' '));
        let first = indented.find(|line| !line.trim_start().starts_with(['#', '-']));
        Some(Self {
            column,
            parent,
            between,
            before,
            holder: holder.map(|(_, line)| indentation(line)),
            step: first.map_or(0, indentation),
        })
    }

    /// The first line below the parent, if it is deeper than the line that fits no map, and either the only one of its
    /// depth or a key that lacks the lines after it.
    fn too_deep(&self) -> Option<(usize, &'t str)> {
        let (first, rest) = self.between.split_first()?;
        let depth = indentation(first.1);
        let mut depths = rest.iter().map(|(_, line)| indentation(line));
        let is_apart = is_open(first.1) && depths.clone().next() == Some(depth);
        let is_only = !depths.any(|other| other == depth);
        let may_hold = is_open(self.parent.1) && self.is_one_step_above(indentation(self.parent.1));
        (may_hold && depth > self.column && (is_apart || is_only)).then_some(*first)
    }

    /// Whether the parent should be in the column of the line that fits no map.
    fn is_parent_wrong(&self) -> bool {
        let may_hold_it = match self.between.first() {
            Some((_, first)) => indentation(first) == self.column,
            None => is_open(self.parent.1),
        };
        let is_sibling = self.holder == Some(self.column);
        let is_above =
            |holder| holder < indentation(self.parent.1) && self.is_one_step_above(holder);
        let is_first = self.holder.is_some_and(is_above);
        !may_hold_it && (self.follows_open_key() || is_sibling || is_first)
    }

    /// Whether the parent is in the column of a key above it that has no value.
    fn follows_open_key(&self) -> bool {
        let column = indentation(self.parent.1);
        self.before
            .is_some_and(|(_, before)| indentation(before) == column && is_open(before))
    }

    fn is_one_step_above(&self, column: usize) -> bool {
        self.step > 0 && column + self.step == self.column
    }
}

/// Whether a line ends with a key, whose value is in the next lines.
fn is_open(line: &str) -> bool {
    without_comment(line).trim_end().ends_with(':')
}
