//! `time`: dates and times as RFC 3339 writes them.

use std::borrow::Cow;

use ::time::format_description::well_known::{Iso8601, Rfc3339};
use ::time::{Date, OffsetDateTime};

use crate::codec::{Decode, Encode, Mismatch, Mode, Scalar, ToText, View};

/// Implements the codec for a type with formats of `time`. A value that the format cannot express, such as a year after
/// 9999, is written as it displays.
macro_rules! formatted {
    ($name:ty, $empty:expr, $expected:literal, $format:expr) => {
        impl Decode for $name {
            fn empty() -> Self {
                $empty
            }

            fn expected(&self) -> Cow<'static, str> {
                $expected.into()
            }

            fn scalar(&mut self, scalar: Scalar<'_>, _: Mode) -> Result<(), Mismatch> {
                if let Scalar::Text(text) = scalar
                    && let Ok(value) = Self::parse(text, &$format)
                {
                    *self = value;
                    return Ok(());
                }
                Err(Mismatch::expected($expected))
            }
        }

        impl ToText for $name {
            fn to_text(&self) -> String {
                self.format(&$format).unwrap_or_else(|_| self.to_string())
            }
        }

        impl Encode for $name {
            fn view(&self) -> View<'_> {
                View::Formatted(self)
            }
        }
    };
}

formatted!(
    OffsetDateTime,
    Self::UNIX_EPOCH,
    "a timestamp (RFC 3339)",
    Rfc3339
);
formatted!(
    Date,
    OffsetDateTime::UNIX_EPOCH.date(),
    "a date (YYYY-MM-DD)",
    Iso8601::DATE
);

#[cfg(test)]
mod tests {
    use ::time::{Date, OffsetDateTime};

    use crate::codec::{from_json, to_json};

    #[test]
    fn values_are_written_as_they_were_read() {
        let text = br#"["2020-03-27T12:56:34Z","2020-03-27T12:56:34.5+02:00"]"#;
        let times: Vec<OffsetDateTime> = from_json(text).unwrap();
        assert_eq!(
            (times[0].year(), times[1].offset().whole_hours()),
            (2020, 2)
        );
        assert_eq!(to_json(&times), text);
        let date: Date = from_json(br#""2020-03-27""#).unwrap();
        assert_eq!(to_json(&date), br#""2020-03-27""#);
    }

    #[test]
    fn other_texts_are_refused() {
        let error = from_json::<OffsetDateTime>(br#""2020-03-27""#).unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"$: expected a timestamp (RFC 3339), found the string "2020-03-27""#
        );
        let error = from_json::<Date>(br#""27.03.2020""#).unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"$: expected a date (YYYY-MM-DD), found the string "27.03.2020""#
        );
    }
}
