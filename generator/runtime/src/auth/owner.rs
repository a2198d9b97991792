//! The traits by which this module reaches the calls of its client, which are above it.

use std::sync::Arc;

use super::{ClientCredentials, Scheme, Token};
use crate::error::Error;
use crate::transport::{BoxFuture, Transport};

/// What credentials know of the client that they belong to.
pub(crate) trait Owner {
    /// Returns the security schemes of the API.
    fn schemes(&self) -> &'static [Scheme];

    /// Returns the transport, for its clock.
    fn clock(&self) -> Arc<dyn Transport>;

    /// Returns what asks for tokens at `described`, the URL of the description, or at the URL that `given` names.
    ///
    /// # Errors
    /// The URL is invalid or not encrypted, or the id and the secret cannot be sent.
    fn token_endpoint(
        &self,
        described: &str,
        given: ClientCredentials,
    ) -> Result<Box<dyn TokenEndpoint>, Error>;
}

/// Asks an OAuth 2 server for tokens.
pub(crate) trait TokenEndpoint: Send + Sync {
    /// Asks for a token, over the transport of blocking calls or over that of the others.
    fn token(&self, blocks: bool) -> BoxFuture<'_, Result<Token, Error>>;
}
