//! The table of all results.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use specwright::internals::sample::Given;

use super::exceptions::{Exception, Expectations};
use super::seen::{Seen, Stage};
use crate::table::aligned;

/// The maximum length of a message.
const SHOWN: usize = 700;
const HEAD: [&str; 9] = [
    "document",
    "operations",
    "calls",
    "sent",
    "accepted",
    "decoded",
    "own",
    "exceptions",
    "wrong",
];

/// The results of a document at a server.
#[derive(Debug)]
pub(super) struct Row {
    /// The document.
    pub(super) document: String,
    /// The server.
    pub(super) server: &'static str,
    /// The calls of all operations, or the reason why the server did not run.
    pub(super) calls: Result<Vec<Call>, String>,
}

/// A call and its result.
#[derive(Debug)]
pub(super) struct Call {
    /// The label of the operation.
    pub(super) operation: String,
    /// The inputs of the call.
    pub(super) given: Given,
    /// The result.
    pub(super) seen: Seen,
}

/// Returns the table with the failures below it, and whether all passed. If complete suites ran, fewer passing calls
/// than before are a failure.
pub(super) fn table(rows: &[Row], expectations: &Expectations, whole: bool) -> (String, bool) {
    let (mut text, mut well) = judged(rows, &expectations.exceptions);
    if whole {
        for (server, least) in &expectations.least {
            well &= total(rows, server, *least, &mut text);
        }
    }
    (text, well)
}

/// Writes the number of calls that pass at a server, and returns whether there are at least `least`.
fn total(rows: &[Row], server: &str, least: usize, text: &mut String) -> bool {
    let calls = rows.iter().filter(|row| row.server == server);
    let calls: Vec<&Call> = calls
        .filter_map(|row| row.calls.as_ref().ok())
        .flatten()
        .collect();
    if calls.is_empty() {
        return true;
    }
    let decoded = calls.iter().filter(|call| call.seen.is_well()).count();
    let note = match decoded.cmp(&least) {
        Ordering::Less => format!(", {least} were before"),
        Ordering::Equal => String::new(),
        Ordering::Greater => format!("; write this into `exceptions.yaml` instead of {least}"),
    };
    let _ = writeln!(text, "\n{server}: {decoded} calls are right{note}");
    decoded >= least
}

fn judged(rows: &[Row], exceptions: &[Exception]) -> (String, bool) {
    let mut table = vec![HEAD.map(str::to_owned).to_vec()];
    let (mut below, mut used, mut well) = (String::new(), BTreeSet::new(), true);
    for row in rows {
        let name = format!("{} at {}", row.document, row.server);
        let calls = match &row.calls {
            Ok(calls) => calls,
            Err(reason) => {
                let _ = writeln!(below, "\n{name}: {reason}");
                well = false;
                continue;
            }
        };
        let (mut excepted, mut wrong) = (0, 0);
        for call in calls.iter().filter(|call| !call.seen.is_well()) {
            let covering = exceptions.iter().position(|exception| {
                exception.is_about(&row.document, row.server)
                    && exception.covers(&call.operation, &call.seen)
            });
            if let Some(at) = covering {
                used.insert(at);
                excepted += 1;
            } else {
                below.push_str(&complaint(&name, call));
                wrong += 1;
            }
        }
        well &= wrong == 0;
        let count = |holds: fn(&Call) -> bool| calls.iter().filter(|call| holds(call)).count();
        let counts = [
            count(|call| call.given == Given::Required),
            calls.len(),
            count(|call| call.seen.stage > Stage::Unsent),
            count(|call| call.seen.stage >= Stage::Accepted),
            count(|call| call.seen.is_well()),
            count(|call| call.seen.own),
            excepted,
            wrong,
        ];
        table.push(
            [name]
                .into_iter()
                .chain(counts.map(|count| count.to_string()))
                .collect(),
        );
    }
    for (at, exception) in exceptions.iter().enumerate() {
        let Exception {
            server,
            document,
            operations,
            reason,
            ..
        } = exception;
        let all = operations.is_empty();
        let operations = if all {
            "all".to_owned()
        } else {
            operations.join(", ")
        };
        let known = format!("{document} at {server}: {operations}: {reason}");
        let ran = |row: &Row| exception.is_about(&row.document, row.server) && row.calls.is_ok();
        if used.contains(&at) {
            let _ = writeln!(below, "\nexcepted: {known}");
        } else if rows.iter().any(ran) {
            let _ = writeln!(below, "\nthis exception is no longer needed: {known}");
            well = false;
        }
    }
    (aligned(&table) + &below, well)
}

fn complaint(name: &str, call: &Call) -> String {
    let inputs = match call.given {
        Given::Required => "",
        Given::All => " with all inputs",
    };
    let what = match call.seen.stage {
        Stage::Unsent => "is not sent",
        Stage::Refused => "is rejected",
        Stage::Accepted | Stage::Decoded => {
            "has a response that does not decode, or not the expected one"
        }
    };
    let message: String = call.seen.message.chars().take(SHOWN).collect();
    let message = message.replace('\n', "\n  ");
    format!("\n{name}: {}{inputs} {what}\n  {message}\n", call.operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(name: &str, stage: Stage, message: &str) -> Call {
        Call {
            operation: name.to_owned(),
            given: Given::Required,
            seen: Seen {
                stage,
                own: false,
                message: message.to_owned(),
            },
        }
    }

    fn row(calls: Vec<Call>) -> Row {
        Row {
            document: "pets".to_owned(),
            server: "prism",
            calls: Ok(calls),
        }
    }

    fn known() -> [Exception; 1] {
        [Exception {
            server: "prism".to_owned(),
            document: "pets".to_owned(),
            operations: vec!["pets.list".to_owned()],
            message: "must be an array".to_owned(),
            reason: "it is one".to_owned(),
        }]
    }

    #[test]
    fn a_rejected_call_is_wrong_unless_it_is_a_known_exception() {
        let rejected = |name| {
            [row(vec![call(
                name,
                Stage::Refused,
                "tags must be an array",
            )])]
        };
        assert!(!judged(&rejected("pets.list"), &[]).1);
        assert!(judged(&rejected("pets.list"), &known()).1);
        assert!(!judged(&rejected("pets.get"), &known()).1);
    }

    #[test]
    fn an_exception_that_nothing_needs_is_wrong() {
        let (text, well) = judged(
            &[row(vec![call("pets.list", Stage::Decoded, "")])],
            &known(),
        );
        assert!(!well && text.contains("no longer needed"), "{text}");
        assert!(
            judged(&[], &known()).1,
            "a document that did not run shows nothing"
        );
    }

    #[test]
    fn fewer_calls_than_before_are_wrong() {
        let right = || call("pets.list", Stage::Decoded, "");
        let wrong = call("pets.get", Stage::Refused, "no");
        let rows = [row(vec![right(), wrong]), row(vec![right()])];
        let mut text = String::new();
        assert!(total(&rows, "prism", 2, &mut text) && total(&rows, "prism", 1, &mut text));
        assert!(!total(&rows, "prism", 3, &mut text));
        assert!(
            text.contains("prism: 2 calls are right, 3 were before"),
            "{text}"
        );
        assert!(
            total(&rows, "steady", 1, &mut text),
            "a server that did not run shows nothing"
        );
    }

    #[test]
    fn a_server_that_does_not_start_is_wrong() {
        let calls = Err("does not start: no".to_owned());
        assert!(
            !judged(
                &[Row {
                    calls,
                    ..row(Vec::new())
                }],
                &[]
            )
            .1
        );
    }
}
