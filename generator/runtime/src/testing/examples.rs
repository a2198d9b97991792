//! What the tests that are generated from a description's examples are made of.

use std::future::IntoFuture;

use serde_json::Value;

use super::{Reply, TestTransport, block_on};
use crate::codec::{Decode, Encode, from_json, to_json};

/// The value of this JSON text.
///
/// # Panics
/// The text is not JSON of this type.
#[track_caller]
pub fn value<T: Decode>(json: &str) -> T {
    match from_json(json.as_bytes()) {
        Ok(value) => value,
        Err(error) => panic!("the example does not decode: {error}\n{json}"),
    }
}

/// Decodes an example and encodes it again: it must come out as it went in, null members aside.
///
/// # Panics
/// The text is not JSON of this type, or comes out changed.
#[track_caller]
pub fn round_trip<T: Decode + Encode>(json: &str) {
    let again = without_nulls(parsed(&to_json(&value::<T>(json))));
    let before = without_nulls(parsed(json.as_bytes()));
    assert_eq!(again, before, "the example came out changed");
}

/// Sends a call and compares what was sent with the description's example; `body` is JSON text.
///
/// # Panics
/// The method or the body differs, or nothing was sent.
#[track_caller]
pub fn sends<C: IntoFuture>(transport: &TestTransport, call: C, method: &str, body: Option<&str>) {
    transport.reply(Reply::status(204));
    // Whether the empty answer suits the call does not matter here.
    let _ = block_on(call);
    let requests = transport.requests();
    let request = requests.first().expect("the call was not sent");
    assert_eq!(request.method().as_str(), method);
    if let Some(body) = body {
        assert_eq!(
            parsed(request.body()),
            parsed(body.as_bytes()),
            "another body was sent"
        );
    }
}

#[track_caller]
fn parsed(json: &[u8]) -> Value {
    match serde_json::from_slice(json) {
        Ok(value) => value,
        Err(error) => panic!("no JSON: {error}\n{}", String::from_utf8_lossy(json)),
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(
                kept.map(|(name, value)| (name, without_nulls(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        scalar => scalar,
    }
}
