//! The causes inside the errors of the HTTP libraries.

use std::error::Error as StdError;
use std::{fmt, io, iter};

use crate::error::BoxError;

/// Returns the source of this type in the chain of an error.
pub(super) fn source_of<'e, E: StdError + 'static>(
    error: &'e (dyn StdError + 'static),
) -> Option<&'e E> {
    let mut below = iter::successors(Some(error), |&error| error.source());
    below.find_map(|error| error.downcast_ref())
}

/// Whether the server reported that it did not process the request: it refused the stream, or was about to close the
/// connection (RFC 9113, section 8.7).
pub(super) fn is_refusal(error: &(dyn StdError + 'static)) -> bool {
    let Some(error) = source_of::<h2::Error>(error) else {
        return false;
    };
    let reason = error.reason();
    error.is_remote()
        && (error.is_reset() && reason == Some(h2::Reason::REFUSED_STREAM)
            || error.is_go_away() && reason == Some(h2::Reason::NO_ERROR))
}

/// Whether the connection failed because it was silent for too long.
pub(super) fn is_timeout(error: &(dyn StdError + 'static)) -> bool {
    let over_http2 = || source_of::<h2::Error>(error)?.get_io();
    let io = source_of::<io::Error>(error).or_else(over_http2);
    io.is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}

/// Skips the outermost error, which says only "error sending request".
pub(super) fn innermost(error: impl StdError + Send + Sync + 'static) -> BoxError {
    match error.source() {
        Some(_) => Box::new(Cause(error)),
        None => Box::new(error),
    }
}

/// An error that displays its sources.
#[derive(Debug)]
struct Cause<E>(E);

impl<E: StdError> fmt::Display for Cause<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.source() {
            Some(source) => fmt::Display::fmt(source, f),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl<E: StdError> StdError for Cause<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source().and_then(StdError::source)
    }
}
