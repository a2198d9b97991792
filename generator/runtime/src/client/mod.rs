//! Clients and their builders.
//!
//! Generated clients import all of this: `use crate::runtime::client::*`.

mod base_url;
mod builder;
mod connections;
#[cfg(feature = "oauth")]
mod login;
mod macros;

use std::borrow::Cow;
use std::fmt;

use http::Method;

use crate::call::{Channel, Request};
use crate::error::Error;

pub use self::builder::ClientBuilder;
#[cfg(feature = "oauth")]
pub use self::login::{AuthorizationCode, DeviceFlow, Flow};
pub use crate::auth::{ClientCredentials, Credential, RefreshToken, Scheme, TokenProvider};
pub use crate::call::Api;
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
