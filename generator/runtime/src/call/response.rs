//! Responses of successful calls.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::output::RawResponse;
use crate::codec::{self, Headers};
use crate::error::{Error, ShownHeaders, shown};

/// The response of a successful call: its value, status code, headers and body.
pub struct Response<T> {
    /// Boxed so that moving the response does not move it.
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

    /// Returns the status code.
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// Returns all headers, including repeated ones. After redirects, `location` is that of the first redirect unless
    /// this response has its own.
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// Decodes the headers as the type for them; the documentation of the operation names it.
    ///
    /// # Errors
    /// A value does not match its type or a required header is missing. The error of kind
    /// [`Decode`](crate::ErrorKind::Decode) names the header, the value and the expected type. The response stays
    /// usable.
    pub fn headers_as<H: Headers>(&self) -> Result<H, Error> {
        codec::from_headers(self.headers()).map_err(|error| {
            let error = Error::undecodable(error);
            self.raw.error(error, self.body().clone())
        })
    }

    /// Returns the request id that the server assigned, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }

    /// Returns the body as received, after content decoding.
    pub fn body(&self) -> &Bytes {
        &self.raw.body
    }

    /// Returns the decoded value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns the decoded value and drops the rest of the response.
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns how many times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.raw.facts.attempts
    }
}

/// Shows no raw body, and only headers whose values cannot be private.
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
