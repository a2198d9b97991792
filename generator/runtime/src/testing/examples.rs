//! The functions that generated tests call.

use std::future::IntoFuture;

use serde_json::Value;

use super::{TestResponse, TestTransport, block_on};
use crate::codec::direction::to_response_json;
use crate::codec::{Decode, Encode, from_json, to_json};
use crate::error::Error;

/// Decodes an example.
///
/// # Panics
/// The JSON does not match the type.
#[track_caller]
pub fn value<T: Decode>(json: &str) -> T {
    match from_json(json.as_bytes()) {
        Ok(value) => value,
        Err(error) => panic!("the example does not decode: {error}\n{json}"),
    }
}

/// Decodes an example whose other properties are values of their own types.
///
/// # Panics
/// The JSON is not an object, or does not match the type.
#[track_caller]
pub fn value_of<T: Decode>(json: &str, parts: &[(&str, &dyn Encode)]) -> T {
    let mut text = json
        .trim_end()
        .strip_suffix('}')
        .unwrap_or(json)
        .trim_end()
        .to_owned();
    for (name, part) in parts {
        if !text.ends_with('{') {
            text.push(',');
        }
        text.push_str(&Value::from(*name).to_string());
        text.push(':');
        text.push_str(&String::from_utf8_lossy(&to_response_json(*part)));
    }
    value(&(text + "}"))
}

/// Decodes an example and encodes it again. The JSON must be the same, except for null properties.
///
/// # Panics
/// The JSON does not match the type, or has changed.
#[track_caller]
pub fn round_trip<T: Decode + Encode>(json: &str) {
    let again = comparable(parsed(&to_json(&value::<T>(json))), Nulls::Dropped);
    let before = comparable(parsed(json.as_bytes()), Nulls::Dropped);
    assert_eq!(again, before, "the example has changed");
}

/// Sends a call and compares the request with the example in the description; `body` is JSON.
///
/// # Panics
/// The method or the body differs, or nothing was sent.
#[track_caller]
pub fn sends<C, T>(transport: &TestTransport, call: C, method: &str, body: Option<&str>)
where
    C: IntoFuture<Output = Result<T, Error>>,
{
    transport.respond(TestResponse::status(204));
    // The error is shown only if nothing was sent: the empty response does not match every call.
    let error = block_on(call).err();
    let requests = transport.requests();
    let Some(request) = requests.first() else {
        let why = error.map_or_else(String::new, |error| error.to_string());
        panic!("the call was not sent: {why}");
    };
    assert_eq!(request.method().as_str(), method);
    if let Some(body) = body {
        assert_eq!(
            comparable(parsed(request.body()), Nulls::Kept),
            comparable(parsed(body.as_bytes()), Nulls::Kept),
            "another body was sent"
        );
    }
}

#[track_caller]
fn parsed(json: &[u8]) -> Value {
    match serde_json::from_slice(json) {
        Ok(value) => value,
        Err(error) => panic!("invalid JSON: {error}\n{}", String::from_utf8_lossy(json)),
    }
}

/// How null properties are compared.
#[derive(Clone, Copy, PartialEq)]
enum Nulls {
    Kept,
    Dropped,
}

/// Normalizes a value for the comparison: `15` equals `15.0`.
fn comparable(value: Value, nulls: Nulls) -> Value {
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Number(number), Value::from),
        Value::Object(properties) => {
            let kept = properties.into_iter();
            let kept = kept.filter(|(_, value)| nulls == Nulls::Kept || !value.is_null());
            let kept = kept.map(|(name, value)| (name, comparable(value, nulls)));
            Value::Object(kept.collect())
        }
        Value::Array(items) => {
            let items = items.into_iter();
            Value::Array(items.map(|item| comparable(item, nulls)).collect())
        }
        scalar => scalar,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{value, value_of};
    use crate::value::Json;

    #[test]
    fn parts_are_properties_of_the_value() {
        let numbers = vec![1_i64];
        let part: Json = value_of("{}", &[("n\"", &numbers)]);
        assert_eq!(part, json!({ "n\"": [1] }));
        let whole: Json = value_of("{\n  \"a\": {}\n}", &[("b", &part), ("c", &true)]);
        assert_eq!(whole, json!({ "a": {}, "b": part, "c": true }));
        assert_eq!(value_of::<Json>("{}", &[]), value::<Json>("{}"));
    }
}
