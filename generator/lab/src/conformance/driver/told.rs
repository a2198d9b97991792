//! What is told of a call, as JSON.

use api::{Error, HeaderMap};
use serde_json::{Value, json};

/// How much of a body is told, in characters.
const SHOWN: usize = 4000;

/// What is told of a call that failed.
pub(crate) fn failed(error: &Error) -> Value {
    let body: String = String::from_utf8_lossy(error.body())
        .chars()
        .take(SHOWN)
        .collect();
    json!({
        "kind": error.kind().as_str(),
        "status": error.status().map(|status| status.as_u16()),
        "violations": violations(error.headers()),
        "text": error.to_string(),
        "body": body,
    })
}

/// What the server found wrong with request or answer, in its own words.
pub(crate) fn violations(headers: &HeaderMap) -> Option<String> {
    let text = headers.get("sl-violations")?;
    Some(String::from_utf8_lossy(text.as_bytes()).into_owned())
}
