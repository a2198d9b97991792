//! The transport without a runtime: ureq with rustls.

mod connect;
mod limit;
mod outgoing;

use std::fmt;
use std::io::Read as _;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use http::Method;
use http::header::CONTENT_LENGTH;
use http::uri::Scheme;
use ureq::config::AutoHeaderValue;
use ureq::{Agent, AsSendBody, BodyReader, SendBody};

use self::connect::{Names, NotConnected, connector};
use self::limit::within;
use self::outgoing::{Outgoing, body_error};
use super::settings::{POOL_IDLE, Proxy, Settings};
use super::timer::{self, Sleep};
use super::{BoxFuture, Chunks, RequestBody, ResponseBody, Transport, TransportError};
use crate::error::Error;

/// A transport over ureq, which needs no runtime: a request is sent, and the answer awaited, while its future is
/// polled, on the thread that does so.
///
/// Calls that are made with `send_blocking()` go over one, unless the client was given a transport. It speaks
/// HTTP/1.1.
pub struct UreqTransport {
    http: Agent,
    https: Agent,
}

/// Idle connections that are kept: as many as threads may commonly share a client.
const IDLE_CONNECTIONS: usize = 64;

/// How much of an answer is read at once.
const CHUNK: usize = 16 << 10;

impl UreqTransport {
    /// A transport with the settings that a client has by default.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new() -> Result<Self, Error> {
        let settings = Settings::default();
        Self::build(&settings, settings.tls()?)
    }

    pub(crate) fn build(settings: &Settings, mut tls: rustls::ClientConfig) -> Result<Self, Error> {
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let tls = Arc::new(tls);
        Ok(Self {
            http: agent(settings, &tls, &Scheme::HTTP)?,
            https: agent(settings, &tls, &Scheme::HTTPS)?,
        })
    }

    fn run(
        &self,
        request: http::Request<RequestBody>,
        timeout: Option<Duration>,
    ) -> Result<http::Response<ResponseBody>, TransportError> {
        let (mut head, body) = request.into_parts();
        let agent = match head.uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => &self.https,
            _ => &self.http,
        };
        let has_length = matches!(head.method, Method::POST | Method::PUT | Method::PATCH);
        match body {
            RequestBody::Empty if !has_length => send(agent, head, (), timeout),
            RequestBody::Empty => send(agent, head, &[][..], timeout),
            RequestBody::Bytes(bytes) => send(agent, head, &bytes[..], timeout),
            body @ RequestBody::Source(_) => {
                let open = body.open()?;
                if let Some(length) = open.length() {
                    head.headers.insert(CONTENT_LENGTH, length.into());
                }
                let body = SendBody::from_owned_reader(Outgoing::new(open));
                send(agent, head, body, timeout)
            }
        }
    }
}

fn agent(
    settings: &Settings,
    tls: &Arc<rustls::ClientConfig>,
    scheme: &Scheme,
) -> Result<Agent, Error> {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .allow_non_standard_methods(true)
        .user_agent(AutoHeaderValue::None)
        .accept(AutoHeaderValue::None)
        .accept_encoding(AutoHeaderValue::None)
        .proxy(proxy(&settings.proxy, scheme)?)
        .timeout_resolve(settings.connect_timeout)
        .timeout_connect(settings.connect_timeout)
        .max_idle_connections(IDLE_CONNECTIONS)
        .max_idle_connections_per_host(IDLE_CONNECTIONS)
        .max_idle_age(POOL_IDLE)
        .build();
    let connector = connector(Arc::clone(tls));
    Ok(Agent::with_parts(config, connector, Names::default()))
}

/// The proxy for URLs of this scheme.
fn proxy(proxy: &Proxy, scheme: &Scheme) -> Result<Option<ureq::Proxy>, Error> {
    match proxy {
        Proxy::None => Ok(None),
        Proxy::At(url) => match ureq::Proxy::new(url) {
            Ok(proxy) => Ok(Some(proxy)),
            Err(_) => Err(Error::config("the proxy's URL is none")),
        },
        Proxy::Environment => Ok(from_environment(scheme)),
    }
}

/// The proxy that the environment names for URLs of this scheme, as curl and reqwest read it. ureq by itself would
/// take one for all schemes.
fn from_environment(scheme: &Scheme) -> Option<ureq::Proxy> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    // A CGI program has the header `Proxy` of whoever calls it in `HTTP_PROXY`.
    let is_cgi = std::env::var_os("REQUEST_METHOD").is_some();
    let own = match scheme.as_str() {
        "https" => variable("HTTPS_PROXY").or_else(|| variable("https_proxy")),
        _ if is_cgi => None,
        _ => variable("HTTP_PROXY").or_else(|| variable("http_proxy")),
    };
    let url = own
        .or_else(|| variable("ALL_PROXY"))
        .or_else(|| variable("all_proxy"))?;
    let named = ureq::Proxy::new(&url).ok()?;
    let mut proxy = ureq::Proxy::builder(named.protocol())
        .host(named.host())
        .port(named.port());
    if let Some(username) = named.username() {
        proxy = proxy.username(username);
    }
    if let Some(password) = named.password() {
        proxy = proxy.password(password);
    }
    let exceptions = variable("NO_PROXY").or_else(|| variable("no_proxy"));
    for exception in exceptions.iter().flat_map(|list| list.split(',')) {
        proxy = proxy.no_proxy(exception.trim());
    }
    proxy.build().ok()
}

fn send(
    agent: &Agent,
    head: http::request::Parts,
    body: impl AsSendBody,
    timeout: Option<Duration>,
) -> Result<http::Response<ResponseBody>, TransportError> {
    let request = http::Request::from_parts(head, body);
    let answer = within(timeout, || agent.run(request)).map_err(|error| failure(error, timeout))?;
    let (mut head, body) = answer.into_parts();
    // What ureq notes down there shows the whole URL.
    head.extensions.clear();
    let body = Incoming {
        reader: body.into_with_config().limit(u64::MAX).reader(),
        buffer: BytesMut::new(),
        limit: None,
    };
    Ok(http::Response::from_parts(head, ResponseBody::chunks(body)))
}

impl Transport for UreqTransport {
    fn send(
        &self,
        request: http::Request<RequestBody>,
        timeout: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        Box::pin(async move { self.run(request, timeout) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(Sleep::new(duration))
    }

    fn now(&self) -> Duration {
        timer::now()
    }

    fn date(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// Shows no setting: a proxy can have a password.
impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport").finish_non_exhaustive()
    }
}

/// No message of ureq's that can have a URL in it is passed on.
fn failure(error: ureq::Error, limit: Option<Duration>) -> TransportError {
    match error {
        ureq::Error::Other(inner) => match inner.downcast::<NotConnected>() {
            Ok(error) => not_connected(error.0),
            Err(inner) => TransportError::io(inner),
        },
        ureq::Error::Timeout(_) => TransportError::timeout(match limit {
            Some(limit) => format!("nothing came for {limit:?}"),
            None => "nothing came in time".to_owned(),
        }),
        ureq::Error::Http(error) => TransportError::unsendable(error),
        ureq::Error::BadUri(_) => TransportError::unsendable("the URL cannot be sent"),
        ureq::Error::Io(error) if body_error(&error) => TransportError::broken_off(error),
        ureq::Error::Io(error) => TransportError::io(error),
        error => TransportError::io(error),
    }
}

fn not_connected(error: ureq::Error) -> TransportError {
    match error {
        ureq::Error::Timeout(_) => TransportError::connect("it took too long"),
        ureq::Error::BadUri(_) => TransportError::unsendable("the URL cannot be sent"),
        ureq::Error::Io(error) => TransportError::connect(error),
        ureq::Error::Other(error) => TransportError::connect(error),
        error => TransportError::connect(error),
    }
}

/// The body of an answer as chunks, each read when it is asked for.
struct Incoming {
    reader: BodyReader<'static>,
    buffer: BytesMut,
    limit: Option<Duration>,
}

impl Chunks for Incoming {
    fn poll_chunk(
        &mut self,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.buffer.resize(CHUNK, 0);
        let read = within(self.limit, || self.reader.read(&mut self.buffer));
        Poll::Ready(match read {
            Ok(0) => None,
            Ok(length) => Some(Ok(self.buffer.split_to(length).freeze())),
            Err(error) => Some(Err(failure(error.into(), self.limit))),
        })
    }

    fn limit(&mut self, left: &dyn Fn() -> Option<Duration>) {
        self.limit = left();
    }
}
