//! What the server saw and did, by call.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::fault::Fault;

/// One request of a call as the server saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) fault: Fault,
    /// When it was read, from the begin of the run.
    pub(super) at: Duration,
    /// When the answer was written.
    pub(super) answered: Option<Duration>,
    /// Whether the server did what was asked because of this request.
    pub(super) acted: bool,
    pub(super) key: Option<String>,
}

/// All requests of a call, those that follow a redirect left out.
#[derive(Debug, Default, Clone)]
pub(super) struct Account {
    pub(super) arrivals: Vec<Arrival>,
    /// Requests that followed a redirect.
    pub(super) followed: usize,
}

/// The accounts of the calls on their way.
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

    /// A request arrives. Tells what happens to it, and its place among the requests of the call.
    pub(super) fn arrive(&self, call: u64, key: Option<String>) -> (Fault, usize) {
        let at = self.began.elapsed();
        let mut accounts = self.accounts();
        let arrivals = &mut accounts.entry(call).or_default().arrivals;
        let number = arrivals.len();
        let fault = Fault::of(self.seed, call, number);
        // A key that is known is answered as before, and nothing is done again.
        let replayed = key.is_some()
            && arrivals
                .iter()
                .any(|before| before.acted && before.key == key);
        arrivals.push(Arrival {
            fault,
            at,
            answered: None,
            acted: fault.acts() && !replayed,
            key,
        });
        (fault, number)
    }

    /// A request arrives that a redirect asked for.
    pub(super) fn follow(&self, call: u64) {
        self.accounts().entry(call).or_default().followed += 1;
    }

    /// The answer to a request is written.
    pub(super) fn answered(&self, call: u64, number: usize) {
        let at = self.began.elapsed();
        // A call that was judged meanwhile has no account any more.
        if let Some(arrival) = self
            .accounts()
            .get_mut(&call)
            .and_then(|account| account.arrivals.get_mut(number))
        {
            arrival.answered = Some(at);
        }
    }

    /// Takes the account of a call that is over, so that the ledger does not grow.
    pub(super) fn close(&self, call: u64) -> Account {
        self.accounts().remove(&call).unwrap_or_default()
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
            ledger.arrive(call, key.clone());
            ledger.arrive(call, key.clone());
            let acted = ledger
                .close(call)
                .arrivals
                .iter()
                .filter(|arrival| arrival.acted)
                .count();
            assert_eq!(acted, if key.is_some() { 1 } else { 2 });
        }
        assert!(ledger.close(call).arrivals.is_empty());
        // An answer that comes after the end is no new account.
        ledger.answered(call, 0);
        assert!(ledger.accounts().is_empty());
    }
}
