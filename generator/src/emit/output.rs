//! The output of a call.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::docs::{Comment, labelled, list_item};
use super::known::{ANY_BODY, BYTES, EVENTS, JSON_LINES, OPTION, STRING};
use super::path::{FileScope, method_link};
use crate::model::{Operation, Output, OutputCase, Resource, Shape, StatusRange};

/// The `Accept` header that the last step of a request sends by default, if it can be that of the description's media
/// types.
pub(super) fn asks_for(output: &Output) -> Option<&'static str> {
    match output {
        Output::Json(..) | Output::Any => Some("application/json"),
        Output::Events(_) => Some("text/event-stream"),
        Output::Empty | Output::Bytes | Output::OneOf { .. } => Some("*/*"),
        Output::Text | Output::JsonLines(_) => None,
    }
}

/// Whether a response is a stream.
pub(super) fn is_stream(output: &Output) -> bool {
    matches!(output, Output::Events(_) | Output::JsonLines(_))
}

/// The type of the value: `Profile`, `()`, `Bytes`.
pub(super) fn value(scope: &FileScope<'_>, output: &Output) -> TokenStream {
    match output {
        Output::OneOf { name, .. } => name.to_token_stream(),
        Output::Json(shape, true) => scope.applied(OPTION, scope.shape(shape)),
        Output::Json(shape, false) => scope.shape(shape),
        Output::Any => scope.known(ANY_BODY),
        Output::Events(Some(shape)) => scope.applied(EVENTS, scope.shape(shape)),
        Output::Events(None) => scope.applied(EVENTS, scope.known(STRING)),
        Output::JsonLines(shape) => scope.applied(JSON_LINES, scope.shape(shape)),
        Output::Text => scope.known(STRING),
        Output::Bytes => scope.known(BYTES),
        Output::Empty => quote!(()),
    }
}

/// The last step of a request, which decides how its response is decoded: `.json()`.
pub(super) fn finish(operation: &Operation) -> TokenStream {
    match operation.output {
        Output::Empty => quote!(.empty()),
        Output::Json(..) => quote!(.json()),
        Output::Any => quote!(.any()),
        Output::Text => quote!(.text_output()),
        Output::Bytes => quote!(.bytes_output()),
        Output::Events(Some(_)) => quote!(.events()),
        Output::Events(None) => quote!(.text_events()),
        Output::JsonLines(_) => quote!(.json_lines()),
        Output::OneOf { .. } => quote!(.output()),
    }
}

/// How the response of one case is decoded, in the syntax of `outputs!`.
fn codec(output: &Output) -> TokenStream {
    match output {
        Output::Empty => quote!(empty),
        Output::Json(..) | Output::OneOf { .. } => quote!(json),
        Output::Any => quote!(any),
        Output::Text => quote!(text),
        Output::Bytes => quote!(bytes),
        Output::Events(Some(_)) => quote!(events),
        Output::Events(None) => quote!(text_events),
        Output::JsonLines(_) => quote!(json_lines),
    }
}

/// The docs of an operation about a response without a described value.
pub(super) fn lines(scope: &FileScope<'_>, output: &Output) -> Vec<String> {
    let linked = |shape: &Shape| match shape {
        Shape::Named(id) | Shape::Boxed(id) => scope.link(*id),
        _ => "JSON".to_owned(),
    };
    let line = match output {
        Output::Events(Some(shape)) => format!(
            "The response is a stream of server-sent [`Events`](crate::Events) whose data are {}.",
            linked(shape)
        ),
        Output::Events(None) => {
            "The response is a stream of server-sent [`Events`](crate::Events) with text."
                .to_owned()
        }
        Output::JsonLines(shape) => format!(
            "The response is a stream of [`JsonLines`](crate::JsonLines), each {}.",
            linked(shape)
        ),
        Output::Bytes => {
            "The response is bytes: all at once, or as a stream with [`send_stream`](crate::Call::send_stream())."
                .to_owned()
        }
        Output::Any => {
            "The description has no schema for the response: it is [`AnyBody`](crate::AnyBody)."
                .to_owned()
        }
        _ => return Vec::new(),
    };
    vec![line]
}

/// What the description says about the responses of an operation.
pub(super) fn described(operation: &Operation) -> Vec<String> {
    match &operation.responses[..] {
        [] => Vec::new(),
        [only] => labelled("Response", "", &only.docs),
        several => {
            let items = several
                .iter()
                .flat_map(|one| list_item(&status_code(one.status), &one.docs));
            let begin = ["Responses:".to_owned(), String::new()];
            begin.into_iter().chain(items).collect()
        }
    }
}

/// The docs of an operation about the headers of its responses.
pub(super) fn headers(scope: &FileScope<'_>, operation: &Operation) -> Vec<String> {
    let headers = operation.headers.iter();
    let lines = headers.map(|headers| {
        let outputs = match &headers.statuses[..] {
            [] => "every response".to_owned(),
            statuses => {
                let statuses = statuses.iter().map(|status| match status {
                    StatusRange::Default => "any other status code".to_owned(),
                    status => status_code(*status),
                });
                statuses.collect::<Vec<_>>().join(", ")
            }
        };
        format!("Headers of {outputs}: {}.", scope.link(headers.ty))
    });
    lines.collect()
}

/// Emits the enum of an operation with several responses:
///
/// ```text
/// pub enum GetOutput { Ok(Profile), Done }
/// outputs!(GetOutput { Ok = 200 "application/json" json, Done = 204 empty });
/// ```
pub(super) fn item(
    scope: &FileScope<'_>,
    resource: &Resource,
    operation: &Operation,
) -> TokenStream {
    let Output::OneOf { name, cases } = &operation.output else {
        return TokenStream::new();
    };
    if operation.shares_output() {
        return TokenStream::new();
    }
    scope.uses_macro();
    let link = method_link(resource, operation);
    let docs = Comment::sentence(&format!(
        "The output of {link}, with a variant for each response."
    ));
    // A stream can be read only once, so it is not `Clone`.
    let derives = if cases.iter().any(|case| is_stream(&case.output)) {
        quote!(#[derive(Debug)])
    } else {
        quote!(#[derive(Debug, Clone, PartialEq)])
    };
    let variants = cases.iter().map(|case| variant(scope, case));
    let arms = cases.iter().map(arm);
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }

        outputs!(#name { #(#arms),* });
    }
}

fn variant(scope: &FileScope<'_>, case: &OutputCase) -> TokenStream {
    let name = &case.name;
    let docs = Comment::of(
        &case.docs,
        &format!("The response with {}.", status_words(case.status)),
    );
    let value = match *case.output {
        Output::Empty => None,
        ref output => {
            let value = value(scope, output);
            Some(quote!((#value)))
        }
    };
    quote!(#docs #name #value)
}

fn arm(case: &OutputCase) -> TokenStream {
    let (name, media_type) = (&case.name, &case.media_type);
    let status = status(case.status);
    let codec = codec(&case.output);
    quote!(#name = #status #media_type #codec)
}

/// `200`, `2XX` or `default`.
fn status(status: StatusRange) -> TokenStream {
    match status {
        StatusRange::Code(code) => Literal::u16_unsuffixed(code).to_token_stream(),
        StatusRange::Range(hundreds) => {
            let text = format!("{hundreds}XX");
            text.parse::<Literal>()
                .map_or_else(|_| quote!(default), ToTokens::into_token_stream)
        }
        StatusRange::Default => quote!(default),
    }
}

/// A status as a code span: `2XX` in backticks.
pub(super) fn status_code(status: StatusRange) -> String {
    match status {
        StatusRange::Code(code) => format!("`{code}`"),
        StatusRange::Range(hundreds) => format!("`{hundreds}XX`"),
        StatusRange::Default => "any status".to_owned(),
    }
}

fn status_words(status: StatusRange) -> String {
    match status {
        StatusRange::Code(code) => format!("status code {code}"),
        StatusRange::Range(hundreds) => format!("a {hundreds}XX status code"),
        StatusRange::Default => "any other status code".to_owned(),
    }
}
