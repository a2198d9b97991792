//! The settings of the client's connections.
//!
//! They apply to the built-in transport. A transport set by the caller ignores them.

use std::net::IpAddr;
use std::time::Duration;

use super::ClientBuilder;
use crate::transport::{Identity, Protocol, Proxy};

impl ClientBuilder {
    /// Sets the timeout for connecting, including name resolution and TLS: 10 s by default.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.connect_timeout = Some(limit);
        self
    }

    /// Sets the read timeout: how long a connection may neither receive nor send a byte. No limit by default. A waiting
    /// attempt then fails with a timeout, and an idle connection is closed.
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.settings.read_timeout = Some(limit);
        self
    }

    /// Sends requests through the HTTP proxy at this URL, which can contain a user name and a password:
    /// `http://user:password@proxy.example:3128`.
    ///
    /// By default, the environment variables decide as they do for curl: `HTTPS_PROXY` or `HTTP_PROXY` depending on the
    /// scheme of the API, otherwise `ALL_PROXY`, with the exceptions in `NO_PROXY`. An unsupported proxy, such as
    /// SOCKS, is an error when the client is built. An API at `http://` on this machine never uses a proxy from the
    /// environment, because its unencrypted requests must not leave the machine. A proxy set by this method is used for
    /// all hosts.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.proxy = Proxy::At(url.into());
        self
    }

    /// Uses no proxy, whatever the environment says.
    pub fn without_proxy(mut self) -> Self {
        self.settings.proxy = Proxy::None;
        self
    }

    /// Trusts this certificate authority in addition to those of the system: any number of certificates as PEM, or one
    /// as DER.
    pub fn root_certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.settings.roots.add(certificate.into());
        self
    }

    /// Sets the client certificate for servers that ask for one (mutual TLS): none by default. `chain` is the
    /// certificate followed by the intermediate certificates, `key` its unencrypted private key, both as PEM.
    ///
    /// It is sent to every server of the client that asks for it: that of the base URL, and those that the description
    /// names for some operations and for tokens. It is not sent to proxies, and not to other origins that a server
    /// redirects to. A later certificate replaces an earlier one.
    pub fn client_certificate(
        mut self,
        chain: impl Into<Vec<u8>>,
        key: impl Into<Vec<u8>>,
    ) -> Self {
        self.settings.identity = Some(Identity::new(chain.into(), key.into()));
        self
    }

    /// Accepts every certificate of a server or a proxy, even one that has expired, belongs to another host or was
    /// issued by an unknown authority. By default, connections with such certificates fail.
    ///
    /// **Anybody between the client and the server can then read and change requests, responses and credentials.** Use
    /// it only in tests; [`root_certificate`](Self::root_certificate) trusts a private authority without this risk. No
    /// environment variable has this effect.
    pub fn danger_accept_invalid_certificates(mut self) -> Self {
        self.settings.accept_invalid_certificates = true;
        self
    }

    /// Connects to these addresses for `host` instead of asking DNS. The port is taken from the URL, and the
    /// certificate of the server has to be valid for `host`.
    ///
    /// A later call for the same host replaces its addresses. A proxy resolves host names itself.
    pub fn resolve(
        mut self,
        host: impl Into<String>,
        addresses: impl IntoIterator<Item = IpAddr>,
    ) -> Self {
        let host = host.into().to_ascii_lowercase();
        let addresses = addresses.into_iter().collect();
        self.settings.hosts.insert(host, addresses);
        self
    }

    /// Connects from this local address: by default, the system chooses one. Hosts without an address of the same IP
    /// version cannot be reached.
    pub fn local_address(mut self, address: IpAddr) -> Self {
        self.settings.local_address = Some(address);
        self
    }

    /// Uses HTTP/1.1 only: by default, servers with TLS choose between HTTP/1.1 and HTTP/2. Replaces
    /// [`http2_prior_knowledge`](Self::http2_prior_knowledge).
    pub fn http1_only(mut self) -> Self {
        self.settings.protocol = Protocol::Http1;
        self
    }

    /// Uses HTTP/2 only, even at `http://` and where the server does not offer it: by default, servers with TLS choose,
    /// and others get HTTP/1.1. Replaces [`http1_only`](Self::http1_only).
    pub fn http2_prior_knowledge(mut self) -> Self {
        self.settings.protocol = Protocol::Http2;
        self
    }

    /// Sets the maximum number of idle connections to each host: no limit by default. 0 is the same as
    /// [`without_pool`](Self::without_pool).
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.settings.pool_max_idle = connections;
        self
    }

    /// Sets how long an idle connection is kept: 30 s by default.
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.pool_idle = limit;
        self
    }

    /// Opens a new connection for each request: by default, connections are reused.
    pub fn without_pool(self) -> Self {
        self.pool_max_idle_per_host(0)
    }
}
