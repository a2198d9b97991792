//! The error of a value that is parsed from text.

use std::borrow::Cow;
use std::fmt;

use super::Mismatch;

/// A text that is not of the form a value needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseValueError {
    expected: Cow<'static, str>,
}

impl ParseValueError {
    /// The text should have been `expected`.
    pub fn new(expected: impl Into<Cow<'static, str>>) -> Self {
        Self {
            expected: expected.into(),
        }
    }

    /// What the text should have been, such as `a date (YYYY-MM-DD)`.
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for ParseValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for ParseValueError {}

impl From<ParseValueError> for Mismatch {
    fn from(error: ParseValueError) -> Self {
        Self::expected(error.expected)
    }
}
