//! Spells and separates names: casing, keywords and collisions. Which text becomes a name is decided in
//! [`lower`](crate::lower), by the module of the named thing.
//!
//! A name of the description becomes words, the words become a Rust name in the case of its kind, and a
//! [`Scope`] makes it unique among its neighbours.

mod generic;
mod package;
mod scope;
mod spelling;
mod type_path;

use heck::{ToSnakeCase, ToUpperCamelCase};

pub(crate) use generic::{generic, generic_texts};
pub use package::{crate_name_fault, version_fault};
pub(crate) use scope::Scope;
use spelling::{Signs, spelled};
pub(crate) use type_path::type_path;

/// A Rust identifier, ready to be written: `profile`, `Profile`, `r#type`.
///
/// Made only in this module. `to_string` gives the text as it stands in source; [`Ident::plain`] gives it without
/// `r#`, for file names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// The text as it stands in source, `r#` included.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text without `r#`.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// The identifier for a text that is already in the right case.
    fn escaped(text: &str) -> Self {
        match text {
            "self" | "super" | "crate" | "Self" | "_" => Self(format!("{text}_")),
            _ if KEYWORDS.contains(&text) => Self(format!("r#{text}")),
            _ => Self(text.to_owned()),
        }
    }
}

#[cfg(test)]
impl Ident {
    /// A name as it is, for models that tests build by hand.
    pub(crate) fn verbatim(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl std::fmt::Display for Ident {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Keywords of edition 2024, strict and reserved, that `r#` makes usable.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// File names that some file system keeps for itself, and the one that Rust does.
const RESERVED_FILES: &[&str] = &[
    "mod", "aux", "con", "nul", "prn", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The most bytes of a file's name without its extension; file systems allow 255, and some allow fewer for a path.
const LONGEST_FILE: usize = 80;

/// The most bytes of a type's name, for which rustdoc makes a file.
const LONGEST_TYPE: usize = 160;

/// What the root of a generated crate has beside its APIs: files, modules, features, and the runtime's name.
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

/// The name of a type or variant, before it is unique: `ig-account` → `IgAccount`.
pub(crate) fn pascal(text: &str) -> String {
    let name = spelled(text, Signs::Usual).to_upper_camel_case();
    with_letter_first(&name, 'N', "Value")
}

/// The name of a field, argument, method or module, before it is unique: `createdAt` → `created_at`.
pub(crate) fn snake(text: &str) -> String {
    let name = spelled(text, Signs::Usual).to_snake_case();
    with_letter_first(&name, 'n', "value")
}

/// `2fa` → `n2fa`; nothing → the fallback.
fn with_letter_first(name: &str, letter: char, fallback: &str) -> String {
    match name.chars().next() {
        None => fallback.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{letter}{name}"),
        Some(_) => name.to_owned(),
    }
}

/// The constant for what a name is the name of: `get` → `GET`. An underscore tells it from the reserved ones.
pub(crate) fn constant(name: &Ident, reserved: &[&str]) -> Ident {
    match name.plain().to_uppercase() {
        taken if reserved.contains(&taken.as_str()) => Ident(format!("{taken}_")),
        free => Ident(free),
    }
}

/// The singular of the last English word, for the elements of a list: `work_experiences` → `work_experience`.
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

/// A name of a file or type: one that is too long ends in a hash of the whole, so that it depends on no other name.
fn shortened(name: String, longest: usize) -> String {
    if name.len() <= longest {
        return name;
    }
    // FNV-1a, because the hash stands in generated code and has to be the same with every compiler.
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

/// The module name of an API from the stem of its file: `insightiq`.
pub(crate) fn module(text: &str) -> Ident {
    Scope::modules().without(RESERVED_MODULES).claim(text)
}

#[cfg(test)]
mod tests;
