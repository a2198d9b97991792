//! The authorization code flow (RFC 6749, section 4.1) with PKCE (RFC 7636).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::super::super::{Call, Channel, random};
use super::super::endpoint::{Endpoint, private};
use super::callback::Callback;
use super::{Flow, url_of};
use crate::auth::{ClientCredentials, Tokens};
use crate::error::Error;
use crate::url::push_encoded;
use crate::value::Secret;

/// The OAuth 2 authorization code flow: the user logs in with a browser, which is then redirected to the program with a
/// code for tokens.
///
/// 1. [`Login::new`] begins a login.
/// 2. [`authorize_url`](Self::authorize_url) is the URL to which the program sends the browser.
/// 3. [`exchange`](Self::exchange) takes the URL to which the browser was redirected, and returns the tokens.
///
/// It always uses PKCE with `S256` and a `state`. So only the program that began the login can use the code, and it
/// only uses the code of its own login.
#[derive(Clone)]
pub struct AuthorizationCode {
    endpoint: Endpoint,
    client: ClientCredentials,
    url: String,
    scopes: &'static [&'static str],
    parameters: Vec<(String, String)>,
}

impl AuthorizationCode {
    pub(crate) fn new(
        channel: &Channel,
        flow: &Flow,
        client: ClientCredentials,
    ) -> Result<Self, Error> {
        let what = "authorization URL";
        let (base, path) = private(channel, what, flow.authorization_url, false)?;
        Ok(Self {
            endpoint: Endpoint::of_tokens(channel, flow.token_url, &client)?,
            client,
            url: url_of(&base, &path),
            scopes: flow.scopes,
            parameters: Vec::new(),
        })
    }

    /// Adds a parameter to the URL at which the user logs in, such as `prompt` or `audience`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Returns the URL at which users log in, without parameters.
    pub fn authorization_url(&self) -> &str {
        &self.url
    }

    /// Returns the URL at which tokens are issued.
    pub fn token_url(&self) -> String {
        self.endpoint.url()
    }

    /// Returns the scopes in the API description.
    pub fn scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    /// Returns the URL to which the browser of the user is sent.
    pub fn authorize_url(&self, login: &Login) -> String {
        let mut url = self.url.clone();
        let mut separator = match url.find('?') {
            None => "?",
            Some(_) if url.ends_with(['?', '&']) => "",
            Some(_) => "&",
        };
        let challenge = login.challenge();
        let own = [
            ("response_type", "code"),
            ("client_id", &self.client.id),
            ("redirect_uri", &login.redirect_uri),
            ("scope", &self.client.scope),
            ("state", login.state.expose()),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let more = self.parameters.iter();
        let more = more.map(|(name, value)| (name.as_str(), value.as_str()));
        // An empty scope means that the server chooses.
        let own = own.into_iter().filter(|(_, value)| !value.is_empty());
        for (name, value) in own.chain(more) {
            url.push_str(separator);
            push_encoded(&mut url, name);
            url.push('=');
            push_encoded(&mut url, value);
            separator = "&";
        }
        url
    }

    /// Exchanges the code in `callback` for tokens. `callback` is the URL to which the browser was redirected, or its
    /// query.
    ///
    /// The call fails without sending anything if the state of the callback is not that of the login, and with
    /// [`ErrorKind::Rejected`](crate::ErrorKind::Rejected) if the callback says that the user or the server refused.
    /// The server accepts a code once, so the call is repeated only if the server surely did not act on it.
    pub fn exchange(&self, login: &Login, callback: &str) -> Call<Tokens> {
        let request = self.endpoint.request(false, "oauth.exchange");
        let request = request.field("grant_type", &"authorization_code");
        let request = match Callback::parse(callback).into_code(&login.state) {
            Ok(code) => request.field("code", &code),
            Err(error) => request.refused(error),
        };
        let request = request
            .field("redirect_uri", &login.redirect_uri)
            .field("code_verifier", &login.verifier);
        self.endpoint.call(request)
    }
}

/// Shows the client id but no secret.
impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationCode")
            .field("authorization_url", &self.url)
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}

/// The login of one user, from the authorization URL to the callback.
///
/// A program that cannot keep it in memory meanwhile stores its parts in the session of the user's browser, and
/// [restores](Self::restored) it. The parts are secret.
#[derive(Debug, Clone)]
pub struct Login {
    redirect_uri: String,
    state: Secret,
    verifier: Secret,
}

impl Login {
    /// Begins a login. `redirect_uri` is the URL of the program to which the browser is redirected.
    ///
    /// # Errors
    /// The random number generator of the system failed.
    pub fn new(redirect_uri: impl Into<String>) -> Result<Self, Error> {
        let state = encoded(&random::bits()?.to_ne_bytes());
        let verifier = [random::bits()?.to_ne_bytes(), random::bits()?.to_ne_bytes()];
        let verifier = encoded(&verifier.concat());
        Ok(Self::restored(redirect_uri, state, verifier))
    }

    /// Returns the login with these parts.
    pub fn restored(
        redirect_uri: impl Into<String>,
        state: impl Into<Secret>,
        verifier: impl Into<Secret>,
    ) -> Self {
        Self {
            redirect_uri: redirect_uri.into(),
            state: state.into(),
            verifier: verifier.into(),
        }
    }

    /// Returns the URL to which the browser is redirected after the login.
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// Returns the `state`, which the callback has to repeat.
    pub fn state(&self) -> &Secret {
        &self.state
    }

    /// Returns the code verifier of PKCE, which proves that the code is exchanged by the program that began the login.
    pub fn verifier(&self) -> &Secret {
        &self.verifier
    }

    /// Returns the code challenge of PKCE.
    fn challenge(&self) -> String {
        encoded(&Sha256::digest(self.verifier.expose().as_bytes()))
    }
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
