//! A minimal executor for one call.

use std::future::IntoFuture;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Runs a call on this thread, which is parked while the call is pending.
///
/// It has no async runtime, so it only works with transports that need none, such as the one for tests. A transport
/// over the network needs a runtime.
pub(crate) fn block_on<F: IntoFuture>(call: F) -> F::Output {
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

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
