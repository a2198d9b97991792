//! The traits through which this module makes calls; the layers above implement them.

use std::sync::Arc;

use super::{ClientCredentials, Scheme, Token};
use crate::error::Error;
use crate::transport::{BoxFuture, Transport};

/// The client that owns the credentials.
pub(crate) trait Owner {
    /// Returns the security schemes of the API.
    fn schemes(&self) -> &'static [Scheme];

    /// Returns the transport, for its clock.
    fn clock(&self) -> Arc<dyn Transport>;

    /// Returns a source of tokens at `described`, the URL from the API description, or at the URL that `given` sets.
    ///
    /// # Errors
    /// The URL is invalid or not encrypted, or the client id and secret cannot be sent.
    fn token_endpoint(
        &self,
        described: &str,
        given: ClientCredentials,
    ) -> Result<Box<dyn TokenEndpoint>, Error>;
}

/// Asks an OAuth 2 server for tokens.
pub(crate) trait TokenEndpoint: Send + Sync {
    /// Requests a token, over the transport of blocking calls or over the async one.
    fn token(&self, blocks: bool) -> BoxFuture<'_, Result<Token, Error>>;
}
