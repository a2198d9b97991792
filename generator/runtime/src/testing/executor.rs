//! The smallest executor that runs a call.

use std::future::IntoFuture;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Runs a call over a [`TestTransport`](super::TestTransport) to its end, on this thread.
///
/// There is no need for a runtime, as the transport does no I/O and its clock does not wait.
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

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
