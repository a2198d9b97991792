//! Type aliases, and tuple structs around recursive types.

use proc_macro2::TokenStream;
use quote::quote;

use super::path::FileScope;
use crate::model::{Shape, Type};

/// Emits `pub type Emails = Vec<Email>;`.
pub(super) fn item(scope: &FileScope<'_>, ty: &Type, shape: &Shape) -> TokenStream {
    let (name, docs) = (&ty.name, super::type_docs(ty));
    let shape = scope.shape(shape);
    quote!(#docs pub type #name = #shape;)
}

/// Emits `pub struct Tree(pub Vec<Tree>);` and `wrapper!(Tree);`.
pub(super) fn wrapper(scope: &FileScope<'_>, ty: &Type, shape: &Shape) -> TokenStream {
    scope.uses_macro();
    let (name, docs) = (&ty.name, super::type_docs(ty));
    let derives = super::derives(ty);
    let shape = scope.shape(shape);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq #derives)]
        pub struct #name(
            #[doc = " The value."]
            pub #shape,
        );

        wrapper!(#name);
    }
}
