//! Response bodies from hyper.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Body;

use super::{Chunks, TransportError};

/// A response body that yields chunks.
pub(super) struct Arriving<B: Body> {
    pub(super) body: B,
    /// Converts hyper's errors.
    pub(super) failure: fn(B::Error) -> TransportError,
}

impl<B: Body<Data = Bytes> + Send + Unpin> Chunks for Arriving<B> {
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            return match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(None) => Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err((self.failure)(error)))),
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => Poll::Ready(Some(Ok(data))),
                    // Trailers are dropped: no caller can ask for them.
                    Err(_) => continue,
                },
            };
        }
    }
}
