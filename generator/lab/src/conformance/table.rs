//! What came of all calls.

use std::cmp::Ordering;
use std::fmt::Write as _;

use specwright::sample::Given;

use super::exceptions::{EXCEPTIONS, Exception, LEAST};
use super::seen::{Seen, Stage};

/// How much of what was said is shown, in characters.
const SHOWN: usize = 700;

/// A document at a server.
#[derive(Debug)]
pub(super) struct Row {
    /// The document.
    pub(super) document: String,
    /// The server.
    pub(super) server: &'static str,
    /// The calls of all operations; `Err` says why the server did not run.
    pub(super) calls: Result<Vec<Tried>, String>,
}

impl Row {
    /// Whether this is what an exception is about.
    fn ran(&self, exception: &Exception) -> bool {
        self.document == exception.document && self.server == exception.server && self.calls.is_ok()
    }
}

/// A call that was tried.
#[derive(Debug)]
pub(super) struct Tried {
    /// The operation's label.
    pub(super) operation: String,
    /// Which inputs it had.
    pub(super) given: Given,
    /// What came of it.
    pub(super) seen: Seen,
}

/// A row, counted.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    operations: usize,
    calls: usize,
    sent: usize,
    accepted: usize,
    decoded: usize,
    own: usize,
    excepted: usize,
    wrong: usize,
}

/// The table, what is wrong below it, and whether nothing is. Calls that are missing are wrong where the suites ran as
/// a whole.
pub(super) fn table(rows: &[Row], whole: bool) -> (String, bool) {
    let (mut text, mut well) = judged(rows, EXCEPTIONS);
    if whole {
        let (totals, complete) = totals(rows, LEAST);
        text.push_str(&totals);
        well &= complete;
    }
    (text, well)
}

/// How many calls go well at the servers for which `least` says how many have to, and whether they are.
fn totals(rows: &[Row], least: &[(&str, usize)]) -> (String, bool) {
    let (mut text, mut well) = (String::new(), true);
    for (server, least) in least {
        let of_server = rows.iter().filter(|row| row.server == *server);
        let calls: Vec<_> = of_server
            .filter_map(|row| row.calls.as_ref().ok())
            .collect();
        if calls.is_empty() {
            continue;
        }
        let decoded = calls
            .into_iter()
            .flatten()
            .filter(|tried| tried.seen.is_well());
        let decoded = decoded.count();
        let note = match decoded.cmp(least) {
            Ordering::Less => format!(", {least} were before"),
            Ordering::Equal => String::new(),
            Ordering::Greater => format!("; write this into `LEAST` instead of {least}"),
        };
        let _ = writeln!(text, "\n{server}: {decoded} calls are right{note}");
        well &= decoded >= *least;
    }
    (text, well)
}

fn judged(rows: &[Row], exceptions: &[Exception]) -> (String, bool) {
    let mut text = format!(
        "{:<26} {:<7} {:>10} {:>5} {:>5} {:>9} {:>8} {:>4} {:>10} {:>6}\n",
        "document",
        "server",
        "operations",
        "calls",
        "sent",
        "accepted",
        "decoded",
        "own",
        "exceptions",
        "wrong"
    );
    let (mut below, mut used) = (String::new(), vec![false; exceptions.len()]);
    let mut well = true;
    for row in rows {
        let calls = match &row.calls {
            Ok(calls) => calls,
            Err(reason) => {
                let _ = writeln!(below, "\n{} at {}: {reason}", row.document, row.server);
                well = false;
                continue;
            }
        };
        let mut counts = Counts::default();
        for tried in calls {
            let seen = &tried.seen;
            let mut covering = exceptions.iter().enumerate().filter(|(_, exception)| {
                exception.covers(row.server, &row.document, &tried.operation, seen)
            });
            let excepted = (!seen.is_well()).then(|| covering.next()).flatten();
            counts.add(tried, excepted.is_some());
            match excepted {
                Some((at, _)) => used[at] = true,
                None if seen.is_well() => {}
                None => below.push_str(&complaint(row, tried)),
            }
        }
        well &= counts.wrong == 0;
        text.push_str(&line(row, &counts));
    }
    for (exception, used) in exceptions.iter().zip(used) {
        let operations = match exception.operations {
            [] => "all".to_owned(),
            some => some.join(", "),
        };
        let known = format!(
            "{} at {}: {operations}: {}",
            exception.document, exception.server, exception.reason
        );
        let ran = rows.iter().any(|row| row.ran(exception));
        if used {
            let _ = writeln!(below, "\nexcepted: {known}");
        } else if ran {
            let _ = writeln!(below, "\nthis exception is not needed any more: {known}");
            well = false;
        }
    }
    (text + &below, well)
}

impl Counts {
    fn add(&mut self, tried: &Tried, excepted: bool) {
        let seen = &tried.seen;
        self.operations += usize::from(tried.given == Given::Required);
        self.calls += 1;
        self.sent += usize::from(seen.stage > Stage::Unsent);
        self.accepted += usize::from(seen.stage >= Stage::Accepted);
        self.decoded += usize::from(seen.is_well());
        self.own += usize::from(seen.own);
        self.excepted += usize::from(excepted);
        self.wrong += usize::from(!seen.is_well() && !excepted);
    }
}

fn line(row: &Row, counts: &Counts) -> String {
    format!(
        "{:<26} {:<7} {:>10} {:>5} {:>5} {:>9} {:>8} {:>4} {:>10} {:>6}\n",
        row.document,
        row.server,
        counts.operations,
        counts.calls,
        counts.sent,
        counts.accepted,
        counts.decoded,
        counts.own,
        counts.excepted,
        counts.wrong
    )
}

fn complaint(row: &Row, tried: &Tried) -> String {
    let seen = &tried.seen;
    let inputs = match tried.given {
        Given::Required => "",
        Given::All => " with all inputs",
    };
    let what = match seen.stage {
        Stage::Unsent => "is not sent",
        Stage::Refused => "is refused",
        Stage::Accepted | Stage::Decoded => {
            "has a response that does not decode, or not the expected one"
        }
    };
    let said: String = seen.said.chars().take(SHOWN).collect();
    format!(
        "\n{} at {}: {}{inputs} {what}\n  {}\n",
        row.document,
        row.server,
        tried.operation,
        said.replace('\n', "\n  ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(stage: Stage, said: &str) -> Seen {
        Seen {
            stage,
            own: false,
            said: said.to_owned(),
        }
    }

    fn row(calls: Vec<(&str, Seen)>) -> Row {
        let calls = calls.into_iter();
        Row {
            document: "pets".to_owned(),
            server: "prism",
            calls: Ok(calls
                .map(|(name, seen)| Tried {
                    operation: name.to_owned(),
                    given: Given::Required,
                    seen,
                })
                .collect()),
        }
    }

    const KNOWN: Exception = Exception {
        server: "prism",
        document: "pets",
        operations: &["pets.list"],
        said: "must be a list",
        reason: "it is one",
    };

    #[test]
    fn what_is_refused_is_wrong_unless_it_is_a_known_exception() {
        let refused = || {
            row(vec![(
                "pets.list",
                seen(Stage::Refused, "tags must be a list"),
            )])
        };
        assert!(!judged(&[refused()], &[]).1);
        assert!(judged(&[refused()], &[KNOWN]).1);
        assert!(
            !judged(
                &[row(vec![(
                    "pets.get",
                    seen(Stage::Refused, "must be a list")
                )])],
                &[KNOWN]
            )
            .1
        );
    }

    #[test]
    fn an_exception_that_nothing_needs_is_wrong() {
        let (text, well) = judged(
            &[row(vec![("pets.list", seen(Stage::Decoded, ""))])],
            &[KNOWN],
        );
        assert!(!well && text.contains("not needed any more"), "{text}");
        assert!(
            judged(&[], &[KNOWN]).1,
            "a document that did not run shows nothing"
        );
    }

    #[test]
    fn fewer_calls_than_before_are_wrong() {
        let right = || ("pets.list", seen(Stage::Decoded, ""));
        let wrong = ("pets.get", seen(Stage::Refused, "no"));
        let rows = [row(vec![right(), wrong]), row(vec![right()])];
        let judged = |least| totals(&rows, &[("prism", least)]);
        assert!(judged(2).1 && judged(1).1);
        let (text, well) = judged(3);
        assert!(
            !well && text.contains("prism: 2 calls are right, 3 were before"),
            "{text}"
        );
        assert!(
            totals(&rows, &[("steady", 1)]).1,
            "a server that did not run shows nothing"
        );
    }

    #[test]
    fn a_server_that_does_not_start_is_wrong() {
        let row = Row {
            document: "pets".to_owned(),
            server: "steady",
            calls: Err("does not start: no".to_owned()),
        };
        assert!(!judged(&[row], &[]).1);
    }
}
