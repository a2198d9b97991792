//! Spells texts in ASCII letters and digits. Signs become words if they are needed to distinguish names.

use std::borrow::Cow;

/// The signs of a text that become words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    /// A sign before a number (`-1` → `minus 1`), and all signs of a text that has nothing else.
    Usual,
    /// Also signs with a meaning, but no separators: `DateCreated>`, `red*`, `$flow`, `Etc/GMT-1`.
    Meaningful,
    /// Every sign: `_group` → `underscore group`.
    All,
}

/// The words of a text, separated by signs. Equal to the text [`spelled`] with the usual signs, except for the signs
/// between the words.
pub(super) fn words_of(text: &str) -> Cow<'_, str> {
    let words = if has_letters(text) && !text.contains(AMONG_WORDS) {
        Cow::Borrowed(text)
    } else {
        spelled(text, Signs::Usual).into()
    };
    match with_plurals(&words) {
        Some(words) => words.into(),
        None => words,
    }
}

/// The text with plurals of acronyms as words, `Ips` for `IPs`, if it has any. Otherwise it would be split into `I` and `Ps`.
fn with_plurals(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let ends = |at: usize| !bytes.get(at).is_some_and(u8::is_ascii_lowercase);
    let starts = |at: usize| {
        let run = bytes[..at].iter().rev();
        at - run.take_while(|byte| byte.is_ascii_uppercase()).count()
    };
    let plurals = text.match_indices('s').filter(|&(at, _)| ends(at + 1));
    let acronyms = plurals.map(|(at, _)| starts(at) + 1..at);
    let mut acronyms = acronyms.filter(|rest| !rest.is_empty()).peekable();
    acronyms.peek()?;
    let mut words = text.to_owned();
    for rest in acronyms {
        words.get_mut(rest)?.make_ascii_lowercase();
    }
    Some(words)
}

/// The signs that can be a part of a word, or a word of their own, in an ASCII text with letters or digits.
const AMONG_WORDS: [char; 3] = ['\'', '+', '-'];

/// Whether a text is in ASCII, and has letters or digits.
fn has_letters(text: &str) -> bool {
    text.is_ascii() && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

/// The text in ASCII letters, digits and spaces. Other scripts are transliterated.
pub(super) fn spelled(text: &str, signs: Signs) -> String {
    let ascii = deunicode::deunicode_with_tofu_cow(text, " ");
    if !ascii.chars().any(|c| c.is_ascii_alphanumeric()) {
        let names: Vec<&str> = ascii.chars().map(sign_name).collect();
        // This distinguishes the text `+` from the text `plus`.
        let noun = if signs == Signs::All { " sign" } else { "" };
        return names.join(" ") + noun;
    }
    let mut out = String::with_capacity(ascii.len());
    let mut before = None;
    let mut chars = ascii.chars().peekable();
    while let Some(c) = chars.next() {
        let sign = Sign {
            text: c,
            before,
            after: chars.peek().copied(),
        };
        match c {
            '\'' => {}
            _ if c.is_ascii_alphanumeric() => out.push(c),
            _ if sign.is_word(signs) => out.extend([" ", sign.name(), " "]),
            _ => out.push(' '),
        }
        before = Some(c);
    }
    out
}

/// Whether a text has signs that [`Signs::Usual`] omits.
pub(super) fn has_signs(text: &str) -> bool {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let is_sign = |c: char| !c.is_ascii_alphanumeric() && !AMONG_WORDS.contains(&c);
    if has_letters(text) && text.contains(is_sign) {
        return true;
    }
    spelled(text, Signs::All) != spelled(text, Signs::Usual)
}

/// A sign with the characters before and after it.
struct Sign {
    text: char,
    before: Option<char>,
    after: Option<char>,
}

impl Sign {
    fn is_word(&self, signs: Signs) -> bool {
        let number_follows = self.after.is_some_and(|c| c.is_ascii_digit());
        let starts = self.before.is_none_or(|c| !c.is_ascii_alphanumeric());
        match (signs, self.text) {
            (_, '-' | '+') if number_follows && starts => true,
            (Signs::Usual, _) => false,
            (Signs::Meaningful, '-') => !self.is_dash(),
            (Signs::Meaningful, sign) => "+<>=!*&|%#@$~^?".contains(sign),
            (Signs::All, _) => true,
        }
    }

    /// Whether this is a hyphen between two words and not a minus sign.
    fn is_dash(&self) -> bool {
        self.before.is_some_and(|c| c.is_ascii_alphanumeric())
            && self.after.is_some_and(|c| c.is_ascii_alphabetic())
    }

    fn name(&self) -> &'static str {
        match self.text {
            '-' if self.is_dash() => "dash",
            sign => sign_name(sign),
        }
    }
}

/// The name of a sign.
fn sign_name(sign: char) -> &'static str {
    match sign {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '&' => "and",
        '|' => "or",
        '%' => "percent",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '_' => "underscore",
        ' ' => "space",
        '~' => "tilde",
        '^' => "caret",
        '(' | '[' | '{' => "open",
        ')' | ']' | '}' => "close",
        '"' | '\'' | '`' => "quote",
        _ => "",
    }
}
