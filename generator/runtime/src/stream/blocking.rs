//! Streams that are read on the thread that asks.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use crate::transport::executor::block_anywhere;

/// The items of a stream, each waited for on this thread.
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
