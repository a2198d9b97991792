//! Enums of alternatives.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Comment;
use super::known::{BOX, FROM, JSON};
use super::path::FileScope;
use crate::model::{Alternative, Shape, Type, TypeId, Union};

/// Emits:
///
/// ```text
/// pub enum Pet { Cat(Cat), Dog(Box<Dog>), Unknown(Json) }
/// union!(Pet tag "petType" { Cat: "cat", Dog: "dog" } else Unknown);
/// impl From<Cat> for Pet { … }
/// ```
pub(super) fn item(scope: &FileScope<'_>, id: TypeId, ty: &Type, union: &Union) -> TokenStream {
    scope.uses_macro();
    let (name, unknown, json) = (&ty.name, &union.unknown, scope.known(JSON));
    let docs = super::type_docs(ty);
    let variants = union
        .alternatives
        .iter()
        .map(|alternative| variant(scope, alternative));
    let unknown_docs =
        Comment::sentence("A value that fits no alternative, kept as it was received.");
    let tag = union.tag.as_ref().map(|tag| quote!(tag #tag));
    let default = union
        .default
        .and_then(|index| union.alternatives.get(index));
    let default = default.map(|alternative| {
        let name = &alternative.name;
        quote!(default #name)
    });
    let arms = union
        .alternatives
        .iter()
        .map(|alternative| arm(union, alternative));
    let conversions = union
        .alternatives
        .iter()
        .filter_map(|alternative| conversion(scope, id, union, alternative));
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown_docs
            #unknown(#json),
        }

        union!(#name #tag { #(#arms),* } #default else #unknown);
        #(#conversions)*
    }
}

fn variant(scope: &FileScope<'_>, alternative: &Alternative) -> TokenStream {
    let (name, ty) = (&alternative.name, scope.shape(&alternative.shape));
    let fallback = match &alternative.shape {
        Shape::Named(id) | Shape::Boxed(id) => format!("{}.", scope.link(*id)),
        _ => format!("The `{}` alternative.", name.plain()),
    };
    let docs = Comment::of(&alternative.docs, &fallback);
    quote!(#docs #name(#ty))
}

fn arm(union: &Union, alternative: &Alternative) -> TokenStream {
    let name = &alternative.name;
    if union.tag.is_none() {
        return quote!(#name);
    }
    let tags = &alternative.tags;
    quote!(#name: #(#tags)|*)
}

/// `impl From<Cat> for Pet`, where the type alone tells the alternative.
fn conversion(
    scope: &FileScope<'_>,
    id: TypeId,
    union: &Union,
    alternative: &Alternative,
) -> Option<TokenStream> {
    let shape = scope.api.unboxed(&alternative.shape);
    let same = union
        .alternatives
        .iter()
        .filter(|other| scope.api.unboxed(&other.shape) == shape)
        .count();
    if same > 1 || shape == Shape::Named(id) {
        return None;
    }
    let (name, variant, from) = (scope.ty(id), &alternative.name, scope.known(FROM));
    let (ty, value) = match &alternative.shape {
        Shape::Boxed(inner) => {
            let boxed = scope.known(BOX);
            (scope.ty(*inner), quote!(#boxed::new(value)))
        }
        shape => (scope.shape(shape), quote!(value)),
    };
    Some(quote! {
        impl #from<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self::#variant(#value)
            }
        }
    })
}
