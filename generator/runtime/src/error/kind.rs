//! What can go wrong.

use std::fmt;

/// What went wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is set up wrongly: a base URL, a header, a credential. Told when it is built.
    Config,
    /// An input cannot be sent: a path value that is empty or `..`, a header value with a line break, a file that is
    /// not there.
    Request,
    /// The operation needs a credential that the client does not have, or whose provider failed. Nothing was sent;
    /// or it was refused with 401, and the provider failed to give another credential.
    Auth,
    /// No connection came about. The server saw nothing.
    Connect,
    /// An attempt, or the call as a whole, took too long.
    Timeout,
    /// The connection broke.
    Io,
    /// The status code of the response is not a success.
    Status,
    /// The status code is a success, but the body cannot be decoded.
    Decode,
    /// The server redirects the call to where it must not go, and the redirect is not followed. The headers of the
    /// error have its `Location`.
    Redirect,
    /// The body of the response is larger than the client accepts.
    BodyTooLarge,
    /// A page was read, but the next one cannot be requested: it is a page that was read
    /// already, to another origin, or nowhere.
    Pagination,
    /// The response itself says that the API refused, although its status says success.
    Rejected,
}

impl ErrorKind {
    /// One word for metrics: `config`, `request`, `auth`, `connect`, `timeout`, `io`, `status`, `decode`,
    /// `redirect`, `body_too_large`, `pagination` or `rejected`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Request => "request",
            Self::Auth => "auth",
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

    /// A few words for a message.
    pub(crate) fn summary(self) -> &'static str {
        match self {
            Self::Config => "the client configuration is invalid",
            Self::Request => "the request cannot be sent",
            Self::Auth => "a credential is missing",
            Self::Connect => "no connection",
            Self::Timeout => "timed out",
            Self::Io => "the connection was lost",
            Self::Status => "the server refused",
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
