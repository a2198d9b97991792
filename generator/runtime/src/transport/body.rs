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
    /// know: it has to answer with [`TransportError::timeout`] by then. Others are dropped when the time is over.
    fn limit(&mut self, left: &dyn Fn() -> Option<Duration>) {
        let _ = left;
    }
}

/// The body of an answer, read chunk by chunk.
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
