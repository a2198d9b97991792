//! Connections: directly or through a proxy, in the clear or with TLS.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tower_service::Service;

use crate::error::BoxError;
use crate::transport::{BoxFuture, tls};

/// How long a connection is silent before the system asks whether the other side is still there, and how often.
const KEEPALIVE: Duration = Duration::from_secs(15);
const KEEPALIVES: u32 = 3;
/// How long what was sent may be without an answer of the other system before the connection is given up: while it is,
/// nobody asks whether the other side is still there, and HTTP/2 would send request after request on it.
#[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
const UNANSWERED: Duration = Duration::from_secs(30);

/// Connects to servers within a time.
#[derive(Debug, Clone)]
pub(super) struct Connector {
    secured: HttpsConnector<Route>,
    limit: Option<Duration>,
}

impl Connector {
    pub(super) fn new(
        tls: ClientConfig,
        proxies: Option<Arc<Matcher>>,
        limit: Option<Duration>,
    ) -> Self {
        let mut direct = HttpConnector::new();
        direct.enforce_http(false);
        direct.set_nodelay(true);
        direct.set_keepalive(Some(KEEPALIVE));
        direct.set_keepalive_interval(Some(KEEPALIVE));
        direct.set_keepalive_retries(Some(KEEPALIVES));
        #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
        direct.set_tcp_user_timeout(Some(UNANSWERED));
        // An address that is dead leaves some of the time to the next one.
        direct.set_connect_timeout(limit);
        let route = Route {
            to_proxy: HttpsConnector::from((direct.clone(), tls.clone())),
            direct,
            proxies,
        };
        Self {
            secured: HttpsConnector::from((route, tls::with_http2(tls))),
            limit,
        }
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Hop>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.secured.poll_ready(context)
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let connecting = self.secured.call(server);
        let Some(limit) = self.limit else {
            return connecting;
        };
        Box::pin(async move {
            let connected = tokio::time::timeout(limit, connecting).await;
            connected.unwrap_or_else(|_| Err(format!("no connection within {limit:?}").into()))
        })
    }
}

/// The way to a server: a connection to it, or to a proxy that passes everything on.
#[derive(Clone)]
struct Route {
    direct: HttpConnector,
    to_proxy: HttpsConnector<HttpConnector>,
    proxies: Option<Arc<Matcher>>,
}

impl Service<Uri> for Route {
    type Response = Hop;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Hop, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.direct.poll_ready(context).map_err(BoxError::from)
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let proxies = self.proxies.as_ref();
        if let Some(proxy) = proxies.and_then(|proxies| proxies.intercept(&server)) {
            return self.through(&proxy, server);
        }
        let connecting = self.direct.call(server);
        Hop::over(
            async { connecting.await.map(MaybeHttpsStream::Http) },
            false,
        )
    }
}

impl Route {
    /// What is in the clear is the proxy's to read anyway; it is asked for it as for an own resource.
    fn through(
        &mut self,
        proxy: &Intercept,
        server: Uri,
    ) -> BoxFuture<'static, Result<Hop, BoxError>> {
        let address = proxy.uri().clone();
        if server.scheme() == Some(&Scheme::HTTP) {
            return Hop::over(self.to_proxy.call(address), true);
        }
        let mut tunnel = Tunnel::new(address, self.to_proxy.clone());
        if let Some(credential) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(credential.clone());
        }
        Hop::over(tunnel.call(server), false)
    }
}

/// A connection to a server or a proxy, before TLS with the server.
pub(super) struct Hop {
    stream: MaybeHttpsStream<TokioIo<TcpStream>>,
    /// Whether requests are for a proxy, which has to be told the server with each.
    proxied: bool,
}

impl Hop {
    fn over<E: Into<BoxError>>(
        connecting: impl Future<Output = Result<MaybeHttpsStream<TokioIo<TcpStream>>, E>>
        + Send
        + 'static,
        proxied: bool,
    ) -> BoxFuture<'static, Result<Self, BoxError>> {
        Box::pin(async move {
            let stream = connecting.await.map_err(Into::into)?;
            Ok(Self { stream, proxied })
        })
    }
}

impl Connection for Hop {
    fn connected(&self) -> Connected {
        self.stream.connected().proxy(self.proxied)
    }
}

impl Read for Hop {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for Hop {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, bytes)
    }
}
