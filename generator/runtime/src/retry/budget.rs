//! What keeps retries from becoming a storm.

use std::sync::atomic::{AtomicU32, Ordering};

/// Shares of one retry, so that a fifth is a whole number.
const RETRY: u32 = 10;

/// What each call pays in: retries make up a fifth of the load at most.
const CALL: u32 = 2;

/// Retries that are there from the start, and the most that can be saved up.
const RESERVE: u32 = 50 * RETRY;

/// The retries that all calls of a client may still make.
///
/// Each call pays in a fifth of a retry, each retry takes one out, and a call that succeeded by retrying puts its
/// retries back. While a server is down, a client sends it at most a fifth more than it would without retries.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub(crate) fn full() -> Self {
        Self(AtomicU32::new(RESERVE))
    }

    /// A call begins.
    pub(crate) fn call(&self) {
        self.add(CALL);
    }

    /// Takes one retry out, if there is one.
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
        // The closure always gives a value, so the update cannot fail.
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
