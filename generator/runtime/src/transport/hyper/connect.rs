//! Opening connections: directly or through a proxy, unencrypted or with TLS.

use std::future::{Future as _, poll_fn};
use std::io;
use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tokio::task::coop::consume_budget;
use tokio::time::Sleep;
use tower_service::Service;

use super::resolve::Resolver;
use super::silence::Silence;
use crate::error::BoxError;
use crate::transport::BoxFuture;
use crate::transport::proxy::{Proxies, Via};
use crate::transport::settings::Settings;
use crate::transport::tls::Tls;

/// The idle time before the first TCP keepalive probe, and the interval between probes.
const KEEPALIVE: Duration = Duration::from_secs(15);
const KEEPALIVES: u32 = 3;

/// A read into more room than this counts as several, see [`spend`].
const FULL_READ: usize = 16 << 10;

/// How long a response can still be read from a connection on which writing failed.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Connects to servers within a timeout.
///
/// hyper clones its connector for each request, so the clones share one, which is cloned for each connection.
#[derive(Debug, Clone)]
pub(super) struct Connector {
    secured: Arc<HttpsConnector<Route>>,
    limit: Option<Duration>,
}

impl Connector {
    /// Returns the connector to servers that a call is for. If these get a client certificate, also returns the
    /// connector without it, to origins that a redirect names.
    pub(super) fn pair(
        settings: &Settings,
        tls: &Tls,
        proxies: Arc<Proxies>,
    ) -> (Self, Option<Self>) {
        let limit = settings.connect_timeout;
        let mut direct = HttpConnector::new_with_resolver(Resolver::new(settings.hosts.clone()));
        direct.set_local_address(settings.local_address);
        direct.enforce_http(false);
        direct.set_nodelay(true);
        direct.set_keepalive(Some(KEEPALIVE));
        direct.set_keepalive_interval(Some(KEEPALIVE));
        direct.set_keepalive_retries(Some(KEEPALIVES));
        // While sent data is unacknowledged, TCP sends no keepalive probes, and HTTP/2 would send request after request
        // on a dead connection.
        #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
        direct.set_tcp_user_timeout(Some(Duration::from_secs(30)));
        // An unreachable address leaves some time for the next one.
        direct.set_connect_timeout(limit);
        let route = Route {
            to_proxy: HttpsConnector::from((direct.clone(), Arc::clone(&tls.proxy))),
            direct,
            proxies,
            read_timeout: settings.read_timeout,
        };
        let connector = |config: &Arc<ClientConfig>| Self {
            secured: Arc::new(HttpsConnector::from((route.clone(), Arc::clone(config)))),
            limit,
        };
        (connector(&tls.server), tls.foreign.as_ref().map(connector))
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Hop>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    /// Always ready: a connection waits for the shared connector in [`call`](Self::call).
    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let mut secured = HttpsConnector::clone(&self.secured);
        let connecting = Box::pin(async move {
            poll_fn(|context| secured.poll_ready(context)).await?;
            secured.call(server).await
        });
        let Some(limit) = self.limit else {
            return connecting;
        };
        Box::pin(async move {
            let connected = tokio::time::timeout(limit, connecting).await;
            connected.unwrap_or_else(|_| Err(format!("connecting took more than {limit:?}").into()))
        })
    }
}

/// The route to a server: directly, or through a proxy that forwards everything.
#[derive(Clone)]
struct Route {
    direct: HttpConnector<Resolver>,
    to_proxy: HttpsConnector<HttpConnector<Resolver>>,
    proxies: Arc<Proxies>,
    read_timeout: Option<Duration>,
}

impl Service<Uri> for Route {
    type Response = Hop;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Hop, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.direct.poll_ready(context).map_err(BoxError::from)
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let proxies = Arc::clone(&self.proxies);
        if let Some(proxy) = proxies.to(&server) {
            return self.through(proxy, server);
        }
        let connecting = self.direct.call(server);
        self.hop(
            async { connecting.await.map(MaybeHttpsStream::Http) },
            false,
        )
    }
}

impl Route {
    /// A proxy can read unencrypted requests anyway, so it gets them without a tunnel.
    fn through(&mut self, proxy: &Via, server: Uri) -> BoxFuture<'static, Result<Hop, BoxError>> {
        let address = proxy.uri.clone();
        if server.scheme() == Some(&Scheme::HTTP) {
            let connecting = self.to_proxy.call(address);
            return self.hop(connecting, true);
        }
        let mut tunnel = Tunnel::new(address, self.to_proxy.clone());
        if let Some(credential) = &proxy.credential {
            tunnel = tunnel.with_auth(credential.clone());
        }
        self.hop(tunnel.call(server), false)
    }

    fn hop<E: Into<BoxError>>(
        &self,
        connecting: impl Future<Output = Result<MaybeHttpsStream<TokioIo<TcpStream>>, E>>
        + Send
        + 'static,
        proxied: bool,
    ) -> BoxFuture<'static, Result<Hop, BoxError>> {
        let silence = self.read_timeout.map(Silence::new);
        Box::pin(async move {
            let stream = connecting.await.map_err(Into::into)?;
            Ok(Hop {
                stream,
                proxied,
                cut: None,
                silence,
            })
        })
    }
}

/// A connection to a server or a proxy, before TLS with the server.
pub(super) struct Hop {
    stream: MaybeHttpsStream<TokioIo<TcpStream>>,
    /// Whether the peer is a proxy that needs the absolute URL in each request.
    proxied: bool,
    cut: Option<Cut>,
    /// The read timeout.
    silence: Option<Silence>,
}

/// The state after the peer has stopped reading.
///
/// A server that rejects a body often responds and closes the connection at once. Writing then fails while the response
/// can still be read, so the write error is delayed.
struct Cut {
    error: io::ErrorKind,
    delay: Pin<Box<Sleep>>,
}

impl Hop {
    /// Returns the result of a write; an error is delayed.
    fn poll_sent(
        &mut self,
        context: &mut Context<'_>,
        write: impl FnOnce(
            Pin<&mut MaybeHttpsStream<TokioIo<TcpStream>>>,
            &mut Context<'_>,
        ) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if self.cut.is_none() {
            let sent = write(Pin::new(&mut self.stream), context);
            let Poll::Ready(Err(error)) = &sent else {
                if let (Poll::Ready(_), Some(silence)) = (&sent, &mut self.silence) {
                    silence.start_again();
                }
                return sent;
            };
            if !matches!(
                error.kind(),
                ConnectionReset | ConnectionAborted | BrokenPipe
            ) {
                return sent;
            }
            self.cut = Some(Cut {
                error: error.kind(),
                delay: Box::pin(tokio::time::sleep(LAST_WORDS)),
            });
            // Wakes the task so that it reads before it waits.
            context.waker().wake_by_ref();
        }
        let Some(cut) = &mut self.cut else {
            return Poll::Pending;
        };
        cut.delay
            .as_mut()
            .poll(context)
            .map(|()| Err(cut.error.into()))
    }
}

impl Connection for Hop {
    /// Leaves out the addresses of the connection: each response would get a copy of them, which nobody reads.
    fn connected(&self) -> Connected {
        let connected = Connected::new().proxy(self.proxied);
        if self.stream.connected().is_negotiated_h2() {
            connected.negotiated_h2()
        } else {
            connected
        }
    }
}

/// Counts as this many operations of the task. A task yields to timers after 128 reads, which hyper makes into 400 kB
/// each: a connection that receives small chunks or interim responses without end would parse 50 MB in between.
fn spend(operations: usize, context: &mut Context<'_>) {
    for _ in 0..operations {
        if pin!(consume_budget()).poll(context).is_pending() {
            return;
        }
    }
}

impl Read for Hop {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let room = buffer.remaining();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if read.is_ready() {
            spend(room / FULL_READ, context);
        }
        match &mut self.silence {
            Some(silence) => silence.poll(context, read),
            None => read,
        }
    }
}

impl Write for Hop {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_sent(context, |stream, context| stream.poll_write(context, bytes))
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
        self.poll_sent(context, |stream, context| {
            stream.poll_write_vectored(context, bytes)
        })
    }
}

#[cfg(test)]
mod tests {
    use tokio::task::coop::has_budget_remaining;

    use super::*;

    #[tokio::test]
    async fn a_task_yields_after_megabytes() {
        for (read, yields) in [(1 << 20, false), (3 << 20, true)] {
            poll_fn(|context| {
                spend(read / FULL_READ, context);
                assert_eq!(has_budget_remaining(), !yields);
                Poll::Ready(())
            })
            .await;
            tokio::task::yield_now().await;
        }
    }
}
