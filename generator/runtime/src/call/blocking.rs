//! Calls on the thread that waits for them.

use bytes::Bytes;

use super::{Call, Response};
use crate::error::Error;
use crate::stream::ByteStream;
use crate::transport::executor::block_anywhere;

impl<T> Call<T> {
    /// Makes the call on this thread, which waits for it, and gives the response with its status, headers and body.
    ///
    /// No async runtime is needed, and one that runs this thread does no harm, but its other tasks on this thread wait
    /// as well. The connections live on a thread of the client's own, which starts with its first blocking call and
    /// ends with the client. A transport that the client was given is used instead; one that needs a runtime, as one
    /// over reqwest does, has to find it running on other threads.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send_blocking(mut self) -> Result<Response<T>, Error> {
        self.request.block();
        block_anywhere(self.send())
    }

    /// Makes the call as [`send_blocking`](Self::send_blocking) does, and gives the body of its response as it comes,
    /// whatever it is.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind); what goes wrong after the head is told by the stream.
    pub fn send_stream_blocking(self) -> Result<Response<ByteStream>, Error> {
        self.streamed().send_blocking()
    }

    /// Makes the call as [`send_blocking`](Self::send_blocking) does, and gives the body of its response as bytes,
    /// whatever it is.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send_bytes_blocking(self) -> Result<Response<Bytes>, Error> {
        self.whole().send_blocking()
    }
}
