//! Enums of strings or of integers.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Comment, code};
use super::former;
use super::known::{I64, STRING};
use super::path::FileScope;
use super::value::constant;
use crate::model::{Constant, Enumeration, Type, Variant};
use crate::name::Ident;

/// Emits:
///
/// ```text
/// pub enum Status { Connected, NotConnected, Unknown(String) }
/// text_enum!(Status { Connected = "CONNECTED", NotConnected = "NOT_CONNECTED" } else Unknown);
/// ```
pub(super) fn item(scope: &FileScope<'_>, ty: &Type, enumeration: &Enumeration) -> TokenStream {
    scope.uses_macro();
    let name = &ty.name;
    let docs = super::type_docs(ty);
    let integers = matches!(
        enumeration.variants.first(),
        Some(Variant {
            value: Constant::Integer(_),
            ..
        })
    );
    let derives = super::derives(ty);
    let kept = scope.known(if integers { I64 } else { STRING });
    let open = enumeration.open.as_ref();
    let copy = (open.is_none() || integers).then(|| quote!(, Copy));
    let non_exhaustive = open.map(|_| quote!(#[non_exhaustive]));
    let variants = enumeration.variants.iter().map(variant);
    let unknown = open.map(|unknown| {
        let docs = Comment::sentence(
            "A value that the description does not list, kept as it was received.",
        );
        quote!(#docs #unknown(#kept),)
    });
    let codec = format_ident!(
        "{}",
        if integers {
            "integer_enum"
        } else {
            "text_enum"
        }
    );
    let values = enumeration.variants.iter().map(|variant| {
        let (name, value) = (&variant.name, constant(&variant.value));
        quote!(#name = #value)
    });
    let former = former_variants(name, enumeration);
    let otherwise = open.map(|unknown| quote!(else #unknown));
    quote! {
        #docs
        #[derive(Debug, Clone #copy, PartialEq, Eq, Hash #derives)]
        #non_exhaustive
        pub enum #name {
            #(#variants,)*
            #unknown
        }

        #codec!(#name { #(#values),* } #otherwise);

        #former
    }
}

/// Emits the former names of variants: `impl Status { pub const Active: Self = Self::Connected; }`. Such a constant can
/// be used as a pattern, too.
fn former_variants(ty: &Ident, enumeration: &Enumeration) -> Option<TokenStream> {
    let variants = enumeration.variants.iter();
    let aliases = variants.flat_map(|Variant { name, former, .. }| {
        let link = format!("[`{0}`](Self::{0})", name.plain());
        let alias = move |former: &Ident| {
            let head = former::head(name, &link);
            quote!(#head pub const #former: Self = Self::#name;)
        };
        former.iter().map(alias)
    });
    let aliases: Vec<_> = aliases.collect();
    (!aliases.is_empty()).then(|| {
        quote! {
            #[allow(non_upper_case_globals)]
            impl #ty { #(#aliases)* }
        }
    })
}

fn variant(variant: &Variant) -> TokenStream {
    let fallback = match &variant.value {
        Constant::String(text) if text.is_empty() => "The empty string.".to_owned(),
        Constant::String(text) => format!("{}.", word(text)),
        Constant::Bool(value) => format!("{}.", code(&value.to_string())),
        Constant::Integer(value) => format!("{}.", code(&value.to_string())),
    };
    let docs = Comment::of(&variant.docs, &fallback);
    let name = &variant.name;
    quote!(#docs #name)
}

/// A value as a code span; invisible characters are escaped.
fn word(text: &str) -> String {
    if text.trim() != text || text.chars().any(char::is_control) {
        code(&format!("{text:?}"))
    } else {
        code(text)
    }
}
