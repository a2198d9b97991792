//! Failures of code that the program gives to a client: a token provider, a signer.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::{BoxError, Error, ErrorKind};

/// The failure of code of the program. Its clones share the error, so that several calls can fail with it.
#[derive(Clone)]
pub(crate) struct ProgramFailure {
    what: Arc<str>,
    cause: Arc<dyn StdError + Send + Sync>,
}

impl ProgramFailure {
    /// Returns a failure; `what` says whose it is, such as `the signer failed`.
    pub(crate) fn new(what: &str, cause: BoxError) -> Self {
        Self {
            what: what.into(),
            cause: cause.into(),
        }
    }

    /// Converts to an error of the call. The messages of this crate are safe to show; other messages may contain
    /// secrets.
    pub(crate) fn into_error(self, kind: ErrorKind) -> Error {
        let own = self.cause.downcast_ref::<Error>();
        let message = match own {
            // The error of an input has the kind of this one, which `Display` would repeat.
            Some(own) if own.kind() == kind && own.operation().is_empty() => own.0.message.clone(),
            Some(own) => format!("{self}: {own}"),
            None => self.to_string(),
        };
        let retryable = own.is_some_and(Error::is_retryable);
        Error::new(kind, message)
            .worth_repeating(retryable)
            .caused_by(self)
    }
}

impl fmt::Display for ProgramFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl fmt::Debug for ProgramFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl StdError for ProgramFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.cause)
    }
}
