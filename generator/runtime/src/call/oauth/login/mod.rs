//! The flows in which a user logs in, and the requests that only they make.

mod authorization_code;
mod callback;
mod device;

use super::super::Channel;
use super::endpoint::{Endpoint, private};
use crate::auth::ClientCredentials;
use crate::error::Error;
use crate::url::Base;

pub use self::authorization_code::{AuthorizationCode, Login};
pub use self::device::{DeviceAuthorization, DeviceFlow};

/// A flow of OAuth 2 in the API description.
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

impl Endpoint {
    /// Returns another endpoint of the same server, at a URL of the description.
    fn described(
        channel: &Channel,
        what: &str,
        url: &str,
        client: &ClientCredentials,
    ) -> Result<Self, Error> {
        let (base, path) = private(channel, what, url, false)?;
        Self::at(channel, base, path, client)
    }

    /// Returns the URL.
    fn url(&self) -> String {
        url_of(&self.channel.shared().base, &self.path)
    }
}

/// Returns the URL of a path with its query.
fn url_of(base: &Base, path: &str) -> String {
    format!("{}{path}", base.as_str().trim_end_matches('/'))
}
