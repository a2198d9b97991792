//! The retry budget, which prevents retry storms.

use std::sync::atomic::{AtomicU32, Ordering};

/// Tokens per retry, so that a fifth of a retry is an integer.
const RETRY: u32 = 10;

/// Tokens that each call deposits: retries are at most a fifth of the calls.
const CALL: u32 = 2;

/// The initial and maximum number of saved retries.
const RESERVE: u32 = 50 * RETRY;

/// A token bucket for the retries of all calls of a client.
///
/// Each call deposits a fifth of a retry, each retry withdraws one, and a call that succeeded after retries returns
/// them. While a server is down, retries therefore add at most a fifth to a client's load.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub(crate) fn full() -> Self {
        Self(AtomicU32::new(RESERVE))
    }

    /// Deposits the share of a call.
    pub(crate) fn call(&self) {
        self.add(CALL);
    }

    /// Withdraws one retry, if there is one.
    pub(crate) fn take(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(RETRY)
            })
            .is_ok()
    }

    /// Returns the tokens that a call has spent, after its success.
    pub(crate) fn give_back(&self, retries: u32) {
        self.add(retries.saturating_mul(RETRY));
    }

    fn add(&self, shares: u32) {
        if shares == 0 || self.0.load(Ordering::Relaxed) >= RESERVE {
            return;
        }
        // The closure always returns `Some`, so the update cannot fail.
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                Some(left.saturating_add(shares).min(RESERVE))
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_costs_a_fifth_more() {
        let budget = Budget::full();
        while budget.take() {}
        let mut retries = 0;
        for _ in 0..1_000 {
            budget.call();
            while budget.take() {
                retries += 1;
            }
        }
        assert_eq!(retries, 200);
    }

    #[test]
    fn success_puts_back_and_the_reserve_is_the_most() {
        let budget = Budget::full();
        assert!(budget.take());
        budget.give_back(1);
        budget.give_back(7);
        let mut left = 0;
        while budget.take() {
            left += 1;
        }
        assert_eq!(left, 50);
    }
}
