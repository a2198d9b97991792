//! How connections come about: names, proxies, TCP and TLS.
//!
//! It is done with parts of ureq, and not by its whole, for two reasons: what fails here surely did not reach the
//! server, which ureq's errors do not tell; and TLS is that of the other transport.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use ureq::Error;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::Duration as MaybeDuration;
use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout,
    TcpConnector, Transport, TransportAdapter,
};

use super::limit::{Limited, capped, within};

/// An error from before there was a connection.
#[derive(Debug)]
pub(super) struct NotConnected(pub(super) Error);

impl NotConnected {
    fn wrap(error: Error) -> Error {
        // A connection to a proxy is made within one to the server.
        match error {
            Error::Other(inner) if inner.is::<Self>() => Error::Other(inner),
            error => Error::Other(Box::new(Self(error))),
        }
    }
}

impl fmt::Display for NotConnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for NotConnected {}

/// Finds the addresses of a host.
#[derive(Debug, Default)]
pub(super) struct Names(DefaultResolver);

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &http::Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        capped(timeout)
            .and_then(|timeout| self.0.resolve(uri, config, timeout))
            .map_err(NotConnected::wrap)
    }
}

/// Connects through the proxy, if there is one, and with TLS, if it is asked for.
pub(super) fn connector(tls: Arc<ClientConfig>) -> impl Connector {
    let steps =
        ().chain(ConnectProxyConnector::default())
            .chain(TcpConnector::default())
            .chain(Limit)
            .chain(Tls(tls));
    Whole(steps)
}

/// The whole way to a connection, with one limit for it.
#[derive(Debug)]
struct Whole<C>(C);

impl<C: Connector> Connector for Whole<C> {
    type Out = C::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<C::Out>, Error> {
        let connected = capped(details.timeout).and_then(|timeout| {
            let limit = match timeout.after {
                MaybeDuration::Exact(limit) => Some(limit),
                MaybeDuration::NotHappening => None,
            };
            refuse_other_proxies(details.config)?;
            within(limit, || {
                self.0.connect(&limited(details, timeout), chained)
            })
        });
        connected.map_err(NotConnected::wrap)
    }
}

fn limited<'a>(details: &ConnectionDetails<'a>, timeout: NextTimeout) -> ConnectionDetails<'a> {
    ConnectionDetails {
        uri: details.uri,
        addrs: details.addrs.clone(),
        config: details.config,
        request_level: details.request_level,
        resolver: details.resolver,
        now: details.now,
        timeout,
        current_time: Arc::clone(&details.current_time),
        run_connector: Arc::clone(&details.run_connector),
        register_shutdown: Arc::clone(&details.register_shutdown),
    }
}

/// A proxy that the environment names and that speaks another protocol is no reason to go without one.
fn refuse_other_proxies(config: &Config) -> Result<(), Error> {
    use ureq::ProxyProtocol::{Http, Https};
    match config.proxy() {
        Some(proxy) if !matches!(proxy.protocol(), Http | Https) => {
            let message = "the environment names a proxy that is no HTTP proxy";
            Err(Error::Other(message.into()))
        }
        _ => Ok(()),
    }
}

/// Makes connections keep to the limit of the thread.
#[derive(Debug)]
struct Limit;

impl<In: Transport> Connector<In> for Limit {
    type Out = Limited<In>;

    fn connect(
        &self,
        _details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Limited<In>>, Error> {
        Ok(chained.map(Limited))
    }
}

/// Makes connections private where their URL asks for it.
#[derive(Debug)]
struct Tls(Arc<ClientConfig>);

impl<In: Transport> Connector<In> for Tls {
    type Out = Either<In, Private<In>>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let Some(open) = chained else {
            return Ok(None);
        };
        if !details.needs_tls() || open.is_tls() {
            return Ok(Some(Either::A(open)));
        }
        let host = details.uri.host().unwrap_or_default();
        // An IPv6 address stands in brackets in a URL.
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| Error::Tls("no certificate can have the name of this host"))?;
        let mut connection = ClientConnection::new(Arc::clone(&self.0), name)
            .map_err(|error| Error::Other(error.into()))?;
        let mut socket = TransportAdapter::new(open, Arc::clone(&details.current_time));
        socket.set_timeout(details.timeout);
        connection.complete_io(&mut socket)?;
        let config = details.config;
        Ok(Some(Either::B(Private {
            buffers: LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size()),
            stream: StreamOwned::new(connection, socket),
        })))
    }
}

/// A connection with TLS.
struct Private<T: Transport> {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter<T>>,
}

impl<T: Transport> Transport for Private<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream.sock.set_timeout(timeout);
        let output = &self.buffers.output()[..amount];
        self.stream.write_all(output)?;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream.sock.set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl<T: Transport> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Private").finish_non_exhaustive()
    }
}
