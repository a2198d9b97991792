//! Request bodies for hyper.

use std::future::{Future as _, ready};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use super::{BodyError, OpenBody, RequestBody, ResponseFuture, TransportError, runtime};

type Chunk = Option<Result<Bytes, BodyError>>;

/// Sends a request with this body by calling `start`, which needs a runtime.
///
/// A body in memory is sent at once, so that the future does not have to store the request.
pub(super) fn send<'a>(
    body: RequestBody,
    start: impl FnOnce(Outgoing) -> ResponseFuture<'a> + Send + 'a,
) -> ResponseFuture<'a> {
    let whole = match body {
        RequestBody::Empty => Bytes::new(),
        RequestBody::Bytes(bytes) => bytes,
        body @ RequestBody::Source(_) => {
            return Box::pin(async move {
                runtime::require()?;
                let (body, unread) = Outgoing::open(body).await?;
                start(body).await.map_err(|failure| unread.or(failure))
            });
        }
    };
    match runtime::require() {
        Ok(()) => start(Outgoing::whole(whole)),
        Err(error) => Box::pin(ready(Err(error))),
    }
}

/// A request body that is being sent. Blocking sources, such as files, are read on tokio's blocking threads.
pub(super) struct Outgoing {
    length: Option<u64>,
    state: State,
    unread: Option<Unread>,
}

/// The error of a request body, available as soon as it occurs. Over HTTP/2, hyper reports only that the request ended.
#[derive(Clone, Default)]
struct Unread(Arc<OnceLock<BodyError>>);

impl Unread {
    /// Returns the error of the request body if there is one, otherwise that of the transport.
    fn or(&self, failure: TransportError) -> TransportError {
        match self.0.get() {
            Some(error) => TransportError::broken_off(error.clone()),
            None => failure,
        }
    }
}

enum State {
    Whole(Bytes),
    Here(OpenBody),
    Away(JoinHandle<(OpenBody, Poll<Chunk>)>),
    Ended,
}

impl Outgoing {
    /// Returns a body in memory.
    fn whole(bytes: Bytes) -> Self {
        Self {
            length: Some(bytes.len() as u64),
            state: if bytes.is_empty() {
                State::Ended
            } else {
                State::Whole(bytes)
            },
            unread: None,
        }
    }

    /// Opens a body on a blocking thread.
    async fn open(body: RequestBody) -> Result<(Self, Unread), TransportError> {
        let open = spawn_blocking(move || body.open())
            .await
            .map_err(TransportError::unsendable)??;
        let unread = Unread::default();
        let body = Self {
            length: open.length(),
            state: State::Here(open),
            unread: Some(unread.clone()),
        };
        Ok((body, unread))
    }
}

impl State {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Chunk> {
        loop {
            match std::mem::replace(self, Self::Ended) {
                Self::Whole(bytes) => return Poll::Ready(Some(Ok(bytes))),
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
                    // The blocking part has ended and the stream after it is pending: it has to register this task's
                    // waker.
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
        let body = self.get_mut();
        let chunk = body.state.poll(context);
        if let (Poll::Ready(Some(Err(error))), Some(unread)) = (&chunk, &body.unread) {
            // The body ends with its first error.
            let _ = unread.0.set(error.clone());
        }
        chunk.map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    fn size_hint(&self) -> SizeHint {
        self.length
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
