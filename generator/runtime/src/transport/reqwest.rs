//! The default transport: reqwest with rustls.

use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http_body::Body as _;
use reqwest::redirect;
use rustls_platform_verifier::BuilderVerifierExt as _;

use super::{BoxFuture, Chunks, RequestBody, ResponseBody, Transport, TransportError};
use crate::error::{BoxError, Error};

/// A transport over a [`reqwest::Client`].
///
/// It needs a tokio runtime with I/O and time while a call is awaited, as reqwest does.
#[derive(Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    start: Instant,
}

/// What the builder of a client decides about its connections.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Option<Duration>,
}

/// Servers commonly close an idle connection after 60 seconds or more; closing first avoids the race in which a
/// request is written to a connection that the server is just closing.
const POOL_IDLE: Duration = Duration::from_secs(30);

impl ReqwestTransport {
    /// A transport over a ready client, for settings that the builder does not offer (proxies, certificates …).
    ///
    /// Build that client with `redirect(reqwest::redirect::Policy::none())`: redirects are followed above the
    /// transport, where the credential of a custom header is kept from other origins. reqwest by itself would only
    /// hold back the headers that it knows.
    pub fn new(client: reqwest::Client) -> Self {
        Self {
            client,
            start: Instant::now(),
        }
    }

    pub(crate) fn build(settings: &Settings) -> Result<Self, Error> {
        let mut builder = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .referer(false)
            .pool_idle_timeout(POOL_IDLE)
            .tls_backend_preconfigured(tls()?);
        if let Some(limit) = settings.connect_timeout {
            builder = builder.connect_timeout(limit);
        }
        let client = builder.build().map_err(|error| {
            Error::config("the HTTP client cannot be set up").caused_by(error.without_url())
        })?;
        Ok(Self::new(client))
    }
}

/// The provider is given here and not installed for the whole process: that choice is the program's.
fn tls() -> Result<rustls::ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(rustls::ConfigBuilder::with_platform_verifier)
        .map_err(|error| Error::config("TLS cannot be set up").caused_by(error))?
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<RequestBody>,
        _timeout: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request.map(reqwest_body))
                .map_err(|error| TransportError::unsendable(error.without_url()))?;
            let answer = self.client.execute(request).await.map_err(failure)?;
            let (head, body) = http::Response::<reqwest::Body>::from(answer).into_parts();
            let body = ResponseBody::chunks(Incoming(body));
            Ok(http::Response::from_parts(head, body))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn date(&self) -> SystemTime {
        SystemTime::now()
    }
}

fn reqwest_body(body: RequestBody) -> reqwest::Body {
    match body {
        RequestBody::Empty => reqwest::Body::default(),
        RequestBody::Bytes(bytes) => bytes.into(),
    }
}

fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let (connect, timeout, builder) = (error.is_connect(), error.is_timeout(), error.is_builder());
    let source = innermost(error);
    if builder {
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
