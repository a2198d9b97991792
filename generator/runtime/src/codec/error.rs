//! The error of decoding, with the location in the JSON.

use std::fmt::{self, Write as _};

use serde_json::Value;

use super::{Mismatch, Scalar};

/// JSON that does not fit its type.
///
/// Its `Display` has the location, the expected and the found value: `$.data[3].status: expected a string, found the
/// number 5`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Failure>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Failure {
    path: String,
    expected: String,
    found: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Mismatch,
    Missing,
    Syntax,
}

impl DecodeError {
    /// Returns the location: `$` is the whole value, `$.data[3].status` is a part of it. For a header, its name:
    /// `X-RateLimit-Limit`.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns what was expected: `a string`, `the required property "id"`.
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// Returns what was found: `null`, `the number 5`, `an object`. A long string is cut.
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// Replaces each text that a server can influence.
    #[cold]
    pub(crate) fn mask(&mut self, masked: impl Fn(&str) -> String) {
        self.0.path = masked(&self.0.path);
        self.0.found = masked(&self.0.found);
    }

    /// Whether the text is not valid JSON, rather than JSON of another type.
    pub fn is_syntax(&self) -> bool {
        self.0.kind == Kind::Syntax
    }

    /// Replaces the `$` of the location by the name of a header.
    #[cold]
    pub(super) fn of_header(mut self, name: &str) -> Self {
        self.0.path.replace_range(..1, name);
        self
    }

    /// Returns the error for a required header that is missing.
    #[cold]
    pub(super) fn no_header(name: &str) -> Self {
        Self(Box::new(Failure {
            path: name.to_owned(),
            expected: "the required header".to_owned(),
            found: "no such header".to_owned(),
            kind: Kind::Missing,
        }))
    }

    /// Returns the error for an input that is too long.
    #[cold]
    pub(super) fn surplus(expected: String) -> Self {
        let trace = Trace::default();
        Self::new(&trace, Kind::Mismatch, expected, Found::Surplus.to_string())
    }

    pub(super) fn syntax(trace: &Trace, error: &serde_json::Error) -> Self {
        Self::new(trace, Kind::Syntax, "JSON".to_owned(), error.to_string())
    }

    fn new(trace: &Trace, kind: Kind, expected: String, found: String) -> Self {
        Self(Box::new(Failure {
            path: trace.path(),
            expected,
            found,
            kind,
        }))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure {
            path,
            expected,
            found,
            kind,
        } = &*self.0;
        match kind {
            Kind::Mismatch => write!(f, "{path}: expected {expected}, found {found}"),
            Kind::Missing => write!(f, "{path}: {expected} is missing"),
            Kind::Syntax => write!(f, "{path}: invalid JSON: {found}"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// The reason of an error, and its location, which is collected while the error of serde is returned.
#[derive(Debug, Default)]
pub(super) struct Trace {
    problem: Option<Problem>,
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Problem {
    Mismatch { expected: String, found: String },
    Missing(&'static str),
}

#[derive(Debug)]
enum Step {
    Property(String),
    Element(usize),
}

impl Trace {
    #[cold]
    pub(super) fn mismatch(&mut self, mismatch: Mismatch, found: &Found<'_>) {
        let found = if mismatch.is_private() {
            found.kind()
        } else {
            found.to_string()
        };
        self.problem = Some(Problem::Mismatch {
            expected: mismatch.into_expected(),
            found,
        });
    }

    #[cold]
    pub(super) fn missing(&mut self, property: &'static str) {
        self.problem = Some(Problem::Missing(property));
    }

    #[cold]
    pub(super) fn property(&mut self, name: &str) {
        self.steps.push(Step::Property(name.to_owned()));
    }

    #[cold]
    pub(super) fn element(&mut self, index: usize) {
        self.steps.push(Step::Element(index));
    }

    /// Returns the error, unless it comes from the format itself.
    pub(super) fn take_error(&mut self) -> Option<DecodeError> {
        let (kind, expected, found) = match self.problem.take()? {
            Problem::Mismatch { expected, found } => (Kind::Mismatch, expected, found),
            Problem::Missing(property) => (
                Kind::Missing,
                format!("the required property {property:?}"),
                "an object without it".to_owned(),
            ),
        };
        Some(DecodeError::new(self, kind, expected, found))
    }

    fn path(&self) -> String {
        let mut path = String::from("$");
        for step in self.steps.iter().rev() {
            // Writing to a string cannot fail.
            let _ = match step {
                Step::Property(name) if is_plain(name) => write!(path, ".{name}"),
                Step::Property(name) => write!(path, "[{name:?}]"),
                Step::Element(index) => write!(path, "[{index}]"),
            };
        }
        path
    }
}

fn is_plain(name: &str) -> bool {
    let mut letters = name.chars();
    letters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// The value that was found.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found<'a> {
    Scalar(Scalar<'a>),
    Array,
    Object,
    /// An additional element.
    Surplus,
}

impl Found<'_> {
    /// The kind of an array or object.
    pub(super) fn of(json: &Value) -> Self {
        if json.is_array() {
            Self::Array
        } else {
            Self::Object
        }
    }

    /// Returns the type of the value, without its content.
    fn kind(&self) -> String {
        let kind = match self {
            Self::Scalar(Scalar::Null) => "null",
            Self::Scalar(Scalar::Bool(_)) => "a boolean",
            Self::Scalar(Scalar::Text(_)) => "a string",
            Self::Scalar(_) => "a number",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::Surplus => "more",
        };
        kind.to_owned()
    }
}

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 40;
        match *self {
            Self::Scalar(Scalar::Bool(value)) => write!(f, "{value}"),
            Self::Scalar(Scalar::Integer(value)) => write!(f, "the number {value}"),
            Self::Scalar(Scalar::Unsigned(value)) => write!(f, "the number {value}"),
            Self::Scalar(Scalar::Float(value)) => write!(f, "the number {value:?}"),
            Self::Scalar(Scalar::Text(text)) => match text.char_indices().nth(LONGEST) {
                Some((end, _)) => write!(f, "the string {:?}…", &text[..end]),
                None => write!(f, "the string {text:?}"),
            },
            Self::Scalar(Scalar::Null) | Self::Array | Self::Object | Self::Surplus => {
                f.write_str(&self.kind())
            }
        }
    }
}
