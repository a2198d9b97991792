//! The smallest executor that runs a call.

use std::future::IntoFuture;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Runs a call to its end on this thread, which is parked while there is nothing to do.
///
/// There is no runtime in it: it serves transports that need none, as the one for tests does. A call over the
/// network needs its own.
#[cfg_attr(
    not(any(test, feature = "testing")),
    expect(unreachable_pub, reason = "it is public for tests")
)]
pub fn block_on<F: IntoFuture>(call: F) -> F::Output {
    let mut future = pin!(call.into_future());
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// Runs a call to its end on this thread, which may belong to a runtime.
///
/// A task of a runtime may do only so much before it has to let others run, and would wait here for a turn that never
/// comes.
#[cfg(feature = "blocking")]
pub(crate) fn block_anywhere<F: IntoFuture>(call: F) -> F::Output {
    block_on(tokio::task::unconstrained(call.into_future()))
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
