//! Scalars: what a `type` with its `format` becomes.

use crate::document::SimpleType;
use crate::model::Scalar;

/// The scalar of a simple type; `None` for null, arrays and objects.
pub(crate) fn scalar(
    simple: SimpleType,
    format: Option<&str>,
    base64: bool,
    beyond_i64: bool,
) -> Option<Scalar> {
    match simple {
        SimpleType::Boolean => Some(Scalar::Bool),
        SimpleType::Integer => Some(integer(format, beyond_i64)),
        SimpleType::Number => Some(number(format)),
        SimpleType::String if base64 => Some(Scalar::Base64),
        SimpleType::String => Some(string(format)),
        SimpleType::Null | SimpleType::Array | SimpleType::Object => None,
    }
}

fn integer(format: Option<&str>, beyond_i64: bool) -> Scalar {
    match format {
        Some("int32" | "int16" | "int8") => Scalar::I32,
        Some("uint64") => Scalar::U64,
        _ if beyond_i64 => Scalar::U64,
        _ => Scalar::I64,
    }
}

/// Numbers are `f64` whatever their format, so that a value is written as it was read; formats of integers
/// are used as they are, and decimal numbers keep all of their digits.
fn number(format: Option<&str>) -> Scalar {
    match format {
        Some("int32" | "int64" | "uint64" | "uint32" | "integer") => integer(format, false),
        Some("decimal" | "decimal128") => Scalar::Decimal,
        _ => Scalar::F64,
    }
}

/// The formats that have a type. Others (`uri`, `email`, `time`, `decimal` …) stay strings: their rules are
/// looser in the world than on paper.
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

/// What a text of this format has to be and is not: the formats whose types refuse other texts.
pub(crate) fn form_fault(text: &str, format: &str) -> Option<&'static str> {
    match string(Some(format)) {
        Scalar::Uuid => (!is_uuid(text)).then_some("a UUID"),
        Scalar::Date => (!is_date(text)).then_some("a date (`2024-05-17`)"),
        Scalar::Timestamp => {
            (!is_timestamp(text)).then_some("a timestamp (`2024-05-17T08:30:00Z`)")
        }
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
    lengths == [4, 2, 2] && digits
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
            ("anything", "uri", true),
        ] {
            assert_eq!(form_fault(text, format).is_none(), fits, "{format}: {text}");
        }
    }
}
