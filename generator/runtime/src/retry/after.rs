//! `Retry-After`: the time to wait before the next attempt.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, HeaderName, RETRY_AFTER};

/// The header for a wait in milliseconds, which several large APIs send in addition to or instead of `Retry-After`.
const RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");

/// Parses `retry-after-ms`, or `Retry-After` in seconds (with or without a fraction) or as a date (RFC 9110, section
/// 10.2.3).
///
/// A date is compared with the `Date` of the response, if there is one, so that the clock of the client does not
/// matter.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    if let Some(wait) = text(headers, &RETRY_AFTER_MS).and_then(|text| seconds(text, 1e-3)) {
        return Some(wait);
    }
    let text = text(headers, &RETRY_AFTER)?;
    seconds(text, 1.0).or_else(|| {
        let date = httpdate::parse_http_date(text).ok()?;
        let now = server_date(headers).unwrap_or(now);
        Some(date.duration_since(now).unwrap_or_default())
    })
}

fn server_date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(text(headers, &DATE)?).ok()
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

/// Parses a number of seconds. Negative numbers and other text are ignored.
fn seconds(text: &str, unit: f64) -> Option<Duration> {
    let digits = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !digits {
        return None;
    }
    let seconds = text.parse::<f64>().ok()? * unit;
    // A number that is too large for a duration is still a wait that exceeds any limit.
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn read(pairs: &[(&'static str, &'static str)]) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        retry_after(
            &headers,
            SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777),
        )
    }

    /// Headers, and the wait in milliseconds.
    type Case = (&'static [(&'static str, &'static str)], Option<u64>);

    #[test]
    fn reads_every_form() {
        let cases: &[Case] = &[
            (&[("retry-after", "3")], Some(3_000)),
            (&[("retry-after", " 0 ")], Some(0)),
            (&[("retry-after", "1.5")], Some(1_500)),
            (&[("retry-after-ms", "250")], Some(250)),
            (
                &[("retry-after", "9"), ("retry-after-ms", "250")],
                Some(250),
            ),
            (
                &[("retry-after", "9"), ("retry-after-ms", "x")],
                Some(9_000),
            ),
            (
                &[("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")],
                Some(10_000),
            ),
            (&[("retry-after", "Sun, 06 Nov 1994 08:49:00 GMT")], Some(0)),
            (
                &[
                    ("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT"),
                    ("date", "Sun, 06 Nov 1994 08:49:45 GMT"),
                ],
                Some(2_000),
            ),
            (&[("retry-after", "-1")], None),
            (&[("retry-after", "NaN")], None),
            (&[("retry-after", "inf")], None),
            (&[("retry-after", "soon")], None),
            (&[("retry-after", "")], None),
            (&[("retry-after", "1.2.3")], None),
            (&[], None),
        ];
        for (headers, wanted) in cases {
            assert_eq!(
                read(headers),
                wanted.map(Duration::from_millis),
                "{headers:?}"
            );
        }
    }

    #[test]
    fn a_retry_after_beyond_all_numbers_is_the_longest_duration() {
        for name in ["retry-after", "retry-after-ms"] {
            for digits in [24, 400] {
                let value = HeaderValue::try_from("9".repeat(digits)).unwrap();
                let headers = HeaderMap::from_iter([(HeaderName::from_static(name), value)]);
                let wait = retry_after(&headers, SystemTime::UNIX_EPOCH);
                assert!(wait > Some(Duration::from_secs(1 << 60)), "{name} {digits}");
            }
        }
    }
}
