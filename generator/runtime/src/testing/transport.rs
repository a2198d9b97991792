//! The transport itself.

use std::collections::VecDeque;
use std::future;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};

use super::clock::Clock;
use super::example::Example;
use super::reply::{Ending, Failure, Reply};
use super::request::RecordedRequest;
use crate::transport::{
    BoxFuture, Chunks, RequestBody, ResponseBody, ResponseFuture, Transport, TransportError,
};

/// A transport that responds from a queue and records the requests.
///
/// A clone is the same transport: keep one to queue replies and to look at the requests. Its clock moves only when
/// a call waits, and then at once; it is meant for one call at a time.
#[derive(Debug, Clone, Default)]
pub struct TestTransport {
    state: Arc<Mutex<State>>,
    clock: Clock,
}

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<Next>,
    examples: Vec<&'static [Example]>,
    requests: Vec<RecordedRequest>,
}

#[derive(Debug)]
enum Next {
    Reply(Reply),
    Failure(Failure),
}

impl TestTransport {
    /// A transport with an empty queue; a request that finds it empty fails to connect.
    pub fn new() -> Self {
        Self::default()
    }

    /// A transport that responds to each request with the example of its operation while its queue is empty, with the
    /// one whose media type is asked for where there are several. A request that is for none of them fails to connect.
    pub fn answering(examples: impl IntoIterator<Item = &'static [Example]>) -> Self {
        let transport = Self::default();
        transport.state().examples.extend(examples);
        transport
    }

    /// Queues a response.
    pub fn reply(&self, reply: impl Into<Reply>) {
        self.state().queue.push_back(Next::Reply(reply.into()));
    }

    /// Queues a failure.
    pub fn fail(&self, failure: Failure) {
        self.state().queue.push_back(Next::Failure(failure));
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    /// The replies and failures that nothing has asked for yet.
    pub fn left(&self) -> usize {
        self.state().queue.len()
    }

    /// The time that calls have waited.
    pub fn elapsed(&self) -> Duration {
        self.clock.now()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn record(&self, head: http::request::Parts, body: Bytes) -> Option<Next> {
        let mut state = self.state();
        let examples = state.examples.iter().copied().flatten();
        let usual = Example::of(examples, &head).copied();
        state.requests.push(RecordedRequest {
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body,
        });
        let queued = state.queue.pop_front();
        queued.or_else(|| Some(Next::Reply(usual?.reply())))
    }
}

impl Transport for TestTransport {
    fn send(
        &self,
        request: http::Request<RequestBody>,
        _timeout: Option<Duration>,
    ) -> ResponseFuture<'_> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = read(body).await?;
            match self.record(head, body) {
                None => Err(TransportError::connect("no response is queued")),
                Some(Next::Failure(failure)) => Err(fail(failure).await),
                Some(Next::Reply(reply)) => {
                    if let Some(delay) = reply.delay {
                        self.clock.sleep(delay).await;
                    }
                    Ok(answer(reply))
                }
            }
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(self.clock.sleep(duration))
    }

    fn now(&self) -> Duration {
        self.clock.now()
    }

    /// 1 January 2000 and the time that calls have waited.
    fn date(&self) -> SystemTime {
        const YEAR_2000: Duration = Duration::from_secs(946_684_800);
        let since = YEAR_2000.saturating_add(self.clock.now());
        SystemTime::UNIX_EPOCH
            .checked_add(since)
            .unwrap_or(SystemTime::UNIX_EPOCH)
    }
}

/// Reads a body as a transport that sends it does.
async fn read(body: RequestBody) -> Result<Bytes, TransportError> {
    if let RequestBody::Bytes(bytes) = body {
        return Ok(bytes);
    }
    let mut open = body.open()?;
    let mut bytes = BytesMut::new();
    while let Some(chunk) = future::poll_fn(|context| open.poll_chunk(context)).await {
        bytes.extend_from_slice(&chunk.map_err(TransportError::broken_off)?);
    }
    Ok(bytes.freeze())
}

async fn fail(failure: Failure) -> TransportError {
    let of = io::Error::from;
    match failure {
        Failure::Connect => TransportError::connect(of(io::ErrorKind::ConnectionRefused)),
        Failure::Reset => TransportError::io(of(io::ErrorKind::ConnectionReset)),
        Failure::Unprocessed => TransportError::unprocessed(of(io::ErrorKind::ConnectionAborted)),
        Failure::Silence => future::pending().await,
    }
}

fn answer(reply: Reply) -> http::Response<ResponseBody> {
    let mut answer = http::Response::new(ResponseBody::chunks(ReplyBody {
        chunks: reply.chunks,
        ending: reply.ending,
    }));
    *answer.status_mut() = reply.status;
    *answer.headers_mut() = reply.headers;
    answer
}

/// A body in its chunks, with what comes after them.
struct ReplyBody {
    chunks: VecDeque<Bytes>,
    ending: Ending,
}

impl Chunks for ReplyBody {
    fn poll_chunk(
        &mut self,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        if let Some(chunk) = self.chunks.pop_front() {
            return Poll::Ready(Some(Ok(chunk)));
        }
        match self.ending {
            Ending::Whole => Poll::Ready(None),
            Ending::Stalls => Poll::Pending,
            Ending::Cut => {
                let error = io::Error::from(io::ErrorKind::UnexpectedEof);
                Poll::Ready(Some(Err(TransportError::io(error))))
            }
        }
    }
}
