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

#[cfg(feature = "oauth")]
mod authorization_code;
#[cfg(feature = "oauth")]
mod callback;
#[cfg(feature = "oauth")]
mod device;
mod endpoint;

use std::error::Error as StdError;

pub use crate::auth::{RefreshToken, Tokens};
use crate::error::Error;
use crate::record;

#[cfg(feature = "oauth")]
pub use self::authorization_code::{AuthorizationCode, Login};
#[cfg(feature = "oauth")]
pub use self::device::{DeviceAuthorization, DeviceFlow};
pub(super) use self::endpoint::Exchange;

/// A flow of OAuth 2 in the API description.
#[cfg(feature = "oauth")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "generated code builds it")]
pub struct Flow {
    /// The URL where the flow begins: that at which users log in, or that of the device authorization.
    pub authorization_url: &'static str,
    /// The URL of the token endpoint.
    pub token_url: &'static str,
    /// The scopes.
    pub scopes: &'static [&'static str],
}

/// The body of an error response (RFC 6749, section 5.2).
struct Refusal {
    error: String,
}

record!(Refusal {
    error: "error" required,
});

/// Returns the error code of an OAuth 2 server, such as `invalid_grant`, from the error of a request to it or of a call
/// that needed its token.
/// or of a call that needed its token.
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
