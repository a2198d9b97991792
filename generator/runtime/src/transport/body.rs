//! Response bodies.

use std::fmt;
use std::future::poll_fn;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;

use super::TransportError;

/// A source of chunks.
pub trait Chunks: Send {
    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    /// The connection was lost before the end of the body.
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>>;

    /// Sets how long the next chunk may take; `left` returns the remaining time. Only a source that blocks its thread
    /// needs it: it has to return a [`TransportError::timeout`] by then. Other sources are dropped when the time is
    /// over.
    fn limit(&mut self, left: &dyn Fn() -> Option<Duration>) {
        let _ = left;
    }
}

/// The number of chunks that a task reads before it yields.
const IN_A_ROW: u8 = 32;

/// Counts the chunks that a task reads. A body whose next chunk is always ready would otherwise block the thread of the
/// task and its timers.
#[derive(Debug, Default)]
pub(crate) struct Turn(u8);

impl Turn {
    /// Is ready until [`IN_A_ROW`] chunks were read, then pending once.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.0 += 1;
        if self.0 <= IN_A_ROW {
            return Poll::Ready(());
        }
        self.0 = 0;
        context.waker().wake_by_ref();
        Poll::Pending
    }

    /// Waits until the task may continue. Returns whether other tasks could run meanwhile.
    pub(crate) async fn pause(&mut self) -> bool {
        let mut paused = false;
        poll_fn(|context| {
            let turn = self.poll(context);
            paused |= turn.is_pending();
            turn
        })
        .await;
        paused
    }
}

/// The body of a response, read chunk by chunk.
pub struct ResponseBody(Source);

enum Source {
    Whole(Option<Bytes>),
    Chunks(Box<dyn Chunks>),
}

impl ResponseBody {
    /// Returns a body that is read from chunks.
    pub fn chunks(chunks: impl Chunks + 'static) -> Self {
        Self(Source::Chunks(Box::new(chunks)))
    }

    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    /// The connection was lost before the end of the body.
    pub fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.0 {
            Source::Whole(bytes) => Poll::Ready(bytes.take().map(Ok)),
            Source::Chunks(chunks) => chunks.poll_chunk(context),
        }
    }

    /// Sets how long the next chunk may take, see [`Chunks::limit`].
    pub fn limit(&mut self, left: &dyn Fn() -> Option<Duration>) {
        if let Source::Chunks(chunks) = &mut self.0 {
            chunks.limit(left);
        }
    }

    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    /// The connection was lost before the end of the body.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|context| self.poll_chunk(context))
            .await
            .transpose()
    }
}

/// A body that is entirely in memory.
impl From<Bytes> for ResponseBody {
    fn from(bytes: Bytes) -> Self {
        Self(Source::Whole(Some(bytes)))
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}
