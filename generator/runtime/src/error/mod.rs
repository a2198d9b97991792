//! The error type of every client.

mod kind;
mod mask;
mod origin;
mod parse;
mod program;
mod reason;
mod show;
mod source;

use std::error::Error as StdError;
use std::fmt;
use std::mem;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::codec::{self, Decode, DecodeError, Headers};

pub use self::kind::ErrorKind;
pub use self::origin::Origin;
pub(crate) use self::program::ProgramFailure;
pub(crate) use self::show::ShownHeaders;

/// An error of a transport or a decoder.
pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// The error of a call, with everything that is known about it.
///
/// Errors of all kinds keep the response, if one arrived: [`status`](Self::status), [`headers`](Self::headers),
/// [`body`](Self::body) and [`request_id`](Self::request_id), even if the body cannot be decoded. `Display` is one
/// line; [`source`](StdError::source) is the error of the transport.
///
/// Error messages contain no credentials and no query strings.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: &'static str,
    message: String,
    response: Option<Received>,
    call: CallFacts,
    retry_after: Option<Duration>,
    decode: Option<DecodeError>,
    source: Option<BoxError>,
    /// Whether only a part of the body was received.
    is_cut: bool,
}

/// The response that caused an error.
#[derive(Clone)]
struct Received {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    request_id: Option<String>,
}

/// The headers and the body of an error without a response.
static NO_HEADERS: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
static NO_BODY: Bytes = Bytes::new();

/// The facts about a call after its end.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallFacts {
    pub(crate) attempts: u32,
    pub(crate) retryable: bool,
    pub(crate) maybe_applied: bool,
    pub(crate) idempotency_key: Option<Arc<str>>,
    pub(crate) secrets: Secrets,
}

/// The secrets among a call's inputs.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Option<Arc<[String]>>);

impl Secrets {
    pub(crate) fn of(secrets: &[String]) -> Self {
        Self((!secrets.is_empty()).then(|| secrets.into()))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .flat_map(|secrets| secrets.iter().map(String::as_str))
    }

    /// Returns these secrets with additional ones.
    pub(crate) fn with<'a>(&self, more: impl Iterator<Item = &'a str>) -> Self {
        let mut all: Vec<String> = more.map(str::to_owned).collect();
        all.extend(self.iter().map(str::to_owned));
        Self::of(&all)
    }
}

/// Prepares a text from a server for display. Secrets are masked before the text is cut, because a cut text could end
/// with half of a secret.
pub(crate) fn shown(text: &str, secrets: &Secrets) -> String {
    reason::one_line(&mask::without(text, secrets.iter()))
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(***)")
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: "",
            message: message.into(),
            response: None,
            call: CallFacts::default(),
            retry_after: None,
            decode: None,
            source: None,
            is_cut: false,
        }))
    }

    /// Returns the error for a success whose body says why the server refused.
    pub(crate) fn refused(headers: &HeaderMap, body: &[u8]) -> Self {
        let reason = reason::of_response(headers, body, false);
        Self::new(ErrorKind::Rejected, reason)
    }

    /// Returns an error for a response that could not be decoded.
    pub(crate) fn undecodable(decode: DecodeError) -> Self {
        let mut error = Self::new(ErrorKind::Decode, "");
        error.0.decode = Some(decode);
        error
    }

    /// Returns the same error for another call. It must be an error of an input, without a response and a source.
    pub(crate) fn repeated(&self) -> Self {
        Self::new(self.kind(), self.0.message.clone())
    }

    /// Returns an error for an invalid client configuration.
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// Returns an error for an input that cannot be sent.
    pub(crate) fn request(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Request, message)
    }

    pub(crate) fn caused_by(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn of_operation(mut self, operation: &'static str) -> Self {
        self.0.operation = operation;
        self
    }

    pub(crate) fn of_call(mut self, call: CallFacts) -> Self {
        self.0.call = call;
        self
    }

    /// Sets whether the call can be retried safely.
    pub(crate) fn worth_repeating(mut self, repeatable: bool) -> Self {
        self.0.call.retryable = repeatable;
        self
    }

    pub(crate) fn with_response(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        request_id: Option<String>,
    ) -> Self {
        self.0.response = Some(Received {
            status,
            headers,
            body,
            request_id,
        });
        self
    }

    /// Returns another error of the same call and response.
    fn with_same_response(&self, kind: ErrorKind, message: String) -> Self {
        let mut error = Self::new(kind, message)
            .of_operation(self.0.operation)
            .of_call(self.0.call.clone());
        error.0.response.clone_from(&self.0.response);
        error
    }

    /// Takes the response from an earlier error.
    pub(crate) fn after(mut self, earlier: Self) -> Self {
        self.0.response = earlier.0.response;
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    /// Sets whether only a part of the body was received, which can end within a secret.
    pub(crate) fn cut(mut self, is_cut: bool) -> Self {
        self.0.is_cut = is_cut;
        self
    }

    /// Adds the reason from the response, and masks secrets that a server repeated in any text.
    pub(crate) fn explained<'a>(mut self, secrets: impl Iterator<Item = &'a str>) -> Self {
        let secrets = self.0.call.secrets.with(secrets);
        let source = self.0.source.take();
        self.0.source = source.map(|source| source::without_secrets(source, &secrets));
        let Some(response) = &mut self.0.response else {
            self.0.call.secrets = secrets;
            return self;
        };
        let text = if let Some(decode) = &mut self.0.decode {
            decode.mask(|text| mask::without(text, secrets.iter()).into_owned());
            decode.to_string()
        } else if self.0.kind == ErrorKind::Status {
            reason::of_response(&response.headers, &response.body, self.0.is_cut)
        } else {
            mem::take(&mut self.0.message)
        };
        let id = response.request_id.take();
        response.request_id = id.map(|id| shown(&id, &secrets));
        self.0.message = shown(&text, &secrets);
        self.0.call.secrets = secrets;
        self
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the status code of the response, if one arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(|response| response.status)
    }

    /// Returns the headers of the response; empty if there is no response.
    pub fn headers(&self) -> &HeaderMap {
        let response = self.0.response.as_ref();
        response.map_or(&*NO_HEADERS, |response| &response.headers)
    }

    /// Returns the body of the response; after a lost connection, the received part. Empty if there is no response.
    ///
    /// At most 1 MiB of an error response is read, and the first 64 KiB if its `Content-Length` is larger than that.
    pub fn body(&self) -> &Bytes {
        let response = self.0.response.as_ref();
        response.map_or(&NO_BODY, |response| &response.body)
    }

    /// Returns the request id that the server assigned, for its support: one line of at most 200 characters, without
    /// secrets of the call.
    pub fn request_id(&self) -> Option<&str> {
        self.0.response.as_ref()?.request_id.as_deref()
    }

    /// Returns the operation, such as `profiles.get`. Empty if the error belongs to no call.
    pub fn operation(&self) -> &str {
        self.0.operation
    }

    /// Returns how many times the request was sent; 0 if the call failed before that.
    pub fn attempts(&self) -> u32 {
        self.0.call.attempts
    }

    /// Returns the time that the server asks to wait (`Retry-After`).
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the idempotency key that was sent. Another call with the same key is not applied twice.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.0.call.idempotency_key.as_deref()
    }

    /// Whether an attempt or the whole call timed out.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether the same call can succeed later and cannot be applied twice.
    pub fn is_retryable(&self) -> bool {
        self.0.call.retryable
    }

    /// Whether the server may have processed the request in spite of the error.
    ///
    /// False if it cannot have: nothing was sent, the server rejected the request, or the method changes nothing.
    pub fn maybe_applied(&self) -> bool {
        self.0.call.maybe_applied
    }

    /// Returns where and why the body of a success could not be decoded, for [`ErrorKind::Decode`].
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.0.decode.as_ref()
    }

    /// Decodes the body as the error type in the API description; `None` if it does not match it.
    pub fn api<T: Decode>(&self) -> Option<T> {
        codec::from_json(self.body()).ok()
    }

    /// Decodes the headers as the type in the API description; `None` if they do not match it.
    pub fn headers_as<H: Headers>(&self) -> Option<H> {
        codec::from_headers(self.headers()).ok()
    }
}

impl StdError for Error {
    /// Returns the error of the transport. The error of a decoder is in the message of this error.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests;
