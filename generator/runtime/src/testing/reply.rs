//! The responses of the server in a test.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;

/// A response in the queue of a [`TestTransport`](super::TestTransport).
#[derive(Debug, Clone)]
#[must_use = "a reply is sent when it is queued"]
pub struct Reply {
    pub(super) status: http::StatusCode,
    pub(super) headers: http::HeaderMap,
    /// The headers of a ready reply, in whose place another of the same name comes.
    ready: Vec<http::HeaderName>,
    pub(super) chunks: VecDeque<Bytes>,
    pub(super) delay: Option<Duration>,
    pub(super) ending: Ending,
}

/// What comes after the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Whole,
    Cut,
    Stalls,
}

impl Reply {
    /// A response without a body.
    ///
    /// # Panics
    /// The status has not three digits, which is a mistake in the test.
    pub fn status(status: u16) -> Self {
        let status = http::StatusCode::from_u16(status);
        assert!(status.is_ok(), "a status has three digits");
        Self {
            status: status.unwrap_or_default(),
            headers: http::HeaderMap::new(),
            ready: Vec::new(),
            chunks: VecDeque::new(),
            delay: None,
            ending: Ending::Whole,
        }
    }

    /// A 200 with a JSON body.
    pub fn json(text: impl Into<String>) -> Self {
        Self::status(200).with_json(text)
    }

    /// Adds a JSON body.
    pub fn with_json(self, text: impl Into<String>) -> Self {
        self.body("application/json", text.into())
    }

    /// Adds a body.
    ///
    /// # Panics
    /// The content type is invalid.
    pub fn body(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.chunks = [body.into()].into();
        self.header("content-type", content_type)
    }

    /// Adds a body that comes in these chunks, as a stream does.
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

    /// Adds a header; one that is there already stays, but for that of a ready reply.
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

    /// Makes the headers so far those of a ready reply.
    pub(super) fn ready(mut self) -> Self {
        self.ready = self.headers.keys().cloned().collect();
        self
    }

    /// Responds after a while on the transport's clock.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// Cuts the connection after the body so far.
    pub fn cut(mut self) -> Self {
        self.ending = Ending::Cut;
        self
    }

    /// Sends nothing more after the body so far, and keeps the connection.
    pub fn stalled(mut self) -> Self {
        self.ending = Ending::Stalls;
        self
    }
}

/// A failure in the queue of a [`TestTransport`](super::TestTransport).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// No connection comes about.
    Connect,
    /// The connection breaks after the request was sent.
    Reset,
    /// The connection breaks, and the server surely did not act on the request.
    Unprocessed,
    /// No response ever comes.
    Silence,
}
