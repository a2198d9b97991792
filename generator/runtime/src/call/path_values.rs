//! The values of the placeholders of a path.

use std::fmt;

/// The separator between the names and the values of a path.
const BETWEEN: char = '}';

/// The length of a typical path value, such as an id, with its separators.
pub(super) const PATH_VALUE: usize = 40;

/// The encoded values of a path in one string: `name}value}`. Neither a placeholder name nor an encoded value can
/// contain a brace.
#[derive(Clone, Default)]
pub(super) struct PathValues(String);

impl PathValues {
    pub(super) fn add(
        &mut self,
        name: &str,
        value: impl FnOnce(&mut String) -> fmt::Result,
    ) -> fmt::Result {
        self.0.reserve(name.len() + PATH_VALUE);
        self.0.push_str(name);
        self.0.push(BETWEEN);
        value(&mut self.0)?;
        self.0.push(BETWEEN);
        Ok(())
    }

    /// Returns the value added last.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut rest = self.0.strip_suffix(BETWEEN);
        while let Some((before, value)) = rest.and_then(split_last) {
            let (earlier, known) = match split_last(before) {
                Some((earlier, known)) => (Some(earlier), known),
                None => (None, before),
            };
            if known == name {
                return Some(value);
            }
            rest = earlier;
        }
        None
    }
}

/// Splits at the last brace. Paths are short, so searching byte by byte is the fastest way.
fn split_last(text: &str) -> Option<(&str, &str)> {
    let between = text.bytes().rposition(|byte| byte == BETWEEN as u8)?;
    Some((&text[..between], &text[between + 1..]))
}
