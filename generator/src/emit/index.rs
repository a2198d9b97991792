//! Files that only declare other files as modules.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::condition;
use super::docs::{Comment, code};
use super::plan::Plan;
use super::start;
use crate::model::TypeFolder;
use crate::name::Ident;

/// Emits `<api>/mod.rs`:
///
/// ```text
/// //! What the API is for.
/// mod client;
/// pub mod resources;
/// pub mod types;
/// pub mod webhooks;
/// pub use client::{Client, ClientBuilder, Server};
/// ```
pub(super) fn module(plan: &Plan<'_>) -> TokenStream {
    let api = plan.api();
    let name = title(&api.title, "The API");
    let version = format!("{name}, version {}.", title(&api.version, "unknown"));
    let has_docs = api.docs.description.is_some() || api.docs.summary.is_some();
    let first = if has_docs {
        &format!("{name}.")
    } else {
        &version
    };
    let mut docs = Comment::of(&api.docs, first);
    if has_docs {
        docs.line(version);
    }
    docs.line("# Examples").block(start::lines(plan));
    let docs = docs.inner();
    let resources = (!api.resources.is_empty()).then(|| {
        quote!(
            pub mod resources;
        )
    });
    let examples = (!api.resources.is_empty()).then(|| {
        quote!(
            #[cfg(feature = "testing")]
            pub mod examples;
        )
    });
    let samples = plan.has_samples().then(|| {
        quote!(
            #[cfg(feature = "testing")]
            mod samples;
        )
    });
    let types = (!plan.type_modules().is_empty()).then(|| {
        quote!(
            pub mod types;
        )
    });
    let webhooks = api.webhooks.is_some().then(|| {
        let condition = condition(api.features.webhooks.as_ref());
        quote!(#condition pub mod webhooks;)
    });
    let server = (!api.servers.is_empty()).then(|| quote!(, Server));
    quote! {
        #docs
        mod client;
        #examples
        #resources
        #samples
        #types
        #webhooks
        pub use client::{Client, ClientBuilder #server};
    }
}

/// A title as a code span, because it may contain any characters.
pub(crate) fn title(text: &str, fallback: &str) -> String {
    match code(text) {
        code if code.is_empty() => fallback.to_owned(),
        code => code,
    }
}

/// Emits `resources/mod.rs`: `pub mod profiles;` for each.
pub(super) fn resources(plan: &Plan<'_>) -> TokenStream {
    let docs = Comment::sentence("The operations, one module for each resource.").inner();
    let modules = plan.api().resources.iter().map(|resource| {
        let module = &resource.module;
        let fallback = format!("The `{}` operations.", module.plain());
        let docs = Comment::summary(&resource.docs, &fallback);
        let condition = condition(resource.feature.as_ref());
        quote!(#docs #condition pub mod #module;)
    });
    quote!(#docs #(#modules)*)
}

/// Emits `types/mod.rs`: `mod profile;` and `pub use profile::*;` for each file, so that a new inline type does not
/// change it. Files that are compiled with one feature only are in a separate folder.
pub(super) fn types(plan: &Plan<'_>) -> TokenStream {
    let docs = Comment::sentence("The types of requests and responses.").inner();
    let features = &plan.api().features;
    let modules = plan.type_modules().keys().copied();
    let shared = modules.filter(|module| features.folder_of(module).is_none());
    let folders = features.folders.iter();
    let listed = folders.map(|folder| (&folder.module, condition(Some(&folder.feature))));
    let listed = shared.map(|module| (module, None)).chain(listed).collect();
    let list = list(&listed);
    quote!(#docs #list)
}

/// Emits `types/<feature>/mod.rs`, which lists its files in the same way.
pub(super) fn folder(folder: &TypeFolder) -> TokenStream {
    let modules = folder.modules.iter();
    list(&modules.map(|module| (module, None)).collect())
}

fn list(modules: &BTreeMap<&Ident, Option<TokenStream>>) -> TokenStream {
    let declared = modules
        .iter()
        .map(|(module, condition)| quote!(#condition mod #module;));
    let exports = modules
        .iter()
        .map(|(module, condition)| quote!(#condition pub use #module::*;));
    quote!(#(#declared)* #(#exports)*)
}
