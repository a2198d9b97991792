//! Enums for `oneOf` and `anyOf`.

use hashbrown::HashMap;
use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Comment;
use super::known::{BOX, FROM, JSON};
use super::path::FileScope;
use crate::model::{Alternative, Scalar, Shape, Type, TypeId, Union};

/// Emits:
///
/// ```text
/// pub enum Pet { Cat(Cat), Dog(Box<Dog>), Unknown(Json) }
/// union!(Pet tag "petType" { Cat: "cat", Dog: "dog" } else Unknown);
/// impl From<Cat> for Pet { … }
/// ```
///
/// A union with a string among its alternatives, otherwise one with a secret, converts from `&str` too.
pub(super) fn item(scope: &FileScope<'_>, id: TypeId, ty: &Type, union: &Union) -> TokenStream {
    scope.uses_macro();
    let (name, unknown, json) = (&ty.name, &union.unknown, scope.known(JSON));
    let (docs, derives) = (super::type_docs(ty), super::derives(ty));
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
    let mut of_shape: HashMap<Shape, usize> = HashMap::new();
    for alternative in &union.alternatives {
        let shape = scope.api.unboxed(&alternative.shape);
        *of_shape.entry(shape).or_default() += 1;
    }
    let is_of = |alternative: &Alternative, scalar| {
        *scope.api.resolved(&alternative.shape) == Shape::Scalar(scalar)
    };
    let mut alternatives = union.alternatives.iter();
    let has_string = alternatives.any(|one| is_of(one, Scalar::String));
    let conversions = union.alternatives.iter().filter_map(|alternative| {
        let shape = scope.api.unboxed(&alternative.shape);
        let is_only = of_shape.get(&shape) == Some(&1) && shape != Shape::Named(id);
        let is_text =
            is_of(alternative, Scalar::String) || !has_string && is_of(alternative, Scalar::Secret);
        is_only.then(|| conversions(scope, id, alternative, is_text))
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq #derives)]
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
    let docs = Comment::of(&alternative.docs, "");
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

/// `impl From<Cat> for Pet`, if no other alternative has this type, and for the alternative that is a text, `impl From<&str>`.
fn conversions(
    scope: &FileScope<'_>,
    id: TypeId,
    alternative: &Alternative,
    is_text: bool,
) -> TokenStream {
    let (name, variant, from) = (scope.ty(id), &alternative.name, scope.known(FROM));
    let (ty, value) = match &alternative.shape {
        Shape::Boxed(inner) => {
            let boxed = scope.known(BOX);
            (scope.ty(*inner), quote!(#boxed::new(value)))
        }
        shape => (scope.shape(shape), quote!(value)),
    };
    let of_text = is_text.then(|| {
        quote! {
            impl #from<&str> for #name {
                fn from(value: &str) -> Self {
                    Self::#variant(value.into())
                }
            }
        }
    });
    quote! {
        impl #from<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self::#variant(#value)
            }
        }

        #of_text
    }
}
