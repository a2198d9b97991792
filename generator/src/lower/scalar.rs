//! Scalars: what a `type` with its `format` becomes.

use crate::document::SimpleType;
use crate::model::Scalar;

/// The scalar of a simple type; `None` for null, arrays and objects.
pub(super) fn scalar(
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
/// are taken at their word.
fn number(format: Option<&str>) -> Scalar {
    match format {
        Some("int32" | "int64" | "uint64" | "uint32" | "integer") => integer(format, false),
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
