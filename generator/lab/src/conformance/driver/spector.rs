//! The functions for the calls of scenarios.

use api::{Response, Timestamp};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::report;

/// Makes a call of a scenario, whose response has to have this status code.
#[macro_export]
macro_rules! attempt {
    ($scenario:expr, $status:expr, $read:ident, $client:ident, $call:expr) => {
        let own = $client.clone();
        let made = tokio::spawn(async move {
            let $client = &own;
            $crate::$read!($call)
        });
        $crate::suite::report($scenario, $status, made).await;
    };
}

/// Sends a call, reads its response, and compares the value with the body.
#[macro_export]
macro_rules! equal {
    ($call:expr) => {
        match $call.send().await {
            Ok(response) => {
                let value = serde_json::to_value(response.value()).unwrap_or_default();
                $crate::suite::compared(&response, &value)
            }
            Err(error) => $crate::report::failed(&error),
        }
    };
}

/// Returns the report of a response whose value should be equal to its body.
pub(crate) fn compared<T>(response: &Response<T>, value: &Value) -> Value {
    let mut seen = report::decoded(response);
    let sent: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    if !is_same(&sent, value) {
        seen["kind"] = "unexpected".into();
        seen["text"] = format!("{sent} became {value}").into();
    }
    seen
}

/// Whether two values are equivalent: a null property is absent, and numbers and times have several formats.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let of = |map: &serde_json::Map<String, Value>, key: &str| map.get(key).cloned().unwrap_or_default();
            let mut keys = one.keys().chain(other.keys());
            keys.all(|key| is_same(&of(one, key), &of(other, key)))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::String(one), Value::String(other)) => {
            let times = (one.parse::<Timestamp>(), other.parse::<Timestamp>());
            one == other || matches!(times, (Ok(one), Ok(other)) if one == other)
        }
        (one, other) => one == other,
    }
}

/// Reports that a call is not made.
#[allow(dead_code, reason = "every call may have all its inputs")]
pub(crate) fn unsent(scenario: &str, reason: &str) {
    report::print(scenario, &json!({ "kind": "request", "text": reason }));
}

/// Reports a call.
pub(crate) async fn report(scenario: &str, status: u16, made: JoinHandle<Value>) {
    let mut seen = report::joined(made).await;
    match seen["status"].as_u64() {
        Some(got) if got != u64::from(status) => {
            let text = format!("status {got} instead of {status}: {}", seen["text"]);
            seen["kind"] = "unexpected".into();
            seen["text"] = text.into();
        }
        Some(_) if status >= 400 && seen["kind"] == "status" => {
            seen = json!({ "kind": "decoded", "expected": true });
        }
        _ => {}
    }
    report::print(scenario, &seen);
}
