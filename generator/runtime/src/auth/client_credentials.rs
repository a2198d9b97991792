//! OAuth 2 for a program that acts for itself (RFC 6749, section 4.4).

use std::fmt;
use std::time::Duration;

use http::{Method, Uri};

use super::provider::Token;
use super::{Credential, Scheme};
use crate::api::Api;
use crate::client::Client;
use crate::error::Error;
use crate::record;
use crate::url::{Base, Target, push_encoded, resolve};
use crate::value::{Json, Secret};

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
    id: String,
    secret: Secret,
    token_url: Option<String>,
    scope: String,
    parameters: Vec<(String, String)>,
    in_body: bool,
}

impl ClientCredentials {
    /// What the server registered the program with.
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

    /// Adds a parameter to what is asked, such as `audience`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Where tokens are handed out, in place of the URL in the description.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sends id and secret in the body, for a server that does not take them in `Authorization`.
    pub fn secret_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Id and secret as the body of a form would have them, which RFC 6749 wants before they become Basic.
    fn basic(&self) -> Credential {
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

/// A server of tokens, as far as it is asked here.
static API: Api = Api {
    name: "oauth",
    user_agent: "",
    request_id_headers: &[],
    schemes: &[Scheme::basic("client")],
    security: &[&["client"]],
};

/// Asks for tokens.
pub(super) struct TokenEndpoint {
    client: Client,
    path: String,
    given: ClientCredentials,
}

/// The server, and the path with its query.
fn parsed(client: &Client, url: &str) -> Result<(Base, String), Error> {
    let refuse = || Error::config("the URL that hands out tokens is none");
    let uri: Uri = if url.starts_with('/') {
        let api: Uri = client
            .shared()
            .base
            .as_str()
            .parse()
            .map_err(|_| refuse())?;
        match resolve(&api, url) {
            Target::Within(uri) => uri,
            _ => return Err(refuse()),
        }
    } else {
        url.parse().map_err(|_| refuse())?
    };
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(refuse());
    };
    let base = Base::parse(&format!("{scheme}://{authority}"))?;
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    Ok((base, path.to_owned()))
}

/// What the server answers.
struct Granted {
    access_token: Secret,
    /// A number of seconds, which some servers write as text.
    expires_in: Option<Json>,
}

record!(Granted {
    access_token: "access_token" required,
    expires_in: "expires_in",
});

impl Granted {
    fn into_token(self) -> Token {
        let seconds = self.expires_in.and_then(|written| match written {
            Json::Number(number) => number.as_f64(),
            Json::String(text) => text.trim().parse().ok(),
            _ => None,
        });
        let lifetime = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let token = Token::new(self.access_token);
        match lifetime {
            Some(lifetime) => token.expires_in(lifetime),
            None => token,
        }
    }
}

impl TokenEndpoint {
    /// Asks at `described` or, where the caller gave one, at another URL.
    pub(super) fn new(
        client: &Client,
        described: &str,
        given: ClientCredentials,
    ) -> Result<Self, Error> {
        let url = given.token_url.as_deref().unwrap_or(described);
        let (mut base, path) = parsed(client, url)?;
        // A whole URL that the caller gave is meant as it is.
        if given.token_url.is_none() || url.starts_with('/') {
            base = base.behind(client.shared().origin.as_ref());
        }
        base.require_private(client.shared().allow_http)?;
        let client = client.beside(&API, base);
        let client = if given.in_body {
            client
        } else {
            client.with_credential("client", given.basic())?
        };
        Ok(Self {
            client,
            path,
            given,
        })
    }

    /// Asks for a token, over what blocking calls or the others go over.
    pub(super) async fn ask(&self, blocks: bool) -> Result<Token, Error> {
        let given = &self.given;
        let mut request = self
            .client
            .waiting_as(blocks)
            .call("oauth.token", Method::POST, self.path.clone())
            .repeatable()
            .field("grant_type", &"client_credentials");
        if !given.scope.is_empty() {
            request = request.field("scope", &given.scope);
        }
        if given.in_body {
            request = request
                .security(&[&[]])
                .field("client_id", &given.id)
                .field("client_secret", &given.secret);
        }
        for (name, value) in &given.parameters {
            // Some servers want a second secret there.
            request = request.field(name, &Secret::from(value.as_str()));
        }
        let granted: Granted = request.json().await?;
        Ok(granted.into_token())
    }
}
