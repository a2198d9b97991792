//! The result of a call.

use serde::Deserialize;
use serde_json::Value;

/// How far a call got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// No request was sent.
    Unsent,
    /// The server rejected the request.
    Refused,
    /// The server accepted the request.
    Accepted,
    /// The response was decoded.
    Decoded,
}

/// The result of a call.
#[derive(Debug)]
pub(super) struct Seen {
    /// How far the call got.
    pub(super) stage: Stage,
    /// Whether the server rejected its own response, so that the call was repeated.
    pub(super) own: bool,
    /// The message, if anything went wrong.
    pub(super) message: String,
}

/// What a program reports of a call.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Report {
    /// `decoded`, or the kind of the error.
    kind: String,
    status: Option<u16>,
    /// The violations that Prism reports, in the request or its own response.
    violations: Option<String>,
    text: String,
    body: String,
    /// Whether the call ended as the suite expects.
    expected: bool,
    /// Whether the call was repeated for another response.
    again: bool,
}

impl From<Report> for Seen {
    fn from(report: Report) -> Self {
        let violations = report.violations.as_deref();
        let of_request = violations.is_some_and(is_of_request);
        let own = violations.is_some() && !of_request;
        let responded = report.expected || report.status.is_some_and(|status| status < 400);
        let stage = match &*report.kind {
            "panic" | "config" | "request" | "auth" | "connect" => Stage::Unsent,
            _ if of_request || !(responded || own) => Stage::Refused,
            "decoded" => Stage::Decoded,
            _ => Stage::Accepted,
        };
        let message = [&report.text, violations.unwrap_or_default(), &report.body];
        Self {
            stage,
            own: own || report.again,
            message: message.join("\n").trim().to_owned(),
        }
    }
}

impl Seen {
    /// Returns the result of a call that is not made, with the reason.
    pub(super) fn unsent(reason: impl Into<String>) -> Self {
        Self {
            stage: Stage::Unsent,
            own: false,
            message: reason.into(),
        }
    }

    /// Whether the call succeeded.
    pub(super) fn is_well(&self) -> bool {
        self.stage == Stage::Decoded
    }
}

/// Whether any violation is in the request.
fn is_of_request(violations: &str) -> bool {
    let found: Vec<Value> = serde_json::from_str(violations).unwrap_or_default();
    found.is_empty() || found.iter().any(|one| one["location"][0] == "request")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    #[test]
    fn a_violation_of_the_request_is_a_refusal() {
        let of = |part: &str| json!([{ "location": [part, "body"] }]).to_string();
        let read = |status: u16, kind: &str, violations: Option<String>| {
            let report = json!({ "kind": kind, "status": status, "violations": violations });
            Seen::from(from_value::<Report>(report).unwrap())
        };
        assert_eq!(read(200, "decoded", None).stage, Stage::Decoded);
        assert_eq!(read(200, "decode", None).stage, Stage::Accepted);
        for refused in [
            read(422, "status", Some(of("request"))),
            read(200, "decoded", Some(of("request"))),
            read(404, "status", None),
        ] {
            assert_eq!(refused.stage, Stage::Refused);
        }
        let own = read(500, "status", Some(of("response")));
        assert!(own.stage == Stage::Accepted && own.own);
        let report = json!({ "kind": "panic", "text": "no value" });
        let unsent = Seen::from(from_value::<Report>(report).unwrap());
        assert!(unsent.stage == Stage::Unsent && unsent.message == "no value");
    }
}
