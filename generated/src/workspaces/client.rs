// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/client.rs). Do not edit.
use crate::runtime::client::*;

/// The properties of this API that the runtime uses.
static API: Api = Api {
    name: "workspaces",
    request_id_headers: &[],
    schemes: &[Scheme::header("token", "Authentication", "Bearer ").given_by("token")],
    security: &[&["token"]],
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
};

/// A client of `Workspaces`.
///
/// Clones are cheap and share one pool of connections.
///
/// # Examples
///
/// ```no_run
/// # #[cfg(feature = "workspaces")]
/// # async fn example() -> Result<(), social_apis::Error> {
/// use social_apis::workspaces::Client;
/// use social_apis::workspaces::types;
///
/// // The description has no server. Write the URL of the API here.
/// let client = Client::builder("https://api.example.com")
///     .token("secret")
///     .build()?;
/// let facebook_account = types::FacebookAccount::new("FB_TOKEN", "FB_UID")
///     .location(types::Location::PersonalSettingsPage);
/// let output = client.instagram_accounts().create(facebook_account).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    core: crate::runtime::Client,
}

impl Client {
    /// Returns a builder for a client of a server: the text of a URL or a [`BaseUrl`](crate::BaseUrl).
    ///
    /// Credentials: [`token`](crate::workspaces::ClientBuilder::token()). The docs of an operation name
    /// its credentials if it needs others.
    pub fn builder(server: impl Into<BaseUrl>) -> ClientBuilder {
        ClientBuilder {
            core: crate::runtime::ClientBuilder::new(&API, server.into()),
        }
    }

    /// Instagram accounts of a workspace.
    pub fn instagram_accounts(
        &self,
    ) -> super::resources::instagram_accounts::InstagramAccounts<'_> {
        super::resources::instagram_accounts::InstagramAccounts {
            client: &self.core,
        }
    }

    /// Returns a client with another credential of [`token`](ClientBuilder::token).
    ///
    /// It shares everything else, including the connections.
    ///
    /// # Errors
    /// Returns an error if the credential cannot be sent.
    pub fn with_token(
        &self,
        secret: impl Into<Secret>,
    ) -> Result<Self, crate::runtime::Error> {
        self.with_credential("token", Credential::secret(secret))
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
    /// The bare token that the server hands out during registration, as in
    /// `TOKEN_FETCHED_FROM_SERVER_DURING_REGISTRATION`.
    ///
    /// Only a registered user may call these operations.
    pub fn token(self, secret: impl Into<Secret>) -> Self {
        self.credential("token", Credential::secret(secret))
    }

    /// Takes the credential of [`token`](Self::token) from a provider, which is called when a call
    /// needs it.
    ///
    /// It is reused until it expires or is rejected, and concurrent calls share one request for it.
    pub fn token_provider(self, provider: impl TokenProvider) -> Self {
        self.credential("token", Credential::provider(provider))
    }

    /// Takes credentials from the environment of the process.
    ///
    /// - `WORKSPACES_TOKEN` for [`token`](Self::token)
    ///
    /// `build` returns an error if none is set, or only one of two. Nothing else reads credentials from
    /// the environment.
    pub fn credentials_from_env(self) -> Self {
        Self {
            core: self.core.credentials_from_env(&[("token", &["WORKSPACES_TOKEN"])]),
        }
    }
}
