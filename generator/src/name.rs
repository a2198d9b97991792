//! The only place for casing, keywords and collisions.
//!
//! A name of the description becomes words, the words become a Rust name in the case of its kind, and a
//! [`Scope`] makes it unique among its neighbours.

mod generic;

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

pub use generic::generic;

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
    "hyper",
    "lib",
    "main",
    "runtime",
    "specwright_runtime",
    "testing",
    "tracing",
    "transport",
    "webhook",
    "webhooks",
];

/// The name of a type or variant, before it is unique: `ig-account` → `IgAccount`.
pub fn pascal(text: &str) -> String {
    let name = spelled(text).to_upper_camel_case();
    with_letter_first(&name, 'N', "Value")
}

/// The name of a field, argument, method or module, before it is unique: `createdAt` → `created_at`.
pub fn snake(text: &str) -> String {
    let name = spelled(text).to_snake_case();
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

/// The text in ASCII letters, digits and separators: signs that carry the meaning are spelled out.
///
/// Signs are separators as long as letters or digits are left to tell names apart, but for a sign before a number
/// (`-1` → `minus 1`). Other scripts are transliterated.
fn spelled(text: &str) -> String {
    let ascii = deunicode::deunicode_with_tofu(text, " ");
    if !ascii.chars().any(|c| c.is_ascii_alphanumeric()) {
        return ascii.chars().map(sign_name).collect::<Vec<_>>().join(" ");
    }
    let mut out = String::with_capacity(ascii.len());
    let mut before = None;
    let mut chars = ascii.chars().peekable();
    while let Some(c) = chars.next() {
        let number_follows = chars.peek().is_some_and(char::is_ascii_digit);
        let starts = before.is_none_or(|b: char| !b.is_ascii_alphanumeric());
        match c {
            '-' if number_follows && starts => out.push_str(" minus "),
            '+' if number_follows && starts => out.push_str(" plus "),
            '\'' => {}
            _ if c.is_ascii_alphanumeric() => out.push(c),
            _ => out.push(' '),
        }
        before = Some(c);
    }
    out
}

/// The name of a sign in a text that has nothing but signs.
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

/// The singular of the last English word, for the elements of a list: `work_experiences` → `work_experience`.
pub fn singular(text: &str) -> String {
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

/// The case of the names in a [`Scope`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Snake,
    Pascal,
}

/// Names that must differ from each other: the fields of a struct, the types of a module.
#[derive(Debug, Clone)]
pub struct Scope {
    case: Case,
    taken: HashSet<String>,
    /// The number that comes next, for each name that was wanted again.
    numbers: HashMap<String, usize>,
    reserved: Vec<&'static str>,
    /// Whether each name is that of a file.
    files: bool,
}

impl Scope {
    /// A scope of fields, arguments, methods or modules.
    pub fn snake(reserved: &'static [&'static str]) -> Self {
        Self::new(Case::Snake, reserved)
    }

    /// A scope of types or variants.
    pub fn pascal(reserved: &'static [&'static str]) -> Self {
        Self::new(Case::Pascal, reserved)
    }

    fn new(case: Case, reserved: &'static [&'static str]) -> Self {
        Self {
            case,
            taken: HashSet::new(),
            numbers: HashMap::new(),
            reserved: reserved.to_vec(),
            files: false,
        }
    }

    /// A scope of modules, each of which is a file.
    pub fn modules() -> Self {
        Self {
            files: true,
            ..Self::snake(RESERVED_FILES)
        }
    }

    /// The scope without these names, which something else has.
    pub fn without(mut self, reserved: &'static [&'static str]) -> Self {
        self.reserved.extend(reserved);
        self
    }

    /// Whether a name made from this text is still free.
    pub fn is_free(&self, text: &str) -> bool {
        let name = self.cased(text);
        !self.reserved.contains(&name.as_str()) && !self.taken.contains(&name)
    }

    /// Takes the name made from this text; a number tells it from one that is taken already.
    pub fn claim(&mut self, text: &str) -> Ident {
        self.claim_beside(None, text)
    }

    /// Takes the first of these names that is free here and in the outer scope, or a numbered form of the last.
    pub fn claim_within(&mut self, outer: &Self, texts: &[&str]) -> Ident {
        let mut all = texts.iter();
        let free = all.find(|text| self.is_free(text) && !outer.taken.contains(&self.cased(text)));
        let text = free.or(texts.last()).copied().unwrap_or_default();
        self.claim_beside(Some(outer), text)
    }

    fn claim_beside(&mut self, outer: Option<&Self>, text: &str) -> Ident {
        let mut base = self.cased(text);
        if self.reserved.contains(&base.as_str()) {
            base.push('_');
        }
        let mut name = base.clone();
        let stem = base.trim_end_matches('_');
        let first = || outer.and_then(|outer| outer.numbers.get(&base).copied());
        let number = self.numbers.entry(base.clone());
        let number = number.or_insert_with(|| first().unwrap_or(2));
        let is_outer = |name: &str| outer.is_some_and(|outer| outer.taken.contains(name));
        while is_outer(&name) || !self.taken.insert(name.clone()) {
            name = match self.case {
                Case::Snake => format!("{stem}_{number}"),
                Case::Pascal if stem.ends_with(|c: char| c.is_ascii_digit()) => {
                    format!("{stem}V{number}")
                }
                Case::Pascal => format!("{stem}{number}"),
            };
            *number += 1;
        }
        Ident::escaped(&name)
    }

    /// Takes the first of these names that is free, or a numbered form of the last.
    pub fn claim_first(&mut self, texts: &[&str]) -> Ident {
        let free = texts.iter().find(|text| self.is_free(text));
        self.claim(free.or(texts.last()).copied().unwrap_or_default())
    }

    /// Takes a name for each of these texts, in their order. Where a text is itself the name that others would get, too,
    /// it keeps it: `MW` is `MW` beside `mW`, which becomes `Mw`.
    pub fn claim_all<'x>(&mut self, texts: impl IntoIterator<Item = &'x str>) -> Vec<Ident> {
        let texts: Vec<&str> = texts.into_iter().collect();
        let cased: Vec<String> = texts.iter().map(|text| self.cased(text)).collect();
        let mut count: HashMap<&str, usize> = HashMap::new();
        for name in &cased {
            *count.entry(name).or_default() += 1;
        }
        // A text that is a name is that of itself, and of all that only differ from it in case or separators.
        let mut kept: HashMap<usize, Ident> = HashMap::new();
        for (index, &text) in texts.iter().enumerate() {
            if count
                .get(text)
                .is_some_and(|&count| count > usize::from(cased[index] == text))
                && self.is_name(text)
                && self.taken.insert(text.to_owned())
            {
                kept.insert(index, Ident::escaped(text));
            }
        }
        let rest = texts.iter().enumerate();
        rest.map(|(index, &text)| match kept.remove(&index) {
            Some(name) => name,
            None if self.is_free(text) => self.claim(text),
            None if self.is_name(text) && self.taken.insert(text.to_owned()) => {
                Ident::escaped(text)
            }
            None if self.case == Case::Pascal => self.claim_first(&[&text.to_lowercase(), text]),
            None => self.claim(text),
        })
        .collect()
    }

    /// Whether a text can stand as it is for a name of this case that is not reserved.
    fn is_name(&self, text: &str) -> bool {
        let in_case = match self.case {
            Case::Snake => text == self.cased(text),
            Case::Pascal => {
                text.starts_with(|first: char| first.is_ascii_uppercase())
                    && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            }
        };
        in_case && !self.reserved.contains(&text)
    }

    /// Keeps a name from being taken.
    pub fn reserve(&mut self, name: &Ident) {
        self.taken.insert(name.plain().to_owned());
    }

    fn cased(&self, text: &str) -> String {
        match self.case {
            Case::Snake if self.files => shortened(snake(text), LONGEST_FILE),
            Case::Snake => snake(text),
            Case::Pascal => shortened(pascal(text), LONGEST_TYPE),
        }
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
pub fn module(text: &str) -> Ident {
    Scope::modules().without(RESERVED_MODULES).claim(text)
}

#[cfg(test)]
mod tests;
