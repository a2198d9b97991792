//! The OAuth 2 refresh token grant (RFC 6749, section 6).

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::flight::locked;
use super::{ClientCredentials, Token};
use crate::record;
use crate::value::{Json, Secret};

/// The tokens of a user, as an OAuth 2 server issues them.
///
/// They are JSON of RFC 6749, section 5.1, so that a program can store them with serde. `Debug` shows no token.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Tokens {
    /// The token that is sent to the API.
    pub access_token: Secret,
    /// The token for which the server issues another access token.
    pub refresh_token: Option<Secret>,
    /// The scopes of the access token, separated by spaces, if they are not the ones that were asked for.
    pub scope: Option<String>,
    /// A number of seconds, which some servers write as a string.
    expires_in: Option<Json>,
}

record!(Tokens {
    access_token: "access_token" required,
    refresh_token: "refresh_token",
    scope: "scope",
    expires_in: "expires_in",
});

impl Tokens {
    /// Returns the lifetime of the access token, from the time at which it was issued.
    pub fn expires_in(&self) -> Option<Duration> {
        Self::seconds(self.expires_in.as_ref()?)
    }

    /// Reads a number of seconds, which some servers write as a string.
    pub(crate) fn seconds(json: &Json) -> Option<Duration> {
        let seconds = match json {
            Json::Number(number) => number.as_f64(),
            Json::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        Duration::try_from_secs_f64(seconds?).ok()
    }

    /// Returns the access token as a token of a provider.
    pub(crate) fn token(&self) -> Token {
        let token = Token::new(self.access_token.expose());
        match self.expires_in() {
            Some(lifetime) => token.expires_in(lifetime),
            None => token,
        }
    }
}

type OnRefresh = dyn Fn(&Tokens) + Send + Sync;

/// A refresh token of a user, which a client exchanges for access tokens.
///
/// The client exchanges it when a call needs an access token, once for all calls that wait. If the server issues
/// another refresh token with the access token, that one is used from then on, and
/// [`on_refresh`](Self::on_refresh) tells the program about it. A call that is dropped meanwhile does not stop the
/// exchange, which the next call continues, so that the new refresh token is not lost.
///
/// Clones share the refresh token. Use it in one client and its clones only: two clients may exchange it at the same
/// time, which many servers take for a theft.
///
/// ```
/// use specwright_runtime::ClientCredentials;
/// use specwright_runtime::oauth::RefreshToken;
///
/// let program = ClientCredentials::new("my-program", "s3cret");
/// let token = RefreshToken::new(program, "tGzv3JOkF0XG5Qx2TlKWIA").on_refresh(|tokens| {
///     // … store `tokens.refresh_token` …
/// });
/// ```
#[derive(Clone)]
pub struct RefreshToken {
    pub(crate) client: ClientCredentials,
    current: Arc<Mutex<Secret>>,
    first: Option<Tokens>,
    on_refresh: Option<Arc<OnRefresh>>,
}

impl RefreshToken {
    /// Returns a refresh token that was issued to this program.
    ///
    /// The scopes of `client` are not sent: an access token has those that the user granted.
    pub fn new(client: ClientCredentials, refresh_token: impl Into<Secret>) -> Self {
        Self {
            client,
            current: Arc::new(Mutex::new(refresh_token.into())),
            first: None,
            on_refresh: None,
        }
    }

    /// Returns the refresh token among these tokens, whose access token is used until it expires; `None` if there is no
    /// refresh token. The lifetime of the access token is counted from the time at which the client gets it.
    pub fn of(client: ClientCredentials, tokens: &Tokens) -> Option<Self> {
        let refresh_token = tokens.refresh_token.clone()?;
        Some(Self {
            first: Some(tokens.clone()),
            ..Self::new(client, refresh_token)
        })
    }

    /// Calls a function with the tokens of each exchange. Their refresh token is the one to store: the new one, or the
    /// old one if the server issued no other.
    pub fn on_refresh(mut self, call: impl Fn(&Tokens) + Send + Sync + 'static) -> Self {
        self.on_refresh = Some(Arc::new(call));
        self
    }

    /// Returns the initial access token, if there is one.
    pub(crate) fn first(&self) -> Option<Token> {
        self.first.as_ref().map(Tokens::token)
    }

    pub(crate) fn current(&self) -> Secret {
        locked(&self.current).clone()
    }

    /// Stores the new refresh token, if there is one, and returns the access token.
    pub(crate) fn keep(&self, mut tokens: Tokens) -> Token {
        match &tokens.refresh_token {
            Some(rotated) if !rotated.expose().is_empty() => {
                *locked(&self.current) = rotated.clone();
            }
            _ => tokens.refresh_token = Some(self.current()),
        }
        if let Some(call) = &self.on_refresh {
            call(&tokens);
        }
        tokens.token()
    }
}

/// Shows the client id but no token.
impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshToken")
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}
