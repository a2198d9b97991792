//! Real time for transports without a runtime.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// A timer that does not block: a background thread wakes the waiting task, and ends when the timer ends or is dropped.
pub(super) struct Sleep {
    end: Option<Instant>,
    /// The thread, started by the first poll.
    alarm: Option<Alarm>,
}

struct Alarm {
    shared: Arc<Shared>,
    thread: Thread,
}

#[derive(Default)]
struct Shared {
    waker: Mutex<Option<Waker>>,
    dropped: AtomicBool,
}

impl Sleep {
    pub(super) fn new(duration: Duration) -> Self {
        Self {
            end: Instant::now().checked_add(duration),
            alarm: None,
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        // A duration that overflows the clock never ends.
        let Some(end) = self.end else {
            return Poll::Pending;
        };
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Poll::Ready(());
        }
        if let Some(alarm) = &self.alarm {
            alarm.shared.set(context.waker());
            return Poll::Pending;
        }
        if let Ok(alarm) = Alarm::start(end, context.waker()) {
            self.alarm = Some(alarm);
            Poll::Pending
        } else {
            // If no thread can be started, the current thread waits.
            thread::sleep(left);
            Poll::Ready(())
        }
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(alarm) = &self.alarm {
            alarm.shared.dropped.store(true, Ordering::Release);
            alarm.thread.unpark();
        }
    }
}

impl Alarm {
    fn start(end: Instant, waker: &Waker) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        shared.set(waker);
        let of_thread = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name("specwright-timer".to_owned())
            .spawn(move || of_thread.ring_at(end))?;
        Ok(Self {
            shared,
            thread: thread.thread().clone(),
        })
    }
}

impl Shared {
    fn set(&self, waker: &Waker) {
        let mut known = self.waker.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *known {
            Some(known) => known.clone_from(waker),
            None => *known = Some(waker.clone()),
        }
    }

    fn take(&self) -> Option<Waker> {
        let mut known = self.waker.lock().unwrap_or_else(PoisonError::into_inner);
        known.take()
    }

    fn ring_at(&self, end: Instant) {
        while !self.dropped.load(Ordering::Acquire) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                if let Some(waker) = self.take() {
                    waker.wake();
                }
                return;
            }
            thread::park_timeout(left);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};
    use std::time::{Duration, Instant};

    use super::Sleep;
    use crate::transport::executor::block_on;

    #[test]
    fn a_wait_ends_when_it_should() {
        let start = Instant::now();
        block_on(Sleep::new(Duration::from_millis(30)));
        assert!(start.elapsed() >= Duration::from_millis(30));
        block_on(Sleep::new(Duration::ZERO));
    }

    #[test]
    fn a_dropped_wait_ends_its_thread() {
        let mut sleep = Box::pin(Sleep::new(Duration::from_secs(3600)));
        let mut context = Context::from_waker(Waker::noop());
        assert!(sleep.as_mut().poll(&mut context).is_pending());
        let shared = sleep.alarm.as_ref().map(|alarm| alarm.shared.clone());
        let shared = shared.unwrap();
        drop(sleep);
        let start = Instant::now();
        while std::sync::Arc::strong_count(&shared) > 1 {
            assert!(
                start.elapsed() < Duration::from_secs(5),
                "the thread still runs"
            );
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_wait_beyond_all_clocks_never_ends() {
        let mut sleep = Box::pin(Sleep::new(Duration::MAX));
        let mut context = Context::from_waker(Waker::noop());
        assert!(sleep.as_mut().poll(&mut context).is_pending());
    }
}
