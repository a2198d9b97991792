//! Timestamps.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};
use jiff::fmt::temporal::Pieces;

use super::ParseValueError;
use super::text::decode_text;
use crate::codec::{Encode, View};

const EXPECTED: &str = "a timestamp (RFC 3339)";

const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// The first timestamp in RFC 3339.
const FIRST: DateTime = DateTime::constant(0, 1, 1, 0, 0, 0, 0);

/// The number of significant digits of a fraction.
const NANOS: usize = 9;

/// A timestamp in the format of RFC 3339: `2024-05-17T08:30:00Z`.
///
/// The original text is kept and written back. Comparison, order and hash are those of the instant: `08:30:00Z` equals
/// `10:30:00+02:00`. Text without a time zone is UTC, a space can replace the `T`, and a date without a time is
/// midnight.
#[derive(Clone)]
pub struct Timestamp {
    text: String,
    seconds: i64,
    nanos: u32,
}

impl Timestamp {
    /// Returns the whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub fn unix_seconds(&self) -> i64 {
        self.seconds
    }

    /// Returns the nanoseconds of the current second, below 1,000,000,000.
    pub fn subsec_nanos(&self) -> u32 {
        self.nanos
    }

    /// Returns the original text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn instant(&self) -> (i64, u32) {
        (self.seconds, self.nanos)
    }
}

/// Returns the seconds and nanoseconds since the epoch.
///
/// They are computed from the calendar date, because `jiff::Timestamp` ends a day before the year 9999 does, and many
/// servers write `9999-12-31T23:59:59Z` for "never".
fn parse(text: &str) -> Option<(i64, u32)> {
    let text = in_nanoseconds(text);
    let pieces = Pieces::parse(&*text).ok()?;
    let time = pieces.time().unwrap_or(Time::midnight());
    let offset = match pieces.to_numeric_offset() {
        Some(offset) => offset.seconds(),
        // A named time zone would need a time zone database.
        None if pieces.time_zone_annotation().is_some() => return None,
        None => 0,
    };
    let nanos = u32::try_from(time.subsec_nanosecond()).ok()?;
    let whole = time.with().subsec_nanosecond(0).build().ok()?;
    let local = pieces
        .date()
        .to_datetime(whole)
        .duration_since(EPOCH)
        .as_secs();
    Some((local - i64::from(offset), nanos))
}

/// Cuts a fraction to nanoseconds.
fn in_nanoseconds(text: &str) -> Cow<'_, str> {
    let Some((whole, rest)) = text.split_once(['.', ',']) else {
        return Cow::Borrowed(text);
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits <= NANOS {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{whole}.{}{}", &rest[..NANOS], &rest[digits..]))
}

impl FromStr for Timestamp {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        match parse(text) {
            Some((seconds, nanos)) => Ok(Self {
                text: text.to_owned(),
                seconds,
                nanos,
            }),
            None => Err(ParseValueError::new(EXPECTED)),
        }
    }
}

impl From<SystemTime> for Timestamp {
    /// Converts to UTC. A time outside of the years of RFC 3339 becomes the first or the last timestamp.
    fn from(time: SystemTime) -> Self {
        // Computed from the calendar date, as in `parse`.
        let since = SignedDuration::system_until(UNIX_EPOCH, time).ok();
        let instant = since.and_then(|since| EPOCH.checked_add(since).ok());
        let instant = instant.unwrap_or(if time < UNIX_EPOCH {
            FIRST
        } else {
            DateTime::MAX
        });
        let text = format!("{}Z", instant.max(FIRST));
        let (seconds, nanos) = parse(&text).unwrap_or_default();
        Self {
            text,
            seconds,
            nanos,
        }
    }
}

impl From<Timestamp> for SystemTime {
    /// Converts to the time of the system, or to the epoch if it is out of range.
    fn from(timestamp: Timestamp) -> Self {
        let whole = Duration::from_secs(timestamp.seconds.unsigned_abs());
        let second = if timestamp.seconds < 0 {
            UNIX_EPOCH.checked_sub(whole)
        } else {
            UNIX_EPOCH.checked_add(whole)
        };
        second
            .and_then(|second| second.checked_add(Duration::from_nanos(timestamp.nanos.into())))
            .unwrap_or(UNIX_EPOCH)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant().hash(state);
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({})", self.text)
    }
}

decode_text!(
    Timestamp,
    Self {
        text: String::new(),
        seconds: 0,
        nanos: 0
    },
    EXPECTED
);

impl Encode for Timestamp {
    fn view(&self) -> View<'_> {
        View::Text(&self.text)
    }
}

crate::serde_impls!(Timestamp);

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use super::Timestamp;

    fn at(text: &str) -> Timestamp {
        text.parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn a_fraction_can_have_any_number_of_digits() {
        for (fraction, nanos) in [
            ("1234567890", 123_456_789),
            ("123456789012", 123_456_789),
            ("9999999999999999999999", 999_999_999),
            ("0000000001", 0),
        ] {
            for zone in ["", "Z", "+02:00"] {
                let text = format!("2024-05-17T12:00:00.{fraction}{zone}");
                let time = at(&text);
                assert_eq!((time.subsec_nanos(), time.as_str()), (nanos, &*text));
            }
        }
        for text in ["2024-05-17T12:00:00.", "2024.0123456789", ".0123456789"] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_last_day_of_the_calendar_is_there() {
        for text in [
            "9999-12-31T23:59:59Z",
            "9999-12-30T22:00:01Z",
            "9999-12-31T23:59:59.999999999Z",
            "0000-01-01T00:00:00Z",
        ] {
            let time = Timestamp::from(SystemTime::from(at(text)));
            assert_eq!((time.as_str(), &time), (text, &at(text)));
        }
    }

    #[test]
    fn an_offset_counts_and_no_zone_is_utc() {
        let noon = at("2024-05-17T12:00:00Z");
        assert_eq!(noon.unix_seconds(), 1_715_947_200);
        for same in [
            "2024-05-17T14:00:00+02:00",
            "2024-05-17T12:00:00",
            "2024-05-17 12:00:00",
            "2024-05-17 12:00:00.000000",
            "2024-05-17T06:30:00-05:30",
            "2024-05-17T12:00:00-00:00",
            "2024-05-17T12:00:00+0000",
            "2024-05-17t12:00:00z",
        ] {
            assert_eq!(at(same), noon, "{same}");
            assert_eq!(at(same).to_string(), same);
        }
        assert!(noon < at("2024-05-17T12:00:00.000000001Z"));
        assert_eq!(
            at("2024-05-17").unix_seconds(),
            noon.unix_seconds() - 12 * 3600
        );
    }

    #[test]
    fn fractions_and_the_ends_of_time_are_kept() {
        assert_eq!(at("1969-12-31T23:59:59.25Z").unix_seconds(), -1);
        assert_eq!(at("1969-12-31T23:59:59.25Z").subsec_nanos(), 250_000_000);
        assert_eq!(
            at("2024-05-17T12:00:00.1234567Z").subsec_nanos(),
            123_456_700
        );
        assert_eq!(at("0001-01-01T00:00:00Z").unix_seconds(), -62_135_596_800);
        assert_eq!(at("9999-12-31T23:59:59Z").unix_seconds(), 253_402_300_799);
        assert_eq!(
            at("9999-12-31T23:59:59.9999999+00:00").subsec_nanos(),
            999_999_900
        );
    }

    #[test]
    fn invalid_timestamps_are_refused() {
        for text in [
            "",
            "today",
            "2024-02-30T00:00:00Z",
            "12:00:00",
            "1715947200",
            "2024-05-17T25:00:00Z",
            "2024-05-17T12:00:00[Europe/Paris]",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_system_clock_goes_both_ways() {
        for time in [
            UNIX_EPOCH,
            UNIX_EPOCH + Duration::new(1_715_947_200, 5),
            UNIX_EPOCH - Duration::new(1, 250_000_000),
            UNIX_EPOCH - Duration::from_millis(250),
        ] {
            let timestamp = Timestamp::from(time);
            assert_eq!(SystemTime::from(timestamp.clone()), time);
            assert_eq!(at(timestamp.as_str()), timestamp);
        }
        assert_eq!(
            Timestamp::from(UNIX_EPOCH + Duration::new(1, 500_000_000)).to_string(),
            "1970-01-01T00:00:01.5Z"
        );
        let far = UNIX_EPOCH + Duration::from_secs(1 << 40);
        assert!(Timestamp::from(far) > at("9999-12-30T00:00:00Z"));
    }
}
