//! Transports, which send a request to a server and return its response.
//!
//! Two examples in this crate are complete transports: `examples/custom_transport.rs` passes requests to a function of
//! the same program, and `examples/reqwest_transport.rs` sends them with reqwest.
//!
//! A [`Transport`] sends one request and returns one response, without redirects, retries or credentials of its own.
//! All of these are decided above it and are therefore the same over every transport. It also owns the clock, so a test
//! can run an hour of backoff in no time.

#[cfg(feature = "hyper")]
#[cfg(feature = "blocking")]
mod background;
mod body;
#[cfg(feature = "hyper")]
mod cause;
pub(crate) mod coding;
#[cfg(any(test, feature = "testing", feature = "blocking"))]
pub(crate) mod executor;
mod failure;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "hyper")]
mod outgoing;
mod progress;
#[cfg(feature = "hyper")]
mod proxy;
#[cfg(feature = "hyper")]
mod runtime;
#[cfg_attr(
    not(feature = "hyper"),
    expect(dead_code, reason = "without a transport there is nothing to set up")
)]
mod settings;
#[cfg(feature = "hyper")]
mod timer;
#[cfg(feature = "hyper")]
mod tls;
mod transports;
mod upload;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime};

#[cfg(feature = "blocking")]
pub(crate) use self::background::{block_anywhere, built_in};
pub(crate) use self::body::Turn;
pub use self::body::{Chunks, ResponseBody};
pub use self::failure::TransportError;
#[cfg(feature = "hyper")]
pub use self::hyper::HyperTransport;
pub(crate) use self::settings::{Identity, Protocol, Proxy, Settings};
#[cfg(feature = "hyper")]
use self::tls::Tls;
pub(crate) use self::transports::Transports;
pub use crate::body::{BodyError, OpenBody, RequestBody, Source};

#[cfg(all(feature = "hyper", not(feature = "blocking")))]
pub(crate) fn built_in(settings: &Settings) -> Result<Transports, crate::error::Error> {
    let tls = Tls::new(settings)?;
    let transport = HyperTransport::build(settings, &tls)?;
    Ok(Transports::both(std::sync::Arc::new(transport)))
}

#[cfg(not(feature = "hyper"))]
pub(crate) fn built_in(_settings: &Settings) -> Result<Transports, crate::error::Error> {
    Err(crate::error::Error::config(
        "there is no transport: enable the feature `hyper`, or set one with `transport(…)`",
    ))
}

/// A boxed future that is `Send`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A request with its body.
pub type HttpRequest = http::Request<RequestBody>;

/// A response with its unread body.
pub type HttpResponse = http::Response<ResponseBody>;

/// The response to a request, or the error of the transport.
pub type ResponseFuture<'a> = BoxFuture<'a, Result<HttpResponse, TransportError>>;

/// The extension of a request that follows a redirect to another origin, or comes after such a redirect.
///
/// No credential of the client belongs there: a transport that shows a client certificate sends this request over a
/// connection without it.
#[derive(Debug, Clone, Copy)]
pub struct ForeignRedirect;

/// Sends requests and owns the clock.
///
/// One transport serves all calls of a client and of its clones, concurrently.
///
/// A transport may block the thread while it is polled and never be pending. No timer of the caller can then fire, so
/// the transport has to observe the timeouts that it gets: that of [`send`](Self::send), and that of [`Chunks::limit`]
/// while it reads a response.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends one request and returns the head of the response with its unread body.
    ///
    /// Redirects are not followed. The future is dropped when the call is dropped or `timeout` is over. A transport
    /// that blocks its thread has to end by itself after `timeout`.
    fn send(&self, request: HttpRequest, timeout: Option<Duration>) -> ResponseFuture<'_>;

    /// Whether [`send`](Self::send) ends by itself when `timeout` is over, with an error that says whether the server
    /// may have seen the request. If not, the future is dropped and the server is assumed to have seen the request.
    fn keeps_time(&self, timeout: Duration) -> bool {
        let _ = timeout;
        false
    }

    /// Waits for `duration`.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// Returns the time since a fixed moment; it never decreases. By default, this is the same moment for all
    /// transports of a process.
    fn now(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }

    /// Returns the wall-clock time, to compare with the dates that servers send.
    fn date(&self) -> SystemTime {
        SystemTime::now()
    }
}
