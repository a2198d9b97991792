//! A transport over reqwest, for what the default one cannot be told.

mod address;

use std::mem;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use reqwest::{redirect, retry};

use self::address::Addresses;
use super::arriving::Arriving;
use super::cause::{innermost, is_refusal};
use super::outgoing::{self, Outgoing};
use super::proxy::Proxies;
use super::settings::{HEADERS, POOL_IDLE, Settings};
use super::{
    BodyError, BoxFuture, RequestBody, ResponseBody, Transport, TransportError, runtime, timer, tls,
};
use crate::error::Error;

/// A transport over reqwest: for settings that the builder of the API's client does not offer, and for programs that
/// have reqwest anyway.
///
/// It needs a tokio runtime while a call is awaited, as reqwest does; without one, calls fail and tell so. A runtime
/// without I/O or time makes them panic.
#[derive(Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    addresses: Addresses,
}

impl ReqwestTransport {
    /// A transport with reqwest's settings.
    ///
    /// `change` gets a builder that has TLS, the proxies of the environment and the pool as every client here has them.
    /// Whatever policy it sets for
    /// redirects and retries is replaced: both are decided above the transport, where no credential crosses an origin,
    /// whatever its header is called, and every attempt counts. reqwest by itself would hold back only the headers that
    /// it knows, which is why no ready `reqwest::Client` is taken. Headers that every request has go to the client's
    /// builder: default headers of reqwest would go to other origins too.
    ///
    /// ```
    /// use specwright_runtime::transport::ReqwestTransport;
    ///
    /// let transport = ReqwestTransport::new(|settings| settings.http1_only().tcp_nodelay(true))?;
    /// # Ok::<(), specwright_runtime::Error>(())
    /// ```
    ///
    /// # Errors
    /// The environment names a proxy that cannot be used, or reqwest cannot be set up like that.
    pub fn new(
        change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<Self, Error> {
        let settings = Settings::default();
        let mut builder = reqwest::Client::builder()
            .pool_idle_timeout(POOL_IDLE)
            .http2_max_header_list_size(HEADERS)
            .proxy(by(Proxies::of(&settings.proxy)?))
            .tls_backend_preconfigured(tls::with_http2(settings.tls()?));
        if let Some(limit) = settings.connect_timeout {
            builder = builder.connect_timeout(limit);
        }
        let client = change(builder)
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

    fn start(
        &self,
        request: http::Request<RequestBody>,
        body: Outgoing,
    ) -> Result<impl Future<Output = reqwest::Result<reqwest::Response>> + use<>, TransportError>
    {
        let (head, _) = request.into_parts();
        let url = self.addresses.url(&head.uri);
        let url = url.map_err(TransportError::unsendable)?;
        let mut sent = reqwest::Request::new(head.method, url);
        *sent.headers_mut() = head.headers;
        *sent.body_mut() = (!body.is_end_stream()).then(|| Shared::body(body));
        Ok(self.client.execute(sent))
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        mut request: http::Request<RequestBody>,
        _timeout: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        let body = mem::take(request.body_mut());
        outgoing::send(body, |body| received(self.start(request, body)))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        runtime::sleep(duration)
    }

    fn now(&self) -> Duration {
        timer::now()
    }

    fn date(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// The proxies, as reqwest asks for them.
fn by(proxies: Proxies) -> reqwest::Proxy {
    reqwest::Proxy::custom(move |server| {
        let via = proxies.to(&server.as_str().parse().ok()?)?;
        Some(via.url.clone())
    })
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
        Ok(answer.map(|body| ResponseBody::chunks(Arriving { body, failure })))
    })
}

fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let (connect, timeout, builder) = (error.is_connect(), error.is_timeout(), error.is_builder());
    let refused = is_refusal(&error);
    let source = innermost(error);
    if refused {
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

/// A body that threads share, as reqwest wants it, although nobody does so.
struct Shared(Mutex<Outgoing>, SizeHint);

impl Shared {
    fn body(body: Outgoing) -> reqwest::Body {
        let length = body.size_hint();
        reqwest::Body::wrap(Self(Mutex::new(body), length))
    }
}

impl http_body::Body for Shared {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let body = self.get_mut().0.get_mut();
        Pin::new(body.unwrap_or_else(PoisonError::into_inner)).poll_frame(context)
    }

    fn size_hint(&self) -> SizeHint {
        self.1
    }
}
