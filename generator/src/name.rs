//! Makes Rust names: casing, keywords and collisions. Which text becomes a name is decided in [`lower`](crate::lower),
//! by the module of the named thing.
//!
//! A name of the description is split into words, the words are joined in the case of the Rust item, and a [`Scope`]
//! makes the name unique among its neighbours.

mod generic;
mod package;
mod scope;
mod spelling;
mod type_path;

use heck::{ToSnakeCase, ToUpperCamelCase};

pub(crate) use generic::{generic, generic_texts};
pub use package::ManifestValue;
pub(crate) use package::name_fault;
pub(crate) use scope::Scope;
use spelling::words_of;
pub(crate) use type_path::type_path;

/// A Rust identifier, ready to be emitted: `profile`, `Profile`, `r#type`.
///
/// Made only in this module. `to_string` returns the text as written in source; [`Ident::plain`] returns it without
/// `r#`, for file names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// The text as written in source, including `r#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text without `r#`.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// The text that it was [escaped](Self::escaped) from.
    fn unescaped(&self) -> &str {
        let text = self.plain();
        let keyword = text.strip_suffix('_');
        keyword.filter(|it| NEVER_RAW.contains(it)).unwrap_or(text)
    }

    /// The identifier for a text that is already in the right case.
    fn escaped(text: &str) -> Self {
        match text {
            _ if NEVER_RAW.contains(&text) => Self(format!("{text}_")),
            _ if KEYWORDS.binary_search(&text).is_ok() => Self(format!("r#{text}")),
            _ => Self(text.to_owned()),
        }
    }
}

#[cfg(test)]
impl Ident {
    /// An identifier without any change, for models that tests build by hand.
    pub(crate) fn verbatim(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl std::fmt::Display for Ident {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Keywords that are not allowed as `r#…`.
const NEVER_RAW: &[&str] = &["self", "super", "crate", "Self", "_"];

/// Strict and reserved keywords of edition 2024 that are allowed as `r#…`, sorted.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// File names that are reserved on some file systems, and `mod`, which has a meaning in Rust.
const RESERVED_FILES: &[&str] = &[
    "mod", "aux", "con", "nul", "prn", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The maximum length in bytes of a file's name without its extension. File systems allow 255, but some limit the whole
/// path.
const LONGEST_FILE: usize = 80;

/// The maximum length in bytes of any other name, because rustdoc creates a file for a type and for the constant that is
/// named after a method.
const LONGEST_NAME: usize = 160;

/// Names in the root of a generated crate beside its APIs: files, modules, features, and the runtime's name.
const RESERVED_MODULES: &[&str] = &[
    "blocking",
    "compression",
    "default",
    "hooks",
    "hyper",
    "lib",
    "main",
    "oauth",
    "runtime",
    "specwright_runtime",
    "testing",
    "tracing",
    "transport",
    "webhook",
    "webhooks",
];

/// The name of a type or variant, not yet unique: `ig-account` → `IgAccount`.
pub(crate) fn pascal(text: &str) -> String {
    if is_pascal(text) {
        return text.to_owned();
    }
    if is_lower(text) {
        let mut name = String::with_capacity(text.len());
        for word in small_words(text) {
            let start = name.len();
            name.push_str(word);
            name[start..=start].make_ascii_uppercase();
        }
        return name;
    }
    let name = words_of(text).to_upper_camel_case();
    with_letter_first(name, 'N', "Value")
}

/// The name of a type within another one, not yet unique. Words in which the outer name ends and the inner one begins are
/// written once: `SseEvent` and `EventMessage` are `SseEventMessage`. A name with nothing else stays as it is.
pub(crate) fn joined(outer: &str, inner: &str) -> String {
    let (outer, inner) = (pascal(outer), pascal(inner));
    let words = inner.char_indices().skip(1);
    let words = words.filter(|(_, letter)| letter.is_ascii_uppercase());
    let repeated = words.map(|(at, _)| at);
    let repeated =
        repeated.filter(|&at| inner.get(..at).is_some_and(|start| outer.ends_with(start)));
    let from = repeated.last().unwrap_or(0);
    outer + inner.get(from..).unwrap_or_default()
}

/// The name of a field, argument, method or module, not yet unique: `createdAt` → `created_at`.
pub(crate) fn snake(text: &str) -> String {
    if is_lower(text) {
        let mut name = String::with_capacity(text.len());
        for word in small_words(text) {
            name.extend((!name.is_empty()).then_some('_'));
            name.push_str(word);
        }
        return name;
    }
    // Many names have this word, which looks like two.
    let name = words_of(text).replace("OAuth", "Oauth").to_snake_case();
    with_letter_first(name, 'n', "value")
}

/// Whether a text consists of small letters, digits, `_` and spaces, and begins with a letter, so that its words are easy
/// to find. Most texts do.
fn is_lower(text: &str) -> bool {
    let is_part = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b' ');
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(is_part)
}

/// Whether a text is a name in `snake_case`: every `_` is followed by a small letter or a digit.
fn is_snake(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_part = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let follows = |at: usize| bytes.get(at + 1).is_some_and(is_part);
    let mut places = bytes.iter().enumerate();
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && places.all(|(at, byte)| match byte {
            b'_' => follows(at),
            _ => is_part(byte),
        })
}

/// The words of a text that [is lower](is_lower).
fn small_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(['_', ' ']).filter(|word| !word.is_empty())
}

/// Whether a text is a name in `PascalCase`: every capital letter is followed by a small one.
fn is_pascal(text: &str) -> bool {
    let bytes = text.as_bytes();
    let follows = |at: usize| bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
    let mut places = bytes.iter().enumerate();
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && places.all(|(at, byte)| match byte {
            b'A'..=b'Z' => follows(at),
            _ => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
        })
}

/// `2fa` → `n2fa`; an empty name → the fallback.
fn with_letter_first(name: String, letter: char, fallback: &str) -> String {
    match name.chars().next() {
        None => fallback.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{letter}{name}"),
        Some(_) => name,
    }
}

/// The name of a constant: `get` → `GET`. An underscore is appended to reserved names.
pub(crate) fn constant(name: &Ident, reserved: &[&str]) -> Ident {
    match name.plain().to_uppercase() {
        taken if reserved.contains(&taken.as_str()) => Ident(format!("{taken}_")),
        free => Ident(free),
    }
}

/// The singular of the last English word, for the elements of an array: `work_experiences` → `work_experience`.
pub(crate) fn singular(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let cut = |n: usize| text[..text.len() - n].to_owned();
    if !text.is_ascii() || lower.len() < 4 {
        text.to_owned()
    } else if lower.ends_with("ies")
        && lower.len() > 4
        && !lower.ends_with("movies")
        && !lower.ends_with("series")
    {
        cut(3) + "y"
    } else if ["sses", "shes", "ches", "xes", "zzes"]
        .iter()
        .any(|end| lower.ends_with(end))
    {
        cut(2)
    } else if ["ss", "us", "is", "series", "news"]
        .iter()
        .any(|end| lower.ends_with(end))
    {
        text.to_owned()
    } else if lower.ends_with('s') {
        cut(1)
    } else {
        text.to_owned()
    }
}

/// The name of a file or type. If it is too long, it is cut and a hash of the whole name is appended, so that it does
/// not depend on other names.
fn shortened(name: String, longest: usize) -> String {
    if name.len() <= longest {
        return name;
    }
    // FNV-1a, because the hash is part of generated code and has to be the same with every compiler.
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    // Names consist of ASCII characters only.
    let kept = name.get(..longest - 9).unwrap_or_default();
    match kept.rsplit_once('_') {
        Some((words, _)) => format!("{words}_{hash:08x}"),
        None => format!("{kept}{hash:08x}"),
    }
}

/// The module name of an API from the stem of its file: `museum`.
pub(crate) fn module(text: &str) -> Ident {
    Scope::modules().without(RESERVED_MODULES).claim(text)
}

#[cfg(test)]
mod tests;
