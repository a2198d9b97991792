//! Writes JSON text.
//!
//! Any serde serializer can encode a value, see [`serialize`](super::serialize). The JSON text of requests is written
//! here without one: serde's interface needs several calls for each property and checks each byte of each name, which
//! would take a third more time than derived code. Numbers, and strings with escapes, are written by `serde_json`.

use std::fmt::Display;
use std::io::Write as _;

use serde_core::Serialize;

use super::{Encode, ListView, ObjectView, ToSerde, View};

/// Returns the JSON text of a value.
///
/// NaN, infinity, files that are not in memory and values that serde fails to encode become `null`, so that every value
/// has a JSON text.
pub fn to_json(value: &dyn Encode) -> Vec<u8> {
    let mut out = Vec::with_capacity(128);
    write(value, &mut out);
    out
}

fn write(value: &dyn Encode, out: &mut Vec<u8>) {
    match value.view() {
        View::Text(text) | View::Secret(text) => write_text(text, out),
        View::Integer(value) => write_scalar(&value, out),
        View::Unsigned(value) => write_scalar(&value, out),
        View::Digits(digits) => out.extend_from_slice(digits.as_bytes()),
        View::Float(value) if value.is_finite() => write_scalar(&value, out),
        View::Null | View::Float(_) => out.extend_from_slice(b"null"),
        View::Bool(true) => out.extend_from_slice(b"true"),
        View::Bool(false) => out.extend_from_slice(b"false"),
        View::Shown(value) => write_shown(value, out),
        View::Formatted(value) => write_text(&value.to_text(), out),
        View::Number(value) => out.extend_from_slice(value.to_text().as_bytes()),
        View::List(list) => write_list(list, out),
        View::Object(object) => write_object(object, out),
        View::Json(value) => write_scalar(value, out),
        View::Serde(value) => write_serde(value, out),
        View::File(file) => match file.base64() {
            Some(text) => write_text(&text, out),
            // A request with such a value fails before it gets here.
            None => out.extend_from_slice(b"null"),
        },
    }
}

fn write_list(list: &dyn ListView, out: &mut Vec<u8>) {
    out.push(b'[');
    let mut first = true;
    list.each(&mut |item| {
        if !first {
            out.push(b',');
        }
        first = false;
        write(item, out);
    });
    out.push(b']');
}

fn write_object(object: &dyn ObjectView, out: &mut Vec<u8>) {
    out.push(b'{');
    let mut first = true;
    object.each(&mut |name, value| {
        if !first {
            out.push(b',');
        }
        first = false;
        write_text(name, out);
        out.push(b':');
        write(value, out);
    });
    out.push(b'}');
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    if !is_plain(text.as_bytes()) {
        return write_scalar(text, out);
    }
    out.reserve(text.len() + 2);
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

fn write_shown(value: &dyn Display, out: &mut Vec<u8>) {
    let start = out.len();
    let written = write!(out, "\"{value}\"");
    if written.is_err() || !is_plain(&out[start + 1..out.len() - 1]) {
        out.truncate(start);
        write_text(&value.to_string(), out);
    }
}

fn write_serde(value: &dyn ToSerde, out: &mut Vec<u8>) {
    let start = out.len();
    if value.write(out).is_err() {
        // A request with such a value fails before it gets here.
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}

fn write_scalar(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    let written = serde_json::to_writer(out, value);
    debug_assert!(
        written.is_ok(),
        "writing to memory cannot fail, and every key is a string: {written:?}"
    );
}

/// Whether a string of these bytes needs no escapes.
fn is_plain(text: &[u8]) -> bool {
    // The last eight bytes are checked on their own; some of them can be part of a chunk as well.
    match text.last_chunk::<8>() {
        Some(last) => {
            !is_special(*last) && !text.as_chunks().0.iter().any(|chunk| is_special(*chunk))
        }
        None => !text
            .iter()
            .any(|byte| *byte < b' ' || *byte == b'"' || *byte == b'\\'),
    }
}

/// Whether a control character, a quote or a backslash is among eight bytes. All bytes are tested at once: subtracting
/// one from a byte sets its high bit only if the byte was zero or had that bit before.
fn is_special(bytes: [u8; 8]) -> bool {
    const ONES: u64 = u64::MAX / 0xff;
    const HIGH_BITS: u64 = ONES * 0x80;
    let word = u64::from_ne_bytes(bytes);
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, b' ') | equal(b'"') | equal(b'\\')) & HIGH_BITS != 0
}

#[cfg(test)]
mod tests {
    use super::{to_json, write_shown};
    use crate::Json;

    #[test]
    fn every_character_is_written_as_serde_json_writes_it() {
        for before in 0..10 {
            for character in (0..=0x2_000).filter_map(char::from_u32) {
                let text = format!(
                    "{}{character}{}",
                    "x".repeat(before),
                    "y".repeat(9 - before)
                );
                let expected = serde_json::to_vec(&text).unwrap();
                assert_eq!(to_json(&text), expected);
                let mut shown = Vec::new();
                write_shown(&text, &mut shown);
                assert_eq!(shown, expected);
            }
        }
    }

    #[test]
    fn punctuation_stands_between_values_only() {
        for text in [
            "[]",
            "{}",
            "[1]",
            "[1,[],{}]",
            r#"{"a":[],"b":{"c":null}}"#,
            "[true,false,null,-1.5,\"\"]",
        ] {
            let list: Vec<Json> = vec![serde_json::from_str(text).unwrap()];
            assert_eq!(to_json(&list), format!("[{text}]").into_bytes());
        }
    }
}
