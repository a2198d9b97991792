//! What came of a call.

use serde_json::Value;
use specwright::emit::SampleCall;

/// How far a call got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// No request went out.
    Unsent,
    /// The server found the request wrong.
    Refused,
    /// The server found it right.
    Accepted,
    /// And the answer was decoded.
    Decoded,
}

/// What came of a call, as the driver saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    /// How far it got.
    pub(super) stage: Stage,
    /// Whether the server found an answer of its own making wrong, and was asked for another one.
    pub(super) own: bool,
    /// What was said where anything went wrong.
    pub(super) said: String,
}

impl Seen {
    /// Of a call that the driver does not make.
    pub(super) fn of_unsent(call: &SampleCall) -> Self {
        let said = match &call.expression {
            Ok(_) => "the driver does not tell of it".to_owned(),
            Err(reason) => reason.clone(),
        };
        Self {
            stage: Stage::Unsent,
            own: false,
            said,
        }
    }

    /// Reads what the driver tells of a call.
    pub(super) fn read(told: &Value) -> Self {
        let again = told.get("again");
        let last = again.unwrap_or(&told["first"]);
        let kind = last["kind"].as_str().unwrap_or_default();
        let violations = last["violations"].as_str();
        let of_request = violations.is_some_and(is_of_request);
        let own = violations.is_some() && !of_request;
        let status = last["status"].as_u64();
        let expected = last["expected"].as_bool() == Some(true);
        let answered = expected || status.is_some_and(|status| status < 400);
        let unsent = ["panic", "config", "request", "auth", "connect"].contains(&kind);
        let stage = match kind {
            _ if unsent => Stage::Unsent,
            _ if of_request || !(answered || own) => Stage::Refused,
            "decoded" => Stage::Decoded,
            _ => Stage::Accepted,
        };
        let said = ["text", "violations", "body"].map(|key| last[key].as_str().unwrap_or_default());
        Self {
            stage,
            own: again.is_some() || own,
            said: said.join("\n").trim().to_owned(),
        }
    }

    /// Whether nothing is wrong.
    pub(super) fn is_well(&self) -> bool {
        self.stage == Stage::Decoded
    }
}

/// Whether any of the violations, as Prism lists them, is the request's.
fn is_of_request(violations: &str) -> bool {
    let found: Vec<Value> = serde_json::from_str(violations).unwrap_or_default();
    found.is_empty() || found.iter().any(|one| one["location"][0] == "request")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_violation_of_the_request_is_no_acceptance() {
        let of = |place: &str| json!([{ "location": [place, "body"] }]).to_string();
        let read = |status: u16, kind: &str, violations: Option<String>| {
            Seen::read(
                &json!({ "first": { "kind": kind, "status": status, "violations": violations } }),
            )
        };
        assert_eq!(read(200, "decoded", None).stage, Stage::Decoded);
        assert_eq!(read(200, "decode", None).stage, Stage::Accepted);
        let refused = [
            read(422, "status", Some(of("request"))),
            read(200, "decoded", Some(of("request"))),
            read(404, "status", None),
        ];
        assert!(refused.iter().all(|seen| seen.stage == Stage::Refused));
        let own = read(500, "status", Some(of("response")));
        assert!(own.stage == Stage::Accepted && own.own);
        let unsent = Seen::read(&json!({ "first": { "kind": "panic", "text": "no value" } }));
        assert!(unsent.stage == Stage::Unsent && unsent.said == "no value");
    }
}
