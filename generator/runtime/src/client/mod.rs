//! Clients and their builders.
//!
//! Generated clients import all of this: `use crate::runtime::client::*`.

mod base_url;
mod builder;
mod connections;
mod macros;

use std::borrow::Cow;
use std::fmt;

use http::Method;

use crate::call::{Channel, Request};
use crate::error::Error;

pub use self::builder::ClientBuilder;
pub use crate::auth::{ClientCredentials, Credential, RefreshToken, Scheme, TokenProvider};
pub use crate::call::Api;
#[cfg(feature = "oauth")]
pub use crate::call::oauth::{AuthorizationCode, DeviceFlow, Flow};
pub use crate::url::{BaseUrl, Variable};
pub use crate::value::Secret;
pub use crate::{builder, client};

/// The core of a generated client: the transport with its connections, the credentials and the settings. Blocking calls
/// use a transport of their own, unless the caller set one.
///
/// Clones share everything.
#[derive(Clone)]
pub struct Client {
    pub(crate) channel: Channel,
}

impl Client {
    /// Returns a request for the operation `operation`, such as `profiles.get`.
    pub fn call(
        &self,
        operation: &'static str,
        method: Method,
        template: impl Into<Cow<'static, str>>,
    ) -> Request {
        Request::new(self.channel.clone(), operation, method, template.into())
    }

    /// Returns a client with another credential for one security scheme, which shares everything else.
    ///
    /// # Errors
    /// The API has no such scheme, or the credential cannot be sent.
    pub fn with_credential(&self, scheme: &str, credential: Credential) -> Result<Self, Error> {
        let channel = self.channel.with_credential(scheme, credential)?;
        Ok(Self { channel })
    }

    /// Returns the OAuth 2 authorization code flow, over the transport of the client.
    ///
    /// # Errors
    /// A URL is invalid or not encrypted, or the client id and secret cannot be sent.
    #[cfg(feature = "oauth")]
    pub fn authorization_code(
        &self,
        flow: &Flow,
        given: ClientCredentials,
    ) -> Result<AuthorizationCode, Error> {
        AuthorizationCode::new(&self.channel, flow, given)
    }

    /// Returns the OAuth 2 device flow, over the transport of the client.
    ///
    /// # Errors
    /// A URL is invalid or not encrypted, or the client id and secret cannot be sent.
    #[cfg(feature = "oauth")]
    pub fn device_flow(&self, flow: &Flow, given: &ClientCredentials) -> Result<DeviceFlow, Error> {
        DeviceFlow::new(&self.channel, flow, given)
    }
}

/// Shows the base URL but no credential.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = self.channel.shared();
        f.debug_struct("Client")
            .field("api", &shared.api.name)
            .field("base_url", &shared.base.as_str())
            .field("credentials", self.channel.credentials())
            .finish_non_exhaustive()
    }
}
