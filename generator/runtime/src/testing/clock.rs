//! A virtual clock, which advances while every task is asleep.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// A virtual clock. A sleeper that is polled a second time, and is the next to wake, advances the clock to its end:
/// nothing else happened between the two polls.
#[derive(Debug, Clone, Default)]
pub(super) struct Clock(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    now: Duration,
    next: u64,
    /// The end of each sleep, by its number.
    sleepers: BTreeMap<u64, Duration>,
}

impl Clock {
    pub(super) fn now(&self) -> Duration {
        self.state().now
    }

    pub(super) fn sleep(&self, duration: Duration) -> Sleep {
        Sleep {
            clock: self.clone(),
            duration,
            asked: None,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A sleep on a [`Clock`].
pub(super) struct Sleep {
    clock: Clock,
    duration: Duration,
    /// The number of the sleep, once it was polled.
    asked: Option<u64>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let clock = self.clock.clone();
        let mut state = clock.state();
        let Some(number) = self.asked else {
            let number = state.next;
            let end = state.now.saturating_add(self.duration);
            state.next += 1;
            state.sleepers.insert(number, end);
            self.asked = Some(number);
            context.waker().wake_by_ref();
            return Poll::Pending;
        };
        let end = state.sleepers.get(&number).copied().unwrap_or_default();
        let first = state.sleepers.values().min().copied();
        if end <= state.now || first == Some(end) {
            state.now = state.now.max(end);
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(number) = self.asked {
            self.clock.state().sleepers.remove(&number);
        }
    }
}
