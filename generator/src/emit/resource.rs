//! Handles of groups of operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Comment;
use super::operation;
use super::path::FileScope;
use super::plan::Plan;
use crate::model::{Operation, Output, Resource, TypeId};
use crate::name::Ident;

/// Emits:
///
/// ```text
/// use crate::museum::types::*;
/// use crate::runtime::calls::*;
/// pub struct Profiles<'a> { client: &'a crate::runtime::Client }
/// impl Profiles<'_> { the methods }
/// the calls with optional inputs, the responses, the inline types
/// ```
///
/// A resource that is too large for one file has only the handle and its sections here:
///
/// ```text
/// mod commits;
/// pub use commits::*;
/// ```
pub(super) fn file(plan: &Plan<'_>, resource: &Resource, types: &[TypeId]) -> TokenStream {
    let scope = scope(plan, resource, types);
    let handle = handle(plan, resource);
    let own: Vec<&Operation> = resource.in_section(None).collect();
    let items = items(plan, &scope, resource, &own, types);
    let sections = resource.sections.keys();
    let modules = sections.clone().map(|section| quote!(mod #section;));
    let exports = sections.filter(|section| declares(plan, resource, section));
    let exports = exports.map(|section| quote!(pub use #section::*;));
    let imports = scope.imports();
    quote!(#(#modules)* #imports #(#exports)* #handle #items)
}

/// Emits the operations of a section, with the types that are used only by them:
///
/// ```text
/// use super::*;
/// impl Profiles<'_> { the methods }
/// ```
pub(super) fn section(
    plan: &Plan<'_>,
    resource: &Resource,
    section: &Ident,
    types: &[TypeId],
) -> TokenStream {
    let scope = scope(plan, resource, types);
    let own: Vec<&Operation> = resource.in_section(Some(section)).collect();
    let items = items(plan, &scope, resource, &own, types);
    let imports = scope.imports();
    quote!(use super::*; #imports #items)
}

/// Whether a section has anything beside methods.
fn declares(plan: &Plan<'_>, resource: &Resource, section: &Ident) -> bool {
    let has_own = |operation: &Operation| {
        operation.call.is_some()
            || operation.callbacks.is_some()
            || matches!(operation.output, Output::OneOf { .. })
    };
    resource.in_section(Some(section)).any(has_own) || plan.has_types(resource, section)
}

/// The scope of every file of a resource: the names of all its files.
fn scope<'a>(plan: &'a Plan<'a>, resource: &'a Resource, types: &[TypeId]) -> FileScope<'a> {
    FileScope::of_resource(plan, resource, types)
}

fn items(
    plan: &Plan<'_>,
    scope: &FileScope<'_>,
    resource: &Resource,
    operations: &[&Operation],
    types: &[TypeId],
) -> TokenStream {
    let name = &resource.handle;
    let methods = operations
        .iter()
        .map(|operation| operation::method(plan, scope, resource, operation));
    let calls = operations
        .iter()
        .map(|operation| operation::call(plan, scope, resource, operation));
    let types = types.iter().map(|id| super::item(scope, *id));
    let methods = (!operations.is_empty()).then(|| quote!(impl #name<'_> { #(#methods)* }));
    quote!(#methods #(#calls)* #(#types)*)
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
