//! The traits through which this module makes calls; the layers above implement them.

use std::sync::Arc;

use super::{ClientCredentials, RefreshToken, Scheme, Token};
use crate::error::Error;
use crate::transport::{BoxFuture, Transport};

/// The client that owns the credentials.
pub(crate) trait Owner {
    /// Returns the security schemes of the API.
    fn schemes(&self) -> &'static [Scheme];

    /// Returns the transport, for its clock.
    fn clock(&self) -> Arc<dyn Transport>;

    /// Returns a source of tokens at `described`, the URL from the API description, or at the URL that the client
    /// credentials in `grant` set.
    ///
    /// # Errors
    /// The URL is invalid or not encrypted, or the client id and secret cannot be sent.
    fn token_endpoint(
        &self,
        described: &str,
        grant: Grant,
    ) -> Result<Box<dyn TokenEndpoint>, Error>;
}

/// Requests tokens from an OAuth 2 server.
pub(crate) trait TokenEndpoint: Send + Sync {
    /// Requests a token, over the transport of blocking calls or over the async one.
    fn token(&self, blocks: bool) -> BoxFuture<'_, Result<Token, Error>>;

    /// Returns the initial token, if there is one.
    fn first(&self) -> Option<Token>;

    /// Whether a request consumes something that the next request needs, such as a refresh token: two must not be made
    /// at the same time, and one that was started must not be cancelled.
    fn is_exclusive(&self) -> bool;
}

/// A grant that an OAuth 2 server exchanges for tokens.
#[derive(Clone)]
pub(crate) enum Grant {
    /// The client credentials themselves (RFC 6749, section 4.4).
    Client(ClientCredentials),
    Refresh(RefreshToken),
}

impl Grant {
    /// Returns the client credentials of the program.
    pub(crate) fn client(&self) -> &ClientCredentials {
        match self {
            Self::Client(client) => client,
            Self::Refresh(given) => &given.client,
        }
    }
}
