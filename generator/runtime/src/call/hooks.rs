//! Hooks: code that a program runs around its calls, for logging, metrics or trace propagation.
//!
//! There are two kinds. A [`CallHook`] runs once per call, around all its attempts; an [`AttemptHook`] runs once per
//! request. Both may add headers, and neither sees the credentials, the URL or the body of a request. The error of a failed
//! call has the headers and the body of the response.
//!
//! ```
//! use specwright_runtime::hooks::{AfterCall, CallHook};
//!
//! struct Log;
//!
//! impl CallHook for Log {
//!     fn after(&self, call: &AfterCall<'_>) {
//!         let how = match call.error() {
//!             Some(error) => error.to_string(),
//!             None => format!("{:?}", call.status()),
//!         };
//!         eprintln!("{} took {:?} and {} attempts: {how}", call.about().operation(), call.elapsed(), call.attempts());
//!     }
//! }
//! # let _hook: Box<dyn CallHook> = Box::new(Log);
//! ```

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderName, HeaderValue, Method, StatusCode};

use super::output::RawResponse;
use crate::error::{Error, ErrorKind};
use crate::header::HeaderList;

/// Runs around every call of a client, on the thread that polls the call. Panics are not caught.
pub trait CallHook: Send + Sync + 'static {
    /// Runs before the credentials are chosen and the first request is sent.
    fn before(&self, call: &mut BeforeCall<'_>) {
        let _ = call;
    }

    /// Runs when the call has ended: its value was read, it failed, or it was dropped. For a stream, the call ends with
    /// the head of the response.
    fn after(&self, call: &AfterCall<'_>) {
        let _ = call;
    }
}

/// Runs around every attempt of every call of a client, on the thread that polls the call. Panics are not caught. The
/// time that `before` takes counts as time of the attempt: when none is left, nothing is sent.
pub trait AttemptHook: Send + Sync + 'static {
    /// Runs before the request is sent.
    fn before(&self, attempt: &mut BeforeAttempt<'_>) {
        let _ = attempt;
    }

    /// Runs when the response has arrived with its body, or the attempt has failed. Redirects that were followed are
    /// part of the attempt.
    fn after(&self, attempt: &AfterAttempt<'_>) {
        let _ = attempt;
    }
}

/// For a hook that the program keeps a handle to, or that is both a call hook and an attempt hook.
impl<H: CallHook + ?Sized> CallHook for Arc<H> {
    fn before(&self, call: &mut BeforeCall<'_>) {
        (**self).before(call);
    }

    fn after(&self, call: &AfterCall<'_>) {
        (**self).after(call);
    }
}

/// For a hook that the program keeps a handle to, or that is both a call hook and an attempt hook.
impl<H: AttemptHook + ?Sized> AttemptHook for Arc<H> {
    fn before(&self, attempt: &mut BeforeAttempt<'_>) {
        (**self).before(attempt);
    }

    fn after(&self, attempt: &AfterAttempt<'_>) {
        (**self).after(attempt);
    }
}

/// Identifies the call.
#[derive(Debug, Clone)]
pub struct About {
    pub(crate) number: u64,
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) template: Option<&'static str>,
}

impl About {
    /// Returns the number of the call, which is unique within the process and connects `before` with `after`.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Returns the operation, such as `profiles.get`.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the path template, such as `/v1/profiles/{id}`; `None` where the caller wrote the path, which can
    /// contain private data.
    pub fn template(&self) -> Option<&'static str> {
        self.template
    }
}

/// A call that is about to start.
#[derive(Debug)]
pub struct BeforeCall<'a> {
    pub(crate) about: &'a About,
    pub(crate) headers: Added<'a>,
}

impl BeforeCall<'_> {
    /// Identifies the call.
    pub fn about(&self) -> &About {
        self.about
    }

    /// Adds a header to every attempt. A header that the call already has is kept. A header with the name of a
    /// credential's header replaces the credential.
    pub fn header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.add(name, value);
    }
}

/// A call that has ended.
#[derive(Debug)]
pub struct AfterCall<'a> {
    pub(crate) about: &'a About,
    pub(crate) end: CallEnd<'a>,
    pub(crate) elapsed: Duration,
    pub(crate) attempts: u32,
}

/// How a call ended.
#[derive(Clone, Copy)]
pub(crate) enum CallEnd<'a> {
    Success(&'a RawResponse),
    Failure(&'a Error),
    Dropped,
}

/// Shows no body, and the request id as the only header.
impl fmt::Debug for CallEnd<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Success(response) => f
                .debug_tuple("Success")
                .field(&response.status.as_u16())
                .field(&response.request_id())
                .finish(),
            Self::Failure(error) => f.debug_tuple("Failure").field(error).finish(),
            Self::Dropped => f.write_str("Dropped"),
        }
    }
}

impl AfterCall<'_> {
    /// Identifies the call.
    pub fn about(&self) -> &About {
        self.about
    }

    /// Returns the status code of the last response, if one arrived.
    pub fn status(&self) -> Option<StatusCode> {
        match self.end {
            CallEnd::Success(response) => Some(response.status),
            CallEnd::Failure(error) => error.status(),
            CallEnd::Dropped => None,
        }
    }

    /// Returns the error; `None` if the call succeeded or was dropped.
    pub fn error(&self) -> Option<&Error> {
        match self.end {
            CallEnd::Failure(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the request id that the server assigned.
    pub fn request_id(&self) -> Option<&str> {
        match self.end {
            CallEnd::Success(response) => response.request_id(),
            CallEnd::Failure(error) => error.request_id(),
            CallEnd::Dropped => None,
        }
    }

    /// Whether the call was dropped before it ended.
    pub fn is_dropped(&self) -> bool {
        matches!(self.end, CallEnd::Dropped)
    }

    /// Returns the duration of the call with all attempts and backoffs.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Returns how many times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

/// An attempt that is about to start.
#[derive(Debug)]
pub struct BeforeAttempt<'a> {
    pub(crate) about: &'a About,
    pub(crate) number: u32,
    pub(crate) headers: Added<'a>,
}

impl BeforeAttempt<'_> {
    /// Identifies the call that the attempt belongs to.
    pub fn about(&self) -> &About {
        self.about
    }

    /// Returns the number of the attempt, starting at 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Adds a header to this attempt, such as `traceparent`. Headers that the call already has and credentials are
    /// kept.
    pub fn header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.add(name, value);
    }
}

/// An attempt that has ended.
#[derive(Debug)]
pub struct AfterAttempt<'a> {
    pub(crate) about: &'a About,
    pub(crate) number: u32,
    pub(crate) status: Option<StatusCode>,
    pub(crate) error: Option<ErrorKind>,
    pub(crate) elapsed: Duration,
}

impl AfterAttempt<'_> {
    /// Identifies the call that the attempt belongs to.
    pub fn about(&self) -> &About {
        self.about
    }

    /// Returns the number of the attempt, starting at 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the status code of the response, if one arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Returns the error. There is neither an error nor a status code where the call was dropped during the attempt.
    pub fn error_kind(&self) -> Option<ErrorKind> {
        self.error
    }

    /// Returns the duration of the attempt.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// The headers of a request: write-only, because they can hold credentials.
pub(crate) struct Added<'a>(pub(crate) &'a mut HeaderList);

impl Added<'_> {
    /// `Content-Length` and `Transfer-Encoding` are set by the transport, because they have to agree with the body.
    fn add(&mut self, name: HeaderName, value: HeaderValue) {
        if name != CONTENT_LENGTH && name != TRANSFER_ENCODING {
            self.0.insert_new(name, value);
        }
    }
}

impl fmt::Debug for Added<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The hooks of a client.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(crate) calls: Vec<Arc<dyn CallHook>>,
    pub(crate) attempts: Vec<Arc<dyn AttemptHook>>,
}

impl Hooks {
    pub(crate) fn is_empty(&self) -> bool {
        self.calls.is_empty() && self.attempts.is_empty()
    }
}
