//! Bodies of responses that are read as they come: chunks of bytes, server-sent events, lines of JSON.
//!
//! [`Flow`] is a body with its limits and errors, [`Items`] cuts it into items as a [`Cutter`] says, and the public
//! streams make values of these. What a stream has to know of its call, it asks a [`Head`], which `call` implements.

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

/// What cuts a body into items, whatever the chunks it comes in.
trait Cutter {
    /// The items that it produces.
    type Item: AsRef<[u8]>;

    /// Takes bytes from the front of a chunk until an item is complete; `None` once the chunk is used up.
    fn next(&mut self, chunk: &mut Bytes) -> Option<Self::Item>;

    /// The item that the end of the body completes.
    fn last(&mut self) -> Option<Self::Item>;

    /// How many bytes are kept of an item that is not complete.
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

    /// The next item; nothing follows an error.
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

    /// Gives nothing after this error.
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
            /// The next item; `None` at the end. Nothing is lost where the future is dropped before it is done.
            ///
            /// # Errors
            /// The connection broke, nothing came for too long, or the item cannot be read. Only after the last
            /// kind does anything follow.
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
