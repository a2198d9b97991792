//! The counts of a soak, and the promises about all calls together.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use hdrhistogram::Histogram;

use super::fault::Fault;
use super::ledger::Account;
use super::oracle::{Ending, Observed, is_duplicate};

/// The maximum number of broken promises in the report.
const SHOWN: usize = 20;

/// The counts of all calls.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) calls: u64,
    pub(super) attempts: u64,
    pub(super) retries: u64,
    /// The number of retries of failed calls, which are not returned to the retry budget.
    pub(super) lost_retries: u64,
    pub(super) followed: u64,
    /// The number of calls that the server performed more than once although it should not.
    pub(super) duplicates: u64,
    pub(super) endings: BTreeMap<&'static str, u64>,
    pub(super) faults: BTreeMap<&'static str, u64>,
    pub(super) latencies: Latencies,
    broken: u64,
    shown: Vec<String>,
}

/// The durations of calls, in microseconds with two significant digits.
#[derive(Debug)]
pub(super) struct Latencies(Histogram<u64>);

impl Default for Latencies {
    fn default() -> Self {
        Self(Histogram::new(2).expect("two digits are supported"))
    }
}

impl Latencies {
    fn add(&mut self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.0.saturating_record(micros);
    }

    /// Returns a time in which this share of the calls ended.
    fn within(&self, share: f64) -> Duration {
        Duration::from_micros(self.0.value_at_quantile(share))
    }
}

impl Tally {
    pub(super) fn add(&mut self, observed: &Observed, account: &Account) {
        let renewed = account.arrivals.iter().rev().skip(1);
        let renewed = renewed
            .filter(|one| one.fault == Fault::Unauthorized)
            .count()
            .min(1);
        let retries = observed.attempts.saturating_sub(1 + renewed) as u64;
        self.calls += 1;
        self.attempts += observed.attempts as u64;
        self.retries += retries;
        self.followed += account.followed as u64;
        self.duplicates += u64::from(is_duplicate(observed.kind, account));
        if !matches!(
            observed.ending,
            Ending::Value { .. } | Ending::Decode { .. }
        ) {
            self.lost_retries += retries;
        }
        *self.endings.entry(observed.ending.name()).or_default() += 1;
        for arrival in &account.arrivals {
            *self.faults.entry(arrival.fault.name()).or_default() += 1;
        }
        self.latencies.add(observed.elapsed);
    }

    /// Records a broken promise.
    pub(super) fn broke(&mut self, why: String) {
        self.broken += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(why);
        }
    }

    /// Records a broken promise unless `kept`.
    pub(super) fn promise(&mut self, kept: bool, why: impl FnOnce() -> String) {
        if !kept {
            self.broke(why());
        }
    }

    pub(super) fn is_clean(&self) -> bool {
        self.broken == 0
    }

    /// Returns the lines about calls.
    pub(super) fn show(&self, text: &mut String) {
        let _ = writeln!(
            text,
            "calls {}, attempts {}, retries {}, redirects followed {}, duplicates {}\nlatency: p50 {:.1?}, p99 {:.1?}",
            self.calls,
            self.attempts,
            self.retries,
            self.followed,
            self.duplicates,
            self.latencies.within(0.5),
            self.latencies.within(0.99)
        );
        for (title, counts) in [("ended", &self.endings), ("met", &self.faults)] {
            let _ = writeln!(text, "{title}:");
            for (name, count) in counts {
                let _ = writeln!(text, "  {name:<30}{count:>9}");
            }
        }
    }

    /// Returns the lines about broken promises.
    pub(super) fn show_broken(&self, text: &mut String) {
        for why in &self.shown {
            let _ = writeln!(text, "broken promise: {why}");
        }
        if self.broken > self.shown.len() as u64 {
            let _ = writeln!(text, "broken promises in all: {}", self.broken);
        }
    }
}

impl Ending {
    /// Returns its name in the report.
    fn name(self) -> &'static str {
        match self {
            Self::Value { .. } => "value",
            Self::Status(_) => "status",
            Self::Decode { .. } => "invalid response",
            Self::Redirect => "redirect not followed",
            Self::TooLarge => "body too large",
            Self::Broken => "connection broke",
            Self::NoConnection => "no connection",
            Self::TimedOut => "timed out",
            Self::Other => "something else",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_promises_are_counted_and_some_are_shown() {
        let mut tally = Tally::default();
        tally.promise(true, || "kept".to_owned());
        assert!(tally.is_clean());
        for _ in 0..30 {
            tally.promise(false, || "lost".to_owned());
        }
        let mut text = String::new();
        tally.show_broken(&mut text);
        assert!(!tally.is_clean());
        assert_eq!(text.matches("lost").count(), SHOWN);
        assert!(text.contains("in all: 30"));
    }
}
