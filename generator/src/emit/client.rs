//! The client, its builder and its servers.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Comment, code};
use super::login;
use super::operation_docs;
use super::plan::Plan;
use super::start;
use crate::model::{Api, RequiredCredentials, Resource, Scheme, SchemeKind, Server, Variable};

/// Emits:
///
/// ```text
/// static API: Api = Api { … };
/// pub struct Client { core: crate::runtime::Client }
/// impl Client { builder, an accessor for each resource, `with_…` for each security scheme, the flows of OAuth 2 }
/// client!(Client);
/// pub struct ClientBuilder { core: crate::runtime::ClientBuilder }
/// builder!(ClientBuilder -> Client);
/// impl ClientBuilder { the methods of each security scheme, `credentials_from_env` }
/// pub enum Server { … }
/// ```
pub(super) fn file(plan: &Plan<'_>) -> TokenStream {
    let api = plan.api();
    let facts = facts(api);
    let client = client(plan);
    let builder = builder(api);
    let server = (!api.servers.is_empty()).then(|| servers(api));
    quote! {
        use crate::runtime::client::*;

        #facts
        #client
        #builder
        #server
    }
}

/// The static facts about the API that the runtime needs.
fn facts(api: &Api) -> TokenStream {
    let name = api.module.plain();
    let headers = &api.request_id_headers;
    let schemes = api.schemes.iter().map(scheme);
    let alternatives = api
        .security
        .alternatives
        .iter()
        .map(|names| quote!(&[#(#names),*]));
    quote! {
        /// The properties of this API that the runtime uses.
        static API: Api = Api {
            name: #name,
            request_id_headers: &[#(#headers),*],
            schemes: &[#(#schemes),*],
            security: &[#(#alternatives),*],
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        };
    }
}

fn scheme(scheme: &Scheme) -> TokenStream {
    let (wire, method) = (&scheme.wire, scheme.method.plain());
    let kind = match &scheme.kind {
        SchemeKind::Basic => quote!(basic(#wire)),
        SchemeKind::Bearer => quote!(bearer(#wire)),
        SchemeKind::Authorization => quote!(authorization(#wire)),
        SchemeKind::HeaderKey { name, prefix } => quote!(header(#wire, #name, #prefix)),
        SchemeKind::QueryKey { name } => quote!(query(#wire, #name)),
        SchemeKind::CookieKey { name } => quote!(cookie(#wire, #name)),
    };
    quote!(Scheme::#kind.given_by(#method))
}

fn client(plan: &Plan<'_>) -> TokenStream {
    let api = plan.api();
    let docs = Comment::sentence(&format!(
        "A client of {}.",
        super::index::title(&api.title, "the API")
    ))
    .line("Clones are cheap and share one pool of connections.")
    .line("# Examples")
    .block(start::lines(plan))
    .clone();
    let kinds = if api.servers.is_empty() {
        ""
    } else {
        " a [`Server`],"
    };
    let partial = api.partial_server.as_ref();
    let partial =
        partial.map(|server| format!("The description has the server {}.", code(&server.url)));
    let builder = Comment::sentence(&format!(
        "Returns a builder for a client of a server:{kinds} the text of a URL or a [`BaseUrl`](crate::BaseUrl)."
    ))
    .paragraphs(partial)
    .paragraphs(usual_credentials(api))
    .clone();
    let accessors = api.resources.iter().map(accessor);
    let with = api.schemes.iter().map(with);
    let logins = api.schemes.iter().map(login::of_client);
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct Client {
            core: crate::runtime::Client,
        }

        impl Client {
            #builder
            pub fn builder(server: impl Into<BaseUrl>) -> ClientBuilder {
                ClientBuilder { core: crate::runtime::ClientBuilder::new(&API, server.into()) }
            }

            #(#accessors)*

            #(#with)*

            #(#logins)*
        }

        client!(Client);
    }
}

/// The credentials that most calls need, if the API has any.
fn usual_credentials(api: &Api) -> Option<String> {
    let needs = |one: &RequiredCredentials| !one.schemes.is_empty() || one.certificate;
    let credentials = &api.usual_credentials;
    let is_shown =
        api.resources.iter().any(|one| !one.operations.is_empty()) && credentials.iter().any(needs);
    let shown = is_shown.then(|| operation_docs::alternatives(api, credentials));
    let others = "The docs of an operation name its credentials if it needs others.";
    shown.map(|shown| format!("Credentials: {shown}. {others}"))
}

fn accessor(resource: &Resource) -> TokenStream {
    let (module, handle) = (&resource.module, &resource.handle);
    let docs = Comment::summary(
        &resource.docs,
        &format!("The `{}` operations.", module.plain()),
    );
    let condition = super::condition(resource.feature.as_ref());
    quote! {
        #docs
        #condition
        pub fn #module(&self) -> super::resources::#module::#handle<'_> {
            super::resources::#module::#handle { client: &self.core }
        }
    }
}

fn builder(api: &Api) -> TokenStream {
    let methods = api.schemes.iter().map(credential);
    let environment = environment(&api.schemes);
    let methods =
        (!api.schemes.is_empty()).then(|| quote!(impl ClientBuilder { #(#methods)* #environment }));
    quote! {
        /// Builds a [`Client`].
        #[derive(Debug, Clone)]
        pub struct ClientBuilder {
            core: crate::runtime::ClientBuilder,
        }

        builder!(ClientBuilder -> Client);

        #methods
    }
}

/// The methods of the builder for one scheme: `token`, `token_provider`, and `client_credentials` and `refresh_token`
/// if the description has the URL of a token endpoint.
fn credential(scheme: &Scheme) -> TokenStream {
    let (method, provider, wire) = (&scheme.method, &scheme.provider, &scheme.wire);
    let docs = Comment::of(&scheme.docs, credential_sentence(&scheme.kind));
    let (parameters, credential) = given(scheme);
    let fetched = Comment::sentence(&format!(
        "Takes the credential of [`{}`](Self::{}) from a provider, which is called when a call needs it.",
        method.plain(),
        method.plain()
    ))
    .line("It is reused until it expires or is rejected, and concurrent calls share one request for it.")
    .clone();
    let exchanges = login::of_builder(scheme);
    quote! {
        #docs
        pub fn #method(self, #parameters) -> Self {
            self.credential(#wire, #credential)
        }

        #fetched
        pub fn #provider(self, provider: impl TokenProvider) -> Self {
            self.credential(#wire, Credential::provider(provider))
        }

        #exchanges
    }
}

/// The parameter of a method for a scheme, and the credential that is made of it.
fn given(scheme: &Scheme) -> (TokenStream, TokenStream) {
    if scheme.kind == SchemeKind::Basic {
        let parameters = quote!(username: impl Into<String>, password: impl Into<Secret>);
        (parameters, quote!(Credential::basic(username, password)))
    } else {
        let parameters = quote!(secret: impl Into<Secret>);
        (parameters, quote!(Credential::secret(secret)))
    }
}

/// `credentials_from_env`, whose docs list the environment variables.
fn environment(schemes: &[Scheme]) -> TokenStream {
    let mut docs = Comment::sentence("Takes credentials from the environment of the process.");
    docs.block(schemes.iter().map(|scheme| {
        let names: Vec<String> = scheme.variables.iter().map(|name| code(name)).collect();
        let method = scheme.method.plain();
        format!("- {} for [`{method}`](Self::{method})", names.join(" and "))
    }));
    docs.line(
        "`build` returns an error if none is set, or only one of two. Nothing else reads credentials from the \
         environment.",
    );
    let variables = schemes.iter().map(|scheme| {
        let (wire, names) = (&scheme.wire, &scheme.variables);
        quote!((#wire, &[#(#names),*]))
    });
    quote! {
        #docs
        pub fn credentials_from_env(self) -> Self {
            Self { core: self.core.credentials_from_env(&[#(#variables),*]) }
        }
    }
}

/// The client's `with_token`.
fn with(scheme: &Scheme) -> TokenStream {
    let (with, wire, method) = (&scheme.with, &scheme.wire, scheme.method.plain());
    let (parameters, credential) = given(scheme);
    let docs = Comment::sentence(&format!(
        "Returns a client with another credential of [`{method}`](ClientBuilder::{method})."
    ))
    .line("It shares everything else, including the connections.")
    .block(
        [
            "# Errors",
            "Returns an error if the credential cannot be sent.",
        ]
        .map(str::to_owned),
    )
    .clone();
    quote! {
        #docs
        pub fn #with(&self, #parameters) -> Result<Self, crate::runtime::Error> {
            self.with_credential(#wire, #credential)
        }
    }
}

fn credential_sentence(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::Basic => "Authenticates with a user name and a password.",
        SchemeKind::Bearer => "Authenticates with a bearer token.",
        SchemeKind::Authorization => "Authenticates with the whole value of `Authorization`.",
        SchemeKind::HeaderKey { .. } => "Authenticates with a secret in a header.",
        SchemeKind::QueryKey { .. } => "Authenticates with a secret in the query.",
        SchemeKind::CookieKey { .. } => "Authenticates with a secret in a cookie.",
    }
}

fn servers(api: &Api) -> TokenStream {
    let variants = api.servers.iter().map(variant);
    let arms = api.servers.iter().map(arm);
    quote! {
        /// The servers of the API.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Server {
            #(#variants,)*
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
                    #(#arms,)*
                    Server::Custom(base_url) => base_url,
                }
            }
        }
    }
}

fn variant(server: &Server) -> TokenStream {
    let (name, url) = (&server.variant, code(&server.url));
    let mut docs = Comment::of(&server.docs, &format!("{url}."));
    if docs != Comment::of(&crate::model::Docs::default(), &format!("{url}.")) {
        docs.line(url);
    }
    if server.unencrypted {
        docs.line("Not encrypted: the builder refuses it without `allow_http()`.");
    }
    let fields = server.variables.iter().map(variable);
    let fields = (!server.variables.is_empty()).then(|| quote!({ #(#fields),* }));
    quote!(#docs #name #fields)
}

fn variable(variable: &Variable) -> TokenStream {
    let mut docs = Comment::of(
        &variable.docs,
        &format!("The {} of the URL.", code(&variable.wire)),
    );
    if !variable.values.is_empty() {
        let values: Vec<String> = variable.values.iter().map(|value| code(value)).collect();
        docs.line(format!("One of {}.", values.join(", ")));
    }
    match code(&variable.default) {
        default if default.is_empty() => docs.line("`None` leaves it empty."),
        default => docs.line(format!("`None` means {default}.")),
    };
    let name = &variable.name;
    quote!(#docs #name: Option<String>)
}

fn arm(server: &Server) -> TokenStream {
    let (name, url) = (&server.variant, &server.url);
    if server.variables.is_empty() {
        return quote!(Server::#name => BaseUrl::described(#url));
    }
    let fields = server.variables.iter().map(|variable| &variable.name);
    let values = server.variables.iter().map(|variable| {
        let Variable {
            name,
            wire,
            default,
            values,
            ..
        } = variable;
        if values.is_empty() {
            quote!(Variable::any(#wire, #name, #default))
        } else {
            quote!(Variable::one_of(#wire, #name, #default, &[#(#values),*]))
        }
    });
    quote!(Server::#name { #(#fields),* } => BaseUrl::filled(#url, &[#(#values),*]))
}
