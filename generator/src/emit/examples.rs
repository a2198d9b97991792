//! Tests of the generated crate, from the examples in the description.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::condition;
use super::docs::{Comment, is_clean};
use super::example::type_path;
use super::plan::Plan;
use super::value::{is_displayed, is_text, raw_codec};
use crate::model::{
    Example, Home, Input, InputLocation, Operation, RequestExample, Resource, Scheme, SchemeKind,
    Shape, TestFile,
};

/// Emits:
///
/// ```text
/// #[test]
/// fn ticket() { round_trip::<museum::types::Ticket>(r#"{…}"#); }
///
/// #[test]
/// fn accounts_disconnect_sends() {
///     let server = TestTransport::new();
///     let call = client(&server).accounts().disconnect(value::<String>("…"));
///     sends(&server, call, "POST", Some("{}"));
/// }
/// ```
pub(super) fn file(plan: &Plan<'_>) -> TokenStream {
    let api = plan.api();
    let attributes = attributes(plan, &quote!(deprecated, unused_imports));
    let krate = ident(plan.crate_name());
    let client = (!api.requests.is_empty()).then(|| client(plan));
    let tests = tests(plan, api.examples.iter(), api.requests.iter());
    quote! {
        #attributes

        use #krate::testing::{TestTransport, round_trip, sends, value};

        #client
        #tests
    }
}

/// Emits the root of the files of [`group`]:
///
/// ```text
/// mod types { #[cfg(feature = "…")] mod profile; … }
/// mod resources { … }
/// fn client(server: &TestTransport) -> Client { … }
/// ```
pub(super) fn root(plan: &Plan<'_>, files: &[TestFile]) -> TokenStream {
    let attributes = attributes(plan, &quote!(dead_code, deprecated, unused_imports));
    let krate = ident(plan.crate_name());
    let client = (!plan.api().requests.is_empty()).then(|| client(plan));
    let (mut values, mut types, mut resources) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        let (module, condition) = (&file.module, condition(file.feature.as_ref()));
        let folder = match &file.home {
            Some(Home::Types(_)) => &mut types,
            Some(Home::Resource(_)) => &mut resources,
            None => &mut values,
        };
        folder.push(quote!(#condition mod #module;));
    }
    quote! {
        #attributes

        use #krate::testing::TestTransport;

        #(#values)*
        mod types { #(#types)* }
        mod resources { #(#resources)* }

        #client
    }
}

/// Emits the examples of one module.
pub(super) fn group(plan: &Plan<'_>, group: &TestFile) -> TokenStream {
    let (api, krate) = (plan.api(), ident(plan.crate_name()));
    let examples = group.examples.iter().filter_map(|at| api.examples.get(*at));
    let requests = group.requests.iter().filter_map(|at| api.requests.get(*at));
    let client = (!group.requests.is_empty()).then(|| {
        quote!(
            use crate::client;
        )
    });
    let tests = tests(plan, examples, requests);
    quote! {
        #client
        use #krate::testing::{TestTransport, round_trip, sends, value};

        #tests
    }
}

fn attributes(plan: &Plan<'_>, allowed: &TokenStream) -> TokenStream {
    let docs = Comment::sentence("The examples of the description.").inner();
    let feature = plan.api().module.plain();
    quote! {
        #docs
        #![cfg(all(feature = #feature, feature = "testing"))]
        #![allow(#allowed, reason = "the description decides what is deprecated and what has examples")]
    }
}

fn tests<'a>(
    plan: &Plan<'_>,
    examples: impl Iterator<Item = &'a Example>,
    requests: impl Iterator<Item = &'a RequestExample>,
) -> TokenStream {
    let examples = examples.map(|example| round_trip(plan, example));
    let requests = requests.filter_map(|request| sends(plan, request));
    quote!(#(#examples)* #(#requests)*)
}

pub(super) fn ident(text: &str) -> proc_macro2::Ident {
    quote::format_ident!("{text}")
}

fn round_trip(plan: &Plan<'_>, example: &Example) -> TokenStream {
    let (name, ty, json) = (
        &example.name,
        type_tokens(plan, &example.shape),
        json(&example.json),
    );
    // A type of another crate may serialize a value differently from the description, with the same meaning.
    let body = if plan.api().holds_own(&example.shape) {
        quote!(let _: #ty = value(#json);)
    } else {
        quote!(round_trip::<#ty>(#json);)
    };
    quote! {
        #[test]
        fn #name() {
            #body
        }
    }
}

fn sends(plan: &Plan<'_>, request: &RequestExample) -> Option<TokenStream> {
    let api = plan.api();
    let resource = api.resources.get(request.resource)?;
    let operation = resource.operations.get(request.operation)?;
    let call = call(plan, resource, operation, &request.values)?;
    let (test, method) = (&request.name, &operation.method);
    let sent = operation.inputs.iter();
    let mut sent = sent.filter(|input| {
        matches!(
            input.location,
            InputLocation::Body | InputLocation::Property
        )
    });
    let holds_own = sent.any(|input| api.holds_own(&input.shape));
    let body = request.body.as_deref().filter(|_| !holds_own);
    let body = body.map_or_else(
        || quote!(None),
        |body| {
            let body = json(body);
            quote!(Some(#body))
        },
    );
    Some(quote! {
        #[test]
        fn #test() {
            let server = TestTransport::new();
            let client = client(&server);
            let call = #call;
            sends(&server, call, #method, #body);
        }
    })
}

/// The call of an operation. `values` are JSON texts, each with its index in [`Operation::inputs`]. `None` if a
/// required one is missing.
pub(super) fn call(
    plan: &Plan<'_>,
    resource: &Resource,
    operation: &Operation,
    values: &[(usize, String)],
) -> Option<TokenStream> {
    let (mut arguments, mut setters) = (Vec::new(), Vec::new());
    for (index, input) in operation.inputs.iter().enumerate() {
        let json = values.iter().find(|(at, _)| *at == index);
        match (input.required, json) {
            (true, json) => arguments.push(value(plan, operation, input, &json?.1)),
            (false, Some((_, json))) => {
                let (name, value) = (&input.name, value(plan, operation, input, json));
                setters.push(quote!(.#name(#value)));
            }
            (false, None) => {}
        }
    }
    let (module, name) = (&resource.module, &operation.name);
    Some(quote!(client.#module().#name(#(#arguments),*) #(#setters)*))
}

/// An argument or a setter's value, deserialized from the example.
pub(super) fn value(
    plan: &Plan<'_>,
    operation: &Operation,
    input: &Input,
    text: &str,
) -> TokenStream {
    let api = plan.api();
    let shown = raw_codec(operation, input).is_some()
        || (is_displayed(api, input) && is_text(api, &input.shape));
    let json = json(text);
    if shown {
        return quote!(value::<String>(#json));
    }
    let shape = match api.resolved(&input.shape) {
        Shape::Boxed(id) => Shape::Named(*id),
        _ => input.shape.clone(),
    };
    let ty = type_tokens(plan, &shape);
    let krate = ident(plan.crate_name());
    match (input.nullable, input.required) {
        (true, true) => quote!(value::<Option<#ty>>(#json)),
        (true, false) => quote!(value::<#krate::Nullable<#ty>>(#json)),
        _ => quote!(value::<#ty>(#json)),
    }
}

/// A client with a credential for each scheme.
pub(super) fn client(plan: &Plan<'_>) -> TokenStream {
    let (api, krate) = (plan.api(), ident(plan.crate_name()));
    let module = &api.module;
    // A server of the description may be unusable until the caller sets its variables.
    let url = "https://api.example.test";
    let credentials = api.schemes.iter().map(credential);
    quote! {
        fn client(server: &TestTransport) -> #krate::#module::Client {
            #krate::#module::Client::builder(#url)
                #(#credentials)*
                .allow_http()
                .transport(server.clone())
                .build()
                .expect("a client")
        }
    }
}

pub(super) fn credential(scheme: &Scheme) -> TokenStream {
    let method = &scheme.method;
    if scheme.kind == SchemeKind::Basic {
        quote!(.#method("user", "secret"))
    } else {
        quote!(.#method("secret"))
    }
}

fn type_tokens(plan: &Plan<'_>, shape: &Shape) -> TokenStream {
    let path = type_path(plan.crate_name(), plan.api(), shape);
    path.parse().unwrap_or_default()
}

/// JSON as a string literal: raw if it contains quotes or backslashes, and escaped if it contains invisible characters.
pub(super) fn json(text: &str) -> TokenStream {
    if !text.contains(['"', '\\']) {
        return text.to_token_stream();
    }
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    let raw = format!("r{hashes}\"{text}\"{hashes}");
    match raw.parse::<Literal>() {
        Ok(literal) if is_clean(text) => literal.to_token_stream(),
        _ => text.to_token_stream(),
    }
}
