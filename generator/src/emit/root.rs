//! `src/lib.rs` of a generated crate.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Comment;
use super::plan::Source;
use crate::model::Api;

/// Emits:
///
/// ```text
/// //! The clients.
/// #![deny(missing_docs, rustdoc::broken_intra_doc_links)]
/// mod runtime { … }
/// pub use runtime::{Error, …};
/// #[cfg(feature = "insightiq")]
/// pub mod insightiq;
/// ```
pub fn crate_root(apis: &[&Api]) -> Source {
    let docs = docs(apis);
    let allowances = allowances();
    let modules = apis.iter().map(|api| {
        let (module, feature) = (&api.module, api.module.plain());
        quote!(#[cfg(feature = #feature)] pub mod #module;)
    });
    let tokens = quote! {
        #docs
        #![deny(missing_docs, rustdoc::broken_intra_doc_links)]
        #allowances

        #(#modules)*

        /// What the emitted code calls the runtime.
        mod runtime {
            pub(crate) use specwright_runtime::*;
        }

        pub use specwright_runtime::{
            Base64, BaseUrl, Bytes, Call, Date, Error, ErrorKind, Json, JsonObject, Map, Nullable, Response, RetryPolicy,
            Secret, Timestamp, Uuid,
        };
        #[cfg(feature = "testing")]
        pub use specwright_runtime::testing;
    };
    Source { path: "src/lib.rs".to_owned(), emitter: "root.rs", tokens }
}

fn docs(apis: &[&Api]) -> TokenStream {
    let mut docs = Comment::sentence("Clients generated from API descriptions, one module for each.");
    docs.block(apis.iter().map(|api| {
        format!("- `{}`: {}, from `{}`", api.module.plain(), super::index::title(&api.title, "an API"), api.source)
    }));
    docs.inner()
}

/// Lints that judge names and sizes which the description decides.
fn allowances() -> TokenStream {
    quote! {
        #![allow(
            clippy::enum_variant_names,
            clippy::large_enum_variant,
            clippy::module_inception,
            clippy::module_name_repetitions,
            clippy::struct_excessive_bools,
            clippy::struct_field_names,
            clippy::upper_case_acronyms,
            clippy::wrong_self_convention,
            clippy::should_implement_trait,
            reason = "the description chooses names and shapes"
        )]
        #![allow(unused_qualifications, reason = "a name that the API and the runtime share is written by path everywhere")]
        #![allow(clippy::doc_markdown, reason = "the description chooses the words")]
    }
}
