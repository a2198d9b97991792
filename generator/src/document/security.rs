//! Security requirements and security schemes.

use super::{Location, Text};
use crate::source::Key;

/// Schemes that must all be satisfied; empty for "no credential needed".
#[derive(Debug, Clone, Default)]
pub(crate) struct Requirement<'t> {
    /// Names of security schemes. An unknown name is reported by the decoder and kept: no credential satisfies it.
    pub schemes: Vec<Text<'t>>,
    /// The scopes that are required, each with the name of its scheme.
    pub scopes: Vec<(&'t str, Text<'t>)>,
    /// Whether it requires a certificate of the client (`mutualTLS`).
    pub certificate: bool,
}

/// A security scheme.
#[derive(Debug, Clone)]
pub(crate) struct SecurityScheme<'t> {
    /// Name under `components.securitySchemes`.
    pub key: &'t Key,
    /// Its kind.
    pub kind: SchemeKind<'t>,
    /// The flows of OAuth 2.
    pub flows: Flows<'t>,
    /// The description.
    pub description: Option<&'t str>,
    /// `bearerFormat`.
    pub bearer_format: Option<&'t str>,
    /// `openIdConnectUrl` or `oauth2MetadataUrl`.
    pub metadata_url: Option<&'t str>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
}

/// The flows of OAuth 2 that a client supports.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flows<'t> {
    /// `clientCredentials`.
    pub client_credentials: Option<TokenFlow<'t>>,
    /// `authorizationCode`.
    pub authorization_code: Option<Flow<'t>>,
    /// `deviceAuthorization`.
    pub device: Option<Flow<'t>>,
    /// The authorization URL of `implicit`, a flow for scripts in browsers.
    pub implicit: Option<&'t str>,
    /// The URL for refreshing tokens: `refreshUrl` of the first flow in which a user logs in, otherwise its `tokenUrl`.
    pub refresh_url: Option<&'t str>,
}

/// A flow of OAuth 2 in which a user logs in.
#[derive(Debug, Clone)]
pub(crate) struct Flow<'t> {
    /// `authorizationUrl` or `deviceAuthorizationUrl`.
    pub authorization_url: &'t str,
    /// `tokenUrl`.
    pub token_url: &'t str,
    /// `scopes`.
    pub scopes: Vec<OauthScope<'t>>,
}

/// The flow of OAuth 2 for the credentials of a program.
#[derive(Debug, Clone)]
pub(crate) struct TokenFlow<'t> {
    /// `tokenUrl`.
    pub token_url: &'t str,
    /// `scopes`.
    pub scopes: Vec<OauthScope<'t>>,
}

/// A scope of OAuth 2.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OauthScope<'t> {
    /// Its name.
    pub name: &'t str,
    /// What it allows.
    pub description: Option<&'t str>,
}

/// The kind of a [`SecurityScheme`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SchemeKind<'t> {
    /// `http` + `basic`.
    Basic,
    /// `http` + `bearer`, `oauth2`, `openIdConnect`: a token in `Authorization: Bearer`.
    Bearer,
    /// `apiKey`: a secret in a header, the query or a cookie.
    ApiKey {
        /// Where it is sent: `Query`, `Header` or `Cookie`.
        location: Location,
        /// Name of the parameter, header or cookie.
        name: &'t str,
        /// `x-value-prefix`, the text before the secret.
        prefix: &'t str,
    },
    /// Another `http` scheme: the caller passes the whole `Authorization` value.
    Other,
}
