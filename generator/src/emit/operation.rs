//! Methods of handles, and the types of calls with optional inputs.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::body;
use super::docs::Comment;
use super::former;
use super::known::{CALL, DISPLAY, METHOD, OPTION};
use super::operation_docs;
use super::output;
use super::pagination;
use super::path::{FileScope, method_link};
use super::plan::Plan;
use super::value::{Argument, is_displayed, is_text, raw_codec, style_name};
use super::webhook;
use crate::model::{
    Body, Codec, Encoding, Input, InputLocation, Operation, Resource, Security, Shape, Style,
};
use crate::name::Ident;

/// The number of arguments, with `self`, above which clippy warns.
const MANY_ARGUMENTS: usize = 7;

/// Emits the method of a handle:
///
/// ```text
/// pub fn get(self, id: impl Display) -> Call<Profile> {
///     self.client.call("profiles.get", Method::GET, "/v1/profiles/{id}").path("id", id).json()
/// }
/// ```
pub(super) fn method(
    plan: &Plan<'_>,
    scope: &FileScope<'_>,
    resource: &Resource,
    operation: &Operation,
) -> TokenStream {
    let name = &operation.name;
    let docs = operation_docs::of_method(plan, scope, resource, operation);
    let required: Vec<&Input> = operation.required_inputs().collect();
    let arguments: Vec<Argument> = required
        .iter()
        .map(|input| argument(scope, operation, input))
        .collect();
    let parameters: Vec<_> = arguments
        .iter()
        .map(|argument| argument.parameter.clone())
        .collect();
    let many =
        (required.len() + 1 > MANY_ARGUMENTS).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let (label, method, path) = (
        &operation.label,
        http_method(scope, &operation.method),
        &operation.path,
    );
    let settings = settings(scope, operation);
    let steps = required.iter().zip(&arguments);
    let steps = steps.map(|(input, argument)| step(scope, operation, input, &argument.value));
    let finish = output::finish(operation);
    let request = quote!(self.client.call(#label, #method, #path) #settings #(#steps)* #finish);
    let (ty, value) = match &operation.call {
        Some(call) => (
            call.to_token_stream(),
            quote! {
                let call = #request;
                #call(call)
            },
        ),
        None => (
            scope.applied(CALL, output::value(scope, &operation.output)),
            request,
        ),
    };
    let names: Vec<&Ident> = required.iter().map(|input| &input.name).collect();
    let former = former::methods(
        name,
        &operation.former,
        many.as_ref(),
        &parameters,
        &names,
        &ty,
    );
    quote! {
        #docs
        #deprecated
        #many
        pub fn #name(self, #(#parameters),*) -> #ty {
            #value
        }

        #former
    }
}

/// Emits the call's own type, and the enums of its responses and callbacks, if the operation has them:
///
/// ```text
/// pub struct CreateCall(Call<CreateResponse>);
/// call!(CreateCall -> CreateResponse);
/// impl CreateCall { a setter for each optional input }
/// ```
pub(super) fn call(
    plan: &Plan<'_>,
    scope: &FileScope<'_>,
    resource: &Resource,
    operation: &Operation,
) -> TokenStream {
    let output = output::item(scope, resource, operation);
    let callbacks = webhook::callbacks(plan, scope, resource, operation);
    let former = former::types(&operation.former_types);
    let Some(name) = &operation.call else {
        return quote!(#output #callbacks #former);
    };
    scope.uses_macro();
    let value = output::value(scope, &operation.output);
    let inner = scope.applied(CALL, value.clone());
    let link = method_link(resource, operation);
    let setters: Vec<_> = operation
        .inputs
        .iter()
        .filter(|input| !input.required)
        .map(|input| setter(scope, operation, input))
        .collect();
    let (having, setters) = if setters.is_empty() {
        ("", None)
    } else {
        let setters = quote!(impl #name { #(#setters)* });
        ("; its optional inputs are setters", Some(setters))
    };
    let docs = Comment::sentence(&format!("The call of {link}{having}."));
    let pages = pagination::item(scope, operation);
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "a call does nothing until it is awaited or sent"]
        pub struct #name(#inner);

        call!(#name -> #value);

        #pages

        #setters

        #output
        #callbacks
        #former
    }
}

fn setter(scope: &FileScope<'_>, operation: &Operation, input: &Input) -> TokenStream {
    let name = &input.name;
    let mut docs = Comment::of(&input.docs, "");
    docs.deprecated(input.deprecated);
    let deprecated = input.deprecated.then(|| quote!(#[deprecated]));
    let Argument {
        parameter, value, ..
    } = argument(scope, operation, input);
    let step = step(scope, operation, input, &value);
    let former = former::setters(name, &input.former, &parameter);
    quote! {
        #docs
        #deprecated
        pub fn #name(self, #parameter) -> Self {
            self.input(|request| request #step)
        }

        #former
    }
}

// Inputs.

/// The parameter for an input.
fn argument(scope: &FileScope<'_>, operation: &Operation, input: &Input) -> Argument {
    // Only a field of a recursive type needs the box; a request borrows the value.
    let shape = &match &input.shape {
        Shape::Boxed(id) => Shape::Named(*id),
        shape => shape.clone(),
    };
    let name = &input.name;
    match raw_codec(operation, input) {
        Some(Codec::Text) => return Argument::text(scope, name),
        Some(_) => return Argument::bytes(scope, name),
        None => {}
    }
    if is_displayed(scope.api, input) && is_text(scope.api, shape) {
        let display = scope.known(DISPLAY);
        return Argument::plain(name, quote!(impl #display));
    }
    match (input.nullable, input.required) {
        (true, true) => Argument::plain(name, scope.applied(OPTION, scope.shape(shape))),
        (true, false) => Argument::nullable(scope, name, shape),
        _ => Argument::of(scope, name, shape),
    }
}

/// The step of the request that writes an input: `.query("limit", &limit)`.
fn step(
    scope: &FileScope<'_>,
    operation: &Operation,
    input: &Input,
    value: &TokenStream,
) -> TokenStream {
    let wire = &input.wire;
    match &input.location {
        InputLocation::Path(_) if is_displayed(scope.api, input) => quote!(.path(#wire, #value)),
        InputLocation::Path(encoding) => path_step(scope, encoding, wire, value),
        InputLocation::Query(encoding) => query_step(scope, encoding, wire, value),
        InputLocation::Header(encoding) => header_step(encoding, wire, value),
        InputLocation::Cookie(encoding) => cookie_step(encoding, wire, value),
        InputLocation::Property => body::property(scope, operation, wire, value),
        InputLocation::Body => body::whole(scope, operation, value),
    }
}

/// The step for a path value without `Display`.
fn path_step(
    scope: &FileScope<'_>,
    encoding: &Encoding,
    wire: &str,
    value: &TokenStream,
) -> TokenStream {
    let Encoding::Style {
        style,
        explode,
        allow_reserved,
    } = encoding
    else {
        return quote!(.path_json(#wire, &#value));
    };
    let style = style_name(scope, *style);
    if *allow_reserved {
        quote!(.path_reserved_style(#wire, #style, #explode, &#value))
    } else {
        quote!(.path_style(#wire, #style, #explode, &#value))
    }
}

fn query_step(
    scope: &FileScope<'_>,
    encoding: &Encoding,
    wire: &str,
    value: &TokenStream,
) -> TokenStream {
    let (style, explode, allow_reserved) = match encoding {
        Encoding::Querystring => return quote!(.querystring(&#value)),
        Encoding::QuerystringJson => return quote!(.querystring_json(&#value)),
        Encoding::Json => return quote!(.query_json(#wire, &#value)),
        Encoding::Style {
            style,
            explode,
            allow_reserved,
        } => (*style, *explode, *allow_reserved),
    };
    let name = style_name(scope, style);
    match (style, explode, allow_reserved) {
        (Style::Form, true, true) => quote!(.query_reserved(#wire, &#value)),
        (Style::Form, true, false) => quote!(.query(#wire, &#value)),
        (_, _, true) => quote!(.query_reserved_style(#wire, #name, #explode, &#value)),
        (_, _, false) => quote!(.query_style(#wire, #name, #explode, &#value)),
    }
}

fn header_step(encoding: &Encoding, wire: &str, value: &TokenStream) -> TokenStream {
    match encoding {
        Encoding::Style { explode: false, .. } => quote!(.header(#wire, &#value)),
        Encoding::Style { explode, .. } => quote!(.header_style(#wire, #explode, &#value)),
        _ => quote!(.header_json(#wire, &#value)),
    }
}

fn cookie_step(encoding: &Encoding, wire: &str, value: &TokenStream) -> TokenStream {
    match encoding {
        Encoding::Style {
            style: Style::Cookie,
            explode,
            ..
        } => quote!(.cookie_octets(#wire, #explode, &#value)),
        Encoding::Style { explode: true, .. } => quote!(.cookie(#wire, &#value)),
        Encoding::Style { explode, .. } => quote!(.cookie_style(#wire, #explode, &#value)),
        _ => quote!(.cookie_json(#wire, &#value)),
    }
}

// Steps that do not depend on inputs.

/// The steps before the inputs.
fn settings(scope: &FileScope<'_>, operation: &Operation) -> TokenStream {
    let server = operation.server.as_ref().map(|url| quote!(.server(#url)));
    let security = operation.security.as_ref().map(security);
    let accept = (!operation.accept.is_empty()).then(|| operation.accept.join(", "));
    let accept = accept.filter(|accept| Some(&**accept) != output::asks_for(&operation.output));
    let accept = accept.map(|accept| quote!(.accept(#accept)));
    let body = match &operation.body {
        Body::None | Body::Whole(_) => None,
        Body::Properties(media) => body::begin(operation, media),
    };
    let flag = body::stream_flag(scope, operation);
    quote!(#server #security #accept #body #flag)
}

fn security(security: &Security) -> TokenStream {
    let alternatives = security
        .alternatives
        .iter()
        .map(|names| quote!(&[#(#names),*]));
    quote!(.security(&[#(#alternatives),*]))
}

fn http_method(scope: &FileScope<'_>, method: &str) -> TokenStream {
    const KNOWN: [&str; 9] = [
        "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "CONNECT", "PATCH", "TRACE",
    ];
    if KNOWN.contains(&method) {
        let (ty, name) = (scope.known(METHOD), format_ident!("{method}"));
        quote!(#ty::#name)
    } else {
        quote!(crate::runtime::method(#method))
    }
}
