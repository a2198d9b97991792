//! The kinds of errors.

use std::fmt;

/// The kind of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client configuration is invalid: a base URL, a header, a credential. Returned when the client is built.
    Config,
    /// An input cannot be sent: a path value that is empty or `..`, a header value with a line break, a missing file.
    Request,
    /// The operation requires a credential that the client does not have, or whose provider failed. Either nothing was
    /// sent, or the server rejected the credential with 401 and the provider failed to replace it.
    Auth,
    /// The signer of the client failed. The attempt was not sent.
    Signature,
    /// No connection was made. The server saw nothing.
    Connect,
    /// An attempt or the whole call timed out.
    Timeout,
    /// The connection was lost.
    Io,
    /// The status code of the response is not a success.
    Status,
    /// The status code is a success, but the body cannot be decoded.
    Decode,
    /// The server redirects the call to a target that must not be followed. The headers of the error contain its
    /// `Location`.
    Redirect,
    /// The body of the response is larger than the client accepts.
    BodyTooLarge,
    /// A page was read, but the next one cannot be requested: the page names one that was already read, one at another
    /// origin, or none.
    Pagination,
    /// The response itself says that the API refused, although its status says success.
    Rejected,
}

impl ErrorKind {
    /// Returns a name for metrics: `config`, `request`, `auth`, `signature`, `connect`, `timeout`, `io`, `status`,
    /// `decode`, `redirect`, `body_too_large`, `pagination` or `rejected`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Request => "request",
            Self::Auth => "auth",
            Self::Signature => "signature",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Io => "io",
            Self::Status => "status",
            Self::Decode => "decode",
            Self::Redirect => "redirect",
            Self::BodyTooLarge => "body_too_large",
            Self::Pagination => "pagination",
            Self::Rejected => "rejected",
        }
    }

    /// Returns the description for messages.
    pub(crate) fn summary(self) -> &'static str {
        match self {
            Self::Config => "the client configuration is invalid",
            Self::Request => "the request cannot be sent",
            Self::Auth => "a credential is missing",
            Self::Signature => "the request cannot be signed",
            Self::Connect => "no connection",
            Self::Timeout => "timed out",
            Self::Io => "the connection was lost",
            Self::Status => "the server responded with an error",
            Self::Decode => "unexpected body",
            Self::Redirect => "redirect not followed",
            Self::BodyTooLarge => "the body is too large",
            Self::Pagination => "the next page cannot be requested",
            Self::Rejected => "rejected",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.summary())
    }
}
