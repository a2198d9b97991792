//! The error of a transport.

use std::error::Error as StdError;
use std::fmt;

use crate::error::{BoxError, Error, ErrorKind};

/// The reason why a request got no response, or only a part of one.
///
/// The source must not show the URL of the request: its query can contain a secret.
#[derive(Debug)]
pub struct TransportError {
    kind: ErrorKind,
    may_have_reached: bool,
    source: BoxError,
}

impl TransportError {
    /// Returns the error for a failed connection (name resolution, address, TLS): the server saw no byte of the
    /// request.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Connect, false, source.into())
    }

    /// Returns the error for a lost connection; the server may have seen the request.
    pub fn io(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Io, true, source.into())
    }

    /// Returns the error for a lost connection where the server did not act on the request: it refused the stream, or
    /// nothing was written yet.
    pub fn unprocessed(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Io, false, source.into())
    }

    /// Returns the error for a timeout; the server may have seen the request.
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Timeout, true, source.into())
    }

    /// Returns the error for a request that cannot be sent.
    pub fn unsendable(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Request, false, source.into())
    }

    /// Returns the error for a request body that could not be read to its end; the server may have seen the beginning.
    pub fn broken_off(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Request, true, source.into())
    }

    /// Returns the error for a response body that cannot be decoded.
    pub(crate) fn undecodable(source: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Decode, true, source.into())
    }

    fn new(kind: ErrorKind, may_have_reached: bool, source: BoxError) -> Self {
        Self {
            kind,
            may_have_reached,
            source,
        }
    }

    /// Returns the kind: [`ErrorKind::Connect`], [`ErrorKind::Io`], [`ErrorKind::Timeout`], [`ErrorKind::Request`] or
    /// [`ErrorKind::Decode`].
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Whether bytes of the request may have reached the server.
    pub fn may_have_reached(&self) -> bool {
        self.may_have_reached
    }

    /// Returns the error of a call that failed by this one.
    #[cold]
    pub(crate) fn into_error(self) -> Error {
        Error::new(self.kind, "").caused_by(self.source)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.summary())
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
