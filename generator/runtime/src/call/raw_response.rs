//! The response of a call before its body is decoded.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::Channel;
use super::request_id::request_id;
use crate::codec::DecodeError;
use crate::error::{CallFacts, Error, ErrorKind, Secrets};
use crate::stream::Head;
use crate::transport::BoxFuture;

/// A successful response with its whole body, or without it where the caller reads the body as a stream.
#[derive(Debug, Clone)]
pub struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(super) channel: Channel,
    pub(super) operation: &'static str,
    pub(super) facts: CallFacts,
}

impl RawResponse {
    /// Returns the request id that the server assigned. It is computed on demand because few callers ask for it.
    pub(super) fn request_id(&self) -> Option<&str> {
        request_id(self.channel.shared().api.request_id_headers, &self.headers)
    }

    /// Returns the secrets that are masked in messages about this response.
    pub(super) fn secrets(&self) -> Secrets {
        self.facts.secrets.with(self.channel.secrets())
    }

    pub(super) fn read_error(&self, read: ReadError) -> Error {
        let error = match read {
            ReadError::Message(message) => Error::new(ErrorKind::Decode, message),
            ReadError::Decode(error) => Error::undecodable(error),
            ReadError::Rejected => Error::refused(&self.headers, &self.body),
        };
        self.error(error, self.body.clone())
    }

    /// Adds the response, the call and the relevant part of the body to an error.
    pub(crate) fn error(&self, error: Error, body: Bytes) -> Error {
        error
            .with_response(
                self.status,
                self.headers.clone(),
                body,
                self.request_id().map(str::to_owned),
            )
            .of_operation(self.operation)
            .of_call(self.facts.clone())
            .explained(self.channel.secrets())
    }
}

impl Head for RawResponse {
    fn now(&self) -> Duration {
        self.channel.transport().now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let channel = self.channel.clone();
        Box::pin(async move { channel.transport().sleep(duration).await })
    }

    fn item_limit(&self) -> usize {
        self.channel.shared().body_limit
    }

    fn error(&self, error: Error, body: Bytes) -> Error {
        self.error(error, body)
    }
}

/// Why the body of a success does not match the API description.
#[derive(Debug)]
pub enum ReadError {
    /// The description has no such response, or one with another body.
    Message(String),
    /// The body does not match its type.
    Decode(DecodeError),
    /// The body says that the server refused.
    Rejected,
}

impl ReadError {
    /// Returns the error for a status code without a described response.
    #[cold]
    pub(super) fn undescribed(status: StatusCode) -> Self {
        let status = status.as_u16();
        Self::because(format!(
            "the description has no response with status code {status}"
        ))
    }

    pub(super) fn because(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }
}

impl From<DecodeError> for ReadError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}
