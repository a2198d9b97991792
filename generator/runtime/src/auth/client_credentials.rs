//! OAuth 2 for a program that acts for itself (RFC 6749, section 4.4).

use std::fmt;

use super::Credential;
use crate::url::push_encoded;
use crate::value::Secret;

/// The id and the secret of a program, for which a server of OAuth 2 hands out tokens.
///
/// The tokens are asked for over the client's own transport, with its timeouts and retries, and kept until they
/// expire or are refused.
///
/// ```
/// use specwright_runtime::ClientCredentials;
///
/// let given = ClientCredentials::new("my-program", "s3cret").scope("reports.read").parameter("audience", "reports");
/// ```
#[derive(Clone)]
pub struct ClientCredentials {
    pub(crate) id: String,
    pub(crate) secret: Secret,
    pub(crate) token_url: Option<String>,
    pub(crate) scope: String,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) in_body: bool,
}

impl ClientCredentials {
    /// The id and the secret of the program at the server.
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            token_url: None,
            scope: String::new(),
            parameters: Vec::new(),
            in_body: false,
        }
    }

    /// Asks for a scope, beside those of earlier calls. Without any, the server decides.
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

    /// Where tokens are handed out, instead of the URL in the description.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sends id and secret in the body, for a server that does not take them in `Authorization`.
    pub fn secret_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Returns id and secret for Basic authentication, each encoded as in a form (RFC 6749, section 2.3.1).
    pub(crate) fn basic(&self) -> Credential {
        let encoded = |text: &str| {
            let mut encoded = String::new();
            push_encoded(&mut encoded, text);
            encoded
        };
        Credential::basic(encoded(&self.id), encoded(self.secret.expose()))
    }
}

/// Shows whose they are, and no secret. Parameters can be one.
impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("id", &self.id)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}
