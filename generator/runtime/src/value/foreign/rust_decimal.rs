//! `rust_decimal`: JSON numbers, with all of their digits.

use std::borrow::Cow;

use ::rust_decimal::Decimal;

use crate::codec::{Decode, Encode, Mismatch, Mode, Scalar, ToText, View};

const EXPECTED: &str = "a number of at most 28 digits";

/// Parses a JSON number.
fn parse(digits: &str) -> Result<Decimal, Mismatch> {
    let parsed = if digits.contains(['e', 'E']) {
        Decimal::from_scientific(digits)
    } else {
        Decimal::from_str_exact(digits)
    };
    parsed.map_err(|_| Mismatch::expected(EXPECTED))
}

impl Decode for Decimal {
    fn empty() -> Self {
        Self::ZERO
    }

    fn wants_digits() -> bool {
        true
    }

    fn expected(&self) -> Cow<'static, str> {
        EXPECTED.into()
    }

    fn scalar(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        *self = match scalar {
            Scalar::Integer(value) => value.into(),
            Scalar::Unsigned(value) => value.into(),
            Scalar::Float(value) => parse(&value.to_string())?,
            // Many servers write such numbers as strings, because their clients parse numbers as floats.
            Scalar::Text(text) if !mode.is_strict() => parse(text.trim())?,
            Scalar::Null | Scalar::Bool(_) | Scalar::Text(_) => {
                return Err(Mismatch::expected(EXPECTED));
            }
        };
        Ok(())
    }

    fn digits(&mut self, digits: &str, _: Mode) -> Result<(), Mismatch> {
        *self = parse(digits)?;
        Ok(())
    }
}

impl ToText for Decimal {
    fn to_text(&self) -> String {
        self.to_string()
    }
}

impl Encode for Decimal {
    fn view(&self) -> View<'_> {
        View::Number(self)
    }
}

#[cfg(test)]
mod tests {
    use ::rust_decimal::Decimal;

    use crate::codec::{from_json, from_value, to_json, to_value};

    #[test]
    fn digits_come_back_as_they_came() {
        let text = b"[0.1234567890123456789,-12.50,7,12345678901234567890123]";
        let numbers: Vec<Decimal> = from_json(text).unwrap();
        assert_eq!(numbers[0].scale(), 19);
        assert_eq!(to_json(&numbers), text);
        assert_eq!(to_value(&numbers[1]), -12.5);
        let number: Decimal = from_json(b"1.5e3").unwrap();
        assert_eq!(number, Decimal::from(1500));
        assert_eq!(
            from_json::<Decimal>(br#"" 7.50""#).unwrap().to_string(),
            "7.50"
        );
        assert_eq!(
            from_value::<Decimal>(&0.1.into()).unwrap().to_string(),
            "0.1"
        );
    }

    #[test]
    fn other_values_are_refused() {
        let error =
            from_json::<Vec<Decimal>>(b"[1, 0.12345678901234567890123456789012]").unwrap_err();
        assert_eq!(error.path(), "$[1]");
        assert_eq!(error.expected(), "a number of at most 28 digits");
        assert!(from_json::<Decimal>(b"1e400").is_err());
        assert!(from_json::<Decimal>(b"true").is_err());
    }
}
