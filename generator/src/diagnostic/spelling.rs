//! How a string is written in a description: with or without quotes.

use crate::text::Span;

/// The words that YAML 1.1 or 1.2 reads as null or a boolean, in any case.
const OTHER_TYPES: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

/// The replacement of a string: quoted if the string is quoted, or if the replacement needs quotes.
pub(crate) fn spelled(written: &str, span: Span, word: &str) -> String {
    let length = span.end.saturating_sub(span.start) as usize;
    if length == written.len() && is_plain(word, written) {
        return word.to_owned();
    }
    in_quotes(word)
}

/// A string in quotes that both YAML and JSON read.
pub(crate) fn in_quotes(word: &str) -> String {
    serde_json::Value::from(word).to_string()
}

/// A string in the quotes that people prefer in YAML.
pub(crate) fn in_single_quotes(word: &str) -> String {
    format!("'{}'", word.replace('\'', "''"))
}

/// Whether YAML reads a word without quotes as a string, in every version. The marks of flow collections need quotes
/// unless `beside`, which stands in the same place without them, has the same.
pub(crate) fn is_plain(word: &str, beside: &str) -> bool {
    // Other words can be numbers, dates or marks of YAML.
    let begins = word.starts_with(|first: char| first.is_alphabetic() || "$/_".contains(first));
    let is_relative = word.starts_with("./") || word.starts_with("../");
    let is_foreign = |one: char| {
        let is_mark = ",[]{}".contains(one) && !beside.contains(one);
        is_mark || one.is_control() || one.is_whitespace() && one != ' '
    };
    // Older parsers refuse a colon before the marks of flow collections.
    let mut after_colons = word.split(':').skip(1);
    let is_key = after_colons.any(|rest| rest.starts_with([' ', ',', '?', '[', ']', '{', '}']));
    let is_cut = is_key || word.contains(" #") || word.ends_with([':', ' '])
        // The parser reads a dash before the end of an element as one of a list.
        || word.ends_with(" -");
    let mut others = OTHER_TYPES.iter();
    let is_other = others.any(|other| word.eq_ignore_ascii_case(other));
    (begins || is_relative) && !word.contains(is_foreign) && !is_cut && !is_other
}
