//! The retry rules as a state machine without a clock and without I/O.

use std::time::Duration;

use http::Method;

use super::{Budget, RetryPolicy};

/// The outcome of an attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A retry would fail as well.
    Final {
        /// Whether the server may have processed the request.
        applied: bool,
    },
    /// An error response.
    Status {
        status: u16,
        retry_after: Option<Duration>,
        /// The value of the server's retry header.
        verdict: Option<bool>,
    },
    /// No connection was made, so the server did not act on the request.
    Unprocessed,
    /// The server did not process the request, because it is busy or about to close the connection. HTTP/2 servers do
    /// this in normal operation.
    Refused,
    /// The connection was lost before or during the response.
    Lost,
    /// The attempt timed out.
    TimedOut,
}

/// The events of the machine. Times are those of the transport's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// The call starts.
    Start,
    /// An attempt has succeeded.
    Succeeded,
    /// An attempt has failed.
    Failed(Outcome),
    /// An attempt was rejected with 401, and there is another credential.
    Renewed,
    /// The backoff is over.
    Woke,
}

/// The next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Send the request with this timeout.
    Send { timeout: Option<Duration> },
    /// Wait for this time.
    Sleep(Duration),
    /// End the call with the result of the last attempt.
    Done,
    /// The deadline is over.
    Expired,
}

/// The timeouts of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// For one attempt, from sending to the end of the response.
    pub(crate) attempt: Option<Duration>,
    /// For the call with all attempts and backoffs.
    pub(crate) total: Option<Duration>,
    /// Between two chunks of a stream, which is otherwise limited only by `total`.
    pub(crate) idle: Option<Duration>,
}

/// The state of one call.
#[derive(Debug)]
pub(crate) struct Machine<'p> {
    policy: &'p RetryPolicy,
    attempt_limit: Option<Duration>,
    deadline: Option<Duration>,
    /// Whether the request can be repeated safely.
    repeatable: bool,
    /// Whether the method changes nothing on the server.
    safe: bool,
    attempts: u32,
    /// The number of attempts that only replaced a credential.
    renewals: u32,
    /// The number of retries withdrawn from the budget.
    paid: u32,
    maybe_applied: bool,
    /// The outcome of the last attempt, if it failed.
    last: Option<Outcome>,
    random: fastrand::Rng,
}

impl<'p> Machine<'p> {
    pub(crate) fn new(
        policy: &'p RetryPolicy,
        method: &Method,
        has_key: bool,
        limits: Limits,
        now: Duration,
        random: fastrand::Rng,
    ) -> Self {
        Self {
            policy,
            attempt_limit: limits.attempt,
            deadline: limits.total.map(|total| now.saturating_add(total)),
            repeatable: has_key || method.is_idempotent(),
            safe: method.is_safe(),
            attempts: 0,
            renewals: 0,
            paid: 0,
            maybe_applied: false,
            last: None,
            random,
        }
    }

    /// Returns the next action after `event`, which happened at `now`.
    pub(crate) fn next(&mut self, event: Event, now: Duration, budget: &Budget) -> Step {
        match event {
            Event::Start => {
                budget.call();
                self.send(now)
            }
            Event::Woke => self.send(now),
            Event::Renewed => {
                self.renewals += 1;
                self.send(now)
            }
            Event::Succeeded => {
                self.maybe_applied = true;
                self.last = None;
                budget.give_back(self.paid);
                Step::Done
            }
            Event::Failed(outcome) => self.failed(outcome, now, budget),
        }
    }

    /// Returns how many times the request was sent.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether the server may have acted on one of the attempts.
    pub(crate) fn maybe_applied(&self) -> bool {
        self.maybe_applied && !self.safe
    }

    /// Returns the deadline of the call.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.deadline
    }

    /// Whether the request can be repeated safely.
    pub(crate) fn repeatable(&self) -> bool {
        self.repeatable
    }

    /// Whether another call can succeed safely after the last outcome.
    pub(crate) fn retryable(&self) -> bool {
        self.last
            .is_some_and(|outcome| outcome.may_repeat(self.repeatable))
    }

    /// Returns the number of retries that the policy has caused.
    fn retries(&self) -> u32 {
        self.attempts.saturating_sub(1 + self.renewals)
    }

    fn send(&mut self, now: Duration) -> Step {
        let left = self.deadline.map(|deadline| deadline.saturating_sub(now));
        if left.is_some_and(|left| left.is_zero()) {
            return Step::Expired;
        }
        self.attempts += 1;
        Step::Send {
            timeout: sooner(self.attempt_limit, left),
        }
    }

    fn failed(&mut self, outcome: Outcome, now: Duration, budget: &Budget) -> Step {
        self.maybe_applied |= outcome.maybe_applied();
        self.last = Some(outcome);
        if !self.retryable() || self.retries() >= self.policy.retries {
            return Step::Done;
        }
        let Some(wait) = self.wait(outcome, now) else {
            return Step::Done;
        };
        if self.is_in_time(now.saturating_add(wait)) && self.pay(outcome, budget) {
            Step::Sleep(wait)
        } else {
            Step::Done
        }
    }

    /// Withdraws a retry from the budget, if this outcome counts for the budget.
    fn pay(&mut self, outcome: Outcome, budget: &Budget) -> bool {
        if outcome == Outcome::Refused {
            return true;
        }
        let paid = budget.take();
        self.paid += u32::from(paid);
        paid
    }

    /// Returns the backoff before the next attempt; `None` if the server asks for a longer one than the policy allows.
    fn wait(&mut self, outcome: Outcome, now: Duration) -> Option<Duration> {
        match outcome {
            Outcome::Status {
                retry_after: Some(asked),
                ..
            } if !asked.is_zero() => {
                (asked <= self.policy.longest_retry_after).then(|| self.spread(asked, now))
            }
            _ => Some(self.backoff()),
        }
    }

    /// `Retry-After` plus a random wait, unless that would exceed the deadline.
    fn spread(&mut self, asked: Duration, now: Duration) -> Duration {
        let wait = asked.saturating_add(self.backoff());
        if self.is_in_time(now.saturating_add(wait)) {
            wait
        } else {
            asked
        }
    }

    fn is_in_time(&self, time: Duration) -> bool {
        self.deadline.is_none_or(|deadline| time < deadline)
    }

    /// Full jitter: a random backoff below the bound of this retry, so that callers that failed together do not retry
    /// together.
    fn backoff(&mut self) -> Duration {
        let doublings = self.retries().min(31);
        let bound = self.policy.base.saturating_mul(1 << doublings);
        let bound = bound.min(self.policy.longest);
        Duration::try_from_secs_f64(bound.as_secs_f64() * self.random.f64()).unwrap_or(bound)
    }
}

/// Returns the shorter of two optional durations.
pub(crate) fn sooner(one: Option<Duration>, other: Option<Duration>) -> Option<Duration> {
    one.into_iter().chain(other).min()
}

impl Limits {
    /// Returns the remaining time of an attempt that starts now.
    pub(crate) fn left(&self, elapsed: Duration) -> Option<Duration> {
        let total = self.total.map(|total| total.saturating_sub(elapsed));
        sooner(self.attempt, total)
    }
}

impl Outcome {
    /// Whether the server asks for another credential, unless its retry header forbids to repeat.
    pub(crate) fn asks_for_credential(self) -> bool {
        matches!(
            self,
            Self::Status {
                status: 401,
                verdict: None | Some(true),
                ..
            }
        )
    }

    /// Whether the server may have acted on the request, if its method can change anything.
    fn maybe_applied(self) -> bool {
        match self {
            Self::Final { applied } => applied,
            Self::Unprocessed | Self::Refused => false,
            Self::Lost | Self::TimedOut => true,
            Self::Status {
                status: 503,
                retry_after,
                ..
            } => retry_after.is_none(),
            // A gateway timeout does not say whether the server behind the gateway acted.
            Self::Status { status, .. } => status >= 500,
        }
    }

    /// Whether this outcome can be retried.
    fn may_repeat(self, repeatable: bool) -> bool {
        match self {
            Self::Final { .. } => false,
            Self::Unprocessed | Self::Refused => true,
            Self::Lost | Self::TimedOut => repeatable,
            Self::Status {
                verdict: Some(verdict),
                ..
            } => verdict,
            Self::Status {
                status,
                retry_after,
                ..
            } => match status {
                429 => true,
                503 => repeatable || retry_after.is_some(),
                408 | 500 | 502 | 504 => repeatable,
                _ => false,
            },
        }
    }
}

#[cfg(test)]
mod tests;
