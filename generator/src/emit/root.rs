//! `src/lib.rs` of a generated crate.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Source;
use super::docs::{Comment, code};
use super::known::LibraryName;
use super::plan::Plan;
use super::start;
use crate::model::Api;

/// The name of the file that [`included_root`] emits.
pub(crate) const INCLUDED: &str = "client.rs";

/// Emits:
///
/// ```text
/// //! The clients.
/// #![deny(rustdoc::broken_intra_doc_links)]
/// mod runtime { … }
/// pub use runtime::{Error, …};
/// #[cfg(feature = "museum")]
/// pub mod museum;
/// ```
pub(crate) fn crate_root(apis: &[Api], plans: &[Plan<'_>]) -> Source {
    let docs = docs(apis, plans);
    let crate_lints = quote! { confusable_idents, mixed_script_confusables, uncommon_codepoints, };
    let allowances = allowances(&crate_lints);
    let modules = apis.iter().map(|api| {
        let (module, feature) = (&api.module, &api.features.core);
        quote!(#[cfg(feature = #feature)] pub mod #module;)
    });
    let switches: Vec<&String> = apis.iter().map(|api| &api.features.core).collect();
    let any = match switches.as_slice() {
        [only] => quote!(feature = #only),
        several => quote!(any(#(feature = #several),*)),
    };
    let exports = exports(apis);
    let tokens = quote! {
        #docs
        #![deny(rustdoc::broken_intra_doc_links)]
        #(#![#allowances])*

        #(#modules)*

        /// The name of the runtime in generated code.
        #[cfg(#any)]
        mod runtime {
            pub(crate) use specwright_runtime::*;
        }

        #exports
    };
    Source {
        path: "src/lib.rs".to_owned(),
        emitter: "root.rs",
        tokens,
    }
}

/// Emits the root for a crate that includes it into one of its files, where inner attributes and inner doc comments are
/// not allowed:
///
/// ```text
/// #[allow(…)]
/// pub mod museum;
/// mod runtime { … }
/// pub use runtime::{Error, …};
/// ```
pub(crate) fn included_root(apis: &[Api]) -> Source {
    let allowances = allowances(&TokenStream::new());
    let modules = apis.iter().map(|api| {
        let module = &api.module;
        quote!(#(#[#allowances])* pub mod #module;)
    });
    let exports = exports(apis);
    let tokens = quote! {
        #(#modules)*

        /// The name of the runtime in generated code.
        mod runtime {
            pub(crate) use specwright_runtime::*;
        }

        #exports
    };
    Source {
        path: INCLUDED.to_owned(),
        emitter: "root.rs",
        tokens,
    }
}

/// What a generated crate exports from the runtime besides the types of values.
const EXPORTS: &[&str] = &[
    "AnyBody",
    "BaseUrl",
    "ByteStream",
    "Bytes",
    "Call",
    "ClientCredentials",
    "Credential",
    "Error",
    "ErrorKind",
    "Event",
    "Events",
    "File",
    "HeaderMap",
    "Items",
    "JsonLines",
    "Method",
    "Pages",
    "RequestBody",
    "Response",
    "RetryPolicy",
    "Signer",
    "StatusCode",
    "Token",
    "TokenProvider",
    "UnsignedRequest",
    "hooks",
    "oauth",
    "transport",
    "webhook",
];

/// The exports of the runtime that programs need.
pub(super) fn exports(apis: &[Api]) -> TokenStream {
    let mut own = apis.iter().flat_map(Api::own_types);
    let wraps = own.any(|own| !own.is_known());
    let serde = wraps.then(|| {
        quote!(
            pub use specwright_runtime::Serde;
        )
    });
    let values = LibraryName::values();
    let mut names: Vec<&str> = EXPORTS.iter().copied().chain(values).collect();
    names.sort_unstable();
    let names = names.into_iter().map(|name| format_ident!("{name}"));
    quote! {
        pub use specwright_runtime::{#(#names),*};
        #serde
        #[cfg(feature = "blocking")]
        pub use specwright_runtime::Blocking;
        #[cfg(feature = "testing")]
        pub use specwright_runtime::testing;
    }
}

fn docs(apis: &[Api], plans: &[Plan<'_>]) -> TokenStream {
    let mut docs =
        Comment::sentence("Clients generated from API descriptions, one module for each.");
    docs.block(apis.iter().map(|api| {
        // The URL of the page, because a link to an item would be broken while the feature of the API is disabled.
        let module = api.module.plain();
        format!(
            "- [`{module}`]({module}/index.html): {}, from {}",
            super::index::title(&api.title, "an API"),
            code(&api.source)
        )
    }));
    if let Some(first) = plans.first() {
        docs.line("# Examples").block(start::lines(first));
    }
    docs.inner()
}

/// Allows lints about names and sizes, which the description decides. `crate_lints` are allowed as well; they only make
/// sense for a whole crate.
fn allowances(crate_lints: &TokenStream) -> [TokenStream; 6] {
    [
        quote! { allow(
            #crate_lints
            clippy::disallowed_names,
            clippy::enum_variant_names,
            clippy::fn_params_excessive_bools,
            clippy::iter_not_returning_iterator,
            clippy::just_underscores_and_digits,
            clippy::large_enum_variant,
            clippy::len_without_is_empty,
            clippy::many_single_char_names,
            clippy::module_inception,
            clippy::module_name_repetitions,
            clippy::new_ret_no_self,
            clippy::option_option,
            clippy::should_implement_trait,
            clippy::similar_names,
            clippy::struct_excessive_bools,
            clippy::struct_field_names,
            clippy::too_many_lines,
            clippy::type_complexity,
            clippy::upper_case_acronyms,
            clippy::vec_box,
            clippy::wrong_self_convention,
            reason = "the description chooses names and shapes"
        ) },
        quote! { allow(missing_docs, reason = "items that the description does not explain have no docs") },
        quote! { allow(clippy::needless_pass_by_value, reason = "a call takes its inputs, whether it needs to keep them or not") },
        quote! { allow(clippy::wildcard_imports, reason = "a file of one type imports by glob, so that its diff shows the type") },
        quote! { allow(unused_qualifications, reason = "a name that the API and the runtime share is written by path everywhere") },
        quote! { allow(clippy::doc_link_with_quotes, clippy::doc_markdown, rustdoc::redundant_explicit_links, reason = "the description chooses the words") },
    ]
}
