//! Decimal numbers.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::ParseValueError;
use crate::codec::{Decode, Encode, Mismatch, Mode, Scalar, View};

const EXPECTED: &str = "a number";

/// A number of any size and precision, stored as the text that it is written with: `12.50` stays `12.50`.
///
/// An `f64` has about 16 significant digits and loses further ones. This type does no arithmetic:
/// [`as_str`](Self::as_str) and [`FromStr`] convert it from and to any decimal type. Two values are equal if their
/// texts are equal.
///
/// The digits are kept in the JSON of requests and responses. In other formats of `serde`, and in alternatives of a
/// union, the number is the nearest `f64`.
///
/// ```
/// use specwright_runtime::Decimal;
///
/// let price: Decimal = "12.50".parse()?;
/// assert_eq!(price.as_str(), "12.50");
/// assert_eq!(price.to_f64(), 12.5);
/// # Ok::<(), specwright_runtime::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal(String);

impl Decimal {
    /// Returns the number as text, in the format of JSON.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the nearest `f64`; infinity for a number outside of its range.
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}

impl FromStr for Decimal {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        if is_number(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseValueError::new(EXPECTED))
        }
    }
}

/// Whether a text is a valid JSON number.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| {
        let len = text.bytes().take_while(u8::is_ascii_digit).count();
        (len > 0).then_some(len)
    };
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let whole = match digits(unsigned) {
        Some(len) if len == 1 || !unsigned.starts_with('0') => &unsigned[len..],
        _ => return false,
    };
    let fraction = match whole.strip_prefix('.') {
        Some(fraction) => match digits(fraction) {
            Some(len) => &fraction[len..],
            None => return false,
        },
        None => whole,
    };
    let Some(exponent) = fraction.strip_prefix(['e', 'E']) else {
        return fraction.is_empty();
    };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    digits(exponent) == Some(exponent.len())
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Self("0".to_owned())
    }
}

impl From<i32> for Decimal {
    fn from(value: i32) -> Self {
        Self(value.to_string())
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

impl From<u64> for Decimal {
    fn from(value: u64) -> Self {
        Self(value.to_string())
    }
}

impl TryFrom<f64> for Decimal {
    type Error = ParseValueError;

    /// Returns the shortest number that parses to this one. Infinity and NaN are errors, because JSON does not have
    /// them.
    fn try_from(value: f64) -> Result<Self, ParseValueError> {
        value.to_string().parse()
    }
}

impl Decode for Decimal {
    fn empty() -> Self {
        Self::default()
    }

    fn wants_digits() -> bool {
        true
    }

    fn expected(&self) -> Cow<'static, str> {
        EXPECTED.into()
    }

    fn scalar(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        let read = match scalar {
            Scalar::Integer(value) => Ok(value.into()),
            Scalar::Unsigned(value) => Ok(value.into()),
            Scalar::Float(value) => value.try_into(),
            // Many servers write such numbers as strings, because their clients parse numbers as floats.
            Scalar::Text(text) if !mode.is_strict() => text.trim().parse(),
            Scalar::Null | Scalar::Bool(_) | Scalar::Text(_) => {
                return Err(Mismatch::expected(EXPECTED));
            }
        };
        *self = read.map_err(|_| Mismatch::expected(EXPECTED))?;
        Ok(())
    }

    fn digits(&mut self, digits: &str, _: Mode) -> Result<(), Mismatch> {
        *self = digits.parse().map_err(|_| Mismatch::expected(EXPECTED))?;
        Ok(())
    }
}

impl Encode for Decimal {
    fn view(&self) -> View<'_> {
        View::Digits(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Decimal, is_number};
    use crate::codec::{from_json, from_value, to_json};
    use crate::{Map, Nullable};

    #[test]
    fn digits_come_back_as_they_came() {
        let text =
            r#"{"a":[0.1234567890123456789,null,1.10],"b":[-1e400,12345678901234567890123]}"#;
        let map: Map<Vec<Option<Decimal>>> = from_json(text.as_bytes()).unwrap();
        assert_eq!(to_json(&map), text.as_bytes());
        let one: Decimal = from_json(b" 2.50 ").unwrap();
        assert_eq!(one.as_str(), "2.50");
        let null: Nullable<Decimal> = from_json(b"null").unwrap();
        assert_eq!(null, Nullable::Null);
    }

    #[test]
    fn invalid_numbers_are_refused_with_their_location() {
        let error = from_json::<Vec<Decimal>>(br#"[1, "x"]"#).unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"$[1]: expected a number, found the string "x""#
        );
        assert_eq!(from_json::<Decimal>(br#""7.50""#).unwrap().as_str(), "7.50");
        assert_eq!(from_value::<Decimal>(&1.5.into()).unwrap().as_str(), "1.5");
    }

    #[test]
    fn only_numbers_of_json_are_numbers() {
        for text in ["0", "-0", "10.5", "1e5", "1E-5", "0.00e+10"] {
            assert!(is_number(text), "{text}");
        }
        for text in [
            "", "-", "01", "1.", ".5", "1e", "+1", "NaN", "inf", "1 ", "0x1",
        ] {
            assert!(!is_number(text), "{text}");
        }
    }
}
