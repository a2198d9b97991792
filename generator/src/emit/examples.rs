//! Tests of the generated crate: the examples of the description.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Comment;
use super::plan::Plan;

/// Emits `tests/<api>_examples.rs`.
pub(super) fn file(plan: &Plan<'_>) -> TokenStream {
    let _ = plan;
    let docs = Comment::sentence("The examples of the description.").inner();
    quote!(#docs)
}
