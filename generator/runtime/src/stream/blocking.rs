//! Iterators over streams, for blocking calls.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::{ByteStream, Events, JsonLines};
use crate::transport::block_anywhere;

/// An iterator over the items of a stream, which blocks the thread until the next one has arrived.
///
/// ```no_run
/// # type Progress = i64;
/// # fn example(call: specwright_runtime::Call<specwright_runtime::Events<Progress>>) -> Result<(), specwright_runtime::Error> {
/// let mut events = call.send_blocking()?.into_value();
/// for event in events.blocking() {
///     println!("{:?}", event?.data);
/// }
/// println!("resume after {:?}", events.last_event_id());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is read"]
pub struct Blocking<'a, S>(&'a mut S);

impl<'a, S> Blocking<'a, S> {
    pub(crate) fn new(stream: &'a mut S) -> Self {
        Self(stream)
    }
}

impl<S: Stream + Unpin> Iterator for Blocking<'_, S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        block_anywhere(poll_fn(|context| Pin::new(&mut *self.0).poll_next(context)))
    }
}

/// Implements the method `blocking` for a stream.
macro_rules! blocking {
    ($name:ident $(<$value:ident>)?) => {
        impl $(<$value>)? $name $(<$value>)? {
            /// Returns an iterator that blocks this thread until the next item has arrived. If the call was made with
            /// `send_blocking()`, no async runtime is needed.
            pub fn blocking(&mut self) -> Blocking<'_, Self> {
                Blocking(self)
            }
        }
    };
}
blocking!(ByteStream);
blocking!(Events<T>);
blocking!(JsonLines<T>);
