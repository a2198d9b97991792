//! The API: resolved, named and checked. No serde, no tokens, no I/O.
//!
//! Every name is ready to be emitted: Rust identifiers are unique in their scope, in the right case, and never a
//! keyword (`r#type` if necessary). [`emit`](crate::emit) turns the model into sources and cannot fail.

mod derive;
mod docs;
mod layout;
mod operation;
mod own;
mod pagination;
mod scalar;
mod types;
mod webhook;

pub(crate) use derive::*;
pub(crate) use docs::*;
pub(crate) use layout::*;
pub use operation::*;
pub(crate) use own::*;
pub(crate) use pagination::*;
pub use scalar::*;
pub use types::*;
pub(crate) use webhook::*;

use crate::name::Ident;

/// One API: one module of the generated crate.
#[derive(Debug, Clone)]
pub struct Api {
    /// Module and feature name: `museum`.
    pub module: Ident,
    /// The file of the description, for the header of each file: `spec/museum.yaml`.
    pub source: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// The description of the API.
    pub docs: Docs,
    /// Its servers.
    pub servers: Vec<Server>,
    /// Its first server, if none has a URL that a client can use.
    pub partial_server: Option<PartialServer>,
    /// Its security schemes.
    pub schemes: Vec<Scheme>,
    /// The security requirement of operations without their own one.
    pub security: Security,
    /// The credentials of operations whose docs do not name any.
    pub usual_credentials: Vec<RequiredCredentials>,
    /// Documented response headers with a request id, the most specific first.
    pub request_id_headers: Vec<String>,
    /// Groups of operations, sorted by module name.
    pub resources: Vec<Resource>,
    /// The webhooks that it sends, if any.
    pub webhooks: Option<Webhooks>,
    /// Every type, in whatever file it is emitted; indexed by [`TypeId`].
    pub types: Vec<Type>,
    /// Values of the description. A test of the generated crate deserializes and serializes each of them.
    pub examples: Vec<Example>,
    /// Requests of the description. A test of the generated crate sends each of them.
    pub requests: Vec<RequestExample>,
    /// The files of these tests, if there are too many for one.
    pub test_files: Vec<TestFile>,
    /// The features of the generated crate for this API.
    pub features: Features,
}

/// A server whose URL is not a whole HTTP URL.
#[derive(Debug, Clone)]
pub struct PartialServer {
    /// Its URL, with the defaults of its variables: `/api/v1`, `//host`.
    pub url: String,
    /// Whether the URL is a path, to which a scheme and a host can be added.
    pub is_path: bool,
}

/// A value of the description.
#[derive(Debug, Clone)]
pub struct Example {
    /// Name of the test, unique among all examples and requests: `profile`.
    pub name: Ident,
    /// The shape of the value.
    pub shape: Shape,
    /// The value as JSON text.
    pub json: String,
}

/// A request of the description.
#[derive(Debug, Clone)]
pub struct RequestExample {
    /// Name of the test, unique among all examples and requests: `pets_create_sends`.
    pub name: Ident,
    /// Index of the resource in [`Api::resources`].
    pub resource: usize,
    /// Index of the operation in [`Resource::operations`].
    pub operation: usize,
    /// A value as JSON text for each required input, and for those optional ones that the example sets: index in
    /// [`Operation::inputs`] and value.
    pub values: Vec<(usize, String)>,
    /// The expected body as JSON text; `None`: not compared.
    pub body: Option<String>,
}

impl Api {
    /// The type with this id.
    pub fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }
}

/// A server of the API.
#[derive(Debug, Clone)]
pub struct Server {
    /// Variant of `Server`: `Staging`.
    pub variant: Ident,
    /// Absolute URL; `{variables}` in braces.
    pub url: String,
    /// Its purpose.
    pub docs: Docs,
    /// Whether its URL is `https`, with the defaults of its variables.
    pub encrypted: bool,
    /// Whether its URL is `http`, which the caller has to allow.
    pub unencrypted: bool,
    /// The variables of the URL, each a field of the variant.
    pub variables: Vec<Variable>,
}

/// A variable of a server URL.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Field of the variant.
    pub name: Ident,
    /// Name in the URL.
    pub wire: String,
    /// The default.
    pub default: String,
    /// Allowed values, empty for any.
    pub values: Vec<String>,
    /// Its purpose.
    pub docs: Docs,
}

/// A security scheme, and the methods of the builder and the client for its credential.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// Key under `components.securitySchemes`.
    pub wire: String,
    /// Method of the client builder: `basic_auth`, `token`, `api_key`.
    pub method: Ident,
    /// Method of the client builder that takes a provider: `token_provider`.
    pub provider: Ident,
    /// Method of the client that returns a client with another credential: `with_token`.
    pub with: Ident,
    /// The token endpoint for the client credentials of the program.
    pub exchange: Option<Exchange>,
    /// The token endpoint for refresh tokens.
    pub refresh: Option<Exchange>,
    /// Method of the client that returns a client with a refresh token: `with_refresh_token`.
    pub with_refresh: Option<Ident>,
    /// The flows in which a user logs in.
    pub logins: Vec<Login>,
    /// Environment variables: for a user name and a password, or for a token.
    pub variables: Vec<String>,
    /// Its kind.
    pub kind: SchemeKind,
    /// Its description.
    pub docs: Docs,
}

/// A flow of OAuth 2 in which a user logs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The flow.
    pub flow: LoginFlow,
    /// Method of the client: `authorization_code` or `device_flow`.
    pub method: Ident,
    /// The URL where the flow begins.
    pub authorization_url: String,
    /// The URL of the token endpoint.
    pub token_url: String,
    /// The scopes that can be requested.
    pub scopes: Vec<OauthScope>,
}

/// The flow of a [`Login`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginFlow {
    /// In a browser, which is then redirected to the program.
    AuthorizationCode,
    /// On another device.
    Device,
}

/// A token endpoint that issues tokens for client credentials or for a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Method of the client builder: `client_credentials` or `refresh_token`.
    pub method: Ident,
    /// The token endpoint: a URL, a path of the API's server (`/token`), or one below its URL (`./token`).
    pub token_url: String,
    /// The scopes that can be requested.
    pub scopes: Vec<OauthScope>,
}

/// A scope of OAuth 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OauthScope {
    /// Its name.
    pub name: String,
    /// What it allows.
    pub docs: Docs,
}

/// The kind of a [`Scheme`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// User name and password.
    Basic,
    /// A token in `Authorization: Bearer`.
    Bearer,
    /// The whole value of `Authorization`.
    Authorization,
    /// A secret in a header, after a prefix (often empty).
    HeaderKey {
        /// The header.
        name: String,
        /// The text before the secret.
        prefix: String,
    },
    /// A secret in the query.
    QueryKey {
        /// The parameter.
        name: String,
    },
    /// A secret in a cookie.
    CookieKey {
        /// The cookie.
        name: String,
    },
}

/// Alternatives, each a set of [`Scheme::wire`] names that are all required. Without an alternative, or with an empty
/// one, no credential is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Security {
    /// The alternatives, in order of preference.
    pub alternatives: Vec<Vec<String>>,
}

/// An alternative of the security requirements of an operation, for its docs.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequiredCredentials {
    /// The [`Scheme::wire`] names that are all required, each with the names of the scopes or roles that it requires.
    pub schemes: Vec<(String, Vec<String>)>,
    /// Whether a certificate of the client is required.
    pub certificate: bool,
}

impl Security {
    /// Whether the credentials of the schemes for which `has` holds are sufficient.
    pub fn is_met_by(&self, has: impl Fn(&str) -> bool) -> bool {
        let mut alternatives = self.alternatives.iter();
        self.alternatives.is_empty()
            || alternatives.any(|schemes| schemes.iter().all(|scheme| has(scheme)))
    }
}

impl Api {
    /// The shape behind aliases: `Emails` → `Vec<Email>`.
    pub fn resolved<'a>(&'a self, shape: &'a Shape) -> &'a Shape {
        match shape {
            Shape::Named(id) => match &self.ty(*id).kind {
                Kind::Alias(target) => self.resolved(target),
                _ => shape,
            },
            _ => shape,
        }
    }

    /// All operations with their resources.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (&Resource, &Operation)> {
        self.resources.iter().flat_map(|resource| {
            let operations = resource.operations.iter();
            operations.map(move |operation| (resource, operation))
        })
    }

    /// The types of other crates.
    pub(crate) fn own_types(&self) -> impl Iterator<Item = OwnType> {
        let mut own = Vec::new();
        let mut note = |shape: &Shape| own.extend(shape.own().into_iter().cloned());
        self.types
            .iter()
            .for_each(|ty| ty.kind.each_shape(&mut note));
        self.operations()
            .for_each(|(_, operation)| operation.each_shape(&mut note));
        self.webhooks
            .iter()
            .for_each(|webhooks| webhooks.each_shape(&mut note));
        own.into_iter()
    }

    /// Whether a value of this shape may contain a value of a type of another crate.
    pub(crate) fn holds_own(&self, shape: &Shape) -> bool {
        let mut found = !shape.own().is_empty();
        let mut seen = hashbrown::HashSet::new();
        walk(&self.types, shape.named(), |id, ty| {
            ty.kind
                .each_shape(&mut |shape| found |= !shape.own().is_empty());
            seen.insert(id)
        });
        found
    }

    /// The shape without aliases and boxes at any depth. If two shapes have the same result, their Rust types are the
    /// same or differ only in boxes.
    pub fn unboxed(&self, shape: &Shape) -> Shape {
        match self.resolved(shape) {
            Shape::Boxed(id) => self.unboxed(&Shape::Named(*id)),
            Shape::List(item) => Shape::List(Box::new(self.unboxed(item))),
            Shape::Map(value) => Shape::Map(Box::new(self.unboxed(value))),
            Shape::Nullable(inner) => Shape::Nullable(Box::new(self.unboxed(inner))),
            Shape::Tuple(elements) => Shape::Tuple(
                elements
                    .iter()
                    .map(|element| self.unboxed(element))
                    .collect(),
            ),
            Shape::Own(own) if !own.is_known() => Shape::Own(OwnType {
                base: None,
                ..own.clone()
            }),
            other => other.clone(),
        }
    }
}
