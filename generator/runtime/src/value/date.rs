//! Dates.

use std::fmt;
use std::str::FromStr;

use jiff::civil;

use super::ParseValueError;
use super::text::decode_text;
use crate::codec::{Encode, View};

const EXPECTED: &str = "a date (YYYY-MM-DD)";

/// A date: `2024-02-29`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// Returns the date with this year, month and day.
    ///
    /// # Errors
    /// There is no such date, or the year is after 9999.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, ParseValueError> {
        let day = || {
            let (year, month, day) = (
                year.try_into().ok()?,
                month.try_into().ok()?,
                day.try_into().ok()?,
            );
            civil::Date::new(year, month, day).ok()
        };
        day()
            .map(Self)
            .ok_or_else(|| ParseValueError::new(EXPECTED))
    }

    /// Returns the year, from 0 to 9999.
    pub fn year(self) -> u16 {
        self.0.year().unsigned_abs()
    }

    /// Returns the month, from 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// Returns the day of the month, from 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }
}

impl FromStr for Date {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let mut parts = text.split('-');
        let mut date = || {
            let (year, month, day) = (
                digits(parts.next()?, 4)?,
                digits(parts.next()?, 2)?,
                digits(parts.next()?, 2)?,
            );
            let whole = parts.next().is_none();
            whole.then(|| Self::new(year, month.try_into().ok()?, day.try_into().ok()?).ok())?
        };
        date().ok_or_else(|| ParseValueError::new(EXPECTED))
    }
}

/// Parses a number of exactly `count` digits.
fn digits(text: &str, count: usize) -> Option<u16> {
    let all = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if all { text.parse().ok() } else { None }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.year(),
            self.month(),
            self.day()
        )
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}

decode_text!(Date, Self(civil::Date::constant(1970, 1, 1)), EXPECTED);

impl Encode for Date {
    fn view(&self) -> View<'_> {
        View::Shown(self)
    }
}

crate::serde_impls!(Date);

#[cfg(test)]
mod tests {
    use super::Date;
    use crate::codec::{from_json, to_json};

    #[test]
    fn a_day_has_its_parts_and_is_written_as_it_came() {
        let day: Date = from_json(br#""2024-02-29""#).unwrap();
        assert_eq!((day.year(), day.month(), day.day()), (2024, 2, 29));
        assert_eq!(to_json(&day), br#""2024-02-29""#);
        assert_eq!(day, Date::new(2024, 2, 29).unwrap());
        assert_eq!(format!("{day:?}"), "Date(2024-02-29)");
        assert!(day < "2024-03-01".parse().unwrap());
        assert_eq!(
            "0000-01-01".parse::<Date>().unwrap().to_string(),
            "0000-01-01"
        );
    }

    #[test]
    fn days_outside_the_calendar_are_refused() {
        for text in [
            "2023-02-29",
            "2024-13-01",
            "2024-1-01",
            "20240229",
            "2024-02-29T00:00:00Z",
            "",
            "२०२४-०२-२९",
            "+024-02-29",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert!(Date::new(2024, 200, 1).is_err());
    }
}
