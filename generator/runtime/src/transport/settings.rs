//! The connection settings of a client's builder.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

/// Servers usually close an idle connection after 60 seconds or more. Closing it earlier avoids the race in which a
/// request is sent while the server closes the connection.
const POOL_IDLE: Duration = Duration::from_secs(30);

/// The settings of the built-in transports.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) proxy: Proxy,
    pub(crate) roots: Roots,
    pub(crate) identity: Option<Identity>,
    pub(crate) accept_invalid_certificates: bool,
    /// The addresses of hosts that are not resolved by DNS.
    pub(crate) hosts: BTreeMap<String, Vec<IpAddr>>,
    pub(crate) local_address: Option<IpAddr>,
    pub(crate) protocol: Protocol,
    /// The maximum number of idle connections to each host.
    pub(crate) pool_max_idle: usize,
    pub(crate) pool_idle: Duration,
}

/// The version of HTTP.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Protocol {
    /// With TLS the server chooses, otherwise HTTP/1.1.
    #[default]
    Negotiated,
    Http1,
    Http2,
}

/// The certificate of a client with its chain, and its private key, both as PEM.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(super) chain: Vec<u8>,
    pub(super) key: Vec<u8>,
}

/// The proxy setting.
#[derive(Clone, Default)]
pub(crate) enum Proxy {
    /// The proxies from the environment.
    #[default]
    Environment,
    /// No proxy.
    None,
    /// The proxy with this URL.
    At(String),
}

/// Certificates as they were given: any number as PEM, or one as DER.
#[derive(Clone, Default)]
pub(crate) struct Roots(pub(super) Vec<Vec<u8>>);

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Some(Duration::from_secs(10)),
            read_timeout: None,
            proxy: Proxy::default(),
            roots: Roots::default(),
            identity: None,
            accept_invalid_certificates: false,
            hosts: BTreeMap::new(),
            local_address: None,
            protocol: Protocol::default(),
            pool_max_idle: usize::MAX,
            pool_idle: POOL_IDLE,
        }
    }
}

impl Settings {
    /// Returns the settings for an API at `http://` on this machine, or for another API. Unencrypted requests must not
    /// leave this machine, so the environment cannot send them through a proxy.
    pub(crate) fn for_base(mut self, is_loopback_http: bool) -> Self {
        if is_loopback_http && matches!(self.proxy, Proxy::Environment) {
            self.proxy = Proxy::None;
        }
        self
    }
}

impl Identity {
    pub(crate) fn new(chain: Vec<u8>, key: Vec<u8>) -> Self {
        Self { chain, key }
    }
}

impl Roots {
    pub(crate) fn add(&mut self, certificates: Vec<u8>) {
        self.0.push(certificates);
    }
}

/// Shows no URL, because it can contain a password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::None => "None",
            Self::At(_) => "At(…)",
        })
    }
}

/// Shows only their number, to keep the output short.
impl fmt::Debug for Roots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Roots({})", self.0.len())
    }
}

/// Shows no part of the private key.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}
