//! Makes calls and reports their results as JSON.
#![allow(dead_code, reason = "no suite uses all of it")]

use std::time::Duration;

use api::{Error, HeaderMap, Response};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

/// The maximum time for one call.
const LONGEST: Duration = Duration::from_secs(60);
/// The maximum number of characters of a body that are reported.
const SHOWN: usize = 4000;

/// Sends a call and reads its response.
#[macro_export]
macro_rules! whole {
    ($call:expr) => {
        match $call.send().await {
            Ok(response) => $crate::report::decoded(&response),
            Err(error) => $crate::report::failed(&error),
        }
    };
}

/// Sends a call and reads the beginning of its stream.
#[macro_export]
macro_rules! items {
    ($call:expr) => {
        match $call.send().await {
            Ok(response) => {
                let mut seen = $crate::report::decoded(&response);
                let mut stream = response.into_value();
                // A mock server can send items without end.
                for _ in 0..20 {
                    let Some(item) = stream.next().await else { break };
                    if let Err(error) = item {
                        seen = $crate::report::failed(&error);
                        break;
                    }
                }
                seen
            }
            Err(error) => $crate::report::failed(&error),
        }
    };
}

/// Returns the report of a response that was decoded.
pub(crate) fn decoded<T>(response: &Response<T>) -> Value {
    json!({
        "kind": "decoded",
        "status": response.status().as_u16(),
        "violations": violations(response.headers()),
    })
}

/// Returns the report of a call that failed.
pub(crate) fn failed(error: &Error) -> Value {
    let body: String = String::from_utf8_lossy(error.body()).chars().take(SHOWN).collect();
    json!({
        "kind": error.kind().as_str(),
        "status": error.status().map(|status| status.as_u16()),
        "violations": violations(error.headers()),
        "text": error.to_string(),
        "body": body,
    })
}

/// Returns the violations that the server reports, in the request or in its own response.
fn violations(headers: &HeaderMap) -> Option<String> {
    let text = headers.get("sl-violations")?;
    Some(String::from_utf8_lossy(text.as_bytes()).into_owned())
}

/// Waits for a call in a separate task, so that a panic is reported and does not end the program.
pub(crate) async fn joined(made: JoinHandle<Value>) -> Value {
    match tokio::time::timeout(LONGEST, made).await {
        Ok(Ok(seen)) => seen,
        Ok(Err(error)) => json!({ "kind": "panic", "text": error.to_string() }),
        Err(_) => json!({ "kind": "timeout", "text": "it took too long" }),
    }
}

/// Prints the report of a call.
pub(crate) fn print(id: impl Into<Value>, seen: &Value) {
    println!("{}", json!({ "id": id.into(), "seen": seen }));
}
