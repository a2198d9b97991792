//! Bodies on their way.

use std::fmt;
use std::future::poll_fn;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;

use super::TransportError;

/// A source of chunks.
pub trait Chunks: Send {
    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// The connection broke before the end of the body.
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>>;

    /// Tells how long the next chunk may take; `left` looks at the clock. Only a source that blocks its thread needs to
    /// know: it has to respond with [`TransportError::timeout`] by then. Others are dropped when the time is over.
    fn limit(&mut self, left: &dyn Fn() -> Option<Duration>) {
        let _ = left;
    }
}

/// How many chunks in a row a task takes before it lets others run.
const IN_A_ROW: u8 = 32;

/// Counts the chunks that a task takes of a body, which may always have the next one ready: without a pause, nothing
/// else would run on the thread of the task, not even the timer that is to end it.
#[derive(Debug, Default)]
pub(crate) struct Turn(u8);

impl Turn {
    /// Is ready while the task may go on, and pending once after each [`IN_A_ROW`] chunks.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.0 += 1;
        if self.0 <= IN_A_ROW {
            return Poll::Ready(());
        }
        self.0 = 0;
        context.waker().wake_by_ref();
        Poll::Pending
    }

    /// Waits until the task may continue, and returns whether other tasks could run meanwhile.
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
    /// A body that comes in chunks.
    pub fn chunks(chunks: impl Chunks + 'static) -> Self {
        Self(Source::Chunks(Box::new(chunks)))
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// The connection broke before the end of the body.
    pub fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.0 {
            Source::Whole(bytes) => Poll::Ready(bytes.take().map(Ok)),
            Source::Chunks(chunks) => chunks.poll_chunk(context),
        }
    }

    /// Tells how long the next chunk may take, see [`Chunks::limit`].
    pub fn limit(&mut self, left: &dyn Fn() -> Option<Duration>) {
        if let Source::Chunks(chunks) = &mut self.0 {
            chunks.limit(left);
        }
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// The connection broke before the end of the body.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|context| self.poll_chunk(context))
            .await
            .transpose()
    }
}

/// A body that is in memory as a whole.
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
