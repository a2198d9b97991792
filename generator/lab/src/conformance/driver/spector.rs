//! Makes the calls of scenarios and tells of each, a line of JSON, how it went. `cargo lab conformance` writes this
//! program, and `calls.rs` beside it.

mod calls;
mod told;

use std::process::ExitCode;
use std::time::Duration;

use api::Timestamp;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

/// How long one call may take.
const LONGEST: Duration = Duration::from_secs(30);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let base = std::env::args().nth(1).unwrap_or_default();
    std::panic::set_hook(Box::new(|_| {}));
    match calls::run(&base).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes a call of a scenario, whose response has to have this status.
#[macro_export]
macro_rules! attempt {
    ($scenario:expr, $status:expr, $read:ident, $client:ident, $call:expr) => {
        let own = $client.clone();
        let made = tokio::spawn(async move {
            let $client = &own;
            $crate::$read!($call)
        });
        $crate::tell($scenario, $status, made).await;
    };
}

/// Sends a call and reads its response.
#[macro_export]
macro_rules! whole {
    ($call:expr) => {
        match $call.send().await {
            Ok(response) => $crate::decoded(response.status().as_u16()),
            Err(error) => $crate::told::failed(&error),
        }
    };
}

/// Sends a call, reads its response, and compares the value with the body.
#[macro_export]
macro_rules! equal {
    ($call:expr) => {
        match $call.send().await {
            Ok(response) => {
                let value = serde_json::to_value(response.value()).unwrap_or_default();
                $crate::compared(response.status().as_u16(), response.body(), &value)
            }
            Err(error) => $crate::told::failed(&error),
        }
    };
}

/// Sends a call and reads the stream that it gives.
#[macro_export]
macro_rules! items {
    ($call:expr) => {
        match $call.send().await {
            Ok(response) => {
                let mut seen = $crate::decoded(response.status().as_u16());
                let mut stream = response.into_value();
                while let Some(item) = stream.next().await {
                    if let Err(error) = item {
                        seen = $crate::told::failed(&error);
                        break;
                    }
                }
                seen
            }
            Err(error) => $crate::told::failed(&error),
        }
    };
}

fn decoded(status: u16) -> Value {
    json!({ "kind": "decoded", "status": status })
}

fn compared(status: u16, body: &[u8], value: &Value) -> Value {
    let sent: Value = serde_json::from_slice(body).unwrap_or_default();
    if is_same(&sent, value) {
        return decoded(status);
    }
    json!({ "kind": "unexpected", "status": status, "text": format!("{sent} became {value}") })
}

/// Whether two values mean the same: members that are null are absent, and numbers and times have several forms.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let keys = one.keys().chain(other.keys());
            keys.into_iter().all(|key| {
                let of = |map: &serde_json::Map<String, Value>| map.get(key).cloned().unwrap_or_default();
                is_same(&of(one), &of(other))
            })
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

/// Tells that a call was not made.
#[allow(dead_code, reason = "an input may have a value in every call")]
pub(crate) fn unsent(scenario: &str, reason: &str) {
    let seen = json!({ "kind": "request", "text": reason });
    println!("{}", json!({ "scenario": scenario, "seen": { "first": seen } }));
}

/// Tells how a call went.
async fn tell(scenario: &str, status: u16, made: JoinHandle<Value>) {
    let mut seen = match tokio::time::timeout(LONGEST, made).await {
        Ok(Ok(seen)) => seen,
        Ok(Err(error)) => json!({ "kind": "panic", "text": panicked(error) }),
        Err(_) => json!({ "kind": "timeout", "text": "it took too long" }),
    };
    match seen["status"].as_u64() {
        Some(got) if got != u64::from(status) => {
            let text = format!("status {got} instead of {status}: {}", seen["text"]);
            seen = json!({ "kind": "unexpected", "status": got, "text": text, "body": seen["body"] });
        }
        Some(_) if status >= 400 && seen["kind"] == "status" => {
            seen = json!({ "kind": "decoded", "expected": true });
        }
        _ => {}
    }
    println!("{}", json!({ "scenario": scenario, "seen": { "first": seen } }));
}

fn panicked(error: tokio::task::JoinError) -> String {
    let Ok(panic) = error.try_into_panic() else {
        return "the task was cancelled".to_owned();
    };
    let text = panic.downcast_ref::<String>().cloned();
    text.unwrap_or_else(|| "it panicked".to_owned())
}
