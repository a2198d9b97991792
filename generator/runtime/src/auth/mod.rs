//! Credentials: the schemes of an API, the caller's credentials, and the choice of one for a request.

mod cache;
mod call_credentials;
mod choose;
mod client_credentials;
mod credentials;
mod environment;
mod flight;
mod owner;
mod provider;
mod refresh_token;
mod wire;

use std::fmt;
use std::sync::Arc;

use crate::value::Secret;

pub(crate) use self::call_credentials::CallCredentials;
pub(crate) use self::choose::{Choice, Security, choose};
pub use self::client_credentials::ClientCredentials;
pub(crate) use self::credentials::Credentials;
pub(crate) use self::environment::{Variables, read};
pub(crate) use self::owner::{Grant, Owner, TokenEndpoint};
pub use self::provider::{Token, TokenProvider};
pub use self::refresh_token::{RefreshToken, Tokens};
pub(crate) use self::wire::{WireCredential, secrets_by_hand, with_query};

/// A security scheme of the API description: how the API expects a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    name: &'static str,
    location: Location,
    given_by: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Location {
    Basic,
    /// A header, and the prefix of the secret in it.
    Header(&'static str, &'static str),
    Query(&'static str),
    Cookie(&'static str),
}

impl Scheme {
    /// Returns a scheme with a user name and a password in `Authorization` (Basic, RFC 7617).
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, Location::Basic)
    }

    /// Returns a scheme with a token in `Authorization`, after `Bearer ` (RFC 6750).
    pub const fn bearer(name: &'static str) -> Self {
        Self::header(name, "authorization", "Bearer ")
    }

    /// Returns a scheme whose credential is the whole value of `Authorization`.
    pub const fn authorization(name: &'static str) -> Self {
        Self::header(name, "authorization", "")
    }

    /// Returns a scheme with a secret in another header, after `prefix`.
    pub const fn header(name: &'static str, header: &'static str, prefix: &'static str) -> Self {
        Self::new(name, Location::Header(header, prefix))
    }

    /// Returns a scheme with a secret in a query parameter.
    pub const fn query(name: &'static str, parameter: &'static str) -> Self {
        Self::new(name, Location::Query(parameter))
    }

    /// Returns a scheme with a secret in a cookie.
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, Location::Cookie(cookie))
    }

    /// Sets the name of the builder method for the credential, which error messages mention.
    pub const fn given_by(mut self, method: &'static str) -> Self {
        self.given_by = Some(method);
        self
    }

    const fn new(name: &'static str, location: Location) -> Self {
        Self {
            name,
            location,
            given_by: None,
        }
    }

    /// Returns the query parameter of the credential.
    pub(crate) fn query_parameter(&self) -> Option<&'static str> {
        match self.location {
            Location::Query(parameter) => Some(parameter),
            _ => None,
        }
    }

    /// Returns the name of the scheme in the API description.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

/// The credential of the caller for a [`Scheme`].
#[derive(Clone)]
pub struct Credential(CredentialValue);

#[derive(Clone)]
enum CredentialValue {
    Basic {
        username: String,
        password: Secret,
    },
    Secret(Secret),
    Provided(Arc<dyn TokenProvider>),
    /// A grant that an OAuth 2 server exchanges for tokens, with the token URL.
    Grant(&'static str, Box<Grant>),
}

impl CredentialValue {
    fn grant(token_url: &'static str, grant: Grant) -> Self {
        Self::Grant(token_url, Box::new(grant))
    }
}

impl Credential {
    /// Returns a credential of a user name and a password.
    pub fn basic(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(CredentialValue::Basic {
            username: username.into(),
            password: password.into(),
        })
    }

    /// Returns a credential of a token or an API key, without a prefix.
    pub fn secret(secret: impl Into<Secret>) -> Self {
        Self(CredentialValue::Secret(secret.into()))
    }

    /// Returns a credential from a [`TokenProvider`]. Tokens are kept until they expire or the server rejects them, and
    /// concurrent calls wait for one together.
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self(CredentialValue::Provided(Arc::new(provider)))
    }

    /// Returns a credential from the OAuth 2 client credentials grant at `token_url`, which is resolved against the URL
    /// of the API's server.
    pub fn client_credentials(token_url: &'static str, given: ClientCredentials) -> Self {
        Self(CredentialValue::grant(token_url, Grant::Client(given)))
    }

    /// Returns a credential from the OAuth 2 refresh token grant at `token_url`, which is resolved against the URL of
    /// the API's server.
    pub fn refresh_token(token_url: &'static str, given: RefreshToken) -> Self {
        Self(CredentialValue::grant(token_url, Grant::Refresh(given)))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(***)")
    }
}

impl Scheme {
    fn header_name(&self) -> Option<&'static str> {
        match self.location {
            Location::Basic => Some("authorization"),
            Location::Header(name, _) => Some(name),
            Location::Cookie(_) => Some("cookie"),
            Location::Query(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
