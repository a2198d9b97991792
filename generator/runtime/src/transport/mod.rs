//! What carries a request to a server and brings the response back.
//!
//! Two examples beside the sources of this crate are whole transports: `examples/custom_transport.rs` hands requests to
//! a function of the same program, and `examples/reqwest_transport.rs` sends them with reqwest.
//!
//! A [`Transport`] sends one request and gives one response: no redirects, no retries, no credentials of its own. All
//! of that is decided above it, so that it is the same over every transport. It also owns the clock, which lets a
//! test run an hour of waiting in no time.

#[cfg(feature = "hyper")]
mod arriving;
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
mod upload;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

#[cfg(feature = "blocking")]
pub(crate) use self::background::BackgroundTransport;
pub(crate) use self::body::Turn;
pub use self::body::{Chunks, ResponseBody};
pub use self::failure::TransportError;
#[cfg(feature = "hyper")]
pub use self::hyper::HyperTransport;
pub(crate) use self::settings::{Identity, Protocol, Proxy, Settings};
#[cfg(feature = "hyper")]
pub(crate) use self::tls::Tls;
pub use crate::body::{BodyError, OpenBody, RequestBody, Source};

/// A future on the heap that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The extension of a request that follows a redirect to another origin, or comes after such a redirect.
///
/// No credential of the client belongs there: a transport that shows a client certificate sends this request over a
/// connection without it.
#[derive(Debug, Clone, Copy)]
pub struct ForeignRedirect;

/// Sends requests and owns the clock.
///
/// One transport serves all calls of a client and of its clones, at the same time.
///
/// A transport may do its work while it is polled, blocking the thread, and never be pending. Then no timer of the
/// caller can expire meanwhile, so the transport has to keep the limits itself: that of [`send`](Self::send), and
/// that of [`Chunks::limit`] for what it reads of a response.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends one request and returns the head of the response, whose body is still to be read.
    ///
    /// Redirects are not followed. The future is dropped when the call is dropped or `timeout` is over; a transport
    /// that blocks its thread has to end by itself after `timeout`.
    fn send(
        &self,
        request: http::Request<RequestBody>,
        timeout: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>>;

    /// Whether [`send`](Self::send) ends by itself when a `timeout` is over, with an error that says whether the
    /// server may have seen the request. Otherwise its future is dropped then, and the server may have seen it.
    fn keeps_time(&self, timeout: Duration) -> bool {
        let _ = timeout;
        false
    }

    /// Returns after `duration`.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// The time since some fixed moment; it never goes back.
    fn now(&self) -> Duration;

    /// The time of day, for dates that a server names.
    fn date(&self) -> SystemTime;
}
