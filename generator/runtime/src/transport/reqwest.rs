//! The default transport: reqwest with rustls.

mod address;
mod outgoing;

use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};
use std::{iter, mem};

use bytes::Bytes;
use http_body::Body as _;
use reqwest::{redirect, retry};
use rustls::ClientConfig;

use self::address::Addresses;
use self::outgoing::Outgoing;
use super::settings::{POOL_IDLE, Proxy, Settings};
use super::timer::{self, Sleep};
use super::{BodyError, BoxFuture, Chunks, RequestBody, ResponseBody, Transport, TransportError};
use crate::error::{BoxError, Error};

/// A transport over reqwest.
///
/// It needs a tokio runtime with I/O and time while a call is awaited, as reqwest does; without one, calls fail and
/// tell so.
#[derive(Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    addresses: Addresses,
}

impl ReqwestTransport {
    /// A transport with settings that the builder of the API's client does not offer.
    ///
    /// `change` gets a builder that has TLS and the pool as every client here has them. Whatever policy it sets for
    /// redirects and retries is replaced: both are decided above the transport, where no credential crosses an origin,
    /// whatever its header is called, and every attempt counts. reqwest by itself would hold back only the headers that
    /// it knows, which is why no ready `reqwest::Client` is taken.
    ///
    /// ```
    /// use specwright_runtime::transport::ReqwestTransport;
    ///
    /// let transport = ReqwestTransport::new(|settings| settings.http1_only().tcp_nodelay(true))?;
    /// # Ok::<(), specwright_runtime::Error>(())
    /// ```
    ///
    /// # Errors
    /// reqwest cannot be set up like that.
    pub fn new(
        change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<Self, Error> {
        let settings = Settings::default();
        Self::finish(change(begin(&settings, settings.tls()?)?))
    }

    pub(crate) fn build(settings: &Settings, tls: ClientConfig) -> Result<Self, Error> {
        Self::finish(begin(settings, tls)?)
    }

    fn finish(builder: reqwest::ClientBuilder) -> Result<Self, Error> {
        let client = builder
            .redirect(redirect::Policy::none())
            // A request that a server refused to look at is repeated above the transport, where attempts are counted.
            // By the number reqwest knows that it need not keep a copy of each request.
            .retry(retry::never().max_retries_per_request(0))
            .referer(false)
            .build()
            .map_err(|error| {
                let cause = innermost(error.without_url());
                Error::config("the HTTP client cannot be set up").caused_by(cause)
            })?;
        Ok(Self {
            client,
            addresses: Addresses::default(),
        })
    }
}

fn begin(settings: &Settings, mut tls: ClientConfig) -> Result<reqwest::ClientBuilder, Error> {
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let mut builder = reqwest::Client::builder()
        .pool_idle_timeout(POOL_IDLE)
        .tls_backend_preconfigured(tls);
    if let Some(limit) = settings.connect_timeout {
        builder = builder.connect_timeout(limit);
    }
    Ok(match &settings.proxy {
        Proxy::Environment => builder,
        Proxy::None => builder.no_proxy(),
        Proxy::At(url) => match reqwest::Proxy::all(url) {
            Ok(proxy) => builder.no_proxy().proxy(proxy),
            Err(_) => return Err(Error::config("the proxy's URL is none")),
        },
    })
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        mut request: http::Request<RequestBody>,
        _timeout: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        // What is in memory is on its way at once, and its future needs no room for the request.
        match mem::take(request.body_mut()) {
            RequestBody::Empty => received(self.start(&mut request, None)),
            RequestBody::Bytes(bytes) => received(self.start(&mut request, Some(bytes.into()))),
            body @ RequestBody::Source(_) => Box::pin(async move {
                let body = opened(body).await?;
                received(self.start(&mut request, Some(body))).await
            }),
        }
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        if has_runtime() {
            Box::pin(tokio::time::sleep(duration))
        } else {
            Box::pin(Sleep::new(duration))
        }
    }

    fn now(&self) -> Duration {
        timer::now()
    }

    fn date(&self) -> SystemTime {
        SystemTime::now()
    }
}

impl ReqwestTransport {
    fn start(
        &self,
        request: &mut http::Request<RequestBody>,
        body: Option<reqwest::Body>,
    ) -> Result<impl Future<Output = reqwest::Result<reqwest::Response>> + use<>, TransportError>
    {
        require_runtime()?;
        let url = self.addresses.url(request.uri());
        let url = url.map_err(TransportError::unsendable)?;
        let mut sent = reqwest::Request::new(mem::take(request.method_mut()), url);
        mem::swap(sent.headers_mut(), request.headers_mut());
        *sent.body_mut() = body;
        Ok(self.client.execute(sent))
    }
}

/// The answer to a request that is on its way.
fn received<'a>(
    pending: Result<
        impl Future<Output = reqwest::Result<reqwest::Response>> + Send + 'a,
        TransportError,
    >,
) -> BoxFuture<'a, Result<http::Response<ResponseBody>, TransportError>> {
    Box::pin(async move {
        let answer = pending?.await.map_err(failure)?;
        let answer = http::Response::<reqwest::Body>::from(answer);
        Ok(answer.map(|body| ResponseBody::chunks(Incoming(body))))
    })
}

/// Refuses what would make tokio panic.
fn require_runtime() -> Result<(), TransportError> {
    if has_runtime() {
        Ok(())
    } else {
        Err(TransportError::unsendable("reqwest needs a tokio runtime"))
    }
}

/// Whether there is a runtime of tokio here.
fn has_runtime() -> bool {
    tokio::runtime::Handle::try_current().is_ok()
}

async fn opened(body: RequestBody) -> Result<reqwest::Body, TransportError> {
    require_runtime()?;
    let open = tokio::task::spawn_blocking(move || body.open())
        .await
        .map_err(TransportError::unsendable)?;
    Ok(reqwest::Body::wrap(Outgoing::new(open?)))
}

/// What is under an error and of this type.
fn source_of<E: StdError + 'static>(error: &reqwest::Error) -> Option<&E> {
    let mut below = iter::successors(error.source(), |&error| error.source());
    below.find_map(|error| error.downcast_ref())
}

/// Whether the server says that it did not look at the request: it refused the stream, or was about to close the
/// connection (RFC 9113, section 8.7).
fn is_refusal(error: &h2::Error) -> bool {
    let reason = error.reason();
    error.is_remote()
        && (error.is_reset() && reason == Some(h2::Reason::REFUSED_STREAM)
            || error.is_go_away() && reason == Some(h2::Reason::NO_ERROR))
}

fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let (connect, timeout, builder) = (error.is_connect(), error.is_timeout(), error.is_builder());
    let of_body = source_of::<BodyError>(&error).is_some();
    let refused = source_of::<h2::Error>(&error).is_some_and(is_refusal);
    let source = innermost(error);
    if of_body {
        TransportError::broken_off(source)
    } else if refused {
        TransportError::unprocessed(source)
    } else if builder {
        TransportError::unsendable(source)
    } else if connect {
        TransportError::connect(source)
    } else if timeout {
        TransportError::timeout(source)
    } else {
        TransportError::io(source)
    }
}

/// reqwest's own layer says no more than "error sending request"; what it wraps says what happened.
fn innermost(error: reqwest::Error) -> BoxError {
    match error.source() {
        Some(_) => Box::new(Cause(error)),
        None => Box::new(error),
    }
}

/// A reqwest error that shows what it wraps.
#[derive(Debug)]
struct Cause(reqwest::Error);

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.source() {
            Some(source) => std::fmt::Display::fmt(source, f),
            None => std::fmt::Display::fmt(&self.0, f),
        }
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source().and_then(StdError::source)
    }
}

/// The body of an answer as chunks.
struct Incoming(reqwest::Body);

impl Chunks for Incoming {
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            return match Pin::new(&mut self.0).poll_frame(context) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(None) => Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(failure(error)))),
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => Poll::Ready(Some(Ok(data))),
                    // Trailers say nothing that a caller can ask for.
                    Err(_) => continue,
                },
            };
        }
    }
}
