//! Former names, which are kept as deprecated aliases.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Comment;
use crate::model::Former;
use crate::name::Ident;

/// Emits the docs and attributes of an alias, with a link to the item:
///
/// ```text
/// /// The former name of [`Animal`].
/// #[deprecated(note = "renamed to `Animal`")]
/// ```
pub(super) fn head(name: &Ident, link: &str) -> TokenStream {
    let docs = Comment::sentence(&format!("The former name of {link}."));
    let note = format!("renamed to `{}`", name.plain());
    quote!(#docs #[deprecated(note = #note)])
}

/// Emits `pub type Pet = Animal;` for each former name of a type.
pub(super) fn types(former: &[Former]) -> TokenStream {
    let aliases = former.iter().map(|Former { name, of }| {
        let head = head(of, &format!("[`{}`]", of.plain()));
        quote!(#head pub type #name = #of;)
    });
    aliases.collect()
}

/// Emits a method for each former name: `pub fn old(self, value: i64) -> Self { self.today(value) }`.
pub(super) fn methods(
    name: &Ident,
    former: &[Ident],
    many: Option<&TokenStream>,
    parameters: &[TokenStream],
    arguments: &[&Ident],
    output: &TokenStream,
) -> TokenStream {
    let link = format!("[`{0}`](Self::{0}())", name.plain());
    let aliases = former.iter().map(|former| {
        let head = head(name, &link);
        quote! {
            #head
            #many
            pub fn #former(self, #(#parameters),*) -> #output {
                self.#name(#(#arguments),*)
            }
        }
    });
    aliases.collect()
}

/// Emits a setter for each former name.
pub(super) fn setters(name: &Ident, former: &[Ident], parameter: &TokenStream) -> TokenStream {
    let (parameters, output) = (std::slice::from_ref(parameter), quote!(Self));
    methods(name, former, None, parameters, &[name], &output)
}
