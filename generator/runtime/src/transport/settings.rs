//! What the builder of a client decides about its connections.

use std::fmt;
use std::time::Duration;

#[cfg(feature = "hyper")]
use super::tls;
#[cfg(feature = "hyper")]
use crate::error::Error;

/// Servers commonly close an idle connection after 60 seconds or more; closing first avoids the race in which a
/// request is written to a connection that the server is just closing.
#[cfg(feature = "hyper")]
pub(super) const POOL_IDLE: Duration = Duration::from_secs(30);

/// The most bytes that the headers of a response may have over HTTP/2, as many as over HTTP/1.
#[cfg(feature = "hyper")]
pub(super) const HEADERS: u32 = 400 << 10;

/// The settings of the transports that a client makes for itself.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) proxy: Proxy,
    pub(crate) roots: Roots,
}

/// Whom connections go through.
#[derive(Clone, Default)]
pub(crate) enum Proxy {
    /// Whom the environment names.
    #[default]
    Environment,
    /// Nobody.
    None,
    /// The one with this URL.
    At(String),
}

/// Certificates as they were given: any number as PEM, or one as DER.
#[derive(Clone, Default)]
pub(crate) struct Roots(Vec<Vec<u8>>);

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Some(Duration::from_secs(10)),
            proxy: Proxy::default(),
            roots: Roots::default(),
        }
    }
}

impl Settings {
    /// The same for an API at `http://` on this machine, or for another. What is in the clear is for this machine
    /// only, so the environment cannot send it through a proxy.
    pub(crate) fn for_base(mut self, is_loopback_http: bool) -> Self {
        if is_loopback_http && matches!(self.proxy, Proxy::Environment) {
            self.proxy = Proxy::None;
        }
        self
    }

    /// The configuration of TLS.
    #[cfg(feature = "hyper")]
    pub(crate) fn tls(&self) -> Result<rustls::ClientConfig, Error> {
        let mut roots = Vec::new();
        for bytes in &self.roots.0 {
            roots.extend(tls::certificates(bytes)?);
        }
        tls::config(roots)
    }
}

impl Roots {
    pub(crate) fn add(&mut self, certificates: Vec<u8>) {
        self.0.push(certificates);
    }
}

/// Shows no URL, which can have a password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::None => "None",
            Self::At(_) => "At(…)",
        })
    }
}

/// Tells their number: the bytes would drown what is around them.
impl fmt::Debug for Roots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Roots({})", self.0.len())
    }
}
