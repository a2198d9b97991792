//! Streams of bytes.

use std::task::{Context, Poll};

use bytes::Bytes;

use super::{Flow, stream};
use crate::error::Error;

/// The body of a response as a stream of chunks, of any size.
///
/// Nothing is buffered, so a slow reader slows the server down. Dropping the stream ends the transfer.
///
/// ```no_run
/// # async fn example(call: specwright_runtime::Call<specwright_runtime::Bytes>) -> Result<(), specwright_runtime::Error> {
/// let mut stream = call.send_stream().await?.into_value();
/// while let Some(chunk) = stream.next().await {
///     println!("{} bytes", chunk?.len());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct ByteStream(Flow);

impl ByteStream {
    pub(crate) fn new(flow: Flow) -> Self {
        Self(flow)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        self.0.poll_chunk(context)
    }
}

stream!(ByteStream of Bytes);
