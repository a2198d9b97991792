//! Bodies of responses as hyper gives them.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Body;

use super::{Chunks, TransportError};

/// A body on its way, as chunks.
pub(super) struct Arriving<B: Body> {
    pub(super) body: B,
    /// Converts its errors to those of a transport.
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
                    // Trailers say nothing that a caller can ask for.
                    Err(_) => continue,
                },
            };
        }
    }
}
