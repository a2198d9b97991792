//! The OAuth 2 flows in which a user logs in.

use super::{Client, ClientCredentials};
use crate::error::Error;

pub use crate::call::oauth::{AuthorizationCode, DeviceFlow, Flow};

impl Client {
    /// Returns the OAuth 2 authorization code flow, over the transport of the client.
    ///
    /// # Errors
    /// A URL is invalid or not encrypted, or the client id and secret cannot be sent.
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
    pub fn device_flow(&self, flow: &Flow, given: &ClientCredentials) -> Result<DeviceFlow, Error> {
        DeviceFlow::new(&self.channel, flow, given)
    }
}
