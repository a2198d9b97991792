//! Bodies of requests as ureq takes them.

use std::future::{Future as _, poll_fn};
use std::io::{self, Read};
use std::pin::pin;
use std::task::{Poll, ready};

use bytes::{Buf as _, Bytes};
use ureq::{Error, Timeout};

use super::limit;
use crate::executor::block_on;
use crate::transport::timer::Sleep;
use crate::transport::{BodyError, OpenBody};

/// A body that is read while it is sent.
pub(super) struct Outgoing {
    open: OpenBody,
    chunk: Bytes,
}

impl Outgoing {
    pub(super) fn new(open: OpenBody) -> Self {
        Self {
            open,
            chunk: Bytes::new(),
        }
    }

    /// The next chunk, which is waited for as long as this thread may work for the call.
    fn next(&mut self) -> io::Result<Option<Bytes>> {
        let mut timer = pin!(limit::left().map(Sleep::new));
        block_on(poll_fn(|context| {
            if let Poll::Ready(chunk) = self.open.poll_chunk(context) {
                return Poll::Ready(chunk.transpose().map_err(io::Error::other));
            }
            match timer.as_mut().as_pin_mut() {
                Some(timer) => ready!(timer.poll(context)),
                None => return Poll::Pending,
            }
            Poll::Ready(Err(io::Error::other(Error::Timeout(Timeout::SendBody))))
        }))
    }
}

impl Read for Outgoing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.chunk.is_empty() {
            self.chunk = self.next()?.unwrap_or_default();
        }
        let length = self.chunk.len().min(buffer.len());
        self.chunk.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

/// The error of a body among those of connections.
pub(super) fn body_error(error: &io::Error) -> bool {
    let inner = error.get_ref();
    inner.is_some_and(<dyn std::error::Error + Send + Sync>::is::<BodyError>)
}
