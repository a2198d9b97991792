//! Masks the secrets of a call in texts from a server.
//!
//! A server can echo a secret in another form: in JSON, in a URL, in HTML, in capitals, or with invisible characters
//! in it. Text and secrets are therefore compared in a normalized form.

use std::borrow::Cow;
use std::ops::Range;

/// The replacement of a secret.
const MASK: &str = "***";

/// The maximum number of nested encodings: JSON in a JSON string, a URL in HTML.
const MOST_LAYERS: usize = 4;

/// The minimum length, in bytes, of a prefix of a secret that is masked at the end of a cut text.
const LEAST_PART: usize = 4;

/// Replaces secrets in a text.
pub(super) fn without<'s>(text: &str, secrets: impl Iterator<Item = &'s str>) -> Cow<'_, str> {
    let mut plain: Option<Plain> = None;
    let mut hidden: Vec<Range<usize>> = Vec::new();
    for secret in secrets {
        let plain = plain.get_or_insert_with(|| Plain::of(text));
        let secret = Plain::of(secret).text;
        if !secret.is_empty() {
            let found = plain.text.match_indices(&secret);
            hidden.extend(found.map(|(start, found)| plain.origin(start..start + found.len())));
            hidden.extend(plain.cut_part(&secret));
        }
    }
    if hidden.is_empty() {
        return text.into();
    }
    hidden.sort_by_key(|range| range.start);
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for range in hidden {
        if range.start >= end {
            masked.push_str(&text[end..range.start]);
            masked.push_str(MASK);
        }
        end = end.max(range.end);
    }
    masked.push_str(&text[end..]);
    masked.into()
}

/// Invisible characters, and those that change the direction of text.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// A normalized text: decoded, in lower case, and without invisible characters.
struct Plain {
    text: String,
    /// The range in the original text of each byte.
    origins: Vec<Range<usize>>,
}

/// A character, with its range in the original text.
type Letter = (char, Range<usize>);

impl Plain {
    fn of(text: &str) -> Self {
        let letters = text.char_indices();
        let mut letters: Vec<Letter> = letters
            .map(|(at, letter)| (letter, at..at + letter.len_utf8()))
            .collect();
        for _ in 0..MOST_LAYERS {
            let before = letters.len();
            letters = decoded(&letters);
            if letters.len() == before {
                break;
            }
        }
        let mut plain = Self {
            text: String::with_capacity(text.len()),
            origins: Vec::with_capacity(text.len()),
        };
        for (letter, origin) in letters {
            for letter in letter.to_lowercase().filter(|letter| is_shown(*letter)) {
                plain.text.push(letter);
                plain.origins.resize(plain.text.len(), origin.clone());
            }
        }
        plain
    }

    /// Returns the range in the original text of a part of the normalized one.
    fn origin(&self, part: Range<usize>) -> Range<usize> {
        let origins = &self.origins[part];
        let start = origins.first().map_or(0, |first| first.start);
        start..origins.last().map_or(start, |last| last.end)
    }

    /// Returns the range of a prefix of a secret at the end of a cut text.
    fn cut_part(&self, secret: &str) -> Option<Range<usize>> {
        let text = self.text.strip_suffix('…')?;
        let text = text.strip_suffix('"').unwrap_or(text);
        let lengths = (LEAST_PART..secret.len()).rev();
        let mut lengths = lengths.filter(|length| secret.is_char_boundary(*length));
        let length = lengths.find(|length| text.ends_with(&secret[..*length]))?;
        Some(self.origin(text.len() - length..text.len()))
    }
}

/// Whether a character is part of the normalized text. A plus sign is not, because it is a space in a form; a backslash
/// is not, because it can be a part of an escape.
fn is_shown(letter: char) -> bool {
    !(letter.is_whitespace()
        || letter.is_control()
        || is_invisible(letter)
        || matches!(letter, '+' | '\\'))
}

/// Decodes one layer of each encoding.
fn decoded(letters: &[Letter]) -> Vec<Letter> {
    let mut plain = Vec::with_capacity(letters.len());
    let mut rest = letters;
    while let Some((first, _)) = rest.first() {
        let found = match first {
            '\\' => escape(rest),
            '%' => percent(rest),
            '&' => entity(rest),
            _ => None,
        };
        let (letter, taken) = found.unwrap_or((*first, 1));
        let (taken, behind) = rest.split_at(taken.min(rest.len()));
        if let (Some((_, start)), Some((_, end))) = (taken.first(), taken.last()) {
            plain.push((letter, start.start..end.end));
        }
        rest = behind;
    }
    plain
}

/// Returns the character of an escape of JSON or of a source text (`\x2f`), and the length of the escape.
fn escape(letters: &[Letter]) -> Option<(char, usize)> {
    match letters.get(1)?.0 {
        'u' => {
            let high = hex(letters.get(2..6)?)?;
            let Some(letter) = char::from_u32(high) else {
                let low = letters
                    .get(6..8)
                    .filter(|marks| marks[0].0 == '\\' && marks[1].0 == 'u');
                let low = low.and_then(|_| hex(letters.get(8..12)?))?;
                let pair =
                    char::decode_utf16([u16::try_from(high).ok()?, u16::try_from(low).ok()?]);
                return Some((pair.last()?.ok()?, 12));
            };
            Some((letter, 6))
        }
        'x' => Some((char::from_u32(hex(letters.get(2..4)?)?)?, 4)),
        'b' | 'f' | 'n' | 'r' | 't' => Some((' ', 2)),
        letter => Some((letter, 2)),
    }
}

/// Decodes `%xx`, or several of them for one character.
fn percent(letters: &[Letter]) -> Option<(char, usize)> {
    let byte = |index: usize| {
        let marks = letters.get(index * 3..index * 3 + 3)?;
        let value = if marks[0].0 == '%' {
            hex(&marks[1..])?
        } else {
            return None;
        };
        u8::try_from(value).ok()
    };
    let first = byte(0)?;
    let length = match first {
        0..0x80 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    };
    let bytes: Vec<u8> = (0..length).map_while(byte).collect();
    let letter = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((letter, length * 3))
}

/// Decodes `&amp;`, `&#38;` or `&#x26;`.
fn entity(letters: &[Letter]) -> Option<(char, usize)> {
    let end = letters
        .iter()
        .take(10)
        .position(|(letter, _)| *letter == ';')?;
    let name: String = letters[1..end].iter().map(|(letter, _)| *letter).collect();
    let letter = match (&*name, name.strip_prefix('#')) {
        ("amp", _) => '&',
        ("lt", _) => '<',
        ("gt", _) => '>',
        ("quot", _) => '"',
        ("apos", _) => '\'',
        (_, Some(number)) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        _ => return None,
    };
    Some((letter, end + 1))
}

fn hex(letters: &[Letter]) -> Option<u32> {
    letters.iter().try_fold(0, |value, (letter, _)| {
        Some(value * 16 + letter.to_digit(16)?)
    })
}

#[cfg(test)]
mod tests {
    use super::without;

    fn masked(text: &str) -> String {
        let secrets = ["p@ss w/rd\"x\\+1", "tökens3cr3t"];
        without(text, secrets.into_iter()).into_owned()
    }

    #[test]
    fn a_secret_is_found_in_every_form() {
        for form in [
            "p@ss w/rd\"x\\+1",
            r#"p@ss w\/rd\"x\\+1"#,
            r#"p@ss w\\\/rd\\\"x\\\\+1"#,
            r"p\u0040ss w/rd\u0022x\\+1",
            r"p\x40ss w\x2frd\x22x\\+1",
            "p%40ss%20w%2Frd%22x%5C%2B1",
            "p%40ss+w%2frd%22x%5c%2b1",
            "p%2540ss%2520w%252Frd%2522x%255C%252B1",
            "p&#64;ss w/rd&quot;x&#x5C;+1",
            "P@SS W/RD\"X\\+1",
            "p@s\u{200b}s w/\u{ad}rd\"x\\\u{1}+1",
            "p@ss\nw/rd\"x\\+1",
            "tökens3cr3t",
            "TÖKENS3CR3T",
            "t%C3%B6kens3cr3t",
            r"t\u00f6kens3cr3t",
            "tökens3cr3…",
            "töke\"…",
        ] {
            for around in ["", "so ", "äöü 100% & \\ %zz &x; \\u12 "] {
                let cut = form.find('…').map_or("", |at| &form[at..]);
                let behind = if cut.is_empty() { " it is" } else { "" };
                let text = masked(&format!("{around}{form}{behind}"));
                assert!(text.starts_with(&format!("{around}***")), "{text}");
                assert!(
                    text.ends_with(if cut.is_empty() { "*** it is" } else { "…" }),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn all_else_stays_as_it_is() {
        for text in [
            "",
            "token",
            "100%41 \\u0041 &amp; tök",
            "p@ss w/rd",
            "\u{200b}x…",
            "%F0%9F",
        ] {
            assert_eq!(masked(text), text);
        }
        assert_eq!(masked("tökens3cr3ttökens3cr3t"), "******");
    }
}
