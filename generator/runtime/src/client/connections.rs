//! The settings of a client for its connections.
//!
//! They are those of the transport that is built in: a transport that the caller sets decides for itself.

use std::net::IpAddr;
use std::time::Duration;

use super::ClientBuilder;
use crate::transport::{Identity, Protocol, Proxy};

impl ClientBuilder {
    /// Limits the time for connecting, with name resolution and TLS: 10 s by default.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.connect_timeout = Some(limit);
        self
    }

    /// Limits the time in which a connection neither receives nor sends a byte: no limit by default. An attempt that waits
    /// longer fails as timed out, and an idle connection is closed.
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.settings.read_timeout = Some(limit);
        self
    }

    /// Sends the requests through the HTTP proxy at this URL, which can have a name and a password:
    /// `http://user:password@proxy.example:3128`.
    ///
    /// By default the environment decides, as it does for curl: `HTTPS_PROXY` or `HTTP_PROXY` by the scheme of the
    /// API, otherwise `ALL_PROXY`, with the exceptions of `NO_PROXY`. A proxy that cannot be used, one of SOCKS say, is
    /// an error when the client is built, and no request goes without it. An API at `http://` on this machine is never
    /// asked through a proxy of the environment, which would read what must not leave the machine in the clear. The
    /// proxy that is set here is used for all hosts.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.proxy = Proxy::At(url.into());
        self
    }

    /// Goes through no proxy, whatever the environment says.
    pub fn without_proxy(mut self) -> Self {
        self.settings.proxy = Proxy::None;
        self
    }

    /// Trusts servers with a certificate of this authority too, beside those that the system trusts: any number of
    /// certificates as PEM, or one as DER.
    pub fn root_certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.settings.roots.add(certificate.into());
        self
    }

    /// Shows this certificate to servers that ask for one (mutual TLS): no certificate by default. `chain` is the
    /// certificate and those between it and the authority, `key` its private key without a password, both as PEM.
    ///
    /// Every server that the client calls can ask for it: the one of the base URL, and those that the description names
    /// for some operations and for tokens. No proxy and no other origin that a server redirects to gets it. The last
    /// certificate set replaces the others.
    pub fn client_certificate(
        mut self,
        chain: impl Into<Vec<u8>>,
        key: impl Into<Vec<u8>>,
    ) -> Self {
        self.settings.identity = Some(Identity::new(chain.into(), key.into()));
        self
    }

    /// Accepts every certificate of a server or a proxy: one that has expired, is for another host or comes from an unknown
    /// authority. By default such a certificate ends the connection.
    ///
    /// **Anybody between the client and the server can then read and change requests, responses and credentials.** It is for
    /// tests; [`root_certificate`](Self::root_certificate) trusts a private authority without this danger. No environment
    /// variable has this effect.
    pub fn danger_accept_invalid_certificates(mut self) -> Self {
        self.settings.accept_invalid_certificates = true;
        self
    }

    /// Connects to these addresses where `host` is called, instead of asking DNS: by default DNS is asked for every host.
    /// The port stays that of the URL, and the certificate of the server has to be for `host`.
    ///
    /// A later call for the same host replaces its addresses. A proxy that is asked for the host resolves it by itself.
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

    /// Connects from this address of the machine: by default the system chooses one. Hosts that have no address of the same
    /// IP version cannot be reached then.
    pub fn local_address(mut self, address: IpAddr) -> Self {
        self.settings.local_address = Some(address);
        self
    }

    /// Speaks HTTP/1.1 only: by default servers with TLS choose between HTTP/1.1 and HTTP/2. It replaces
    /// [`http2_prior_knowledge`](Self::http2_prior_knowledge).
    pub fn http1_only(mut self) -> Self {
        self.settings.protocol = Protocol::Http1;
        self
    }

    /// Speaks HTTP/2 only, also at `http://` and where the server does not offer it: by default servers with TLS choose, and
    /// others get HTTP/1.1. It replaces [`http1_only`](Self::http1_only).
    pub fn http2_prior_knowledge(mut self) -> Self {
        self.settings.protocol = Protocol::Http2;
        self
    }

    /// Keeps at most this many idle connections to each host for later calls: no limit by default. 0 is
    /// [`without_pool`](Self::without_pool).
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.settings.pool_max_idle = connections;
        self
    }

    /// Closes a connection that was idle for this time: 30 s by default.
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.pool_idle = limit;
        self
    }

    /// Makes a new connection for each request: by default connections are kept for later requests.
    pub fn without_pool(self) -> Self {
        self.pool_max_idle_per_host(0)
    }
}
