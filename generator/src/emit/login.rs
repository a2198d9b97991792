//! The methods of a client and its builder for OAuth 2 flows in which a user logs in.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Comment, code, list_item};
use crate::model::{Exchange, Login, LoginFlow, OauthScope, Scheme};

/// The methods of the client for one scheme. Emits:
///
/// ```text
/// #[cfg(feature = "oauth")]
/// pub fn authorization_code(&self, given: ClientCredentials) -> Result<AuthorizationCode, Error> { … }
/// pub fn with_refresh_token(&self, given: RefreshToken) -> Result<Self, Error> { … }
/// ```
pub(super) fn of_client(scheme: &Scheme) -> TokenStream {
    let logins = scheme.logins.iter().map(|login| method(scheme, login));
    let refresh = scheme.refresh.as_ref().zip(scheme.with_refresh.as_ref());
    let refresh = refresh.map(|(refresh, with)| {
        let (wire, url, method) = (&scheme.wire, &refresh.token_url, refresh.method.plain());
        let docs = Comment::sentence(&format!(
            "Returns a client with another refresh token of [`{method}`](ClientBuilder::{method})."
        ))
        .line("It shares everything else, including the connections.")
        .paragraphs(errors())
        .clone();
        quote! {
            #docs
            pub fn #with(&self, given: RefreshToken) -> Result<Self, crate::runtime::Error> {
                self.with_credential(#wire, Credential::refresh_token(#url, given))
            }
        }
    });
    quote!(#(#logins)* #refresh)
}

/// The methods of the builder for one scheme, which get tokens for the credentials of the program or of a user.
pub(super) fn of_builder(scheme: &Scheme) -> TokenStream {
    let of_program = scheme.exchange.as_ref().map(|exchange| {
        let sentence = "Gets tokens for the program's own id and secret, by OAuth 2.";
        let (given, make) = (quote!(ClientCredentials), quote!(client_credentials));
        exchange_method(&scheme.wire, exchange, sentence, &given, &make)
    });
    let of_user = scheme.refresh.as_ref().map(|exchange| {
        let sentence = "Gets tokens for the refresh token of a user, by OAuth 2.";
        let (given, make) = (quote!(RefreshToken), quote!(refresh_token));
        exchange_method(&scheme.wire, exchange, sentence, &given, &make)
    });
    quote!(#of_program #of_user)
}

fn exchange_method(
    wire: &str,
    exchange: &Exchange,
    sentence: &str,
    given: &TokenStream,
    make: &TokenStream,
) -> TokenStream {
    let (method, url) = (&exchange.method, &exchange.token_url);
    let mut docs = Comment::sentence(sentence);
    if !code(url).is_empty() {
        docs.line(format!("Tokens are requested from {}.", code(url)));
    }
    describe_scopes(&mut docs, &exchange.scopes);
    quote! {
        #docs
        pub fn #method(self, given: #given) -> Self {
            self.credential(#wire, Credential::#make(#url, given))
        }
    }
}

fn method(scheme: &Scheme, login: &Login) -> TokenStream {
    let (method, begins, tokens) = (&login.method, &login.authorization_url, &login.token_url);
    let scopes = login.scopes.iter().map(|scope| &scope.name);
    let (sentence, make, flow, given) = match login.flow {
        LoginFlow::AuthorizationCode => (
            "Logs a user in with a browser, by the authorization code flow of OAuth 2 with PKCE.",
            quote!(authorization_code),
            quote!(AuthorizationCode),
            quote!(given),
        ),
        LoginFlow::Device => (
            "Logs a user in on another device, by the device flow of OAuth 2.",
            quote!(device_flow),
            quote!(DeviceFlow),
            quote!(&given),
        ),
    };
    let builder = scheme.method.plain();
    let mut docs = Comment::sentence(sentence);
    docs.line(format!(
        "Its access tokens are credentials of [`{builder}`](ClientBuilder::{builder})."
    ));
    docs.line(format!(
        "It begins at {} and gets tokens from {}.",
        code(begins),
        code(tokens)
    ));
    describe_scopes(&mut docs, &login.scopes);
    docs.paragraphs(errors());
    quote! {
        #docs
        #[cfg(feature = "oauth")]
        pub fn #method(&self, given: ClientCredentials) -> Result<#flow, crate::runtime::Error> {
            let flow = Flow {
                authorization_url: #begins,
                token_url: #tokens,
                scopes: &[#(#scopes),*],
            };
            self.core.#make(&flow, #given)
        }
    }
}

/// Adds a list of the scopes.
fn describe_scopes(docs: &mut Comment, scopes: &[OauthScope]) {
    let named = scopes.iter().filter(|scope| !code(&scope.name).is_empty());
    let items = named.flat_map(|scope| list_item(&code(&scope.name), &scope.docs));
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        docs.line("Scopes:").block(items);
    }
}

fn errors() -> [String; 2] {
    [
        "# Errors",
        "Returns an error if a URL is invalid or not encrypted, or if the client id and secret cannot be sent.",
    ]
    .map(str::to_owned)
}
