//! What a soak comes to, and the promises about all calls together.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use super::fault::Fault;
use super::ledger::Account;
use super::oracle::{Ending, Told, is_duplicate};

/// How many broken promises are shown.
const SHOWN: usize = 20;

/// Eight buckets for each doubling, so that a bound is at most a tenth too high.
const BUCKETS: f64 = 8.0;

/// How long calls took, in as much memory for a million as for one.
#[derive(Debug)]
pub(super) struct Latencies(Vec<u64>);

/// The counts of all calls.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) calls: u64,
    pub(super) attempts: u64,
    pub(super) retries: u64,
    /// Retries of calls that failed all the same, which the budget does not get back.
    pub(super) lost_retries: u64,
    pub(super) followed: u64,
    /// Calls that were done more than once, and should not have been.
    pub(super) duplicates: u64,
    pub(super) endings: BTreeMap<&'static str, u64>,
    pub(super) faults: BTreeMap<&'static str, u64>,
    pub(super) latencies: Latencies,
    broken: u64,
    shown: Vec<String>,
}

impl Default for Latencies {
    fn default() -> Self {
        Self(vec![0; 320])
    }
}

impl Latencies {
    fn add(&mut self, took: Duration) {
        let place = place(took).min(self.0.len() - 1);
        self.0[place] += 1;
    }

    /// A bound that this share of the calls kept.
    pub(super) fn within(&self, per_cent: u64) -> Duration {
        let all: u64 = self.0.iter().sum();
        let mut left = (all * per_cent).div_ceil(100);
        for (bound, count) in (1u32..).zip(&self.0) {
            if *count >= left {
                return Duration::from_secs_f64((f64::from(bound) / BUCKETS).exp2() / 1e6);
            }
            left -= count;
        }
        Duration::ZERO
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the logarithm of a number that is at least 1 is small and not negative"
)]
fn place(took: Duration) -> usize {
    ((took.as_secs_f64() * 1e6).max(1.0).log2() * BUCKETS) as usize
}

impl Tally {
    pub(super) fn add(&mut self, told: &Told, account: &Account) {
        let renewed = account.arrivals.iter().rev().skip(1);
        let renewed = renewed
            .filter(|one| one.fault == Fault::Unauthorized)
            .count()
            .min(1);
        let retries = told.attempts.saturating_sub(1 + renewed) as u64;
        self.calls += 1;
        self.attempts += told.attempts as u64;
        self.retries += retries;
        self.followed += account.followed as u64;
        self.duplicates += u64::from(is_duplicate(told.kind, account));
        if !matches!(told.ending, Ending::Value { .. } | Ending::Decode { .. }) {
            self.lost_retries += retries;
        }
        *self.endings.entry(told.ending.word()).or_default() += 1;
        for arrival in &account.arrivals {
            *self.faults.entry(arrival.fault.word()).or_default() += 1;
        }
        self.latencies.add(told.elapsed);
    }

    /// Notes a broken promise.
    pub(super) fn broke(&mut self, why: String) {
        self.broken += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(why);
        }
    }

    /// Notes a broken promise, unless it was kept.
    pub(super) fn promise(&mut self, kept: bool, why: impl FnOnce() -> String) {
        if !kept {
            self.broke(why());
        }
    }

    pub(super) fn is_clean(&self) -> bool {
        self.broken == 0
    }

    /// The lines about calls.
    pub(super) fn show(&self, text: &mut String) {
        let p = |per_cent| self.latencies.within(per_cent);
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "calls {}, attempts {}, retries {}, redirects followed {}, duplicates {}\nlatency: p50 {:.1?}, p99 {:.1?}",
            self.calls,
            self.attempts,
            self.retries,
            self.followed,
            self.duplicates,
            p(50),
            p(99)
        );
        for (title, counts) in [("ended", &self.endings), ("met", &self.faults)] {
            let _ = writeln!(text, "{title}:");
            for (word, count) in counts {
                let _ = writeln!(text, "  {word:<30}{count:>9}");
            }
        }
    }

    /// The lines about broken promises.
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
    /// A few words for the table.
    fn word(self) -> &'static str {
        match self {
            Self::Value { .. } => "value",
            Self::Status(_) => "status",
            Self::Decode { .. } => "unreadable answer",
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
    fn latencies_are_bounds() {
        let mut latencies = Latencies::default();
        for millis in 1..=100 {
            latencies.add(Duration::from_millis(millis));
        }
        for (per_cent, millis) in [(50, 50.0), (99, 99.0), (100, 100.0)] {
            let bound = latencies.within(per_cent).as_secs_f64() * 1e3;
            assert!(
                (millis..millis * 1.1).contains(&bound),
                "{per_cent}: {bound}"
            );
        }
        latencies.add(Duration::from_secs(100_000_000));
        latencies.add(Duration::ZERO);
    }

    #[test]
    fn a_broken_promise_is_kept_in_mind() {
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
