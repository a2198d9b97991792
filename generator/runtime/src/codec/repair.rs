//! Repairs JSON text that no parser accepts, such as `1e400` or half of a surrogate pair.
//!
//! A single such value should not make the whole response unreadable. A text that is not valid JSON is scanned again,
//! and known mistakes of servers are replaced by the nearest valid value. The caller still has the original text.

use std::fmt::Write as _;

use super::properties::NUMBER_PROPERTY;

/// Numbers that JavaScript and Python write, but that JSON does not have.
const WORDS: [&str; 4] = ["NaN", "Infinity", "-Infinity", "-NaN"];

/// Returns the repaired text, if there is anything to repair:
///
/// - bytes that are not UTF-8, and halves of surrogate pairs, become U+FFFD,
/// - control characters in strings become escapes,
/// - numbers beyond `f64`, `NaN` and `Infinity` become the object of [`NUMBER_PROPERTY`], which is decoded as an
///   infinite number or as NaN.
pub(super) fn repaired(text: &[u8]) -> Option<Vec<u8>> {
    let readable = String::from_utf8_lossy(text);
    let mut repair = Repair {
        out: String::with_capacity(readable.len()),
        changed: readable.as_bytes() != text,
    };
    let mut rest = &*readable;
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '"' => repair.string(rest),
            '-' | '0'..='9' | 'N' | 'I' => repair.number(rest),
            _ => repair.copy(rest, first.len_utf8()),
        };
    }
    repair.changed.then(|| repair.out.into_bytes())
}

struct Repair {
    out: String,
    changed: bool,
}

impl Repair {
    /// Copies `len` bytes, and returns the rest.
    fn copy<'t>(&mut self, text: &'t str, len: usize) -> &'t str {
        let (taken, rest) = text.split_at(len);
        self.out.push_str(taken);
        rest
    }

    /// Copies a string, which starts with its first quote.
    fn string<'t>(&mut self, text: &'t str) -> &'t str {
        let mut rest = self.copy(text, 1);
        loop {
            let plain = rest.find(|c| matches!(c, '"' | '\\' | '\0'..='\x1f'));
            rest = self.copy(rest, plain.unwrap_or(rest.len()));
            rest = match rest.as_bytes() {
                [] => return rest,
                [b'"', ..] => return self.copy(rest, 1),
                [b'\\', b'u', ..] => self.code_unit(rest),
                [b'\\', ..] => {
                    let escaped = rest.chars().nth(1).map_or(0, char::len_utf8);
                    self.copy(rest, 1 + escaped)
                }
                [control, ..] => {
                    self.changed = true;
                    // Writing to a string cannot fail.
                    let _ = write!(self.out, "\\u{control:04x}");
                    &rest[1..]
                }
            };
        }
    }

    /// Copies `\u1234`, with the other half of the surrogate pair if there is one.
    fn code_unit<'t>(&mut self, text: &'t str) -> &'t str {
        match unit(text) {
            Some(0xd800..=0xdbff) => match text.get(6..).and_then(unit) {
                Some(0xdc00..=0xdfff) => self.copy(text, 12),
                _ => self.replace(text, 6, "\\ufffd"),
            },
            Some(0xdc00..=0xdfff) => self.replace(text, 6, "\\ufffd"),
            Some(_) => self.copy(text, 6),
            None => self.copy(text, 2),
        }
    }

    fn replace<'t>(&mut self, text: &'t str, len: usize, by: &str) -> &'t str {
        self.changed = true;
        self.out.push_str(by);
        &text[len..]
    }

    /// Copies a number, or a word for one such as `NaN`.
    fn number<'t>(&mut self, text: &'t str) -> &'t str {
        let word = WORDS.iter().find(|word| text.starts_with(**word));
        let len = word.map_or_else(|| number_len(text), |word| word.len());
        let number = &text[..len];
        let is_beyond = || number.parse::<f64>().is_ok_and(f64::is_infinite);
        if word.is_none() && !is_beyond() {
            return self.copy(text, len.max(1));
        }
        let marked = format!("{{\"{NUMBER_PROPERTY}\":\"{number}\"}}");
        self.replace(text, len, &marked)
    }
}

/// Returns the code unit of an escape such as `\u1234`.
fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)
}

fn number_len(text: &str) -> usize {
    let end = text.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
    end.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::repaired;

    #[test]
    fn only_what_no_parser_takes_is_replaced() {
        let pair = r#"{"a":"\ud83d\ude00 \u00e4 \\ud800 \"","b":[1e308,-0.5,true,null]}"#;
        assert_eq!(repaired(pair.as_bytes()), None);
        for (text, expected) in [
            (&br#"["\ud800x"]"#[..], &br#"["\ufffdx"]"#[..]),
            (
                br#"["\udc00\ud800\ud800\udc00"]"#,
                br#"["\ufffd\ufffd\ud800\udc00"]"#,
            ),
            (b"[\"a\tb\xff\"]", "[\"a\\u0009b\u{fffd}\"]".as_bytes()),
            (br#"["1e400"#, b""),
            (b"[1e400]", br#"[{"$serde_json::private::Number":"1e400"}]"#),
            (
                b"[-Infinity]",
                br#"[{"$serde_json::private::Number":"-Infinity"}]"#,
            ),
        ] {
            let expected = (!expected.is_empty()).then(|| expected.to_vec());
            assert_eq!(repaired(text), expected, "{}", text.escape_ascii());
        }
    }
}
