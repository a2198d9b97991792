//! The body of a response while it is received.

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

    /// Returns the most bytes that an item may have.
    fn item_limit(&self) -> usize;

    /// Adds the response and its call to an error, and the part of the body that it is about.
    fn error(&self, error: Error, body: Bytes) -> Error;
}

/// The body of a response that is read as a stream.
pub struct Flow {
    head: Box<dyn Head>,
    /// `None` once it has ended.
    body: Option<ResponseBody>,
    limit: Limit,
    /// Runs while the server is waited for.
    timer: Option<BoxFuture<'static, ()>>,
    turn: Turn,
}

/// How long a body may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    /// Between two chunks.
    pub(crate) idle: Option<Duration>,
    /// When the call has to be over, by the clock of the transport.
    pub(crate) deadline: Option<Duration>,
    /// Whether making the call again does no harm.
    pub(crate) repeatable: bool,
}

impl Limit {
    /// How long the next chunk may take.
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

    /// The most bytes that an item may have.
    pub(super) fn item_limit(&self) -> usize {
        self.head.item_limit()
    }

    /// Lets go of the connection.
    pub(super) fn end(&mut self) {
        self.body = None;
        self.timer = None;
    }

    /// An error with the response and the part of its body that it is about.
    pub(super) fn error(&self, error: Error, about: Bytes) -> Error {
        self.head.error(error, about)
    }

    /// The error of a call whose time is over, whether or not more of its body is ready.
    pub(super) fn expired(&mut self) -> Option<Error> {
        let end = self.limit.deadline?;
        let is_over = self.body.is_some() && end <= self.head.now();
        is_over.then(|| self.timed_out())
    }

    /// The next chunk that is not empty; nothing follows an error.
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

    /// Ready when the server has been waited for too long.
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
            (Some(end), _) if end <= now => "the time for the whole call is over".to_owned(),
            (_, Some(idle)) => format!("nothing came for {idle:?}"),
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
