//! How long this thread may work for a call.
//!
//! ureq takes its limits with a request and keeps them until the end of the body. Here the limit changes on the way:
//! an attempt has one, and a stream has another for each chunk. So the connections themselves ask for it, and because
//! all work for a call is done on the thread that asks, the thread is where it is noted down.

use std::cell::Cell;
use std::time::{Duration, Instant};

use ureq::unversioned::transport::time::Duration as MaybeDuration;
use ureq::unversioned::transport::{Buffers, NextTimeout, Transport};
use ureq::{Error, Timeout};

thread_local! {
    static END: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Does work that has to be done after `limit`, and before any limit around it.
pub(super) fn within<T>(limit: Option<Duration>, work: impl FnOnce() -> T) -> T {
    let outer = END.get();
    let own = limit.and_then(|limit| Instant::now().checked_add(limit));
    let _restore = Restore(outer);
    END.set(earlier(outer, own));
    work()
}

/// How long this thread may still work, where that is limited.
pub(super) fn left() -> Option<Duration> {
    let end = END.get()?;
    Some(end.saturating_duration_since(Instant::now()))
}

fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Sets the limit back, whatever happens to the work.
struct Restore(Option<Instant>);

impl Drop for Restore {
    fn drop(&mut self) {
        END.set(self.0);
    }
}

/// The shorter of a limit of ureq's and this thread's own.
pub(super) fn capped(mut timeout: NextTimeout) -> Result<NextTimeout, Error> {
    if let Some(left) = left().filter(|left| *left < *timeout.after) {
        timeout.after = MaybeDuration::Exact(left);
    }
    // ureq would take no time at all for a second.
    if timeout.after.is_zero() {
        return Err(Error::Timeout(Timeout::Global));
    }
    Ok(timeout)
}

/// A connection that keeps to the limit of the thread that uses it.
#[derive(Debug)]
pub(super) struct Limited<T>(pub(super) T);

impl<T: Transport> Transport for Limited<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, capped(timeout)?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(capped(timeout)?)
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}
