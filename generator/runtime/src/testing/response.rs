//! Responses and failures for tests.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;

use crate::codec::Encode;
use crate::codec::direction::to_response_json;

/// A response in the queue of a [`TestTransport`](super::TestTransport).
#[derive(Debug, Clone)]
#[must_use = "a response is sent only if it is queued"]
pub struct TestResponse {
    pub(super) status: http::StatusCode,
    pub(super) headers: http::HeaderMap,
    /// The names of the headers from an example, which `header` replaces.
    ready: Vec<http::HeaderName>,
    pub(super) chunks: VecDeque<Bytes>,
    pub(super) delay: Option<Duration>,
    pub(super) ending: Ending,
}

/// How the connection behaves after the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Whole,
    Cut,
    Stalls,
}

impl TestResponse {
    /// Returns a response without a body.
    ///
    /// # Panics
    /// The status code does not have three digits.
    pub fn status(status: u16) -> Self {
        let status = http::StatusCode::from_u16(status);
        assert!(status.is_ok(), "a status code has three digits");
        Self {
            status: status.unwrap_or_default(),
            headers: http::HeaderMap::new(),
            ready: Vec::new(),
            chunks: VecDeque::new(),
            delay: None,
            ending: Ending::Whole,
        }
    }

    /// Returns a response with status code 200 and a JSON body.
    pub fn json(text: impl Into<String>) -> Self {
        Self::status(200).with_json(text)
    }

    /// Adds a JSON body.
    pub fn with_json(self, text: impl Into<String>) -> Self {
        self.body("application/json", text.into())
    }

    /// Returns a response with status code 200 and a value as JSON, including its read-only properties.
    pub fn value(value: &dyn Encode) -> Self {
        Self::status(200).with_value(value)
    }

    /// Adds a value as the JSON body, including its read-only properties.
    pub fn with_value(self, value: &dyn Encode) -> Self {
        self.body("application/json", to_response_json(value))
    }

    /// Adds a body.
    ///
    /// # Panics
    /// The content type is invalid.
    pub fn body(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.chunks = [body.into()].into();
        self.header("content-type", content_type)
    }

    /// Adds a body that is received in these chunks, as a stream is.
    ///
    /// # Panics
    /// The content type is invalid.
    pub fn chunks<C: Into<Bytes>>(
        mut self,
        content_type: &str,
        chunks: impl IntoIterator<Item = C>,
    ) -> Self {
        self.chunks = chunks.into_iter().map(Into::into).collect();
        self.header("content-type", content_type)
    }

    /// Adds a header. It replaces a header of the same name only if that comes from an example.
    ///
    /// # Panics
    /// The name or the value is invalid.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = name.parse::<http::HeaderName>();
        let value = value.parse::<http::HeaderValue>();
        assert!(
            name.is_ok() && value.is_ok(),
            "{name:?} with {value:?} is not a valid header"
        );
        if let (Ok(name), Ok(value)) = (name, value) {
            if let Some(at) = self.ready.iter().position(|ready| *ready == name) {
                self.ready.remove(at);
                self.headers.remove(&name);
            }
            self.headers.append(name, value);
        }
        self
    }

    /// Marks the headers so far as those of an example.
    pub(super) fn ready(mut self) -> Self {
        self.ready = self.headers.keys().cloned().collect();
        self
    }

    /// Delays the response, by the clock of the transport.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// Breaks the connection after the body.
    pub fn cut(mut self) -> Self {
        self.ending = Ending::Cut;
        self
    }

    /// Keeps the connection open after the body, without an end.
    pub fn stalled(mut self) -> Self {
        self.ending = Ending::Stalls;
        self
    }
}

/// A failure in the queue of a [`TestTransport`](super::TestTransport).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// No connection can be made.
    Connect,
    /// The connection breaks after the request was sent.
    Reset,
    /// The connection breaks, and the server did not act on the request.
    Unprocessed,
    /// The server never responds.
    Silence,
}
