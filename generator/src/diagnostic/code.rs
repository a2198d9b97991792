//! The type of diagnostic codes, and the codes of parsing. Every stage defines its own codes; [`crate::codes`] lists
//! all of them.
//!
//! A code keeps its meaning, and stays in the table as long as a version that reports it is in use.

/// The severity of the diagnostics of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// No code is generated.
    Error,
    /// Something was assumed or ignored; a comment can silence it.
    Warning,
    /// An error if there is no usable interpretation, otherwise a warning.
    Either,
    /// A warning that is off by default.
    Pedantic,
}

/// A code that diagnostics have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code: `SW0102`.
    pub code: &'static str,
    /// Its severity.
    pub level: Level,
    /// The meaning, as a part of a sentence: "a file is empty".
    pub title: &'static str,
    /// The reason for it, in Markdown, with a wrong and a correct example if one file can show them.
    pub explanation: &'static str,
}

impl Code {
    /// The code, its level and its meaning in one line.
    pub fn line(&self) -> String {
        format!("{} ({}): {}\n", self.code, self.level, self.title)
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Either => "error or warning",
            Self::Pedantic => "off by default",
        })
    }
}

/// Declares the codes of a stage: a constant for each, and `ALL` with all of them in their order. Their explanations are
/// files in `src/codes/`.
macro_rules! codes {
    ($($level:ident $name:ident $code:literal $title:literal;)*) => {
        $(#[doc = $title] pub(crate) const $name: &str = $code;)*

        /// The codes of this stage, in their order.
        pub(crate) const ALL: &[$crate::diagnostic::code::Code] = &[$(
            $crate::diagnostic::code::Code {
                code: $code,
                level: $crate::diagnostic::code::Level::$level,
                title: $title,
                explanation: include_str!(
                    concat!(env!("CARGO_MANIFEST_DIR"), "/src/codes/", $code, ".md")
                ),
            }
        ),*];
    };
}
pub(crate) use codes;

codes! {
    Error UNREADABLE "SW0001" "a file cannot be read";
    Error EMPTY "SW0002" "a file is empty";
    Error NOT_TEXT "SW0003" "a file is not UTF-8 text";
    Error YAML "SW0004" "not valid YAML";
    Error JSON "SW0005" "not valid JSON";
    Either DUPLICATE_KEY "SW0006" "a duplicate key";
    Error SEVERAL_DOCUMENTS "SW0007" "a file contains several YAML documents";
    Error COMPLEX_KEY "SW0008" "a key is not a string";
    Error ALIAS "SW0009" "an alias that cannot be expanded";
    Error TOO_DEEP "SW0010" "too many levels of nesting";
    Error MERGE "SW0011" "something other than a map is merged with `<<`";
    Warning TAG "SW0012" "an unknown YAML tag is ignored";
    Warning NOT_FINITE "SW0013" "a number that JSON cannot express";
    Warning UNKNOWN_ALLOW "SW0014" "a comment allows an unknown code";
    Warning UNUSED_ALLOW "SW0015" "a comment allows a warning that is not reported there";
    Warning INDENTATION "SW0016" "a line of a flow collection or of a quoted string is not indented enough";
    Warning DEEPER_ELEMENT "SW0017" "an element of a list is indented deeper than those before it";
}
