//! What a call gives.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::docs::Comment;
use super::path::{BYTES, OPTION, STRING, Scope};
use crate::model::{Answer, AnswerCase, Operation, Resource, StatusRange};

/// How an answer's body is read.
enum Reading {
    Json,
    Empty,
    Text,
    Bytes,
}

/// The one place that says how each kind of answer is read. Streams are bytes until the runtime has them.
fn reading(answer: &Answer) -> Reading {
    match answer {
        Answer::Empty => Reading::Empty,
        Answer::Json(..) | Answer::OneOf { .. } => Reading::Json,
        Answer::Text => Reading::Text,
        Answer::Bytes | Answer::Events(_) | Answer::JsonLines(_) => Reading::Bytes,
    }
}

/// The type of the value: `Profile`, `()`, `Bytes`.
pub(super) fn value(scope: &Scope<'_>, answer: &Answer) -> TokenStream {
    match answer {
        Answer::OneOf { name, .. } => name.to_token_stream(),
        Answer::Json(shape, true) => scope.applied(OPTION, &scope.shape(shape)),
        Answer::Json(shape, false) => scope.shape(shape),
        other => match reading(other) {
            Reading::Text => scope.known(STRING),
            Reading::Bytes => scope.known(BYTES),
            Reading::Json | Reading::Empty => quote!(()),
        },
    }
}

/// The last step of a request: `.json()`.
pub(super) fn finish(operation: &Operation) -> TokenStream {
    if matches!(operation.answer, Answer::OneOf { .. }) {
        return quote!(.answer());
    }
    match reading(&operation.answer) {
        Reading::Json => quote!(.json()),
        Reading::Empty => quote!(.empty()),
        Reading::Text => quote!(.text_answer()),
        Reading::Bytes => quote!(.bytes_answer()),
    }
}

/// Emits the enum of an operation with several answers:
///
/// ```text
/// pub enum GetAnswer { Ok(Profile), Done }
/// answers!(GetAnswer { Ok = 200 "application/json" json, Done = 204 empty });
/// ```
pub(super) fn item(scope: &Scope<'_>, resource: &Resource, operation: &Operation) -> TokenStream {
    let Answer::OneOf { name, cases } = &operation.answer else {
        return TokenStream::new();
    };
    scope.uses_macro();
    let link = format!(
        "[`{}::{}()`]",
        resource.handle.plain(),
        operation.name.plain()
    );
    let docs = Comment::sentence(&format!("What {link} can give."));
    let variants = cases.iter().map(|case| variant(scope, case));
    let arms = cases.iter().map(arm);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }

        answers!(#name { #(#arms),* });
    }
}

fn variant(scope: &Scope<'_>, case: &AnswerCase) -> TokenStream {
    let name = &case.name;
    let docs = Comment::of(
        &case.docs,
        &format!("The answer to {}.", status_words(case.status)),
    );
    let value = match *case.answer {
        Answer::Empty => None,
        ref answer => {
            let value = value(scope, answer);
            Some(quote!((#value)))
        }
    };
    quote!(#docs #name #value)
}

fn arm(case: &AnswerCase) -> TokenStream {
    let (name, media_type) = (&case.name, &case.media_type);
    let status = status(case.status);
    let kind = match reading(&case.answer) {
        Reading::Json => format_ident!("json"),
        Reading::Empty => format_ident!("empty"),
        Reading::Text => format_ident!("text"),
        Reading::Bytes => format_ident!("bytes"),
    };
    quote!(#name = #status #media_type #kind)
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

fn status_words(status: StatusRange) -> String {
    match status {
        StatusRange::Code(code) => format!("status {code}"),
        StatusRange::Range(hundreds) => format!("a {hundreds}XX status"),
        StatusRange::Default => "any other status".to_owned(),
    }
}
