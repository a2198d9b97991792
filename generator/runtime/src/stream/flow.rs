//! A response body that is being received.

use std::fmt;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use crate::error::{Error, ErrorKind};
use crate::retry::sooner;
use crate::transport::{BoxFuture, ResponseBody, TransportError, Turn};

/// The head of the response that a stream reads, and its call.
pub(crate) trait Head: Send + Sync {
    /// Returns the time by the clock of the transport.
    fn now(&self) -> Duration;

    /// Waits by the clock of the transport.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Returns the maximum size of an item.
    fn item_limit(&self) -> usize;

    /// Adds the response, its call and the relevant part of the body to an error.
    fn error(&self, error: Error, body: Bytes) -> Error;
}

/// The body of a response that is read as a stream.
pub struct Flow {
    head: Box<dyn Head>,
    /// `None` after the end.
    body: Option<ResponseBody>,
    limit: Limit,
    /// The timer of the chunk that is awaited.
    timer: Option<BoxFuture<'static, ()>>,
    turn: Turn,
}

/// The timeouts of a body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    /// The timeout between two chunks.
    pub(crate) idle: Option<Duration>,
    /// The deadline of the call, by the clock of the transport.
    pub(crate) deadline: Option<Duration>,
    /// Whether the call can be repeated safely.
    pub(crate) repeatable: bool,
}

impl Limit {
    /// Returns the remaining time for the next chunk.
    fn left(self, head: &dyn Head) -> Option<Duration> {
        let left = self.deadline.map(|end| end.saturating_sub(head.now()));
        sooner(self.idle, left)
    }
}

impl Flow {
    pub(crate) fn new(head: Box<dyn Head>, body: ResponseBody, limit: Limit) -> Self {
        Self {
            head,
            body: Some(body),
            limit,
            timer: None,
            turn: Turn::default(),
        }
    }

    /// Returns the maximum size of an item.
    pub(super) fn item_limit(&self) -> usize {
        self.head.item_limit()
    }

    /// Releases the connection.
    pub(super) fn end(&mut self) {
        self.body = None;
        self.timer = None;
    }

    /// Adds the response and the relevant part of its body to an error.
    pub(super) fn error(&self, error: Error, about: Bytes) -> Error {
        self.head.error(error, about)
    }

    /// Returns the error of a call after its deadline, even if more of its body is ready.
    pub(super) fn expired(&mut self) -> Option<Error> {
        let end = self.limit.deadline?;
        let is_over = self.body.is_some() && end <= self.head.now();
        is_over.then(|| self.timed_out())
    }

    /// Returns the next chunk that is not empty. An error is the last item.
    pub(super) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            if let Some(error) = self.expired() {
                return Poll::Ready(Some(Err(error)));
            }
            let Some(body) = &mut self.body else {
                return Poll::Ready(None);
            };
            ready!(self.turn.poll(context));
            body.limit(&|| self.limit.left(&*self.head));
            let Poll::Ready(came) = body.poll_chunk(context) else {
                break;
            };
            self.timer = None;
            match came {
                Some(Ok(chunk)) if chunk.is_empty() => {}
                Some(Ok(chunk)) => return Poll::Ready(Some(Ok(chunk))),
                Some(Err(error)) => return Poll::Ready(Some(Err(self.broken(error)))),
                None => {
                    self.end();
                    return Poll::Ready(None);
                }
            }
        }
        ready!(self.poll_timer(context));
        Poll::Ready(Some(Err(self.timed_out())))
    }

    /// Is ready when the timeout of the next chunk is over.
    fn poll_timer(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.timer.is_none() {
            let left = self.limit.left(&*self.head);
            self.timer = left.map(|limit| self.head.sleep(limit));
        }
        match &mut self.timer {
            Some(timer) => timer.as_mut().poll(context),
            None => Poll::Pending,
        }
    }

    fn timed_out(&mut self) -> Error {
        self.end();
        let now = self.head.now();
        let message = match (self.limit.deadline, self.limit.idle) {
            (Some(end), _) if end <= now => "the total timeout of the call is over".to_owned(),
            (_, Some(idle)) => format!("nothing was received for {idle:?}"),
            (_, None) => String::new(),
        };
        self.lost(Error::new(ErrorKind::Timeout, message))
    }

    fn broken(&mut self, error: TransportError) -> Error {
        self.end();
        let kind = error.kind();
        let error = error.into_error();
        if kind == ErrorKind::Decode {
            return self.error(error, Bytes::new());
        }
        self.lost(error)
    }

    fn lost(&self, error: Error) -> Error {
        self.error(error, Bytes::new())
            .worth_repeating(self.limit.repeatable)
    }
}

impl fmt::Debug for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flow").finish_non_exhaustive()
    }
}
