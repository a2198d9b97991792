//! Bodies of requests as reqwest takes them.

use std::future::Future as _;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::transport::{BodyError, OpenBody};

type Chunk = Option<Result<Bytes, BodyError>>;

/// A body that is read while it is sent. What blocks, a file say, is read on threads of tokio's that may.
pub(super) struct Outgoing {
    length: Option<u64>,
    // reqwest wants to share bodies between threads, which nobody does.
    state: Mutex<State>,
}

enum State {
    Here(OpenBody),
    Away(JoinHandle<(OpenBody, Poll<Chunk>)>),
    Ended,
}

impl Outgoing {
    pub(super) fn new(open: OpenBody) -> Self {
        Self {
            length: open.length(),
            state: Mutex::new(State::Here(open)),
        }
    }
}

impl State {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Chunk> {
        loop {
            match std::mem::replace(self, Self::Ended) {
                Self::Here(mut open) if open.blocks() => {
                    *self = Self::Away(spawn_blocking(move || {
                        let chunk = open.poll_chunk(&mut Context::from_waker(Waker::noop()));
                        (open, chunk)
                    }));
                }
                Self::Here(mut open) => {
                    let chunk = open.poll_chunk(context);
                    if !matches!(chunk, Poll::Ready(None)) {
                        *self = Self::Here(open);
                    }
                    return chunk;
                }
                Self::Away(mut reading) => match Pin::new(&mut reading).poll(context) {
                    Poll::Pending => {
                        *self = Self::Away(reading);
                        return Poll::Pending;
                    }
                    Poll::Ready(Ok((open, Poll::Ready(chunk)))) => {
                        if chunk.is_some() {
                            *self = Self::Here(open);
                        }
                        return Poll::Ready(chunk);
                    }
                    // What blocks has ended, and a stream behind it is pending: it has to know this task.
                    Poll::Ready(Ok((open, Poll::Pending))) => *self = Self::Here(open),
                    Poll::Ready(Err(error)) => {
                        let error = std::io::Error::other(error);
                        return Poll::Ready(Some(Err(BodyError::unreadable(error))));
                    }
                },
                Self::Ended => return Poll::Ready(None),
            }
        }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let state = self.get_mut().state.get_mut();
        let state = state.unwrap_or_else(std::sync::PoisonError::into_inner);
        let chunk = ready!(state.poll(context));
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
