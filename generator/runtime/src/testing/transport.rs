//! The transport for tests.

use std::collections::VecDeque;
use std::future;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};

use super::clock::Clock;
use super::example::Example;
use super::request::RecordedRequest;
use super::response::{Ending, Failure, TestResponse};
use crate::transport::{
    BoxFuture, Chunks, HttpRequest, HttpResponse, RequestBody, ResponseBody, ResponseFuture,
    Transport, TransportError,
};

/// A transport that responds from a queue and records the requests.
///
/// Clones share the queue and the requests: keep one to queue responses and to inspect requests. The clock advances
/// only while a call waits, and then at once, which works for one call at a time.
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
    Response(TestResponse),
    Failure(Failure),
}

impl TestTransport {
    /// Returns a transport with an empty queue. A request fails to connect while the queue is empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns a transport that responds with the example of the operation while the queue is empty, and with the one of
    /// the accepted media type if there are several. A request of another operation fails to connect.
    pub fn with_examples(examples: impl IntoIterator<Item = &'static [Example]>) -> Self {
        let transport = Self::default();
        transport.state().examples.extend(examples);
        transport
    }

    /// Queues a response.
    pub fn respond(&self, response: impl Into<TestResponse>) {
        self.state()
            .queue
            .push_back(Next::Response(response.into()));
    }

    /// The former name of [`respond`](Self::respond).
    #[deprecated(note = "renamed to `respond`")]
    #[doc(hidden)]
    pub fn reply(&self, response: impl Into<TestResponse>) {
        self.respond(response);
    }

    /// Queues a failure.
    pub fn fail(&self, failure: Failure) {
        self.state().queue.push_back(Next::Failure(failure));
    }

    /// Returns the requests so far.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    /// Returns the number of queued responses and failures.
    pub fn left(&self) -> usize {
        self.state().queue.len()
    }

    /// Returns how long calls have waited.
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
        queued.or_else(|| Some(Next::Response(usual?.response())))
    }
}

impl Transport for TestTransport {
    fn send(&self, request: HttpRequest, _timeout: Option<Duration>) -> ResponseFuture<'_> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = read(body).await?;
            match self.record(head, body) {
                None => Err(TransportError::connect("no response is queued")),
                Some(Next::Failure(failure)) => Err(fail(failure).await),
                Some(Next::Response(response)) => {
                    if let Some(delay) = response.delay {
                        self.clock.sleep(delay).await;
                    }
                    Ok(response.into_http())
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

    /// 1 January 2000, plus the time that calls have waited.
    fn date(&self) -> SystemTime {
        const YEAR_2000: Duration = Duration::from_secs(946_684_800);
        let since = YEAR_2000.saturating_add(self.clock.now());
        SystemTime::UNIX_EPOCH
            .checked_add(since)
            .unwrap_or(SystemTime::UNIX_EPOCH)
    }
}

/// Reads a body like a transport that sends it.
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

impl TestResponse {
    fn into_http(self) -> HttpResponse {
        let mut response = http::Response::new(ResponseBody::chunks(TestBody {
            chunks: self.chunks,
            ending: self.ending,
        }));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

/// The body of a response: its chunks and its end.
struct TestBody {
    chunks: VecDeque<Bytes>,
    ending: Ending,
}

impl Chunks for TestBody {
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
