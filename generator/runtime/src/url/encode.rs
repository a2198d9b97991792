//! Percent-encoding.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except the unreserved ones of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The characters that are encoded in a query with reserved characters: all except the unreserved ones and those that
/// do not change its meaning, as `&`, `=`, `+` and `#` would. Brackets are not allowed in a query.
const QUERY: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// The characters that are encoded in a path with reserved characters: all except the unreserved ones and the reserved
/// ones without `?`, `#` and brackets.
const PATH: &AsciiSet = &QUERY.add(b'?').remove(b'&').remove(b'=').remove(b'+');

/// The characters that are encoded in the paths and queries of descriptions: those that a URL cannot contain. Reserved
/// characters are not encoded.
const LITERAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Encodes all characters except the unreserved ones.
pub(crate) fn push_encoded(target: &mut String, text: &str) {
    push(target, text, RESERVED, |byte| matches!(byte, b'-' | b'_'));
}

/// Encodes neither reserved characters nor existing escapes.
pub(super) fn push_literal(target: &mut String, literal: &str) {
    push(target, literal, LITERAL, |byte| {
        matches!(byte, b'/' | b'-' | b'_')
    });
}

/// Encodes the characters in `set`, which contains neither ASCII letters and digits nor the `plain` ones. Most texts
/// consist of these only, and are then copied as a whole.
fn push(target: &mut String, text: &str, set: &'static AsciiSet, plain: impl Fn(u8) -> bool) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || plain(byte);
    if text.bytes().all(is_plain) {
        target.push_str(text);
    } else {
        target.extend(utf8_percent_encode(text, set));
    }
}

/// Does not encode the reserved characters that do not change the meaning of a query.
pub(crate) fn push_query(target: &mut String, text: &str) {
    target.extend(utf8_percent_encode(text, QUERY));
}

/// Encodes neither existing escapes nor the reserved characters that do not change the meaning of a query.
pub(crate) fn push_reserved(target: &mut String, text: &str) {
    push_once(target, text, QUERY);
}

/// Encodes neither existing escapes nor the reserved characters of a path, including slashes.
pub(crate) fn push_path(target: &mut String, text: &str) {
    push_once(target, text, PATH);
}

/// Encodes the characters in `set` except for existing escapes (RFC 6570, section 3.2.3).
fn push_once(target: &mut String, text: &str, set: &'static AsciiSet) {
    let mut start = 0;
    for (at, _) in text.match_indices('%') {
        let digits = text.as_bytes().get(at + 1..at + 3);
        if digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            target.extend(utf8_percent_encode(&text[start..at], set));
            target.push_str(&text[at..at + 3]);
            start = at + 3;
        }
    }
    target.extend(utf8_percent_encode(&text[start..], set));
}

/// Encodes a text for a form, in which a space is `+`.
pub(crate) fn push_form(target: &mut String, text: &str) {
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            target.push('+');
        }
        push_encoded(target, word);
    }
}
