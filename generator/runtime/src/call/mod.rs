//! Calls: from the inputs to the response.
//!
//! [`Request`] collects the inputs, [`run`] makes the attempts, `prepared` is the request as it is sent, `attempt` is
//! one exchange with the server, and [`output`] and `read` turn the response into a value. [`Channel`] is the state
//! that the calls of a client share.

mod api;
mod attempt;
#[cfg_attr(not(feature = "blocking"), path = "without_blocking.rs")]
mod blocking;
mod body_input;
mod channel;
mod clock;
mod collect;
pub mod hooks;
mod key;
mod macros;
pub(crate) mod media;
mod multipart;
pub mod oauth;
pub mod output;
mod path_values;
mod prepared;
mod random;
mod raw_response;
mod read;
mod repeat;
mod request;
mod request_id;
mod response;
mod run;
mod signing;
mod storage;
mod terminal;
#[cfg_attr(not(feature = "tracing"), path = "without_trace.rs")]
mod trace;
mod watch;

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use self::hooks::CallEnd;
use self::output::Reader;
use self::run::{CallResult, Success};
use crate::auth::Credential;
use crate::body::Progress;
use crate::codec::Encode;
use crate::error::Error;
use crate::retry::RetryPolicy;
use crate::stream::ByteStream;
use crate::transport::BoxFuture;

pub use self::api::Api;
pub(crate) use self::channel::{Channel, Shared};
pub(crate) use self::output::Successes;
pub use self::request::Request;
pub use self::response::Response;
pub use self::signing::{Signer, UnsignedRequest};

/// A call that is ready to be made. Await it for its value, or [`send`](Self::send) it for the whole [`Response`].
///
/// Nothing is sent before that. Dropping the future cancels the call.
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct Call<T> {
    request: Request,
    read: Reader<T>,
}

impl<T> Call<T> {
    pub(crate) fn new(request: Request, read: Reader<T>) -> Self {
        Self { request, read }
    }

    /// Returns the request of a call that reads the whole body of its response.
    pub(crate) fn into_whole_request(mut self) -> Request {
        let successes = &mut self.request.0.successes;
        *successes = successes.whole();
        self.request
    }

    /// Adds inputs to the request.
    #[doc(hidden)]
    pub fn input(mut self, add: impl FnOnce(Request) -> Request) -> Self {
        self.request = add(self.request);
        self
    }

    /// Makes the call and returns the response with its status code, headers and value.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send(self) -> SendFuture<T> {
        SendFuture {
            result: Box::into_pin(in_place(|| run::run(self.request))),
            read: self.read,
        }
    }

    /// Makes the call and returns the response body as a stream of bytes, whatever its media type.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind). Errors after the head of the response are items of the stream.
    pub fn send_stream(self) -> SendFuture<ByteStream> {
        self.streamed().send()
    }

    /// Makes the call and returns the response body as bytes, whatever its media type.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send_bytes(self) -> SendFuture<Bytes> {
        self.whole().send()
    }

    fn whole(self) -> Call<Bytes> {
        Call::new(self.into_whole_request(), |response, _| {
            output::read_bytes(response)
        })
    }

    fn streamed(mut self) -> Call<ByteStream> {
        let successes = &mut self.request.0.successes;
        *successes = successes.streamed();
        Call::new(self.request, read::read_stream)
    }

    /// Sets the timeout of each attempt, from sending to the end of the response, or to its head where the response is
    /// a stream.
    pub fn with_timeout(self, limit: Duration) -> Self {
        self.input(|request| request.timeout(limit))
    }

    /// Sets the timeout of the whole call with all attempts and backoffs, and of a stream until it is read.
    pub fn with_total_timeout(self, limit: Duration) -> Self {
        self.input(|request| request.total_timeout(limit))
    }

    /// Sets how long a stream may be idle. It has no effect where the response is not a stream.
    pub fn with_idle_timeout(self, limit: Duration) -> Self {
        self.input(|request| request.idle_timeout(limit))
    }

    /// Sets a header, replacing one that the client would send.
    pub fn with_header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.input(|request| request.explicit_header(name.as_ref(), value.as_ref()))
    }

    /// Adds a query parameter.
    pub fn with_query(self, name: impl AsRef<str>, value: impl fmt::Display) -> Self {
        self.input(|request| request.query(name.as_ref(), &value.to_string()))
    }

    /// Sets a property of the JSON body that the API description lacks.
    ///
    /// The call fails if its body is not a JSON object. Without a body, a new object is sent.
    pub fn with_property(self, name: impl Into<String>, value: impl Encode) -> Self {
        self.input(|request| request.extra_property(name.into(), &value))
    }

    /// The former name of [`with_property`](Self::with_property).
    #[deprecated(note = "renamed to `with_property`")]
    #[doc(hidden)]
    pub fn with_member(self, name: impl Into<String>, value: impl Encode) -> Self {
        self.with_property(name, value)
    }

    /// Uses this credential in place of the client's, for the security scheme of that name in the API description.
    ///
    /// For several calls, and for a [`TokenProvider`](crate::TokenProvider), make a client with another credential
    /// instead: only a client caches the tokens of a provider.
    pub fn with_credential(self, scheme: impl AsRef<str>, credential: Credential) -> Self {
        self.input(|request| request.credential(scheme.as_ref(), credential))
    }

    /// Sends no credential, even where the operation requires one: for a server that requires none, whatever its
    /// description says.
    pub fn without_credentials(self) -> Self {
        self.input(Request::without_credentials)
    }

    /// Sends the call to this origin instead of the one of the operation or the client, such as a mock or a proxy. A
    /// path in this URL is put before the path of the call.
    ///
    /// For several calls, set [`origin`](crate::ClientBuilder::origin) on a client instead.
    pub fn with_origin(self, url: impl Into<Cow<'static, str>>) -> Self {
        self.input(|request| request.origin(url.into()))
    }

    /// Sends `key` as `Idempotency-Key` with each attempt, which makes a call retryable that otherwise would not be.
    /// [`idempotency_keys`](crate::ClientBuilder::idempotency_keys) of the client's builder can name another header.
    ///
    /// Use it only if the API supports that header: a server that ignores it would act twice.
    pub fn with_idempotency_key(self, key: impl Into<String>) -> Self {
        let key = key.into();
        self.input(|request| request.idempotency_key(&key))
    }

    /// Reports how many bytes of the request body have been sent and the total, where it is known. Each attempt starts
    /// again at 0.
    pub fn with_upload_progress(
        self,
        callback: impl Fn(u64, Option<u64>) + Send + Sync + 'static,
    ) -> Self {
        self.input(|mut request| {
            request.0.upload = Some(Progress::new(callback));
            request
        })
    }

    /// Reports how many bytes of a successful response body have arrived and the total, where the server names it. A
    /// compressed body is counted before decoding.
    pub fn with_download_progress(
        self,
        callback: impl Fn(u64, Option<u64>) + Send + Sync + 'static,
    ) -> Self {
        self.input(|mut request| {
            request.0.download = Some(Progress::new(callback));
            request
        })
    }

    /// Sets the retry policy of this call.
    pub fn with_retry(self, policy: RetryPolicy) -> Self {
        self.input(|request| request.retry(policy))
    }

    /// Disables retries for this call.
    pub fn without_retry(self) -> Self {
        self.with_retry(RetryPolicy::none())
    }
}

impl<T> IntoFuture for Call<T> {
    type Output = Result<T, Error>;
    type IntoFuture = CallFuture<T>;

    fn into_future(self) -> CallFuture<T> {
        CallFuture(self.send())
    }
}

/// Shows the operation but no input.
impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.request).finish()
    }
}

/// A call in progress, for the whole response.
#[must_use = "a future does nothing until it is awaited"]
pub struct SendFuture<T> {
    result: BoxFuture<'static, CallResult>,
    read: Reader<T>,
}

impl<T> Future for SendFuture<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let CallResult { result, watch } = ready!(self.result.as_mut().poll(context));
        let result = result.and_then(|Success { response, flow }| {
            match (self.read)(&response, flow.map(|flow| *flow)) {
                Ok(value) => Ok(Response::new(response, value)),
                Err(error) => Err(response.read_error(error)),
            }
        });
        match &result {
            Ok(response) => watch.end(CallEnd::Success(response.raw()), response.attempts()),
            Err(error) => watch.end(CallEnd::Failure(error), error.attempts()),
        }
        Poll::Ready(result)
    }
}

impl<T> fmt::Debug for SendFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendFuture").finish_non_exhaustive()
    }
}

/// A call in progress, for its value.
#[must_use = "a future does nothing until it is awaited"]
#[derive(Debug)]
pub struct CallFuture<T>(SendFuture<T>);

impl<T> Future for CallFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0)
            .poll(context)
            .map_ok(Response::into_value)
    }
}

/// Boxes the value that `make` returns. [`Box::new`] in the caller would first build the value on the stack and copy
/// it; a future is large, and most of its bytes are not initialized yet.
#[expect(
    clippy::unnecessary_box_returns,
    reason = "boxing in the caller would copy the value"
)]
fn in_place<T>(make: impl FnOnce() -> T) -> Box<T> {
    Box::write(Box::new_uninit(), make())
}

const _: fn() = || {
    fn is_send<F: Send + 'static>() {}
    is_send::<Call<()>>();
    is_send::<SendFuture<()>>();
    is_send::<CallFuture<()>>();
};

#[cfg(test)]
pub(crate) mod tests;
