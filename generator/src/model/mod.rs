//! What the API is: resolved, named, checked. No serde, no tokens, no I/O.
//!
//! Every name in here is ready to be written: Rust identifiers are unique in their scope, cased and free of
//! keywords (`r#type` where only that helps). [`emit`](crate::emit) turns the model into sources and cannot fail.

mod derive;
mod layout;
mod operation;
mod own;
mod pagination;
mod scalar;
mod types;
mod webhook;

pub(crate) use derive::*;
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
    /// Module and feature name: `insightiq`.
    pub module: Ident,
    /// Where it comes from, for the header of each file: `spec/insightiq.yaml`.
    pub source: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// What the API is for.
    pub docs: Docs,
    /// Where it can be reached.
    pub servers: Vec<Server>,
    /// How callers prove who they are.
    pub schemes: Vec<Scheme>,
    /// The security of operations without a requirement of their own.
    pub security: Security,
    /// Documented response headers that carry a request id, the most telling first.
    pub request_id_headers: Vec<String>,
    /// Groups of operations, sorted by module name.
    pub resources: Vec<Resource>,
    /// What it sends by itself, where it does.
    pub webhooks: Option<Webhooks>,
    /// Every type, wherever it lives; indexed by [`TypeId`].
    pub types: Vec<Type>,
    /// Values of the description, each to be decoded and encoded again in a test of the generated crate.
    pub examples: Vec<Example>,
    /// Requests of the description, each to be sent in a test of the generated crate.
    pub requests: Vec<RequestExample>,
    /// The files of their tests, where they are too many for one.
    pub test_files: Vec<TestFile>,
    /// What it can be compiled with.
    pub features: Features,
}

impl Api {
    /// Leaves out the documentation of types and operations, for a list of the items: it takes most of the time of an
    /// emission.
    pub(crate) fn omit_docs(&mut self) {
        for ty in &mut self.types {
            ty.docs.omit();
            match &mut ty.kind {
                Kind::Record(record) => record.fields.iter_mut().for_each(|one| one.docs.omit()),
                Kind::Enumeration(one) => one.variants.iter_mut().for_each(|one| one.docs.omit()),
                Kind::Union(union) => union
                    .alternatives
                    .iter_mut()
                    .for_each(|one| one.docs.omit()),
                Kind::Alias(_) | Kind::Wrapper(_) => {}
            }
        }
        let operations = self
            .resources
            .iter_mut()
            .flat_map(|one| &mut one.operations);
        for operation in operations {
            operation.docs.omit();
            operation.inputs.iter_mut().for_each(|one| one.docs.omit());
        }
    }
}

impl Docs {
    fn omit(&mut self) {
        *self = Self {
            is_omitted: true,
            ..Self::default()
        };
    }
}

/// A value of the description.
#[derive(Debug, Clone)]
pub struct Example {
    /// Name of the test, unique among all examples and requests: `profile`.
    pub name: Ident,
    /// What it is a value of.
    pub shape: Shape,
    /// The value as JSON text.
    pub json: String,
}

/// A request of the description.
#[derive(Debug, Clone)]
pub struct RequestExample {
    /// Name of the test, unique among all examples and requests: `instagram_accounts_create_sends`.
    pub name: Ident,
    /// Index of the resource in [`Api::resources`].
    pub resource: usize,
    /// Index of the operation in [`Resource::operations`].
    pub operation: usize,
    /// A value as JSON text for each required input, and for the optional ones that the example has: index in
    /// [`Operation::inputs`] and value.
    pub values: Vec<(usize, String)>,
    /// The body that must be sent, as JSON text; `None`: not compared.
    pub body: Option<String>,
}

impl Api {
    /// The type with this id.
    pub fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }
}

/// Text of the description as Markdown, not yet made safe for rustdoc (`emit::docs` does that).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs {
    /// `summary` or `title`: one line.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// Whether the item is emitted without documentation.
    pub is_omitted: bool,
}

/// A server of the API.
#[derive(Debug, Clone)]
pub struct Server {
    /// Variant of `Server`: `Staging`.
    pub variant: Ident,
    /// Absolute URL; `{variables}` in braces.
    pub url: String,
    /// What it is for.
    pub docs: Docs,
    /// Whether it is reached without encryption, which the caller has to allow.
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
    /// What it is for.
    pub docs: Docs,
}

/// A way to prove who is calling, and the builder's method that takes it.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// Key under `components.securitySchemes`.
    pub wire: String,
    /// Method of the client builder: `basic_auth`, `token`, `api_key`.
    pub method: Ident,
    /// Method of the client builder that takes a provider: `token_provider`.
    pub provider: Ident,
    /// Method of the client that gives one with another credential: `with_token`.
    pub with: Ident,
    /// Where a program gets tokens by itself.
    pub exchange: Option<Exchange>,
    /// Where refresh tokens are exchanged.
    pub refresh: Option<Exchange>,
    /// Method of the client that gives one with a refresh token: `with_refresh_token`.
    pub with_refresh: Option<Ident>,
    /// The ways in which a user logs in.
    pub logins: Vec<Login>,
    /// Environment variables: of a user name and a password, or of a token.
    pub variables: Vec<String>,
    /// What kind it is.
    pub kind: SchemeKind,
    /// How to get one.
    pub docs: Docs,
}

/// A flow of OAuth 2 in which a user logs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The flow.
    pub flow: LoginFlow,
    /// Method of the client: `authorization_code` or `device_flow`.
    pub method: Ident,
    /// Where it begins.
    pub authorization_url: String,
    /// Where tokens are issued.
    pub token_url: String,
    /// The scopes that can be asked for.
    pub scopes: Vec<String>,
}

/// The flow of a [`Login`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginFlow {
    /// With a browser that comes back to the program.
    AuthorizationCode,
    /// On another device.
    Device,
}

/// Tokens that a server issues for an id and a secret of the program, or for a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Method of the client builder: `client_credentials` or `refresh_token`.
    pub method: Ident,
    /// Where they are handed out: a URL, or a path of the API's server.
    pub token_url: String,
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
        /// What precedes the secret.
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

/// Alternatives, each a set of [`Scheme::wire`] names that must all be there.
/// No alternative at all, or an empty one: no credential is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Security {
    /// The alternatives, in order of preference.
    pub alternatives: Vec<Vec<String>>,
}

impl Security {
    /// Whether the credentials of these schemes satisfy it.
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

    /// The types of other crates.
    pub(crate) fn own_types(&self) -> impl Iterator<Item = OwnType> {
        let mut own = Vec::new();
        let mut note = |shape: &Shape| own.extend(shape.own().into_iter().cloned());
        self.types
            .iter()
            .for_each(|ty| ty.kind.each_shape(&mut note));
        let operations = self.resources.iter().flat_map(|one| &one.operations);
        operations.for_each(|operation| operation.each_shape(&mut note));
        self.webhooks
            .iter()
            .for_each(|webhooks| webhooks.each_shape(&mut note));
        own.into_iter()
    }

    /// Whether a value of this shape may hold one of a type of another crate.
    pub(crate) fn holds_own(&self, shape: &Shape) -> bool {
        let mut found = !shape.own().is_empty();
        let mut seen = std::collections::HashSet::new();
        walk(&self.types, shape.named(), |id, ty| {
            ty.kind
                .each_shape(&mut |shape| found |= !shape.own().is_empty());
            seen.insert(id)
        });
        found
    }

    /// The shape without aliases and boxes at any depth: two shapes that give one here are the same Rust type, or
    /// differ in boxes only.
    pub fn unboxed(&self, shape: &Shape) -> Shape {
        match self.resolved(shape) {
            Shape::Boxed(id) => self.unboxed(&Shape::Named(*id)),
            Shape::List(item) => Shape::List(Box::new(self.unboxed(item))),
            Shape::Map(value) => Shape::Map(Box::new(self.unboxed(value))),
            Shape::Nullable(inner) => Shape::Nullable(Box::new(self.unboxed(inner))),
            Shape::Tuple(places) => {
                Shape::Tuple(places.iter().map(|place| self.unboxed(place)).collect())
            }
            Shape::Own(own) if !own.is_known() => Shape::Own(OwnType {
                base: None,
                ..own.clone()
            }),
            other => other.clone(),
        }
    }
}
