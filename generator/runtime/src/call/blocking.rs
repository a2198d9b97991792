//! Blocking calls.

use bytes::Bytes;

use super::{Call, Request, Response};
use crate::error::Error;
use crate::stream::ByteStream;
use crate::transport::block_anywhere;

impl Request {
    /// Makes the call on the thread that polls it.
    pub(crate) fn block(&mut self) {
        self.0.channel = self.0.channel.waiting_as(true);
    }
}

impl<T> Call<T> {
    /// Makes the call, blocks this thread until it has ended, and returns the response with its status code, headers
    /// and value.
    ///
    /// No async runtime is needed. On a thread of an async runtime it works too, but blocks the other tasks of that
    /// thread. The connections live on a background thread of the client, which starts with the first blocking call and
    /// ends with the client. A transport set by the caller is used instead; if that transport needs a runtime, such as
    /// one over reqwest, the runtime has to run on other threads.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send_blocking(mut self) -> Result<Response<T>, Error> {
        self.request.block();
        block_anywhere(self.send())
    }

    /// Makes the call like [`send_blocking`](Self::send_blocking) and returns the response body as a stream of bytes,
    /// whatever its media type.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind). Errors after the head of the response are items of the stream.
    pub fn send_stream_blocking(self) -> Result<Response<ByteStream>, Error> {
        self.streamed().send_blocking()
    }

    /// Makes the call like [`send_blocking`](Self::send_blocking) and returns the response body as bytes, whatever its
    /// media type.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send_bytes_blocking(self) -> Result<Response<Bytes>, Error> {
        self.whole().send_blocking()
    }
}

/// The part of [`call!`](crate::call!) for the feature `blocking`.
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_call {
    ($name:ident -> $output:ty) => {
        impl $name {
            /// Makes the call, blocks this thread until it has ended, and returns the response with its status code,
            /// headers and value. No async runtime is needed.
            ///
            /// # Errors
            /// No response arrived, or the response is not a success or cannot be decoded.
            pub fn send_blocking(
                self,
            ) -> ::std::result::Result<$crate::Response<$output>, $crate::Error> {
                self.0.send_blocking()
            }

            /// Makes the call, blocks this thread, and returns the response body as bytes, whatever its media type.
            ///
            /// # Errors
            /// No response arrived, or the response is not a success.
            pub fn send_bytes_blocking(
                self,
            ) -> ::std::result::Result<$crate::Response<$crate::Bytes>, $crate::Error> {
                self.0.send_bytes_blocking()
            }

            /// Makes the call, blocks this thread, and returns the response body as a stream of bytes, whatever its
            /// media type.
            ///
            /// # Errors
            /// No response arrived, or the response is not a success.
            pub fn send_stream_blocking(
                self,
            ) -> ::std::result::Result<$crate::Response<$crate::ByteStream>, $crate::Error> {
                self.0.send_stream_blocking()
            }
        }
    };
}
