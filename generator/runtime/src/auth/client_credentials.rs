//! How a program identifies itself at an OAuth 2 server (RFC 6749, section 2.3).

use std::fmt;

use super::Credential;
use crate::url::push_encoded;
use crate::value::Secret;

/// The client id and client secret that a program has at an OAuth 2 server.
///
/// The server exchanges them for tokens (the client credentials grant), or they are sent together with an authorization
/// code, a device code or a refresh token. Tokens are requested over the client's own transport, with its timeouts and
/// retries.
///
/// ```
/// use specwright_runtime::ClientCredentials;
///
/// let given = ClientCredentials::new("my-program", "s3cret").scope("reports.read").parameter("audience", "reports");
/// ```
#[derive(Clone)]
pub struct ClientCredentials {
    pub(crate) id: String,
    /// `None` for a public client.
    pub(crate) secret: Option<Secret>,
    pub(crate) token_url: Option<String>,
    pub(crate) scope: String,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) in_body: bool,
}

impl ClientCredentials {
    /// Returns the credentials with this client id and client secret.
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            secret: Some(secret.into()),
            ..Self::public(id)
        }
    }

    /// Returns the client id of a program without a secret, such as one on the devices of its users (a public client).
    pub fn public(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            secret: None,
            token_url: None,
            scope: String::new(),
            parameters: Vec::new(),
            in_body: false,
        }
    }

    /// Adds a requested scope. Without any, the server chooses the scopes.
    pub fn scope(mut self, scope: &str) -> Self {
        if !self.scope.is_empty() {
            self.scope.push(' ');
        }
        self.scope.push_str(scope);
        self
    }

    /// Adds a parameter to the token request, such as `audience`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sets the token URL, replacing the one in the API description.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sends the client id and secret in the body, for a server that does not accept them in `Authorization`.
    pub fn secret_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Returns the client id and secret for Basic authentication, each form-encoded (RFC 6749, section 2.3.1); `None` if
    /// they are sent in the body.
    pub(crate) fn basic(&self) -> Option<Credential> {
        let secret = self.secret.as_ref().filter(|_| !self.in_body)?;
        let encoded = |text: &str| {
            let mut encoded = String::new();
            push_encoded(&mut encoded, text);
            encoded
        };
        let basic = Credential::basic(encoded(&self.id), encoded(secret.expose()));
        Some(basic)
    }
}

/// Shows the client id but no secret. Parameters can be secret too.
impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("id", &self.id)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}
