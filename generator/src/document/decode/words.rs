//! Lists of words in one text, which is split when this crate is compiled.

/// The words of a text, which are separated by spaces and line breaks.
macro_rules! words {
    ($text:expr) => {{
        const WORDS: [&str; $crate::document::decode::words::count($text)] =
            $crate::document::decode::words::split($text);
        &WORDS
    }};
}
pub(super) use words;

/// The number of words in a text.
pub(super) const fn count(mut text: &str) -> usize {
    let mut count = 0;
    while !text.trim_ascii().is_empty() {
        text = next(text).1;
        count += 1;
    }
    count
}

/// The words of a text that has this number of them.
pub(super) const fn split<const COUNT: usize>(mut text: &str) -> [&str; COUNT] {
    let mut words = [""; COUNT];
    let mut at = 0;
    while at < COUNT {
        (words[at], text) = next(text);
        at += 1;
    }
    words
}

/// The first word of a text, and the rest of the text.
const fn next(text: &str) -> (&str, &str) {
    let text = text.trim_ascii_start();
    let mut end = 0;
    while end < text.len() && !text.as_bytes()[end].is_ascii_whitespace() {
        end += 1;
    }
    text.split_at(end)
}
