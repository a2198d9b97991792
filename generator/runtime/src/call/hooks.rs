//! Code that a program runs around its calls: logging, metrics, the propagation of traces.
//!
//! There are two places. A [`CallHook`] runs once for a call, with all its attempts; an [`AttemptHook`] for each
//! request that is sent. Both may add headers, and neither sees a credential, an address or a body.
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

/// Runs around each call of a client, on the thread that polls the call. A panic is not caught.
pub trait CallHook: Send + Sync + 'static {
    /// Runs before the credentials are chosen and the first request is sent.
    fn before(&self, call: &mut BeforeCall<'_>) {
        let _ = call;
    }

    /// Runs when the call has ended: its value is read, it failed, or it was dropped. A call whose response is a
    /// stream ends here with the head of that response.
    fn after(&self, call: &AfterCall<'_>) {
        let _ = call;
    }
}

/// Runs around each attempt of each call of a client, on the thread that polls the call. A panic is not caught. The
/// time that it takes before is time of the attempt: when none is left, nothing is sent.
pub trait AttemptHook: Send + Sync + 'static {
    /// Runs before the request is sent.
    fn before(&self, attempt: &mut BeforeAttempt<'_>) {
        let _ = attempt;
    }

    /// Runs when the response is there with its body, or no response will come. Redirects that were followed are a part
    /// of their attempt.
    fn after(&self, attempt: &AfterAttempt<'_>) {
        let _ = attempt;
    }
}

/// For a hook that the program looks at, too, or that is of both kinds.
impl<H: CallHook + ?Sized> CallHook for Arc<H> {
    fn before(&self, call: &mut BeforeCall<'_>) {
        (**self).before(call);
    }

    fn after(&self, call: &AfterCall<'_>) {
        (**self).after(call);
    }
}

/// For a hook that the program looks at, too, or that is of both kinds.
impl<H: AttemptHook + ?Sized> AttemptHook for Arc<H> {
    fn before(&self, attempt: &mut BeforeAttempt<'_>) {
        (**self).before(attempt);
    }

    fn after(&self, attempt: &AfterAttempt<'_>) {
        (**self).after(attempt);
    }
}

/// What call it is.
#[derive(Debug, Clone)]
pub struct About {
    pub(crate) number: u64,
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) template: Option<&'static str>,
}

impl About {
    /// The number of the call, by which what runs before and after it can be told to belong together. No other call
    /// of the process has it.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The operation: `profiles.get`.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path as the description has it, `/v1/profiles/{id}`; `None` where the caller wrote the path, which then
    /// may hold anything.
    pub fn template(&self) -> Option<&'static str> {
        self.template
    }
}

/// A call that begins.
#[derive(Debug)]
pub struct BeforeCall<'a> {
    pub(crate) about: &'a About,
    pub(crate) headers: Added<'a>,
}

impl BeforeCall<'_> {
    /// What call it is.
    pub fn about(&self) -> &About {
        self.about
    }

    /// Sends a header with each attempt. One of that name that the call has already stays. A header that is named as
    /// that of a credential takes the credential's place.
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

/// Shows no body, and of the headers only the request id.
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
    /// What call it is.
    pub fn about(&self) -> &About {
        self.about
    }

    /// The status code of the last response, if one came.
    pub fn status(&self) -> Option<StatusCode> {
        match self.end {
            CallEnd::Success(response) => Some(response.status),
            CallEnd::Failure(error) => error.status(),
            CallEnd::Dropped => None,
        }
    }

    /// Why it failed; `None` if it did not.
    pub fn error(&self) -> Option<&Error> {
        match self.end {
            CallEnd::Failure(error) => Some(error),
            _ => None,
        }
    }

    /// The id that the server gave to the request.
    pub fn request_id(&self) -> Option<&str> {
        match self.end {
            CallEnd::Success(response) => response.request_id(),
            CallEnd::Failure(error) => error.request_id(),
            CallEnd::Dropped => None,
        }
    }

    /// Whether the program did not wait for its end.
    pub fn is_dropped(&self) -> bool {
        matches!(self.end, CallEnd::Dropped)
    }

    /// How long it took with all its attempts and waits.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// How many times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

/// An attempt that begins.
#[derive(Debug)]
pub struct BeforeAttempt<'a> {
    pub(crate) about: &'a About,
    pub(crate) number: u32,
    pub(crate) headers: Added<'a>,
}

impl BeforeAttempt<'_> {
    /// What call it is of.
    pub fn about(&self) -> &About {
        self.about
    }

    /// Which attempt it is: 1 is the first.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Sends a header with this attempt, such as `traceparent`. One of that name that the call has already stays, and
    /// so does every credential.
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
    /// What call it is of.
    pub fn about(&self) -> &About {
        self.about
    }

    /// Which attempt it is: 1 is the first.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The status code of the response, if one came.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// What went wrong. Neither this nor a status is there where the call was dropped meanwhile.
    pub fn error_kind(&self) -> Option<ErrorKind> {
        self.error
    }

    /// How long it took.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// The headers of a request that can be added to, and not looked at.
pub(crate) struct Added<'a>(pub(crate) &'a mut HeaderList);

impl Added<'_> {
    /// What agrees with the body is the transport's to write.
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
