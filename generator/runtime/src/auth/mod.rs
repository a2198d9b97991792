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
mod wire;

use std::fmt;
use std::sync::Arc;

use crate::value::Secret;

pub(crate) use self::call_credentials::CallCredentials;
pub(crate) use self::choose::{Choice, Security, choose};
pub use self::client_credentials::ClientCredentials;
pub(crate) use self::credentials::Credentials;
pub(crate) use self::environment::{Variables, read};
pub(crate) use self::owner::{Owner, TokenEndpoint};
pub use self::provider::{Token, TokenProvider};
pub(crate) use self::wire::{WireCredential, with_query};

/// How an API takes a credential: one security scheme of its description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    name: &'static str,
    location: Location,
    given_by: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Location {
    Basic,
    /// A header, and what precedes the secret in it.
    Header(&'static str, &'static str),
    Query(&'static str),
    Cookie(&'static str),
}

impl Scheme {
    /// User name and password in `Authorization` (RFC 7617).
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, Location::Basic)
    }

    /// A token in `Authorization`, after `Bearer ` (RFC 6750).
    pub const fn bearer(name: &'static str) -> Self {
        Self::header(name, "authorization", "Bearer ")
    }

    /// The whole value of `Authorization`, as the caller sets it.
    pub const fn authorization(name: &'static str) -> Self {
        Self::header(name, "authorization", "")
    }

    /// A header of the API's own, where `prefix` precedes the secret.
    pub const fn header(name: &'static str, header: &'static str, prefix: &'static str) -> Self {
        Self::new(name, Location::Header(header, prefix))
    }

    /// A query parameter.
    pub const fn query(name: &'static str, parameter: &'static str) -> Self {
        Self::new(name, Location::Query(parameter))
    }

    /// A cookie.
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, Location::Cookie(cookie))
    }

    /// The method of the client's builder that gives the credential, for messages.
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

    /// The query parameter of the credential.
    pub(crate) fn query_parameter(&self) -> Option<&'static str> {
        match self.location {
            Location::Query(parameter) => Some(parameter),
            _ => None,
        }
    }

    /// The scheme's name in the description.
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
    /// With the URL that hands the tokens out.
    ClientCredentials(&'static str, ClientCredentials),
}

impl Credential {
    /// A user name and a password.
    pub fn basic(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(CredentialValue::Basic {
            username: username.into(),
            password: password.into(),
        })
    }

    /// A token or a key, without any prefix.
    pub fn secret(secret: impl Into<Secret>) -> Self {
        Self(CredentialValue::Secret(secret.into()))
    }

    /// From a [`TokenProvider`]. Tokens are kept until they expire or the server refuses them, and concurrent
    /// calls wait for one together.
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self(CredentialValue::Provided(Arc::new(provider)))
    }

    /// The tokens that OAuth 2 hands out to a program itself, at `token_url`. A path is seen from the API's server.
    pub fn client_credentials(token_url: &'static str, given: ClientCredentials) -> Self {
        Self(CredentialValue::ClientCredentials(token_url, given))
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
