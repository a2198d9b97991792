//! Streams: response bodies that are read while they are received, as bytes, server-sent events or JSON lines.
//!
//! [`Flow`] is a body with its timeouts and errors, [`Items`] splits it by a [`Cutter`], and the public streams decode
//! the items. A stream gets the information about its call from a [`Head`], which `call` implements.

#[cfg(feature = "blocking")]
pub(crate) mod blocking;
mod bytes;
mod cut;
mod event;
mod flow;
mod line;

use std::task::{Context, Poll};

use ::bytes::Bytes;

use crate::error::{Error, ErrorKind};

pub use self::bytes::ByteStream;
pub use self::event::{Event, Events};
pub use self::flow::Flow;
pub(crate) use self::flow::{Head, Limit};
pub use self::line::JsonLines;

/// Splits a body into items, independent of its chunks.
trait Cutter {
    /// The type of the items.
    type Item: AsRef<[u8]>;

    /// Removes bytes from the front of a chunk until an item is complete; returns `None` when the chunk is empty.
    fn next(&mut self, chunk: &mut Bytes) -> Option<Self::Item>;

    /// Returns the item that ends with the body.
    fn last(&mut self) -> Option<Self::Item>;

    /// Returns the number of bytes of the incomplete item.
    fn held(&self) -> usize;
}

/// The items of a body.
struct Items<C> {
    flow: Flow,
    cutter: C,
    /// The rest of the last chunk.
    chunk: Bytes,
    ended: bool,
}

impl<C: Cutter> Items<C> {
    fn new(flow: Flow, cutter: C) -> Self {
        Self {
            flow,
            cutter,
            chunk: Bytes::new(),
            ended: false,
        }
    }

    /// Returns the next item. An error is the last one.
    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<C::Item, Error>>> {
        loop {
            if let Some(error) = self.flow.expired() {
                return Poll::Ready(Some(Err(self.end(error))));
            }
            let item = self.cutter.next(&mut self.chunk);
            let length = item.as_ref().map_or(0, |item| item.as_ref().len());
            if length.max(self.cutter.held()) > self.flow.item_limit() {
                return Poll::Ready(self.too_large());
            }
            if item.is_some() {
                return Poll::Ready(item.map(Ok));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match std::task::ready!(self.flow.poll_chunk(context)) {
                Some(Ok(chunk)) => self.chunk = chunk,
                Some(Err(error)) => return Poll::Ready(Some(Err(self.end(error)))),
                None => {
                    self.ended = true;
                    return Poll::Ready(self.cutter.last().map(Ok));
                }
            }
        }
    }

    /// Ends the stream with this error.
    fn end(&mut self, error: Error) -> Error {
        self.chunk = Bytes::new();
        self.ended = true;
        error
    }

    fn too_large<T>(&mut self) -> Option<Result<T, Error>> {
        self.chunk = Bytes::new();
        if std::mem::replace(&mut self.ended, true) {
            return None;
        }
        let limit = self.flow.item_limit();
        self.flow.end();
        let message = format!("an item has more than the {limit} bytes that the client accepts");
        let error = Error::new(ErrorKind::BodyTooLarge, message);
        Some(Err(self.flow.error(error, Bytes::new())))
    }
}

/// Implements the method `next` and the traits `Stream` and `Debug` for a stream.
macro_rules! stream {
    ($name:ident $(<$value:ident>)? of $item:ty) => {
        impl $(<$value>)? $name $(<$value>)? {
            /// Returns the next item; `None` at the end. If the future is dropped before it is ready, no item is lost.
            ///
            /// # Errors
            /// The connection was lost, the stream was idle for too long, or the item cannot be decoded. Further items
            /// follow only after an item that cannot be decoded.
            pub async fn next(&mut self) -> ::std::option::Option<::std::result::Result<$item, $crate::Error>> {
                ::std::future::poll_fn(|context| self.poll(context)).await
            }
        }

        $crate::stream::stream!(@traits $name $(<$value>)? of $item);
    };
    (@traits $name:ident $(<$value:ident>)? of $item:ty) => {
        impl $(<$value>)? ::futures_core::Stream for $name $(<$value>)? {
            type Item = ::std::result::Result<$item, $crate::Error>;

            fn poll_next(
                mut self: ::std::pin::Pin<&mut Self>,
                context: &mut ::std::task::Context<'_>,
            ) -> ::std::task::Poll<::std::option::Option<Self::Item>> {
                self.poll(context)
            }
        }

        impl $(<$value>)? ::std::fmt::Debug for $name $(<$value>)? {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(::std::stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}
pub(crate) use stream;

#[cfg(test)]
mod tests;
