//! The values of the placeholders of a path.

use std::fmt;

/// The separator between the names and the values of a path.
const BETWEEN: char = '}';

/// The length of a common path value, an id, with what stands around it.
pub(super) const PATH_VALUE: usize = 40;

/// The values of a path, encoded, in one text: `name}value}`. Neither the name of a placeholder nor an encoded value
/// has a brace in it.
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

    /// The value that was given last.
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

/// What stands before and behind the last brace. Paths are short, which makes bytes one by one the fastest way.
fn split_last(text: &str) -> Option<(&str, &str)> {
    let between = text.bytes().rposition(|byte| byte == BETWEEN as u8)?;
    Some((&text[..between], &text[between + 1..]))
}
