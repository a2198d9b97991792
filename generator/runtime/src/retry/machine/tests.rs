use proptest::prelude::*;

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn machine(
    policy: RetryPolicy,
    method: &Method,
    has_key: bool,
    total: Option<Duration>,
) -> Machine<'static> {
    let limits = Limits {
        attempt: Some(60 * SECOND),
        total,
        idle: None,
    };
    let random = fastrand::Rng::with_seed(1);
    // A machine borrows its policy, so the policy of a test is leaked.
    let policy = Box::leak(Box::new(policy));
    Machine::new(policy, method, has_key, limits, Duration::ZERO, random)
}

fn status(status: u16) -> Outcome {
    Outcome::Status {
        status,
        retry_after: None,
        verdict: None,
    }
}

fn status_after(status: u16, wait: Duration) -> Outcome {
    Outcome::Status {
        status,
        retry_after: Some(wait),
        verdict: None,
    }
}

fn decided(status: u16, verdict: bool) -> Outcome {
    Outcome::Status {
        status,
        retry_after: None,
        verdict: Some(verdict),
    }
}

/// Every outcome, whether an idempotent call is repeated, whether any other is, and whether the server may have acted.
fn rules() -> Vec<(Outcome, bool, bool, bool)> {
    vec![
        (Outcome::Final { applied: true }, false, false, true),
        (Outcome::Final { applied: false }, false, false, false),
        (Outcome::Unprocessed, true, true, false),
        (Outcome::Refused, true, true, false),
        (Outcome::Lost, true, false, true),
        (Outcome::TimedOut, true, false, true),
        (status(304), false, false, false),
        (status(400), false, false, false),
        (status(401), false, false, false),
        (status(404), false, false, false),
        (status(408), true, false, false),
        (status(409), false, false, false),
        (status(422), false, false, false),
        (status(425), false, false, false),
        (status(429), true, true, false),
        (status_after(429, SECOND), true, true, false),
        (status(500), true, false, true),
        (status(501), false, false, true),
        (status(502), true, false, true),
        (status(503), true, false, true),
        (status_after(503, SECOND), true, true, false),
        (status_after(500, SECOND), true, false, true),
        (status_after(404, SECOND), false, false, false),
        (status(504), true, false, true),
        (decided(409, true), true, true, false),
        (decided(500, false), false, false, true),
        (decided(429, false), false, false, false),
        (decided(500, true), true, true, true),
    ]
}

#[test]
fn every_outcome_method_and_key_follows_the_rules() {
    for method in [
        "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "POST", "PATCH", "QUERY",
    ] {
        for has_key in [false, true] {
            for (outcome, idempotent, other, applied) in rules() {
                let safe = matches!(method, "GET" | "HEAD" | "OPTIONS" | "TRACE" | "QUERY");
                let repeats = if has_key || !matches!(method, "POST" | "PATCH") {
                    idempotent
                } else {
                    other
                };
                let method: Method = method.parse().unwrap();
                let mut machine = machine(RetryPolicy::default(), &method, has_key, None);
                let budget = Budget::full();
                let first = machine.next(Event::Start, Duration::ZERO, &budget);
                assert_eq!(
                    first,
                    Step::Send {
                        timeout: Some(60 * SECOND)
                    }
                );
                let step = machine.next(Event::Failed(outcome), SECOND, &budget);
                let label = format!("{method} key={has_key} {outcome:?}: {step:?}");
                assert_eq!(matches!(step, Step::Sleep(_)), repeats, "{label}");
                assert_eq!(step == Step::Done, !repeats, "{label}");
                assert_eq!(machine.retryable(), repeats, "{label}");
                assert_eq!(machine.maybe_applied(), applied && !safe, "{label}");
            }
        }
    }
}

#[test]
fn refused_requests_are_retried_without_a_budget() {
    let budget = Budget::full();
    while budget.take() {}
    let step_after = |outcome| {
        let mut machine = machine(RetryPolicy::default(), &Method::POST, false, None);
        machine.next(Event::Start, Duration::ZERO, &budget);
        machine.next(Event::Failed(outcome), Duration::ZERO, &budget)
    };
    assert!(matches!(step_after(Outcome::Refused), Step::Sleep(_)));
    assert_eq!(step_after(Outcome::Unprocessed), Step::Done);
    // Nothing was withdrawn, so nothing is returned.
    let mut machine = machine(RetryPolicy::default(), &Method::GET, false, None);
    machine.next(Event::Start, Duration::ZERO, &budget);
    for _ in 0..2 {
        machine.next(Event::Failed(Outcome::Refused), Duration::ZERO, &budget);
        machine.next(Event::Woke, Duration::ZERO, &budget);
    }
    machine.next(Event::Succeeded, Duration::ZERO, &budget);
    assert!(!budget.take());
}

#[test]
fn two_retries_and_no_more() {
    let budget = Budget::full();
    let mut machine = machine(RetryPolicy::default(), &Method::GET, false, None);
    machine.next(Event::Start, Duration::ZERO, &budget);
    for _ in 0..2 {
        let step = machine.next(Event::Failed(status(500)), Duration::ZERO, &budget);
        assert!(matches!(step, Step::Sleep(_)));
        assert!(matches!(
            machine.next(Event::Woke, SECOND, &budget),
            Step::Send { .. }
        ));
    }
    let step = machine.next(Event::Failed(status(500)), SECOND, &budget);
    assert_eq!((step, machine.attempts()), (Step::Done, 3));
    assert!(machine.retryable());
}

#[test]
fn another_credential_costs_no_retry() {
    let budget = Budget::full();
    while budget.take() {}
    let mut machine = machine(RetryPolicy::none(), &Method::POST, false, None);
    machine.next(Event::Start, Duration::ZERO, &budget);
    let step = machine.next(Event::Renewed, Duration::ZERO, &budget);
    assert!(matches!(step, Step::Send { .. }));
    assert_eq!(machine.attempts(), 2);
    let step = machine.next(Event::Failed(status(401)), SECOND, &budget);
    assert_eq!((step, machine.maybe_applied()), (Step::Done, false));
    let limits = Some(10 * SECOND);
    let mut late = self::machine(RetryPolicy::default(), &Method::GET, false, limits);
    late.next(Event::Start, Duration::ZERO, &budget);
    assert_eq!(
        late.next(Event::Renewed, 10 * SECOND, &budget),
        Step::Expired
    );
    assert_eq!(late.attempts(), 1);
}

#[test]
fn an_earlier_attempt_that_may_have_acted_is_not_forgotten() {
    let budget = Budget::full();
    let mut machine = machine(RetryPolicy::default(), &Method::PUT, false, None);
    machine.next(Event::Start, Duration::ZERO, &budget);
    machine.next(Event::Failed(Outcome::TimedOut), SECOND, &budget);
    machine.next(Event::Woke, SECOND, &budget);
    machine.next(Event::Failed(status(409)), SECOND, &budget);
    assert!(machine.maybe_applied());
}

#[test]
fn retry_after_is_waited_for_up_to_its_cap() {
    for (wait, wanted) in [
        (7 * SECOND, Step::Sleep(7 * SECOND)),
        (60 * SECOND, Step::Sleep(60 * SECOND)),
        (61 * SECOND, Step::Done),
    ] {
        let policy = RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO);
        let mut machine = machine(policy, &Method::POST, false, None);
        let budget = Budget::full();
        machine.next(Event::Start, Duration::ZERO, &budget);
        let event = Event::Failed(status_after(429, wait));
        assert_eq!(machine.next(event, Duration::ZERO, &budget), wanted);
    }
}

#[test]
fn the_deadline_is_looked_at_before_waiting() {
    let budget = Budget::full();
    for (wait, wanted) in [
        (4 * SECOND, Step::Sleep(4 * SECOND)),
        (5 * SECOND, Step::Done),
    ] {
        let mut machine = machine(
            RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO),
            &Method::GET,
            false,
            Some(10 * SECOND),
        );
        let step = machine.next(Event::Start, Duration::ZERO, &budget);
        assert_eq!(
            step,
            Step::Send {
                timeout: Some(10 * SECOND)
            }
        );
        let event = Event::Failed(status_after(503, wait));
        assert_eq!(machine.next(event, 5 * SECOND, &budget), wanted);
    }
    let mut late = machine(
        RetryPolicy::default(),
        &Method::GET,
        false,
        Some(Duration::ZERO),
    );
    assert_eq!(
        late.next(Event::Start, Duration::ZERO, &budget),
        Step::Expired
    );
    assert_eq!(late.attempts(), 0);
}

/// If `Retry-After` ends before the deadline, but not with the random backoff, only the backoff is omitted.
#[test]
fn a_random_wait_never_costs_an_attempt() {
    let policy = RetryPolicy::default().backoff(60 * SECOND, 60 * SECOND);
    let mut machine = machine(policy, &Method::GET, false, Some(5 * SECOND));
    let budget = Budget::full();
    machine.next(Event::Start, Duration::ZERO, &budget);
    let Step::Sleep(wait) = machine.next(
        Event::Failed(status_after(503, 4 * SECOND)),
        Duration::ZERO,
        &budget,
    ) else {
        panic!("there is time for another attempt")
    };
    assert!((4 * SECOND..5 * SECOND).contains(&wait));
}

#[test]
fn an_empty_budget_ends_the_call() {
    let budget = Budget::full();
    while budget.take() {}
    let mut machine = machine(RetryPolicy::default(), &Method::GET, false, None);
    machine.next(Event::Start, Duration::ZERO, &budget);
    let step = machine.next(Event::Failed(status(500)), Duration::ZERO, &budget);
    assert_eq!(step, Step::Done);
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(Outcome::Unprocessed),
        Just(Outcome::Refused),
        Just(Outcome::Lost),
        Just(Outcome::TimedOut),
        (
            400_u16..600,
            proptest::option::of(0_u64..100),
            proptest::option::of(any::<bool>())
        )
            .prop_map(|(status, wait, verdict)| Outcome::Status {
                status,
                retry_after: wait.map(Duration::from_secs),
                verdict,
            }),
        any::<bool>().prop_map(|applied| Outcome::Final { applied }),
    ]
}

proptest! {
    /// Never more attempts than allowed, never a wait past the deadline, each wait within its bounds.
    #[test]
    fn bounds_hold_whatever_happens(
        outcomes in prop::collection::vec(any_outcome(), 1..20),
        retries in 0_u32..6,
        total in 1_u64..100,
        took in 0_u64..5,
        base in 0_u64..2_000,
        seed: u64,
    ) {
        let total = Duration::from_secs(total);
        let base = Duration::from_millis(base);
        let policy = RetryPolicy::default().retries(retries).backoff(base, 8 * SECOND);
        let limits = Limits { attempt: None, total: Some(total), idle: None };
        let random = fastrand::Rng::with_seed(seed);
        let budget = Budget::full();
        let mut machine = Machine::new(&policy, &Method::GET, false, limits, Duration::ZERO, random);
        let mut now = Duration::ZERO;
        let mut step = machine.next(Event::Start, now, &budget);
        for (index, outcome) in outcomes.into_iter().enumerate() {
            let Step::Send { timeout } = step else { break };
            prop_assert_eq!(timeout, Some(total.saturating_sub(now)));
            now += Duration::from_secs(took);
            step = machine.next(Event::Failed(outcome), now, &budget);
            if let Step::Sleep(wait) = step {
                prop_assert!(now + wait < total);
                let asked = match outcome {
                    Outcome::Status { retry_after: Some(asked), .. } if !asked.is_zero() => Some(asked),
                    _ => None,
                };
                match asked {
                    Some(asked) => {
                        prop_assert!(asked <= 60 * SECOND);
                        prop_assert!(wait >= asked);
                        prop_assert!(wait <= asked + (base * (1 << index)).min(8 * SECOND));
                    }
                    None => prop_assert!(wait <= (base * (1 << index)).min(8 * SECOND)),
                }
                now += wait;
                step = machine.next(Event::Woke, now, &budget);
            }
        }
        prop_assert!(machine.attempts() <= retries + 1);
    }
}
