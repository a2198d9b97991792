//! The functions for the calls of every operation.

use serde_json::Value;
use tokio::task::JoinHandle;

use crate::report;

/// Makes a call, unless it precedes the first one to make. If the server rejects only its own response, the call is
/// repeated with another response.
#[macro_export]
macro_rules! attempt {
    ($at:expr, $read:ident, $client:ident, $call:expr) => {
        if $at >= $crate::suite::first() {
            let $client = $client.clone();
            let made = tokio::spawn(async move {
                let $client = &$client;
                let mut seen = $crate::$read!($call);
                // The other responses are random, and not all of them are valid.
                for _ in 0..8 {
                    if !$crate::suite::is_own_fault(&seen) {
                        break;
                    }
                    seen = $crate::$read!($call.with_header("prefer", "dynamic=true"));
                    seen["again"] = true.into();
                }
                seen
            });
            if !$crate::suite::report($at, made).await {
                return Ok(());
            }
        }
    };
}

/// Returns the number of the first call to make: the second argument.
pub(crate) fn first() -> usize {
    let first = std::env::args().nth(2);
    first.and_then(|first| first.parse().ok()).unwrap_or_default()
}

/// Whether the server rejects only its own response, or cannot create one.
pub(crate) fn is_own_fault(seen: &Value) -> bool {
    let found = seen["violations"].as_str().unwrap_or_default();
    let found: Vec<Value> = serde_json::from_str(found).unwrap_or_default();
    let own = |violation: &Value| violation["location"][0] == "response";
    let fails = seen["body"].as_str().is_some_and(|body| body.contains("prism/errors#UNKNOWN"));
    fails || (!found.is_empty() && found.iter().all(own))
}

/// Reports a call. Returns `false` if the server has ended or may be ending: a call that did not connect is repeated at
/// the next server.
pub(crate) async fn report(at: usize, made: JoinHandle<Value>) -> bool {
    let seen = report::joined(made).await;
    if seen["kind"] == "connect" {
        return false;
    }
    report::print(at, &seen);
    seen["kind"] != "io"
}
