//! Requests for OAuth 2 tokens (RFC 6749, section 4.4), which are ordinary calls.

use std::time::Duration;

use http::{Method, Uri};

use super::{Api, Channel, Request};
use crate::auth::{ClientCredentials, Scheme, Token, TokenEndpoint};
use crate::error::Error;
use crate::record;
use crate::transport::BoxFuture;
use crate::url::{Base, Target, resolve};
use crate::value::{Json, Secret};

/// The API of a token endpoint.
static API: Api = Api {
    name: "oauth",
    user_agent: "",
    request_id_headers: &[],
    schemes: &[Scheme::basic("client")],
    security: &[&["client"]],
};

/// An OAuth 2 token endpoint, with what is sent to it.
pub(super) struct Endpoint {
    channel: Channel,
    path: String,
    given: ClientCredentials,
}

/// Splits the URL of a token endpoint into the server and the path with its query.
fn parsed(channel: &Channel, url: &str) -> Result<(Base, String), Error> {
    let refuse = || Error::config("the token URL is invalid");
    let uri: Uri = if url.starts_with('/') {
        let api = channel.shared().base.as_str();
        let api: Uri = api.parse().map_err(|_| refuse())?;
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
    let base = Base::parse(&format!("{scheme}://{authority}")).map_err(Error::config)?;
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    Ok((base, path.to_owned()))
}

/// The response of a token endpoint.
struct TokenResponse {
    access_token: Secret,
    /// A number of seconds, which some servers write as a string.
    expires_in: Option<Json>,
}

record!(TokenResponse {
    access_token: "access_token" required,
    expires_in: "expires_in",
});

impl TokenResponse {
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

impl Endpoint {
    /// Returns the token endpoint at `described`, or at the URL in `given` if there is one.
    pub(super) fn new(
        channel: &Channel,
        described: &str,
        given: ClientCredentials,
    ) -> Result<Self, Error> {
        let url = given.token_url.as_deref().unwrap_or(described);
        let (mut base, path) = parsed(channel, url)?;
        // An absolute URL from the caller is not replaced by the origin of the client.
        if given.token_url.is_none() || url.starts_with('/') {
            base = base.behind(channel.shared().origin.as_ref());
        }
        base.require_private(channel.shared().allow_http)
            .map_err(Error::config)?;
        let mut channel = channel.beside(&API, base);
        if !given.in_body {
            channel = channel.with_credential("client", given.basic())?;
        }
        Ok(Self {
            channel,
            path,
            given,
        })
    }
}

impl TokenEndpoint for Endpoint {
    fn token(&self, blocks: bool) -> BoxFuture<'_, Result<Token, Error>> {
        let given = &self.given;
        let channel = self.channel.waiting_as(blocks);
        let path = self.path.clone().into();
        let mut request = Request::new(channel, "oauth.token", Method::POST, path)
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
            // Parameters can contain a second secret.
            request = request.field(name, &Secret::from(value.as_str()));
        }
        let call = request.json::<TokenResponse>();
        Box::pin(async move { Ok(call.await?.into_token()) })
    }
}
