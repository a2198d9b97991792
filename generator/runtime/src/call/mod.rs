//! Calls: from inputs to a response.
//!
//! [`Request`] collects the inputs, [`run`] makes the attempts, `prepared` is what is sent, `attempt` one exchange with
//! the server, and [`output`] and `read` make a value of the response. [`Channel`] is what the calls of a client share.

mod api;
mod attempt;
#[cfg(feature = "blocking")]
mod blocking;
mod body_input;
mod channel;
mod clock;
mod collect;
pub mod hooks;
mod key;
mod macros;
mod media;
mod multipart;
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
mod terminal;
mod token;
mod trace;
mod transports;
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
pub(crate) use self::transports::Transports;

/// A call that is ready to be made: awaited for its value, or sent for the whole [`Response`].
///
/// Nothing happens before that, and dropping the future ends the call.
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

    /// Makes the call and gives the response with its status, headers and body.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send(self) -> SendFuture<T> {
        SendFuture {
            result: Box::into_pin(in_place(|| run::run(self.request))),
            read: self.read,
        }
    }

    /// Makes the call and gives the body of its response as it comes, whatever it is.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind); what goes wrong after the head is told by the stream.
    pub fn send_stream(self) -> SendFuture<ByteStream> {
        self.streamed().send()
    }

    /// Makes the call and gives the body of its response as bytes, whatever it is.
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

    /// Limits each attempt, from sending to the end of the response; to its head, where the response is a stream.
    pub fn with_timeout(self, limit: Duration) -> Self {
        self.input(|request| request.timeout(limit))
    }

    /// Limits the call with all its attempts and waits; a stream until it is read.
    pub fn with_total_timeout(self, limit: Duration) -> Self {
        self.input(|request| request.total_timeout(limit))
    }

    /// Limits how long a stream may be silent. A call whose response is no stream has no use for it.
    pub fn with_idle_timeout(self, limit: Duration) -> Self {
        self.input(|request| request.idle_timeout(limit))
    }

    /// Sets a header, instead of one that the client would send.
    pub fn with_header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.input(|request| request.explicit_header(name.as_ref(), value.as_ref()))
    }

    /// Adds a query parameter.
    pub fn with_query(self, name: impl AsRef<str>, value: impl fmt::Display) -> Self {
        self.input(|request| request.query(name.as_ref(), &value.to_string()))
    }

    /// Sets a property of the JSON object that is the body, one that the description lacks.
    ///
    /// A body of another kind fails the call; without a body, this makes one.
    pub fn with_member(self, name: impl Into<String>, value: impl Encode) -> Self {
        self.input(|request| request.extra_member(name.into(), &value))
    }

    /// Proves who is calling by another credential than the client's, for the scheme of that name in the description.
    ///
    /// A client of its own, which shares all but the credential, is better for several calls, and where a
    /// [`TokenProvider`](crate::TokenProvider) gives it: what that gave is kept by the client.
    pub fn with_credential(self, scheme: impl AsRef<str>, credential: Credential) -> Self {
        self.input(|request| request.credential(scheme.as_ref(), credential))
    }

    /// Sends no credential, also where the operation needs one: for a server that asks for none, whatever the
    /// description says.
    pub fn without_credentials(self) -> Self {
        self.input(Request::without_credentials)
    }

    /// Sends the call to this origin, instead of the one that the description or the client has for it: a mock, or a
    /// proxy. A path of this URL precedes the path of the call.
    ///
    /// A client of its own, with [`origin`](crate::ClientBuilder::origin), is better for several calls.
    pub fn with_origin(self, url: impl Into<Cow<'static, str>>) -> Self {
        self.input(|request| request.origin(url.into()))
    }

    /// Sends `key` as `Idempotency-Key` with each attempt, which lets a call be repeated that otherwise could not; in
    /// another header, where the client's builder names one by `idempotency_keys`.
    ///
    /// The API has to know that header; one that ignores it would act twice.
    pub fn with_idempotency_key(self, key: impl Into<String>) -> Self {
        let key = key.into();
        self.input(|request| request.idempotency_key(&key))
    }

    /// Tells how many bytes of the body have been given to the connection, and how many there are in all, where that is
    /// known. Each attempt begins from the start.
    pub fn with_upload_progress(
        self,
        told: impl Fn(u64, Option<u64>) + Send + Sync + 'static,
    ) -> Self {
        self.input(|mut request| {
            request.0.upload = Some(Progress::new(told));
            request
        })
    }

    /// Tells how many bytes of the body of a successful response have come, and how many there are in all, where the
    /// server says so. A body that comes compressed is counted as it comes.
    pub fn with_download_progress(
        self,
        told: impl Fn(u64, Option<u64>) + Send + Sync + 'static,
    ) -> Self {
        self.input(|mut request| {
            request.0.download = Some(Progress::new(told));
            request
        })
    }

    /// Decides how this call is made again.
    pub fn with_retry(self, policy: RetryPolicy) -> Self {
        self.input(|request| request.retry(policy))
    }

    /// Makes this call once only.
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

/// Shows the operation, and no input.
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

/// A value on the heap that is made there. [`Box::new`] makes it on the stack and copies all of it, which of a future
/// is mostly room for later.
#[expect(
    clippy::unnecessary_box_returns,
    reason = "a caller that puts it into a box itself would copy it"
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
