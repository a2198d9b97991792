//! OAuth 2: logging users in, and keeping them logged in.
//!
//! A generated client has these flows if its description has them:
//!
//! - [`AuthorizationCode`] (feature `oauth`): the user logs in with a browser, which is then redirected to the program.
//!   With PKCE (RFC 7636).
//! - [`DeviceFlow`] (feature `oauth`): the user logs in on another device (RFC 8628).
//! - [`RefreshToken`]: the user stays logged in, because the client exchanges it for access tokens.
//!
//! The client credentials grant, in which a program acts for itself, is
//! [`ClientCredentials`](crate::ClientCredentials).

mod endpoint;
#[cfg(feature = "oauth")]
mod login;

use std::error::Error as StdError;

pub use crate::auth::{RefreshToken, Tokens};
use crate::error::Error;
use crate::record;

pub(super) use self::endpoint::Exchange;
#[cfg(feature = "oauth")]
pub use self::login::{AuthorizationCode, DeviceAuthorization, DeviceFlow, Flow, Login};

/// The body of an error response (RFC 6749, section 5.2).
struct Refusal {
    error: String,
}

record!(Refusal {
    error: "error" required,
});

/// Returns the error code of an OAuth 2 server, such as `invalid_grant`, from the error of a request to it or of a call
/// that needed its token.
///
/// `invalid_grant` for a refresh token means that the user has to log in again.
pub fn error_code(error: &Error) -> Option<String> {
    let mut next: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = next {
        let own = error.downcast_ref::<Error>();
        let own = own.filter(|own| own.operation().starts_with("oauth."));
        if let Some(refusal) = own.and_then(Error::api::<Refusal>) {
            return Some(refusal.error);
        }
        next = error.source();
    }
    None
}
