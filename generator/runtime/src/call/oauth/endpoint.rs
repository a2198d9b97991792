//! Requests to the endpoints of an OAuth 2 server, which are ordinary calls.

use http::{Method, Uri};

use super::super::{Api, Call, Channel, Request};
use super::Refusal;
use crate::auth::{ClientCredentials, Grant, Scheme, Token, TokenEndpoint, Tokens};
use crate::codec::Decode;
use crate::error::Error;
use crate::transport::BoxFuture;
use crate::url::{Base, Target, resolve};
use crate::value::Secret;

/// The API of a token endpoint.
static API: Api = Api {
    name: "oauth",
    user_agent: "",
    request_id_headers: &[],
    schemes: &[Scheme::basic("client")],
    security: &[&["client"]],
};

/// An endpoint of an OAuth 2 server, and the client credentials of the program there.
#[derive(Clone)]
pub(super) struct Endpoint {
    pub(super) channel: Channel,
    pub(super) path: String,
    client: ClientCredentials,
}

/// Splits a URL from the description or the caller into the server and the path with its query. `what` names the URL.
pub(super) fn parsed(channel: &Channel, what: &str, url: &str) -> Result<(Base, String), Error> {
    let refuse = || Error::config(format!("the {what} is invalid"));
    let uri: Uri = if is_relative(url) {
        // The URL of the API is a folder: its paths are appended to it, and so is `./token`.
        let api = format!("{}/", channel.shared().base.as_str());
        let api: Uri = api.parse().map_err(|_| refuse())?;
        match resolve(&api, url) {
            Target::Within(uri) | Target::Foreign(uri, _) => uri,
            Target::Unusable(_) => return Err(refuse()),
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

/// Whether a URL is resolved against that of the API. Any other URL has a server of its own.
fn is_relative(url: &str) -> bool {
    ["/", "./", "../"]
        .iter()
        .any(|start| url.starts_with(start))
}

impl Endpoint {
    /// Returns the token endpoint at `described`, or at the URL that `client` sets.
    pub(super) fn of_tokens(
        channel: &Channel,
        described: &str,
        client: &ClientCredentials,
    ) -> Result<Self, Error> {
        let own = client.token_url.as_deref();
        let what = "token URL";
        let url = own.unwrap_or(described);
        // An absolute URL from the caller is not replaced by the origin of the client.
        let is_fixed = own.is_some() && !is_relative(url);
        let (base, path) = private(channel, what, url, is_fixed)?;
        Self::at(channel, base, path, client)
    }

    pub(super) fn at(
        channel: &Channel,
        base: Base,
        path: String,
        client: &ClientCredentials,
    ) -> Result<Self, Error> {
        let mut channel = channel.beside(&API, base);
        if let Some(credential) = client.basic() {
            channel = channel.with_credential("client", credential)?;
        }
        Ok(Self {
            channel,
            path,
            client: client.clone(),
        })
    }

    /// Returns a request, which [`call`](Self::call) completes.
    pub(super) fn request(&self, blocks: bool, operation: &'static str) -> Request {
        let channel = self.channel.waiting_as(blocks);
        Request::new(channel, operation, Method::POST, self.path.clone().into())
    }

    /// Adds the scopes to a request.
    pub(super) fn scoped(&self, request: Request) -> Request {
        let scope = Some(&self.client.scope).filter(|scope| !scope.is_empty());
        request.field("scope", &scope)
    }

    /// Returns the call with a request. Some servers refuse with status 200.
    pub(super) fn call<T: Decode>(&self, request: Request) -> Call<T> {
        self.identified(request).json_or::<T, Refusal>()
    }

    /// Adds the client credentials to a request, and the additional parameters.
    fn identified(&self, mut request: Request) -> Request {
        if self.client.basic().is_none() {
            request = request
                .security(&[&[]])
                .field("client_id", &self.client.id)
                .field("client_secret", &self.client.secret);
        }
        for (name, value) in &self.client.parameters {
            // Parameters can contain a second secret.
            request = request.field(name, &Secret::from(value.as_str()));
        }
        request
    }
}

/// Returns the server and the path of a URL, which has to be encrypted. The origin of the client replaces its origin,
/// unless `is_fixed`.
pub(super) fn private(
    channel: &Channel,
    what: &str,
    url: &str,
    is_fixed: bool,
) -> Result<(Base, String), Error> {
    let shared = channel.shared();
    let (mut base, path) = parsed(channel, what, url)?;
    // The URL of the API has the origin of the client already, and so has what is below it.
    if !is_fixed && !url.starts_with('.') {
        base = base.behind(shared.origin.as_ref());
    }
    base.require_private(shared.allow_http)
        .map_err(Error::config)?;
    Ok((base, path))
}

/// A token endpoint, and the grant that it exchanges for tokens.
pub(in crate::call) struct Exchange {
    endpoint: Endpoint,
    grant: Grant,
}

impl Exchange {
    /// Returns an exchange at `described`, or at the URL that the client credentials in `grant` set.
    pub(in crate::call) fn new(
        channel: &Channel,
        described: &str,
        grant: Grant,
    ) -> Result<Self, Error> {
        let endpoint = Endpoint::of_tokens(channel, described, grant.client())?;
        Ok(Self { endpoint, grant })
    }
}

impl TokenEndpoint for Exchange {
    fn token(&self, blocks: bool) -> BoxFuture<'_, Result<Token, Error>> {
        let request = self.endpoint.request(blocks, "oauth.token");
        Box::pin(async move {
            match &self.grant {
                Grant::Client(_) => {
                    let request = request.repeatable();
                    let request = request.field("grant_type", &"client_credentials");
                    let request = self.endpoint.scoped(request);
                    let call = self.endpoint.call::<Tokens>(request);
                    Ok(call.await?.token())
                }
                Grant::Refresh(given) => {
                    let request = request.field("grant_type", &"refresh_token");
                    let request = request.field("refresh_token", &given.current());
                    let call = self.endpoint.call(request);
                    Ok(given.keep(call.await?))
                }
            }
        })
    }

    fn first(&self) -> Option<Token> {
        match &self.grant {
            Grant::Client(_) => None,
            Grant::Refresh(given) => given.first(),
        }
    }

    fn is_exclusive(&self) -> bool {
        matches!(self.grant, Grant::Refresh(_))
    }
}
