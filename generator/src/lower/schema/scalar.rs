//! Scalars: lowers a `type` with its `format`.

use crate::document::{Reach, SimpleType};
use crate::model::Scalar;
use crate::source::Value;

/// The scalar of a simple type; `None` for null, arrays and objects.
pub(crate) fn scalar(
    simple: SimpleType,
    format: Option<&str>,
    base64: bool,
    reach: Reach,
) -> Option<Scalar> {
    match simple {
        SimpleType::Boolean => Some(Scalar::Bool),
        SimpleType::Integer => Some(integer(format, reach)),
        SimpleType::Number => Some(number(format)),
        SimpleType::String if base64 => Some(Scalar::Base64),
        SimpleType::String => Some(string(format)),
        SimpleType::Null | SimpleType::Array | SimpleType::Object => None,
    }
}

fn integer(format: Option<&str>, reach: Reach) -> Scalar {
    match format {
        Some("int32" | "int16" | "int8") => Scalar::I32,
        Some("uint64") => Scalar::U64,
        _ => of_reach(reach),
    }
}

/// The scalar that holds all integers in a range exactly.
pub(crate) fn of_reach(reach: Reach) -> Scalar {
    match reach {
        Reach::Signed => Scalar::I64,
        Reach::Unsigned => Scalar::U64,
        Reach::Beyond => Scalar::Decimal,
    }
}

/// Numbers are `f64` whatever their format, so that a value is serialized as it was deserialized. Integer formats keep
/// their width, and decimal numbers keep all digits.
fn number(format: Option<&str>) -> Scalar {
    match format {
        Some("int32" | "int64" | "uint64" | "uint32" | "integer") => integer(format, Reach::Signed),
        Some("decimal" | "decimal128") => Scalar::Decimal,
        _ => Scalar::F64,
    }
}

/// The formats that have a type. Others (`uri`, `email`, `time`, `decimal` …) stay strings, because servers often send
/// values that violate their specifications.
fn string(format: Option<&str>) -> Scalar {
    match format {
        Some("uuid") => Scalar::Uuid,
        Some("date-time") => Scalar::Timestamp,
        Some("date") => Scalar::Date,
        Some("password") => Scalar::Secret,
        Some("byte" | "base64") => Scalar::Base64,
        _ => Scalar::String,
    }
}

/// Describes the values of this format if the text is not one of them. Only formats whose types reject invalid texts
/// are checked.
pub(crate) fn form_fault(text: &str, format: &str) -> Option<&'static str> {
    match string(Some(format)) {
        Scalar::Uuid => (!is_uuid(text)).then_some("a UUID"),
        Scalar::Date => (!is_date(text)).then_some("a date (`2024-05-17`)"),
        Scalar::Timestamp => {
            (!is_timestamp(text)).then_some("a timestamp (`2024-05-17T08:30:00Z`)")
        }
        Scalar::Base64 => (!is_base64(text)).then_some("Base64 (`aGVsbG8=`)"),
        _ => None,
    }
}

fn is_uuid(text: &str) -> bool {
    let digits: String = text.chars().filter(|&c| c != '-').collect();
    digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let digits = parts.concat().bytes().all(|byte| byte.is_ascii_digit());
    let numbers: Vec<u16> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = numbers[..] else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    lengths == [4, 2, 2] && digits && (1..=days).contains(&day)
}

/// Whether the type of a scalar deserializes a value and serializes it to the same text.
pub(crate) fn is_written_so(value: &Value, scalar: Scalar) -> bool {
    match (value, scalar) {
        (Value::Number(text), Scalar::I32) => text.parse::<i32>().is_ok(),
        (Value::Number(text), Scalar::I64) => text.parse::<i64>().is_ok(),
        (Value::Number(text), Scalar::U64) => text.parse::<u64>().is_ok(),
        (Value::Number(text), Scalar::F64) => text.parse::<f64>().is_ok_and(f64::is_finite),
        (Value::String(text), Scalar::Uuid) => is_usual_uuid(text),
        (Value::String(text), Scalar::Timestamp) => is_usual_timestamp(text),
        (Value::String(text), Scalar::Base64) => is_usual_base64(text),
        _ => true,
    }
}

fn is_usual_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && !text.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// A date and a time in hours, minutes and seconds, with an offset or without.
fn is_usual_timestamp(text: &str) -> bool {
    let Some((_, time)) = text.split_once(['T', 't', ' ']) else {
        return true;
    };
    let clock = time.get(..8).unwrap_or_default();
    let parts: Vec<Option<u8>> = clock.split(':').map(|part| part.parse().ok()).collect();
    let rest = time.get(8..).unwrap_or_default();
    let fraction = rest.strip_prefix('.').unwrap_or(rest);
    let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    let offset = zone
        .strip_prefix(['+', '-'])
        .map(|offset| offset.split(':'));
    let is_offset = offset.is_some_and(|offset| {
        let parts: Vec<Option<u8>> = offset.map(|part| part.parse().ok()).collect();
        matches!(parts[..], [Some(0..=23), Some(0..=59)])
    });
    matches!(parts[..], [Some(0..=23), Some(0..=59), Some(0..=59)])
        && (fraction.len() > zone.len() || rest == zone)
        && (is_offset || matches!(zone, "" | "Z" | "z"))
}

/// Whether a text is Base64 in the standard alphabet with its padding.
fn is_usual_base64(text: &str) -> bool {
    is_base64(text) && text.len().is_multiple_of(4) && !text.contains(['-', '_'])
}

/// Whether a text is Base64 in the standard alphabet or that for URLs, with its padding or without.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let others = if text.contains(['-', '_']) {
        b"-_"
    } else {
        b"+/"
    };
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || others.contains(&byte);
    // The unused bits of the last digit have to be zero.
    let has_whole_bytes = match digits.len() % 4 {
        0 => true,
        1 => false,
        2 => digits.ends_with(['A', 'Q', 'g', 'w']),
        _ => digits.ends_with(|last| "AEIMQUYcgkosw048".contains(last)),
    };
    let is_padded = text.len() == digits.len() || text.len() == digits.len().next_multiple_of(4);
    digits.bytes().all(is_digit) && has_whole_bytes && is_padded
}

/// A date, alone or with a time after `T` or a space.
fn is_timestamp(text: &str) -> bool {
    let (date, time) = match text.split_once(['T', 't', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    is_date(date) && time.is_none_or(|time| time.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::form_fault;

    #[test]
    fn texts_are_held_to_the_formats_that_have_types() {
        for (text, format, fits) in [
            ("9bd39495-ad21-40f7-a8a6-9c8cf9d6a822", "uuid", true),
            ("9bd39495", "uuid", false),
            ("2024-05-17", "date", true),
            ("17.05.2024", "date", false),
            ("2024-05-17T08:30:00+02:00", "date-time", true),
            ("2024-05-17 08:30:00", "date-time", true),
            ("2024-05-17", "date-time", true),
            ("yesterday", "date-time", false),
            ("2024-05-17Then", "date-time", false),
            ("aGVsbG8=", "byte", true),
            ("aGVsbG8", "byte", true),
            ("-_8", "base64", true),
            ("", "byte", true),
            ("0.1.17", "byte", false),
            ("aGVsbG9", "byte", false),
            ("aGVsbG8==", "byte", false),
            ("anything", "uri", true),
        ] {
            assert_eq!(form_fault(text, format).is_none(), fits, "{format}: {text}");
        }
    }
}
