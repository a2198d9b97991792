//! Patterns, as far as they can be tried on a value in time that grows with its length.

use regex_lite::Regex;

/// Signs that combine character classes in Rust, and are plain characters in ECMA-262.
const COMBINING: [&str; 4] = ["[[", "&&", "--", "~~"];

/// A pattern to try on values. `None` if it needs what such a search cannot do, such as look-around.
pub(crate) fn pattern(text: &str) -> Option<Regex> {
    let is_same = !COMBINING.iter().any(|signs| text.contains(signs));
    Regex::new(text).ok().filter(|_| is_same)
}
