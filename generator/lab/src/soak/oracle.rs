//! Checks whether a call ended according to the retry policy, from the requests that the server received.

use std::time::Duration;

use super::fault::{Fault, Kind, Wait};
use super::ledger::{Account, Arrival};

/// The maximum number of retries, as configured for the clients of a soak.
pub(super) const RETRIES: usize = 2;

/// The timeout of an attempt.
pub(super) const ATTEMPT: Duration = Duration::from_millis(1_500);

/// The total timeout of a call.
pub(super) const TOTAL: Duration = Duration::from_secs(12);

/// The maximum delay of a call after its deadline: more than a busy machine needs, and less than a call that hangs.
const LATE: Duration = Duration::from_secs(60);

/// The tolerance for differences between clocks.
const EARLY: Duration = Duration::from_millis(5);

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a value, and whether it belongs to this call.
    Value {
        own: bool,
        status: u16,
    },
    /// With an error of this status code.
    Status(u16),
    /// With a success that could not be decoded, and whether the error has the body.
    Decode {
        status: u16,
        kept: bool,
    },
    Redirect,
    TooLarge,
    /// With a lost connection.
    Broken,
    NoConnection,
    TimedOut,
    /// With another error.
    Other,
}

/// The information of the caller.
#[derive(Debug, Clone, Copy)]
pub(super) struct Observed {
    pub(super) kind: Kind,
    pub(super) ending: Ending,
    pub(super) attempts: usize,
    pub(super) elapsed: Duration,
    pub(super) maybe_applied: bool,
    pub(super) retry_after: Option<Duration>,
}

/// Checks a call.
///
/// # Errors
/// Returns the promise that the call broke.
pub(super) fn judge(observed: Observed, account: &Account) -> Result<(), String> {
    let arrivals = &account.arrivals;
    let redirects = arrivals.iter().filter(|one| redirects(one.fault)).count();
    if account.followed > redirects {
        return Err(format!(
            "{} redirects followed of {redirects}",
            account.followed
        ));
    }
    let lost = account.followed < redirects;
    check_attempts(observed, arrivals)?;
    for pair in arrivals.windows(2) {
        let [before, after] = pair else { continue };
        check_retry(observed.kind, before, after, lost)?;
    }
    check_effects(observed, account)?;
    check_ending(observed, arrivals, lost)?;
    check_time(observed)
}

/// Whether the client follows the fault by another request of the same attempt.
fn redirects(fault: Fault) -> bool {
    matches!(fault, Fault::Within | Fault::SeeOther)
}

/// Checks the number of attempts. A rejected credential allows one more.
fn check_attempts(observed: Observed, arrivals: &[Arrival]) -> Result<(), String> {
    let renewed = usize::from(arrivals.iter().any(|one| one.fault == Fault::Unauthorized));
    let allowed = 1 + RETRIES + renewed;
    if arrivals.len() > observed.attempts {
        return Err(format!(
            "{} requests came, and {} attempts were reported",
            arrivals.len(),
            observed.attempts
        ));
    }
    if observed.attempts > allowed {
        return Err(format!(
            "{} attempts where {allowed} are allowed",
            observed.attempts
        ));
    }
    Ok(())
}

/// Checks that the policy allows the request `after` after `before`, and that it was not too early. `lost` means that
/// the request that follows a redirect did not arrive.
fn check_retry(kind: Kind, before: &Arrival, after: &Arrival, lost: bool) -> Result<(), String> {
    let fault = before.fault;
    let unknown_result = before.timed_out || (lost && redirects(fault));
    let safe = unknown_result && kind.repeatable();
    if !safe && !may_follow(kind, fault) {
        return Err(format!("sent again after {fault:?}"));
    }
    if before.key != after.key {
        return Err("another idempotency key with another attempt".to_owned());
    }
    let gap = after.at.saturating_sub(before.at);
    if gap + EARLY < fault.wait() && !before.timed_out {
        return Err(format!("sent again {gap:?} after {fault:?}"));
    }
    Ok(())
}

/// Whether the policy allows another attempt after a fault.
fn may_follow(kind: Kind, fault: Fault) -> bool {
    match fault {
        Fault::Status {
            wait: Wait::Hour, ..
        } => false,
        Fault::Unauthorized | Fault::Status { code: 429, .. } => true,
        Fault::Status {
            code: 503, wait, ..
        } => kind.repeatable() || wait != Wait::Unsaid,
        Fault::Status { .. }
        | Fault::Reset
        | Fault::ResetLate
        | Fault::Silent
        | Fault::Cut
        | Fault::Stalled => kind.repeatable(),
        _ => false,
    }
}

/// Whether the server performed a call more than once, although it should do so once.
pub(super) fn is_duplicate(kind: Kind, account: &Account) -> bool {
    let acted = account.arrivals.iter().filter(|one| one.acted).count();
    acted > 1 && matches!(kind, Kind::Post | Kind::Keyed)
}

/// Checks that a call that is not idempotent is performed at most once, and that the error of a performed call reports
/// that it may have been performed.
fn check_effects(observed: Observed, account: &Account) -> Result<(), String> {
    let arrivals = &account.arrivals;
    let acted = arrivals.iter().filter(|one| one.acted).count();
    if is_duplicate(observed.kind, account) {
        return Err(format!("done {acted} times"));
    }
    let failed = !matches!(observed.ending, Ending::Value { .. });
    if failed && acted > 0 && observed.kind.writes() && !observed.maybe_applied {
        return Err("done, and the error says that it was not".to_owned());
    }
    Ok(())
}

fn check_ending(observed: Observed, arrivals: &[Arrival], lost: bool) -> Result<(), String> {
    if let Ending::Value { own: false, .. } = observed.ending {
        return Err("the value is that of another call".to_owned());
    }
    let broken = matches!(observed.ending, Ending::Broken | Ending::NoConnection);
    let timed_out = observed.ending == Ending::TimedOut && observed.elapsed + EARLY >= ATTEMPT;
    // The last attempt can have ended before the server read a request, or between a redirect and its target.
    if timed_out || (broken && (lost || observed.attempts > arrivals.len())) {
        return Ok(());
    }
    let Some(final_one) = arrivals.last() else {
        return Err(format!("{:?} without a request", observed.ending));
    };
    let wanted = expected(observed.kind, final_one.fault);
    if observed.ending != wanted {
        return Err(format!(
            "{:?} instead of {wanted:?} after {:?}",
            observed.ending, final_one.fault
        ));
    }
    match (final_one.fault, observed.retry_after) {
        (
            Fault::Status {
                wait: Wait::Hour, ..
            },
            wait,
        ) if wait != Some(Duration::from_secs(3600)) => {
            Err(format!("the wait of an hour is reported as {wait:?}"))
        }
        _ => Ok(()),
    }
}

/// Returns how a call ends if its last request has this fault.
fn expected(kind: Kind, fault: Fault) -> Ending {
    match fault {
        Fault::None | Fault::Repeated | Fault::Slow | Fault::Within | Fault::SeeOther => {
            Ending::Value {
                own: true,
                status: if kind.writes() && fault != Fault::SeeOther {
                    201
                } else {
                    200
                },
            }
        }
        Fault::Reset | Fault::ResetLate | Fault::Cut => Ending::Broken,
        Fault::Silent | Fault::Stalled => Ending::TimedOut,
        Fault::Status { code, .. } | Fault::Wrong { code } => Ending::Status(code),
        Fault::Unauthorized => Ending::Status(401),
        // Only a GET follows a redirect to another origin.
        Fault::Foreign { .. } if kind == Kind::Get => Ending::Value {
            own: true,
            status: 200,
        },
        Fault::Foreign { .. } => Ending::Redirect,
        Fault::Oversized => Ending::TooLarge,
        Fault::WrongJson => Ending::Decode {
            status: 200,
            kept: true,
        },
        Fault::Missing => Ending::Decode {
            status: 201,
            kept: true,
        },
    }
}

fn check_time(observed: Observed) -> Result<(), String> {
    if observed.elapsed > TOTAL + LATE {
        return Err(format!("took {:?}", observed.elapsed));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observed(kind: Kind, ending: Ending, attempts: usize) -> Observed {
        Observed {
            kind,
            ending,
            attempts,
            elapsed: Duration::from_millis(20),
            maybe_applied: true,
            retry_after: None,
        }
    }

    fn account(faults: &[Fault]) -> Account {
        let arrivals = faults.iter().zip(0u64..).map(|(fault, number)| Arrival {
            fault: *fault,
            attempt: (0, 0),
            at: Duration::from_millis(number),
            timed_out: false,
            acted: fault.acts(),
            key: None,
        });
        Account {
            arrivals: arrivals.collect(),
            followed: 0,
        }
    }

    const fn status(code: u16, wait: Wait) -> Fault {
        Fault::Status {
            code,
            wait,
            html: false,
        }
    }

    const VALUE: Ending = Ending::Value {
        own: true,
        status: 200,
    };
    const CREATED: Ending = Ending::Value {
        own: true,
        status: 201,
    };

    #[test]
    fn calls_within_the_policy_pass() {
        let now = Wait::Unsaid;
        for (kind, faults, ending, attempts) in [
            (Kind::Get, &[Fault::None][..], VALUE, 1),
            (
                Kind::Get,
                &[status(500, now), Fault::Reset, Fault::None],
                VALUE,
                3,
            ),
            (
                Kind::Get,
                &[Fault::Unauthorized, Fault::Cut, Fault::Cut, Fault::None],
                VALUE,
                4,
            ),
            (Kind::Post, &[status(429, now), Fault::None], CREATED, 2),
            (Kind::Post, &[Fault::ResetLate], Ending::Broken, 1),
            (Kind::Post, &[status(500, now)], Ending::Status(500), 1),
            (Kind::Get, &[], Ending::NoConnection, 3),
            (Kind::Put, &[Fault::Cut], Ending::Broken, 2),
        ] {
            let verdict = judge(observed(kind, ending, attempts), &account(faults));
            assert_eq!(verdict, Ok(()), "{kind:?} {faults:?}");
        }
    }

    #[test]
    fn calls_that_break_a_promise_are_found() {
        let now = Wait::Unsaid;
        for (kind, faults, ending, attempts, wanted) in [
            (
                Kind::Post,
                &[status(500, now), Fault::None][..],
                CREATED,
                2,
                "sent again",
            ),
            (
                Kind::Post,
                &[Fault::ResetLate, Fault::None],
                CREATED,
                2,
                "sent again",
            ),
            (
                Kind::Get,
                &[Fault::Missing, Fault::None],
                VALUE,
                2,
                "sent again",
            ),
            (
                Kind::Get,
                &[status(503, Wait::Seconds), Fault::None],
                VALUE,
                2,
                "sent again 1ms",
            ),
            (
                Kind::Get,
                &[Fault::Reset; 4],
                Ending::Broken,
                4,
                "4 attempts where 3",
            ),
            (Kind::Get, &[Fault::None; 2], VALUE, 1, "2 requests came"),
            (
                Kind::Get,
                &[Fault::None],
                Ending::Value {
                    own: false,
                    status: 200,
                },
                1,
                "another call",
            ),
            (
                Kind::Get,
                &[Fault::Unauthorized],
                VALUE,
                1,
                "instead of Status(401)",
            ),
            (
                Kind::Get,
                &[Fault::None],
                Ending::TimedOut,
                1,
                "instead of Value",
            ),
            (
                Kind::Get,
                &[status(500, Wait::Hour)],
                Ending::Status(500),
                1,
                "an hour",
            ),
            (Kind::Get, &[], VALUE, 1, "without a request"),
        ] {
            let verdict = judge(observed(kind, ending, attempts), &account(faults));
            let why = verdict.expect_err(wanted);
            assert!(why.contains(wanted), "{kind:?} {faults:?}: {why}");
        }
        let unaware = Observed {
            maybe_applied: false,
            ..observed(Kind::Put, Ending::Broken, 1)
        };
        assert!(judge(unaware, &account(&[Fault::ResetLate])).is_err());
        let late = Observed {
            elapsed: TOTAL + LATE + ATTEMPT,
            ..observed(Kind::Get, VALUE, 1)
        };
        assert!(judge(late, &account(&[Fault::None])).is_err());
    }

    #[test]
    fn a_key_has_to_stay_and_to_act_once() {
        let keyed = observed(Kind::Keyed, CREATED, 2);
        let mut account = account(&[Fault::Cut, Fault::None]);
        assert!(judge(keyed, &account).unwrap_err().contains("done 2 times"));
        account.arrivals[1].acted = false;
        assert_eq!(judge(keyed, &account), Ok(()));
        account.arrivals[1].key = Some("other".to_owned());
        assert!(
            judge(keyed, &account)
                .unwrap_err()
                .contains("another idempotency key")
        );
    }
}
