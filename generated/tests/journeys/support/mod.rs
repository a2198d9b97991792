//! A local server that plays the two documents over real sockets.

mod documents;
mod http;
mod server;

pub(crate) use documents::*;
pub(crate) use http::Response;
pub(crate) use server::Server;

use social_apis::Error;

/// The status that an error keeps.
pub(crate) fn status(error: &Error) -> Option<u16> {
    error.status().map(|status| status.as_u16())
}

/// The body that an error keeps, as text.
pub(crate) fn body(error: &Error) -> String {
    String::from_utf8_lossy(error.body()).into_owned()
}
