//! Calls every operation of a generated client and tells of each, a line of JSON, how it went. `cargo lab conformance`
//! writes this program, and `calls.rs` beside it.

mod calls;
mod told;

use std::process::ExitCode;
use std::time::Duration;

use api::Response;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

/// How long one call may take.
const LONGEST: Duration = Duration::from_secs(60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let base = std::env::args().nth(1).unwrap_or_default();
    let from = std::env::args().nth(2).and_then(|from| from.parse().ok());
    std::panic::set_hook(Box::new(|_| {}));
    match calls::client(&base) {
        Ok(client) => {
            calls::run(&client, from.unwrap_or(0)).await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes a call; and where the server only refuses an answer of its own making, asks it for another one.
#[macro_export]
macro_rules! attempt {
    ($at:expr, $from:ident, $read:ident, $client:ident, $call:expr) => {
        if $at >= $from {
            let $client = $client.clone();
            let made = tokio::spawn(async move {
                let $client = &$client;
                let first = $crate::$read!($call);
                let mut again = None;
                // Its other answers are random, and not each is right.
                for _ in 0..8 {
                    if !$crate::is_own_fault(again.as_ref().unwrap_or(&first)) {
                        break;
                    }
                    again = Some($crate::$read!($call.with_header("prefer", "dynamic=true")));
                }
                if again.is_some() {
                    return serde_json::json!({ "first": first, "again": again });
                }
                serde_json::json!({ "first": first })
            });
            if !$crate::tell($at, made).await {
                return;
            }
        }
    };
}

/// Sends a call and reads its answer.
#[macro_export]
macro_rules! whole {
    ($call:expr) => {
        match $call.send().await {
            Ok(response) => $crate::decoded(&response),
            Err(error) => $crate::told::failed(&error),
        }
    };
}

/// Sends a call and reads the beginning of the stream that it gives.
#[macro_export]
macro_rules! items {
    ($call:expr) => {
        match $call.send().await {
            Ok(response) => {
                let mut seen = $crate::decoded(&response);
                let mut stream = response.into_value();
                // A mock may send items for ever.
                for _ in 0..20 {
                    match stream.next().await {
                        Some(Ok(_)) => {}
                        Some(Err(error)) => {
                            seen = $crate::told::failed(&error);
                            break;
                        }
                        None => break,
                    }
                }
                seen
            }
            Err(error) => $crate::told::failed(&error),
        }
    };
}

fn decoded<T>(response: &Response<T>) -> Value {
    json!({
        "kind": "decoded",
        "status": response.status().as_u16(),
        "violations": told::violations(response.headers()),
    })
}

/// Whether all that the server refuses is an answer of its own making, or it fails to make one.
fn is_own_fault(seen: &Value) -> bool {
    let found = seen["violations"].as_str().unwrap_or_default();
    let found: Vec<Value> = serde_json::from_str(found).unwrap_or_default();
    let own = |violation: &Value| violation["location"][0] == "response";
    let fails = seen["body"].as_str().is_some_and(|body| body.contains("prism/errors#UNKNOWN"));
    fails || (!found.is_empty() && found.iter().all(own))
}

/// Tells what came of a call; `false` where the server is gone, or may be: a call that
/// did not get through is not told of.
async fn tell(at: usize, made: JoinHandle<Value>) -> bool {
    let seen = match tokio::time::timeout(LONGEST, made).await {
        Ok(Ok(seen)) => seen,
        Ok(Err(error)) => json!({ "first": { "kind": "panic", "text": panicked(error) } }),
        Err(_) => json!({ "first": { "kind": "timeout", "text": "it took too long" } }),
    };
    let gone = seen["first"]["kind"] == "connect";
    if !gone {
        println!("{}", json!({ "at": at, "seen": seen }));
    }
    // After a connection that broke, the server may be about to end.
    !gone && seen["first"]["kind"] != "io"
}

fn panicked(error: tokio::task::JoinError) -> String {
    let Ok(panic) = error.try_into_panic() else {
        return "the task was cancelled".to_owned();
    };
    panic
        .downcast_ref::<String>()
        .cloned()
        .unwrap_or_else(|| "it panicked".to_owned())
}
