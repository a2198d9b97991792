//! Percent-encoding.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What may stand in a query beyond the unreserved characters and does not change what the query says: `&`, `=`, `+`
/// and `#` do, and brackets are not allowed there.
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

/// What may stand in a path beyond the unreserved characters: all that is reserved but `?`, `#` and brackets.
const PATH: &AsciiSet = &QUERY.add(b'?').remove(b'&').remove(b'=').remove(b'+');

/// Characters that people write into a path or query although a URL cannot contain them. Reserved characters are kept.
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

/// Keeps the unreserved characters only.
pub(crate) fn push_encoded(target: &mut String, text: &str) {
    push(target, text, RESERVED, |byte| matches!(byte, b'-' | b'_'));
}

/// Keeps reserved characters and what is encoded already.
pub(super) fn push_literal(target: &mut String, literal: &str) {
    push(target, literal, LITERAL, |byte| {
        matches!(byte, b'/' | b'-' | b'_')
    });
}

/// Encodes what is in `set`. Most texts are words and numbers, which no set has and which are not looked up there, nor
/// what is `plain` beside them.
fn push(target: &mut String, text: &str, set: &'static AsciiSet, plain: impl Fn(u8) -> bool) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || plain(byte);
    if text.bytes().all(is_plain) {
        target.push_str(text);
    } else {
        target.extend(utf8_percent_encode(text, set));
    }
}

/// Keeps the reserved characters that cannot be taken for the query's own.
pub(crate) fn push_query(target: &mut String, text: &str) {
    target.extend(utf8_percent_encode(text, QUERY));
}

/// Keeps the reserved characters that cannot be taken for the query's own, and what is encoded already.
pub(crate) fn push_reserved(target: &mut String, text: &str) {
    push_once(target, text, QUERY);
}

/// Keeps the reserved characters of a path, its slashes as well, and what is encoded already.
pub(crate) fn push_path(target: &mut String, text: &str) {
    push_once(target, text, PATH);
}

/// Encodes what is in `set` and not encoded already (RFC 6570, section 3.2.3).
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

/// As forms write it: a space is `+`.
pub(crate) fn push_form(target: &mut String, text: &str) {
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            target.push('+');
        }
        push_encoded(target, word);
    }
}
