//! `Display` and `Debug` of errors, without secrets.

use std::fmt;

use http::HeaderMap;

use super::source::innermost;
use super::{Error, ErrorKind, Secrets, mask};

/// Headers of a response whose values say nothing private. The value of any other is not shown: a server can put an
/// address with a token (`location`) or a session (`set-cookie`) there.
const SHOWN: [&str; 10] = [
    "accept-ranges",
    "age",
    "cache-control",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "retry-after",
    "server",
    "transfer-encoding",
];

/// `profiles.get: 404 Not Found: RECORD_NOT_FOUND: … (request id 3f2a…, 1 attempt)`.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.operation.is_empty() {
            write!(f, "{}: ", self.0.operation)?;
        }
        self.headline(f)?;
        if !self.0.message.is_empty() {
            write!(f, ": {}", self.0.message)?;
        }
        if let Some(cause) = self.cause() {
            write!(f, ": {cause}")?;
        }
        self.tail(f)
    }
}

impl Error {
    /// Writes the status code if a response arrived, otherwise the kind.
    fn headline(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind();
        let Some(status) = self.status() else {
            return f.write_str(kind.summary());
        };
        f.write_str(status.as_str())?;
        if let Some(phrase) = status.canonical_reason() {
            write!(f, " {phrase}")?;
        }
        match kind {
            ErrorKind::Status => Ok(()),
            kind => write!(f, ": {}", kind.summary()),
        }
    }

    /// Returns the innermost source of a transport error. The error of a provider or a signer is not shown, because it
    /// can contain secrets.
    fn cause(&self) -> Option<String> {
        if matches!(self.kind(), ErrorKind::Auth | ErrorKind::Signature) {
            return None;
        }
        let source = self.0.source.as_ref()?;
        Some(super::reason::one_line(&innermost(&**source)))
    }

    fn tail(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let attempts = self.0.call.attempts;
        let plural = if attempts == 1 { "" } else { "s" };
        match (self.request_id(), attempts) {
            (None, 0) => Ok(()),
            (None, _) => write!(f, " ({attempts} attempt{plural})"),
            (Some(id), _) => write!(f, " (request id {id}, {attempts} attempt{plural})"),
        }
    }
}

/// Shows no body, and only headers whose values cannot be private.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        shown.field("kind", &self.kind());
        if !self.0.operation.is_empty() {
            shown.field("operation", &self.0.operation);
        }
        if let Some(status) = self.status() {
            shown.field("status", &status.as_u16());
            let headers = ShownHeaders::of(self.headers(), &self.0.call.secrets);
            shown.field("headers", &headers);
            shown.field("body_len", &self.body().len());
        }
        shown.field("message", &self.0.message);
        shown.field("request_id", &self.request_id());
        shown.field("attempts", &self.0.call.attempts);
        if let Some(source) = &self.0.source {
            shown.field("source", &format_args!("{source}"));
        }
        shown.finish()
    }
}

/// `Debug` of headers: all names, and the values that are never private.
pub(crate) struct ShownHeaders<'a> {
    headers: &'a HeaderMap,
    secrets: &'a Secrets,
}

impl<'a> ShownHeaders<'a> {
    pub(crate) fn of(headers: &'a HeaderMap, secrets: &'a Secrets) -> Self {
        Self { headers, secrets }
    }
}

impl fmt::Debug for ShownHeaders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.headers {
            if SHOWN.contains(&name.as_str()) {
                let text = String::from_utf8_lossy(value.as_bytes());
                map.entry(&name.as_str(), &mask::without(&text, self.secrets.iter()));
            } else {
                map.entry(&name.as_str(), &format_args!("…"));
            }
        }
        map.finish()
    }
}
