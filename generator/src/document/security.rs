//! Who may call: security requirements and schemes.

use super::{Location, Text};
use crate::source::Key;

/// Schemes that must all be satisfied; empty for "no credential needed".
#[derive(Debug, Clone, Default)]
pub(crate) struct Requirement<'t> {
    /// Names of security schemes. One that no scheme has is reported while decoding, and kept: no credential satisfies
    /// it.
    pub schemes: Vec<Text<'t>>,
    /// Each scope that a scheme is required with, after the name of the scheme.
    pub scopes: Vec<(&'t str, Text<'t>)>,
}

/// A way to prove who is calling.
#[derive(Debug, Clone)]
pub(crate) struct SecurityScheme<'t> {
    /// Name under `components.securitySchemes`.
    pub key: &'t Key,
    /// What kind it is.
    pub kind: SchemeKind<'t>,
    /// The flows of OAuth 2.
    pub flows: Flows<'t>,
    /// How to get one.
    pub description: Option<&'t str>,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
}

/// The flows of OAuth 2 that a client carries out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flows<'t> {
    /// The token URL of `clientCredentials`.
    pub client_credentials: Option<&'t str>,
    /// `authorizationCode`.
    pub authorization_code: Option<Flow<'t>>,
    /// `deviceAuthorization`.
    pub device: Option<Flow<'t>>,
    /// Where refresh tokens are exchanged: `refreshUrl` of the first flow in which a user logs in, or its `tokenUrl`.
    pub refresh_url: Option<&'t str>,
}

/// A flow of OAuth 2 in which a user logs in.
#[derive(Debug, Clone)]
pub(crate) struct Flow<'t> {
    /// `authorizationUrl` or `deviceAuthorizationUrl`.
    pub authorization_url: &'t str,
    /// `tokenUrl`.
    pub token_url: &'t str,
    /// The names under `scopes`.
    pub scopes: Vec<&'t str>,
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
        /// Where it goes: `Query`, `Header` or `Cookie`.
        location: Location,
        /// Name of the parameter, header or cookie.
        name: &'t str,
        /// `x-value-prefix`, what precedes the secret.
        prefix: &'t str,
    },
    /// Another `http` scheme: the caller gives the whole `Authorization` value.
    Other,
}
