//! The read timeout of a connection.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep};

/// Measures how long a connection neither receives nor sends a byte.
pub(super) struct Silence {
    limit: Duration,
    /// The timer, active while a read is pending.
    timer: Option<Pin<Box<Sleep>>>,
}

impl Silence {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, timer: None }
    }

    /// Returns the result of a read, or an error once the timeout is over.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
        read: Poll<io::Result<()>>,
    ) -> Poll<io::Result<()>> {
        if read.is_ready() {
            self.timer = None;
            return read;
        }
        let limit = self.limit;
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        timer.as_mut().poll(context).map(|()| {
            let why = format!("no byte was received or sent for {limit:?}");
            Err(io::Error::new(io::ErrorKind::TimedOut, why))
        })
    }

    /// Restarts the measurement because bytes were sent.
    pub(super) fn start_again(&mut self) {
        let end = Instant::now().checked_add(self.limit);
        if let (Some(timer), Some(end)) = (&mut self.timer, end) {
            timer.as_mut().reset(end);
        }
    }
}
