//! The default transport: hyper with rustls.
//!
//! It uses hyper instead of reqwest, although reqwest would save this file and the one beside it. reqwest converts
//! between `Url` and `Uri` several times and passes each request through its own layers for redirects and retries,
//! which this crate implements above the transport: a call over it executes 1.7 times the instructions and allocates
//! twice as often (`cargo lab cost`), and this crate takes twice as long to check with all its dependencies.

mod arriving;
mod connect;
mod resolve;
mod silence;

use std::error::Error as StdError;
use std::io;
use std::mem;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::Method;
use http::header::{CONTENT_LENGTH, PROXY_AUTHORIZATION};
use http::uri::Scheme;
use hyper::body::Body as _;
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use self::arriving::Arriving;
use self::connect::Connector;
use super::cause::{innermost, is_refusal, is_timeout, source_of};
use super::outgoing::{self, Outgoing};
use super::proxy::Proxies;
use super::settings::{Protocol, Settings};
use super::tls::Tls;
use super::{
    BoxFuture, ForeignRedirect, HttpRequest, ResponseBody, ResponseFuture, Transport,
    TransportError, runtime,
};
use crate::error::Error;

/// The maximum size of response headers over HTTP/2, the same as over HTTP/1.
const HEADERS: u32 = 400 << 10;

/// The transport of async calls, over hyper.
///
/// It needs a tokio runtime while a call is awaited; without one, calls fail with an error. A runtime without I/O or
/// time makes them panic, as everywhere in tokio. Connections belong to the runtime in which they were opened: if a
/// client is used in several runtimes and one of them stops, calls in the others can wait for a response until they
/// time out.
pub struct HyperTransport {
    client: legacy::Client<Connector, Outgoing>,
    /// A client with separate connections for redirects to other origins, if there is a client certificate. It never
    /// uses a connection on which the certificate was sent.
    foreign: legacy::Client<Connector, Outgoing>,
    proxies: Arc<Proxies>,
    connect_timeout: Option<Duration>,
}

impl HyperTransport {
    pub(crate) fn build(settings: &Settings, tls: &Tls) -> Result<Self, Error> {
        check(settings)?;
        let proxies = Arc::new(Proxies::of(&settings.proxy)?);
        let connect_timeout = settings.connect_timeout;
        let (own, foreign) = Connector::pair(settings, tls, Arc::clone(&proxies));
        let build = |connector| {
            legacy::Client::builder(TokioExecutor::new())
                .pool_timer(TokioTimer::new())
                .pool_idle_timeout(settings.pool_idle)
                .pool_max_idle_per_host(settings.pool_max_idle)
                .http2_only(matches!(settings.protocol, Protocol::Http2))
                .http2_max_header_list_size(HEADERS)
                .build(connector)
        };
        let client = build(own);
        let foreign = foreign.map_or_else(|| client.clone(), build);
        Ok(Self {
            client,
            foreign,
            proxies,
            connect_timeout,
        })
    }

    fn start(&self, request: HttpRequest, body: Outgoing) -> legacy::ResponseFuture {
        let (mut head, _) = request.into_parts();
        if body.is_end_stream() && matches!(head.method, Method::POST | Method::PUT | Method::PATCH)
        {
            // Some servers require `Content-Length: 0` for a request without a body.
            head.headers.insert(CONTENT_LENGTH, 0.into());
        }
        if head.uri.scheme() == Some(&Scheme::HTTP) {
            self.add_proxy_credential(&mut head);
        }
        let client = match head.extensions.get::<ForeignRedirect>() {
            Some(ForeignRedirect) => &self.foreign,
            None => &self.client,
        };
        client.request(http::Request::from_parts(head, body))
    }

    /// Adds the proxy credential to a request that is not tunnelled, because the proxy reads it there.
    fn add_proxy_credential(&self, head: &mut http::request::Parts) {
        let proxy = self.proxies.to(&head.uri);
        if let Some(credential) = proxy.and_then(|proxy| proxy.credential.as_ref()) {
            let known = head.headers.entry(PROXY_AUTHORIZATION);
            known.or_insert_with(|| credential.clone());
        }
    }
}

impl Transport for HyperTransport {
    fn send(&self, mut request: HttpRequest, timeout: Option<Duration>) -> ResponseFuture<'_> {
        let body = mem::take(request.body_mut());
        let limit = timeout.filter(|limit| self.keeps_time(*limit) && runtime::is_here());
        let timed = limit.map(|limit| (limit, capture_connection(&mut request)));
        let sending = outgoing::send(body, |body| received(self.start(request, body)));
        match timed {
            Some((limit, connection)) => in_time(limit, sending, connection),
            None => sending,
        }
    }

    /// True for an attempt with less time than the connect timeout: it can end without a connection, which only the
    /// transport knows. Other attempts skip this check, because it has a small cost.
    fn keeps_time(&self, timeout: Duration) -> bool {
        self.connect_timeout.is_none_or(|limit| timeout <= limit)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        runtime::sleep(duration)
    }
}

impl std::fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HyperTransport").finish_non_exhaustive()
    }
}

/// Checks for settings with which no request can be sent.
fn check(settings: &Settings) -> Result<(), Error> {
    let limits = [
        ("connect", settings.connect_timeout),
        ("read", settings.read_timeout),
    ];
    for (name, limit) in limits {
        if limit == Some(Duration::ZERO) {
            return Err(Error::config(format!("the {name} timeout is zero")));
        }
    }
    for (host, addresses) in &settings.hosts {
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        if host.is_empty() || host.parse::<IpAddr>().is_ok() || !host.bytes().all(is_host) {
            return Err(Error::config(format!(
                "`{host}` is not a host name that addresses can be set for"
            )));
        }
        if addresses.is_empty() {
            return Err(Error::config(format!(
                "the host `{host}` has an empty list of addresses"
            )));
        }
    }
    Ok(())
}

/// Waits for the response for at most the time of the attempt.
fn in_time(
    limit: Duration,
    sending: ResponseFuture<'_>,
    connection: CaptureConnection,
) -> ResponseFuture<'_> {
    Box::pin(async move {
        let response = tokio::time::timeout(limit, sending).await;
        response.unwrap_or_else(|_| {
            Err(if connection.connection_metadata().is_some() {
                TransportError::timeout(format!("no response within {limit:?}"))
            } else {
                TransportError::connect(format!("connecting took more than {limit:?}"))
            })
        })
    })
}

/// Waits for the response to a request that was sent.
fn received<'a>(pending: legacy::ResponseFuture) -> ResponseFuture<'a> {
    Box::pin(async move {
        let response = pending.await.map_err(failure)?;
        Ok(response.map(|body| ResponseBody::chunks(Arriving(body))))
    })
}

fn failure(error: legacy::Error) -> TransportError {
    let connect = error.is_connect();
    let unprocessed = is_unsent(&error) || is_refusal(&error);
    let timeout = is_timeout(&error);
    let unreadable = is_unreadable(&error);
    let source = innermost(error);
    if unprocessed {
        TransportError::unprocessed(source)
    } else if unreadable {
        TransportError::undecodable(UNREADABLE)
    } else if connect {
        TransportError::connect(source)
    } else if timeout {
        TransportError::timeout(source)
    } else {
        TransportError::io(source)
    }
}

/// hyper does not report why it rejects a response, so the message names both reasons.
const UNREADABLE: &str = "the headers of the response are larger than 400 kB or more than 100, or the response is not valid HTTP";

/// Whether an invalid response arrived, which another attempt would get again.
fn is_unreadable(error: &(dyn StdError + 'static)) -> bool {
    source_of(error).is_some_and(hyper::Error::is_parse)
        || source_of(error).is_some_and(h2::Error::is_library)
}

/// Whether the chunks, the frames or the trailers of a body are invalid or exceed a limit, which another attempt would
/// get again. Data that TLS rejects was damaged on its way.
fn is_invalid(error: &(dyn StdError + 'static)) -> bool {
    let io = source_of::<io::Error>(error).map(io::Error::kind);
    let is_http1 = matches!(
        io,
        Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
    );
    (is_http1 && source_of::<rustls::Error>(error).is_none())
        || source_of(error).is_some_and(h2::Error::is_library)
}

/// Returns the error of a response body that ended early, or that is not valid HTTP from some point on.
fn lost(error: hyper::Error) -> TransportError {
    if is_timeout(&error) {
        TransportError::timeout(innermost(error))
    } else if is_invalid(&error) {
        TransportError::undecodable(innermost(error))
    } else {
        TransportError::io(error)
    }
}

/// Whether hyper returned a request that it had not started to send, which it calls canceled.
fn is_unsent(error: &(dyn StdError + 'static)) -> bool {
    source_of(error).is_some_and(hyper::Error::is_canceled)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use hyper::client::conn::http1::handshake;
    use hyper_util::rt::TokioIo;
    use tokio::net::TcpStream;

    use super::*;

    #[tokio::test]
    async fn a_request_that_finds_no_connection_any_more_is_unsent() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        for closes in [false, true] {
            let stream = TcpStream::connect(address).await.unwrap();
            let (mut sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
            let request = http::Request::new(String::new());
            let error = if closes {
                // The server was reading the request and may act on it.
                let (mut server, _) = listener.accept().unwrap();
                std::thread::spawn(move || io::Read::read(&mut server, &mut [0; 8]));
                tokio::spawn(connection);
                sender.send_request(request).await
            } else {
                drop((connection, listener.accept().unwrap()));
                sender.send_request(request).await
            };
            assert_eq!(is_unsent(&error.unwrap_err()), !closes);
        }
    }
}
