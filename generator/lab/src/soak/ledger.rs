//! The requests that the server received, and its actions, by call.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::attempts::AttemptId;
use super::fault::Fault;

/// One request of a call as the server saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) fault: Fault,
    pub(super) attempt: AttemptId,
    /// The time when it was read and its response was chosen, since the start of the run.
    pub(super) at: Duration,
    /// Whether the client had stopped waiting before it knew the response.
    pub(super) timed_out: bool,
    /// Whether the server acted because of this request.
    pub(super) acted: bool,
    pub(super) key: Option<String>,
}

/// All requests of a call, except those that follow a redirect.
#[derive(Debug, Default, Clone)]
pub(super) struct Account {
    pub(super) arrivals: Vec<Arrival>,
    /// Requests that followed a redirect.
    pub(super) followed: usize,
}

/// The accounts of the calls in progress.
#[derive(Debug)]
pub(super) struct Ledger {
    seed: u64,
    began: Instant,
    accounts: Mutex<HashMap<u64, Account>>,
}

impl Ledger {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed,
            began: Instant::now(),
            accounts: Mutex::default(),
        }
    }

    /// Records a request and returns its fault.
    pub(super) fn arrive(&self, call: u64, attempt: AttemptId, key: Option<String>) -> Fault {
        let at = self.began.elapsed();
        let mut accounts = self.accounts();
        let arrivals = &mut accounts.entry(call).or_default().arrivals;
        let number = arrivals.len();
        let fault = Fault::of(self.seed, call, number);
        // A request with a known key gets the same response, and the server does not act again.
        let replayed = key.is_some()
            && arrivals
                .iter()
                .any(|before| before.acted && before.key == key);
        arrivals.push(Arrival {
            fault,
            attempt,
            at,
            timed_out: false,
            acted: fault.acts() && !replayed,
            key,
        });
        fault
    }

    /// Records a request that follows a redirect.
    pub(super) fn follow(&self, call: u64) {
        self.accounts().entry(call).or_default().followed += 1;
    }

    /// Removes and returns the account of a call that has ended, ordered by attempt: the request of an attempt that
    /// timed out can be read after the next one.
    pub(super) fn close(&self, call: u64, timed_out: impl Fn(AttemptId) -> bool) -> Account {
        let mut account = self.accounts().remove(&call).unwrap_or_default();
        account.arrivals.sort_by_key(|arrival| arrival.attempt);
        for arrival in &mut account.arrivals {
            arrival.timed_out = timed_out(arrival.attempt);
        }
        account
    }

    fn accounts(&self) -> MutexGuard<'_, HashMap<u64, Account>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_key_acts_once_and_an_unkeyed_request_each_time() {
        let ledger = Ledger::new(7);
        let call = (0..1000)
            .find(|call| (0..2).all(|n| Fault::of(7, *call, n).acts()))
            .unwrap();
        for key in [Some("k".to_owned()), None] {
            ledger.arrive(call, (0, 2), key.clone());
            ledger.arrive(call, (0, 1), key.clone());
            let arrivals = ledger.close(call, |attempt| attempt == (0, 1)).arrivals;
            let acted = arrivals.iter().filter(|arrival| arrival.acted).count();
            assert_eq!(acted, if key.is_some() { 1 } else { 2 });
            let seen = arrivals.iter().map(|one| (one.attempt, one.timed_out));
            assert!(seen.eq([((0, 1), true), ((0, 2), false)]));
        }
        assert!(ledger.close(call, |_| false).arrivals.is_empty());
    }
}
