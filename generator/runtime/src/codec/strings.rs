//! The meanings of a string from a header or a form.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::SignedDuration;
use jiff::civil::DateTime;
use serde_json::Value;

use super::decode::takes_object;
use super::{Decode, Scalar};

/// A value that a string can stand for.
pub(super) enum Meaning {
    Scalar(Scalar<'static>),
    /// A date of HTTP, in the format of RFC 3339.
    Time(String),
}

impl Meaning {
    pub(super) fn scalar(&self) -> Scalar<'_> {
        match self {
            Self::Scalar(scalar) => *scalar,
            Self::Time(time) => Scalar::Text(time),
        }
    }
}

/// Returns the values other than a string that a string can stand for: a number, a boolean, null, and an HTTP date as
/// RFC 3339.
pub(super) fn meanings(text: &str) -> impl Iterator<Item = Meaning> + use<> {
    let text = text.trim();
    let integer = text.parse().map(Scalar::Integer);
    let number = integer.or_else(|_| text.parse().map(Scalar::Unsigned)).ok();
    let float = || {
        let float: f64 = text.parse().ok()?;
        float.is_finite().then_some(Scalar::Float(float))
    };
    let boolean = ["false", "true"]
        .iter()
        .position(|word| text.eq_ignore_ascii_case(word))
        .map(|place| Scalar::Bool(place == 1));
    let nothing = text.is_empty().then_some(Scalar::Null);
    let scalar = number.or_else(float).or(boolean).or(nothing);
    let time = httpdate::parse_http_date(text).ok().and_then(timestamp);
    let time = time.map(Meaning::Time);
    scalar.map(Meaning::Scalar).into_iter().chain(time)
}

/// Formats a time as RFC 3339.
fn timestamp(time: SystemTime) -> Option<String> {
    let since = SignedDuration::system_until(UNIX_EPOCH, time).ok()?;
    let instant = DateTime::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(since);
    Some(format!("{}Z", instant.ok()?))
}

/// Parses a string that is a JSON array or object. An object is wrapped in an array if the type is an array.
pub(super) fn json(text: &str, slot: &mut dyn Decode) -> Option<Value> {
    let json: Value = match text.trim_start().as_bytes().first()? {
        b'{' | b'[' => serde_json::from_str(text).ok()?,
        _ => return None,
    };
    Some(match json {
        Value::Object(_) if !takes_object(slot) && slot.array().is_ok() => Value::Array(vec![json]),
        json => json,
    })
}
