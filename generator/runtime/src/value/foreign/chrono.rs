//! `chrono`: dates and times as RFC 3339 writes them.

use ::chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Utc};

use crate::codec::{Encode, ToText, View};
use crate::value::text::decode_text;

decode_text!(DateTime<Utc>, Self::default(), "a timestamp (RFC 3339)");
decode_text!(
    DateTime<FixedOffset>,
    Self::default(),
    "a timestamp (RFC 3339)"
);
decode_text!(
    NaiveDateTime,
    Self::default(),
    "a date and time without an offset"
);
decode_text!(NaiveDate, Self::default(), "a date (YYYY-MM-DD)");
decode_text!(NaiveTime, Self::default(), "a time (HH:MM:SS)");

/// Implements `Encode` by a function that formats the value.
macro_rules! encode_text {
    ($($name:ty => $format:expr;)*) => { $(
        impl ToText for $name {
            fn to_text(&self) -> String {
                $format(self)
            }
        }

        impl Encode for $name {
            fn view(&self) -> View<'_> {
                View::Formatted(self)
            }
        }
    )* };
}

encode_text! {
    DateTime<Utc> => |time: &DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    DateTime<FixedOffset> => |time: &DateTime<FixedOffset>| time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    NaiveDateTime => |time: &NaiveDateTime| format!("{time:?}");
    NaiveDate => NaiveDate::to_string;
    NaiveTime => NaiveTime::to_string;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{Decode, from_json, to_json};

    fn round<T: Decode + Encode>(text: &str) -> String {
        let value: Vec<T> = from_json(format!("[{text:?}]").as_bytes()).unwrap();
        let json: Vec<String> = serde_json::from_slice(&to_json(&value)).unwrap();
        json.concat()
    }

    #[test]
    fn values_are_written_as_they_were_read() {
        for time in ["2020-03-27T12:56:34Z", "2020-03-27T12:56:34.125Z"] {
            assert_eq!(round::<DateTime<Utc>>(time), time);
        }
        assert_eq!(
            round::<DateTime<Utc>>("2020-03-27T12:56:34+02:00"),
            "2020-03-27T10:56:34Z"
        );
        let time = "2020-03-27T12:56:34+02:00";
        assert_eq!(round::<DateTime<FixedOffset>>(time), time);
        assert_eq!(
            round::<NaiveDateTime>("2020-03-27T12:56:34"),
            "2020-03-27T12:56:34"
        );
        assert_eq!(round::<NaiveDate>("2020-03-27"), "2020-03-27");
        assert_eq!(round::<NaiveTime>("12:56:34.5"), "12:56:34.500");
    }

    #[test]
    fn other_texts_are_refused() {
        let error = from_json::<Vec<DateTime<Utc>>>(br#"["2020-03-27"]"#).unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"$[0]: expected a timestamp (RFC 3339), found the string "2020-03-27""#
        );
    }
}
