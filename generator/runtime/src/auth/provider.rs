//! Credentials that are fetched when they are needed.

use std::error::Error as StdError;
use std::time::Duration;

use super::Credential;
use crate::transport::BoxFuture;
use crate::value::Secret;

/// Gives the credential of a scheme when it is needed: a token that expires, a key from a vault.
///
/// It is asked before the first call that needs the credential, again a little before the credential expires, and
/// once in a call that the server answered with 401. So it always has to get a new one; the client keeps it, and
/// many calls that wait at the same time ask only once. A call that is dropped while it waits takes nothing from the
/// others.
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
    /// Gets a new credential.
    ///
    /// The future is polled by the calls that wait for it, also by blocking calls; it must not depend on
    /// an async runtime there.
    ///
    /// # Errors
    /// Whatever kept it from getting one. It becomes the source of the call's error, whose own text does not show it.
    fn token(&self) -> BoxFuture<'_, Result<Token, Box<dyn StdError + Send + Sync>>>;
}

/// The result of a [`TokenProvider`]: a credential and its lifetime.
#[derive(Debug, Clone)]
pub struct Token {
    pub(super) credential: Credential,
    pub(super) lifetime: Option<Duration>,
}

impl Token {
    /// A token or a key, without any prefix.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self::of(Credential::secret(secret))
    }

    /// A user name and a password, for a scheme of basic authentication.
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
    /// The next one is fetched when a fifth of that time is left, or a minute where a fifth is more.
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}
