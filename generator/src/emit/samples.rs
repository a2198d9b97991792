//! Values of the types of responses for tests, and setters for all of their fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Comment;
use super::examples::json;
use super::path::FileScope;
use super::plan::Plan;
use super::record::{argument, has_setter, with_article};
use super::{Deferred, condition};
use crate::model::{Field, Home, Kind, Sample, SamplePart, TypeId};

/// Emits `samples/mod.rs`:
///
/// ```text
/// mod resources { mod profiles; }
/// mod types { mod profile; mod user; }
/// ```
pub(super) fn index(plan: &Plan<'_>) -> TokenStream {
    let docs = Comment::sentence("Values of the types of responses, for tests.").inner();
    let api = plan.api();
    let (mut resources, mut types) = (Vec::new(), Vec::new());
    for (home, _) in plan.samples() {
        let condition = condition(api.feature_of(home));
        match home {
            Home::Types(module) => types.push(quote!(#condition mod #module;)),
            Home::Resource(module) => resources.push(quote!(#condition mod #module;)),
        }
    }
    let folder = |name: TokenStream, modules: &[TokenStream]| {
        (!modules.is_empty()).then(|| quote!(mod #name { #(#modules)* }))
    };
    let (resources, types) = (
        folder(quote!(resources), &resources),
        folder(quote!(types), &types),
    );
    quote!(#docs #resources #types)
}

/// Emits `samples/types/<schema>.rs`:
///
/// ```text
/// impl Profile {
///     pub fn sample() -> Self { testing::value_of(r#"{…}"#, &[("user", &User::sample())]) }
/// }
/// setters!(Profile { id: Uuid, full_name: impl Into<String> = Some(full_name.into()) });
///
/// #[test]
/// fn samples() { let _ = Profile::sample(); }
/// ```
pub(super) fn file(plan: &Plan<'_>, types: &[TypeId]) -> TokenStream {
    let scope = FileScope::of_setters(plan.api(), plan.contested());
    let items: TokenStream = types.iter().filter_map(|id| item(&scope, *id)).collect();
    let calls = types.iter().filter_map(|id| {
        let (name, function) = (scope.ty(*id), &plan.api().ty(*id).sample()?.function);
        Some(quote!(let _ = #name::#function();))
    });
    let calls: TokenStream = calls.collect();
    let mut file = scope.imports();
    file.extend(items);
    file.extend(quote! {
        #[test]
        fn samples() {
            #calls
        }
    });
    file
}

/// A type that is written has setters for what its constructor does not take. All other fields get theirs here.
fn item(scope: &FileScope<'_>, id: TypeId) -> Option<TokenStream> {
    let ty = scope.api.ty(id);
    let Kind::Record(record) = &ty.kind else {
        return None;
    };
    let sample = record.sample.as_ref()?;
    let is_new =
        |field: &&Field| field.constant.is_none() && !(ty.usage.written && has_setter(field));
    let fields = record.fields.iter().filter(is_new);
    let setters = fields.map(|field| Deferred(move || setter(scope, field)));
    let setters: Vec<_> = setters.collect();
    let what = match sample.example {
        Some(_) => "as the description's example shows it",
        None => "with its required fields",
    };
    let docs = Comment::sentence(&format!(
        "Returns {} for tests, {what}.",
        with_article(&ty.name)
    ));
    let (name, function, value) = (scope.ty(id), &sample.function, value(scope, sample));
    let mut item = quote! {
        impl #name {
            #docs
            pub fn #function() -> Self {
                #value
            }
        }
    };
    if !setters.is_empty() {
        item.extend(quote!(crate::runtime::setters!(#name { #(#setters,)* });));
    }
    Some(item)
}

/// `testing::value(r#"{…}"#)`, or `testing::value_of(r#"{…}"#, &[("owner", &User::sample())])` of parts.
fn value(scope: &FileScope<'_>, sample: &Sample) -> TokenStream {
    let text = json(&sample.json);
    let parts = sample
        .parts
        .iter()
        .filter_map(|SamplePart { wire, ty, is_list }| {
            let function = &scope.api.ty(*ty).sample()?.function;
            let ty = scope.ty(*ty);
            Some(if *is_list {
                quote!((#wire, &vec![#ty::#function()]))
            } else {
                quote!((#wire, &#ty::#function()))
            })
        });
    let parts: Vec<TokenStream> = parts.collect();
    if parts.is_empty() {
        return quote!(crate::runtime::testing::value(#text));
    }
    quote!(crate::runtime::testing::value_of(#text, &[#(#parts),*]))
}

/// `owner: impl Into<String> = Some(owner.into())`
fn setter(scope: &FileScope<'_>, field: &Field) -> TokenStream {
    let mut setter = TokenStream::new();
    if field.deprecated {
        setter.extend(quote!(#[deprecated]));
    }
    let argument = argument(scope, field);
    setter.extend(argument.parameter);
    if argument.is_converted {
        setter.extend(quote!(=));
        setter.extend(argument.value);
    }
    setter
}
