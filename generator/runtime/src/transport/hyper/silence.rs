//! The read timeout of a connection.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep};

/// Measures how long a connection neither receives nor sends a byte.
pub(super) struct Silence {
    limit: Duration,
    /// Runs while bytes are awaited.
    timer: Option<Pin<Box<Sleep>>>,
}

impl Silence {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, timer: None }
    }

    /// Passes on the result of reading, or an error once the connection was silent for too long.
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

    /// Measures from now on, because bytes were sent.
    pub(super) fn start_again(&mut self) {
        let end = Instant::now().checked_add(self.limit);
        if let (Some(timer), Some(end)) = (&mut self.timer, end) {
            timer.as_mut().reset(end);
        }
    }
}
