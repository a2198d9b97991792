// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/client.rs). Do not edit.
use crate::runtime::client::*;

/// The properties of this API that the runtime uses.
static API: Api = Api {
    name: "insightiq",
    request_id_headers: &["request-id"],
    schemes: &[Scheme::basic("basicAuth").given_by("basic_auth")],
    security: &[&["basicAuth"]],
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
};

/// A client of `InsightIQ`.
///
/// Clones are cheap and share one pool of connections.
///
/// # Examples
///
/// ```no_run
/// # #[cfg(feature = "insightiq")]
/// # async fn example() -> Result<(), social_apis::Error> {
/// use social_apis::insightiq::{Client, Server};
///
/// let client = Client::builder(Server::Sandbox)
///     .basic_auth("user", "password")
///     .build()?;
/// let output = client.profiles().get("9bd39495-ad21-40f7-a8a6-9c8cf9d6a822").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    core: crate::runtime::Client,
}

impl Client {
    /// Returns a builder for a client of a server: a [`Server`], the text of a URL or a
    /// [`BaseUrl`](crate::BaseUrl).
    ///
    /// Credentials: [`basic_auth`](crate::insightiq::ClientBuilder::basic_auth()). The docs of an
    /// operation name its credentials if it needs others.
    pub fn builder(server: impl Into<BaseUrl>) -> ClientBuilder {
        ClientBuilder {
            core: crate::runtime::ClientBuilder::new(&API, server.into()),
        }
    }

    /// Accounts that users have connected.
    pub fn accounts(&self) -> super::resources::accounts::Accounts<'_> {
        super::resources::accounts::Accounts {
            client: &self.core,
        }
    }

    /// Who a user is on a work platform.
    pub fn profiles(&self) -> super::resources::profiles::Profiles<'_> {
        super::resources::profiles::Profiles {
            client: &self.core,
        }
    }

    /// Returns a client with another credential of [`basic_auth`](ClientBuilder::basic_auth).
    ///
    /// It shares everything else, including the connections.
    ///
    /// # Errors
    /// Returns an error if the credential cannot be sent.
    pub fn with_basic_auth(
        &self,
        username: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Result<Self, crate::runtime::Error> {
        self.with_credential("basicAuth", Credential::basic(username, password))
    }
}

client!(Client);

/// Builds a [`Client`].
#[derive(Debug, Clone)]
pub struct ClientBuilder {
    core: crate::runtime::ClientBuilder,
}

builder!(ClientBuilder -> Client);

impl ClientBuilder {
    /// User name and password of the API's customer.
    ///
    /// User `demo` with password `p@55w0rd` gives the header
    /// `Authorization: Basic ZGVtbzpwQDU1dzByZA==`.
    pub fn basic_auth(
        self,
        username: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        self.credential("basicAuth", Credential::basic(username, password))
    }

    /// Takes the credential of [`basic_auth`](Self::basic_auth) from a provider, which is called when a
    /// call needs it.
    ///
    /// It is reused until it expires or is rejected, and concurrent calls share one request for it.
    pub fn basic_auth_provider(self, provider: impl TokenProvider) -> Self {
        self.credential("basicAuth", Credential::provider(provider))
    }

    /// Takes credentials from the environment of the process.
    ///
    /// - `INSIGHTIQ_USERNAME` and `INSIGHTIQ_PASSWORD` for [`basic_auth`](Self::basic_auth)
    ///
    /// `build` returns an error if none is set, or only one of two. Nothing else reads credentials from
    /// the environment.
    pub fn credentials_from_env(self) -> Self {
        Self {
            core: self
                .core
                .credentials_from_env(
                    &[("basicAuth", &["INSIGHTIQ_USERNAME", "INSIGHTIQ_PASSWORD"])],
                ),
        }
    }
}

/// The servers of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Server {
    /// Sandbox, for trying the API.
    ///
    /// `https://api.sandbox.insightiq.ai`
    Sandbox,
    /// Staging.
    ///
    /// `https://api.staging.insightiq.ai`
    Staging,
    /// Another server.
    Custom(BaseUrl),
}

impl Server {
    /// Returns the server with this base URL.
    ///
    /// # Errors
    /// Returns an error if the text is not a base URL.
    pub fn custom(url: &str) -> Result<Self, crate::runtime::Error> {
        url.parse().map(Self::Custom)
    }
}

impl From<Server> for BaseUrl {
    fn from(server: Server) -> Self {
        match server {
            Server::Sandbox => BaseUrl::described("https://api.sandbox.insightiq.ai"),
            Server::Staging => BaseUrl::described("https://api.staging.insightiq.ai"),
            Server::Custom(base_url) => base_url,
        }
    }
}
