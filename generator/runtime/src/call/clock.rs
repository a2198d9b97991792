//! Timeouts by the clock of a transport.

use std::future::{Future, poll_fn};
use std::task::{Context, Poll};
use std::time::Duration;

use crate::error::ErrorKind;
use crate::transport::{BoxFuture, Transport, TransportError};

/// A timeout, measured by the clock of the transport.
pub(super) struct Clock<'a> {
    pub(super) transport: &'a dyn Transport,
    /// The whole duration.
    pub(super) limit: Option<Duration>,
    /// The time at which it ends.
    end: Option<Duration>,
    /// The timer, started at the first pending poll: a blocking transport, or one that responds at once, needs none.
    timer: Option<BoxFuture<'a, ()>>,
}

impl<'a> Clock<'a> {
    pub(super) fn new(
        transport: &'a dyn Transport,
        limit: Option<Duration>,
        now: Duration,
    ) -> Self {
        Self {
            transport,
            limit,
            end: limit.map(|limit| now.saturating_add(limit)),
            timer: None,
        }
    }

    /// Returns the remaining time.
    pub(super) fn left(&self) -> Option<Duration> {
        self.end.map(|end| end.saturating_sub(self.transport.now()))
    }

    /// Whether a blocking transport ended because of this timeout.
    #[cold]
    pub(super) fn is_why(&self, error: &TransportError) -> bool {
        error.kind() == ErrorKind::Timeout && self.left() == Some(Duration::ZERO)
    }

    /// Returns the result of `poll`, or `None` if the timeout ends first.
    pub(super) fn race<T>(
        &mut self,
        mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>,
    ) -> impl Future<Output = Option<T>> {
        poll_fn(move |context| self.poll_race(poll(context), context))
    }

    /// Returns the output, or `None` if the timeout ended first.
    pub(super) fn poll_race<T>(
        &mut self,
        polled: Poll<T>,
        context: &mut Context<'_>,
    ) -> Poll<Option<T>> {
        match polled {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending => self.poll_over(context).map(|()| None),
        }
    }

    fn poll_over(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some(end) = self.end else {
            return Poll::Pending;
        };
        let transport = self.transport;
        let begin = || transport.sleep(end.saturating_sub(transport.now()));
        let timer = self.timer.get_or_insert_with(begin);
        timer.as_mut().poll(context)
    }
}
