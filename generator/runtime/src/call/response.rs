//! Responses of successful calls.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::output::RawResponse;
use crate::codec::{self, Headers};
use crate::error::{Error, ErrorKind, ShownHeaders, shown};

/// The response of a successful call: its value, and all that came with it.
pub struct Response<T> {
    /// On the heap, so that it does not move with the value.
    raw: Box<RawResponse>,
    value: T,
}

impl<T> Response<T> {
    pub(super) fn new(raw: Box<RawResponse>, value: T) -> Self {
        Self { raw, value }
    }

    pub(crate) fn into_parts(self) -> (Box<RawResponse>, T) {
        (self.raw, self.value)
    }

    pub(super) fn raw(&self) -> &RawResponse {
        &self.raw
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// The headers, with all their repeats. Where redirects were followed, `location` is that of the first one, unless
    /// this response has its own.
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// The headers as the type that the description gives them; the docs of an operation name it.
    ///
    /// # Errors
    /// A value does not fit, or a required header is missing: an error of the kind
    /// [`Decode`](crate::ErrorKind::Decode) that says which header, what came and what was expected. The response
    /// stays as it is.
    pub fn headers_as<H: Headers>(&self) -> Result<H, Error> {
        codec::from_headers(self.headers()).map_err(|error| {
            let error = Error::new(ErrorKind::Decode, "").undecodable(error);
            self.raw.error(error, self.body().clone())
        })
    }

    /// The id that the server gave to the request, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.raw.body
    }

    /// The decoded body.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns the decoded body alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// How many times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.raw.facts.attempts
    }
}

/// Shows no raw body, and of the headers only values that cannot be private.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secrets = self.raw.secrets();
        let id = self.request_id().map(|id| shown(id, &secrets));
        f.debug_struct("Response")
            .field("status", &self.status().as_u16())
            .field("headers", &ShownHeaders::of(self.headers(), &secrets))
            .field("request_id", &id)
            .field("attempts", &self.attempts())
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
