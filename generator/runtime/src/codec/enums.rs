//! Words and numbers of a list.

use std::borrow::Cow;
use std::fmt::Display;

use super::{Decode, Mismatch, Mode, ParseValueError, Scalar};

/// What `text_enum!` says of an enum.
pub trait TextEnum: Sized {
    /// The words that are listed.
    const WORDS: &'static [&'static str];

    /// Returns the variant of a listed word.
    fn listed(word: &str) -> Option<Self>;

    /// Returns what keeps any other word, in an open enum.
    fn other(word: &str) -> Option<Self> {
        let _ = word;
        None
    }

    /// Returns what a message says is expected.
    fn expected() -> Cow<'static, str> {
        match Self::other("") {
            Some(_) => "a string".into(),
            None => list(Self::WORDS.iter().map(|word| format!("{word:?}"))),
        }
    }

    /// Reads the enum from JSON.
    ///
    /// # Errors
    /// The scalar is no word of the list.
    fn take(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        if let Scalar::Text(word) = scalar {
            let listed = Self::listed(word);
            if let Some(value) = listed.or_else(|| Self::other(word).filter(|_| !mode.is_strict()))
            {
                *self = value;
                return Ok(());
            }
        }
        Err(Mismatch::expected(Self::expected()))
    }

    /// Reads a closed enum from text.
    ///
    /// # Errors
    /// The text is no word of the list.
    fn parse(word: &str) -> Result<Self, ParseValueError> {
        Self::listed(word).ok_or_else(|| ParseValueError::new(Self::expected()))
    }
}

/// What `integer_enum!` says of an enum.
pub trait IntegerEnum: Sized {
    /// The numbers that are listed.
    const VALUES: &'static [i64];

    /// Returns the variant of a listed number.
    fn listed(value: i64) -> Option<Self>;

    /// Returns what keeps any other number, in an open enum.
    fn other(value: i64) -> Option<Self> {
        let _ = value;
        None
    }

    /// Returns what a message says is expected.
    fn expected() -> Cow<'static, str> {
        match Self::other(0) {
            Some(_) => "an integer".into(),
            None => list(Self::VALUES),
        }
    }

    /// Reads the enum from JSON.
    ///
    /// # Errors
    /// The scalar is no number of the list.
    fn take(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        let mut number = 0_i64;
        number.scalar(scalar, mode)?;
        let other = || Self::other(number).filter(|_| !mode.is_strict());
        *self = Self::listed(number)
            .or_else(other)
            .ok_or_else(|| Mismatch::expected(Self::expected()))?;
        Ok(())
    }

    /// Returns the variant of a number.
    ///
    /// # Errors
    /// The number is not listed, and the enum is closed.
    fn from_value(value: i64) -> Result<Self, ParseValueError> {
        Self::listed(value)
            .or_else(|| Self::other(value))
            .ok_or_else(|| ParseValueError::new(Self::expected()))
    }

    /// Returns the variant of a number in digits.
    ///
    /// # Errors
    /// The text is no number, or one that is not listed while the enum is closed.
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
