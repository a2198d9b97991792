//! The error of parsing a value from text.

use std::borrow::Cow;
use std::fmt;

use super::Mismatch;

/// A text that is not a valid value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseValueError {
    expected: Cow<'static, str>,
}

impl ParseValueError {
    /// Returns the error for a text that is not `expected`.
    pub fn new(expected: impl Into<Cow<'static, str>>) -> Self {
        Self {
            expected: expected.into(),
        }
    }

    /// Returns what was expected, such as `a date (YYYY-MM-DD)`.
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
