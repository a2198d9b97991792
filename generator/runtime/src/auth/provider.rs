//! Credentials that are obtained on demand.

use std::error::Error as StdError;
use std::time::Duration;

use super::Credential;
use crate::transport::BoxFuture;
use crate::value::Secret;

/// Provides the credential of a security scheme on demand: a token that expires, or a key from a vault.
///
/// It is called before the first call that needs the credential, again shortly before the credential expires, and once
/// in a call that the server rejects with 401. It therefore always has to obtain a new credential: the client caches
/// it, and concurrent calls wait for the same one. Dropping a waiting call does not affect the others.
///
/// ```
/// use specwright_runtime::{Token, TokenProvider, transport::BoxFuture};
/// use std::{error::Error, time::Duration};
///
/// struct Vault;
///
/// impl TokenProvider for Vault {
///     fn token(&self) -> BoxFuture<'_, Result<Token, Box<dyn Error + Send + Sync>>> {
///         Box::pin(async {
///             // … ask the vault …
///             Ok(Token::new("abc").expires_in(Duration::from_secs(600)))
///         })
///     }
/// }
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Obtains a new credential.
    ///
    /// The future is polled by the calls that wait for it, also by blocking calls; it must not depend on
    /// an async runtime there.
    ///
    /// # Errors
    /// Any error. It becomes the source of the call's error, whose message does not show it.
    fn token(&self) -> BoxFuture<'_, Result<Token, Box<dyn StdError + Send + Sync>>>;
}

/// The result of a [`TokenProvider`]: a credential and its lifetime.
#[derive(Debug, Clone)]
pub struct Token {
    pub(super) credential: Credential,
    pub(super) lifetime: Option<Duration>,
}

impl Token {
    /// Returns a token or an API key, without a prefix.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self::of(Credential::secret(secret))
    }

    /// Returns a user name and a password, for a Basic scheme.
    pub fn basic(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::of(Credential::basic(username, password))
    }

    fn of(credential: Credential) -> Self {
        Self {
            credential,
            lifetime: None,
        }
    }

    /// Sets its lifetime, from the time of the request for it. By default it is kept until the server refuses it.
    ///
    /// The next credential is obtained when a fifth of the lifetime is left, but at most one minute before the expiry.
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}
