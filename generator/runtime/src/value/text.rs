//! Values that are text of a certain form.

use std::borrow::Cow;
use std::fmt;

use crate::codec::Mismatch;

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

/// Reads a type from JSON strings through its `FromStr`, beginning as `$empty`.
macro_rules! decode_text {
    ($name:ty, $empty:expr, $expected:expr) => {
        impl $crate::codec::Decode for $name {
            fn empty() -> Self {
                $empty
            }

            fn expected(&self) -> std::borrow::Cow<'static, str> {
                $expected.into()
            }

            fn scalar(
                &mut self,
                scalar: $crate::codec::Scalar<'_>,
                _: $crate::codec::Mode,
            ) -> Result<(), $crate::codec::Mismatch> {
                if let $crate::codec::Scalar::Text(text) = scalar
                    && let Ok(value) = text.parse()
                {
                    *self = value;
                    return Ok(());
                }
                Err($crate::codec::Mismatch::expected($expected))
            }
        }
    };
}

pub(super) use decode_text;
