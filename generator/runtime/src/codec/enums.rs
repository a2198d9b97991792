//! Enums of strings and of integers.

use std::borrow::Cow;
use std::fmt::Display;

use super::{Decode, Mismatch, Mode, ParseValueError, Scalar};

/// An enum of strings. `text_enum!` implements it.
pub trait TextEnum: Sized {
    /// The values in the description.
    const VALUES: &'static [&'static str];

    /// Returns the variant of a known value.
    fn listed(value: &str) -> Option<Self>;

    /// Returns the variant that keeps an unknown value, if the enum is open.
    fn other(value: &str) -> Option<Self> {
        let _ = value;
        None
    }

    /// Returns what messages call a value of this enum.
    fn expected() -> Cow<'static, str> {
        match Self::other("") {
            Some(_) => "a string".into(),
            None => list(Self::VALUES.iter().map(|value| format!("{value:?}"))),
        }
    }

    /// Decodes a value.
    ///
    /// # Errors
    /// The scalar is not a value of the enum.
    fn take(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        if let Scalar::Text(value) = scalar {
            let listed = Self::listed(value);
            if let Some(variant) =
                listed.or_else(|| Self::other(value).filter(|_| !mode.is_strict()))
            {
                *self = variant;
                return Ok(());
            }
        }
        Err(Mismatch::expected(Self::expected()))
    }

    /// Parses a value of a closed enum.
    ///
    /// # Errors
    /// The text is not a value of the enum.
    fn parse(value: &str) -> Result<Self, ParseValueError> {
        Self::listed(value).ok_or_else(|| ParseValueError::new(Self::expected()))
    }
}

/// An enum of integers. `integer_enum!` implements it.
pub trait IntegerEnum: Sized {
    /// The values in the description.
    const VALUES: &'static [i64];

    /// Returns the variant of a known value.
    fn listed(value: i64) -> Option<Self>;

    /// Returns the variant that keeps an unknown value, if the enum is open.
    fn other(value: i64) -> Option<Self> {
        let _ = value;
        None
    }

    /// Returns what messages call a value of this enum.
    fn expected() -> Cow<'static, str> {
        match Self::other(0) {
            Some(_) => "an integer".into(),
            None => list(Self::VALUES),
        }
    }

    /// Decodes a value.
    ///
    /// # Errors
    /// The scalar is not a value of the enum.
    fn take(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        let mut number = 0_i64;
        number.scalar(scalar, mode)?;
        let other = || Self::other(number).filter(|_| !mode.is_strict());
        *self = Self::listed(number)
            .or_else(other)
            .ok_or_else(|| Mismatch::expected(Self::expected()))?;
        Ok(())
    }

    /// Returns the variant of a value.
    ///
    /// # Errors
    /// The value is unknown, and the enum is closed.
    fn from_value(value: i64) -> Result<Self, ParseValueError> {
        Self::listed(value)
            .or_else(|| Self::other(value))
            .ok_or_else(|| ParseValueError::new(Self::expected()))
    }

    /// Parses a value.
    ///
    /// # Errors
    /// The text is not an integer, or an unknown value of a closed enum.
    fn parse(digits: &str) -> Result<Self, ParseValueError> {
        match digits.parse() {
            Ok(value) => Self::from_value(value),
            Err(_) => Err(ParseValueError::new(Self::expected())),
        }
    }
}

#[cold]
fn list<T: Display>(values: impl IntoIterator<Item = T>) -> Cow<'static, str> {
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    match &*values {
        [only] => only.clone().into(),
        _ => format!("one of {}", values.join(", ")).into(),
    }
}
