//! Access to the tokio runtime.

use std::time::Duration;

use super::timer::Sleep;
use super::{BoxFuture, TransportError};

/// Checks that there is a runtime: without one, tokio would panic.
pub(super) fn require() -> Result<(), TransportError> {
    if is_here() {
        Ok(())
    } else {
        Err(TransportError::unsendable(
            "this transport needs a tokio runtime",
        ))
    }
}

/// Waits by the timer of the runtime, or by a thread where there is no runtime.
pub(super) fn sleep(duration: Duration) -> BoxFuture<'static, ()> {
    if is_here() {
        Box::pin(tokio::time::sleep(duration))
    } else {
        Box::pin(Sleep::new(duration))
    }
}

pub(super) fn is_here() -> bool {
    tokio::runtime::Handle::try_current().is_ok()
}
