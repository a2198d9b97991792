//! The default transport: hyper with rustls.
//!
//! reqwest is not between them, although it would spare this file and the one beside it. It makes URLs of URIs and URIs
//! of URLs several times, and passes each request through layers for redirects and retries, which are decided above
//! the transport here: a call over it executes 1.7 times the instructions and allocates twice as often
//! (`cargo xtask cost` compares with it), and this crate takes twice as long to check with everything below it.

mod connect;

use std::error::Error as StdError;
use std::mem;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::Uri;
use http::header::PROXY_AUTHORIZATION;
use http::uri::Scheme;
use hyper_util::client::legacy::{self, ResponseFuture};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::ClientConfig;

use self::connect::Connector;
use super::arriving::Arriving;
use super::cause::{innermost, is_refusal, source_of};
use super::outgoing::{self, Outgoing};
use super::settings::{POOL_IDLE, Proxy, Settings};
use super::{BoxFuture, RequestBody, ResponseBody, Transport, TransportError, runtime, timer};
use crate::error::Error;

/// The transport of calls that are awaited, over hyper.
///
/// It needs a tokio runtime while a call is awaited; without one, calls fail and tell so. A runtime without I/O or time
/// makes them panic, as all of tokio's does. Connections belong to the runtime in which they were made: a client that is
/// used in several runtimes can be left without an answer where one of them stands still.
pub struct HyperTransport {
    client: legacy::Client<Connector, Outgoing>,
    /// Who knows which requests go through a proxy.
    proxies: Option<Arc<Matcher>>,
}

impl HyperTransport {
    pub(crate) fn build(settings: &Settings, tls: ClientConfig) -> Result<Self, Error> {
        let proxies = match &settings.proxy {
            Proxy::None => None,
            Proxy::Environment => Some(Matcher::from_env()),
            Proxy::At(url) => Some(through(url)?),
        };
        let proxies = proxies.map(Arc::new);
        let connector = Connector::new(tls, proxies.clone(), settings.connect_timeout);
        let client = legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(POOL_IDLE)
            .build(connector);
        Ok(Self { client, proxies })
    }

    fn start(&self, request: http::Request<RequestBody>, body: Outgoing) -> ResponseFuture {
        let (mut head, _) = request.into_parts();
        if head.uri.scheme() == Some(&Scheme::HTTP) {
            self.add_proxy_credential(&mut head);
        }
        self.client.request(http::Request::from_parts(head, body))
    }

    /// A proxy that sees the request itself, and no tunnel, finds its credential there.
    fn add_proxy_credential(&self, head: &mut http::request::Parts) {
        let proxy = self.proxies.as_ref();
        let proxy = proxy.and_then(|proxies| proxies.intercept(&head.uri));
        if let Some(credential) = proxy.as_ref().and_then(|proxy| proxy.basic_auth()) {
            let known = head.headers.entry(PROXY_AUTHORIZATION);
            known.or_insert_with(|| credential.clone());
        }
    }
}

impl Transport for HyperTransport {
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

impl std::fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HyperTransport").finish_non_exhaustive()
    }
}

/// Sends everything through one proxy.
fn through(url: &str) -> Result<Matcher, Error> {
    let proxies = Matcher::builder().all(url).build();
    // What it cannot read it would go without.
    let any = Uri::from_static("https://api.example.com");
    match proxies.intercept(&any) {
        Some(_) => Ok(proxies),
        None => Err(Error::config("the proxy's URL is none")),
    }
}

/// The answer to a request that is on its way.
fn received<'a>(
    pending: ResponseFuture,
) -> BoxFuture<'a, Result<http::Response<ResponseBody>, TransportError>> {
    Box::pin(async move {
        let answer = pending.await.map_err(failure)?;
        let failure = TransportError::io;
        Ok(answer.map(|body| ResponseBody::chunks(Arriving { body, failure })))
    })
}

fn failure(error: legacy::Error) -> TransportError {
    let connect = error.is_connect();
    let unprocessed = is_unsent(&error) || is_refusal(&error);
    let source = innermost(error);
    if unprocessed {
        TransportError::unprocessed(source)
    } else if connect {
        TransportError::connect(source)
    } else {
        TransportError::io(source)
    }
}

/// Whether hyper takes back what it has not begun to send, which it calls canceled.
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
                // The server reads the request, and has the time to act on it.
                let (mut server, _) = listener.accept().unwrap();
                std::thread::spawn(move || std::io::Read::read(&mut server, &mut [0; 8]));
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
