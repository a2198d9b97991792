//! Handles of groups of operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Comment;
use super::operation;
use super::path::Scope;
use super::plan::Plan;
use crate::model::{Resource, TypeId};

/// Emits:
///
/// ```text
/// use super::super::types::*;
/// use crate::runtime::calls::*;
/// pub struct Profiles<'a> { client: &'a crate::runtime::Client }
/// impl Profiles<'_> { the methods }
/// the calls with optional inputs, the answers, the inline types
/// ```
pub(super) fn file(plan: &Plan<'_>, resource: &Resource, types: &[TypeId]) -> TokenStream {
    let api = plan.api();
    let scope = Scope::of_resource(api, plan.contested(), resource, types);
    let handle = handle(plan, resource);
    let name = &resource.handle;
    let methods = resource
        .operations
        .iter()
        .map(|operation| operation::method(plan, &scope, resource, operation));
    let calls = resource
        .operations
        .iter()
        .map(|operation| operation::call(&scope, resource, operation));
    let types = types.iter().map(|id| super::item(&scope, *id));
    let items = quote! {
        #handle

        impl #name<'_> {
            #(#methods)*
        }

        #(#calls)*
        #(#types)*
    };
    let types = scope.uses_types().then(|| {
        quote!(
            use super::super::types::*;
        )
    });
    let runtime = scope.uses_runtime().then(|| {
        quote!(
            use crate::runtime::calls::*;
        )
    });
    quote!(#types #runtime #items)
}

fn handle(plan: &Plan<'_>, resource: &Resource) -> TokenStream {
    let (api, name) = (&plan.api().module, &resource.handle);
    let docs = Comment::of(
        &resource.docs,
        &format!("The `{}` operations.", resource.module.plain()),
    );
    quote! {
        #docs
        #[derive(Debug, Clone, Copy)]
        pub struct #name<'a> {
            pub(in crate::#api) client: &'a crate::runtime::Client,
        }
    }
}
