//! A macro of another crate, for `derive` in a configuration.

use proc_macro::{TokenStream, TokenTree};

/// Implements `AsRef<str>` with the name of the type.
#[proc_macro_derive(Named)]
pub fn named(item: TokenStream) -> TokenStream {
    let mut tokens = item.into_iter();
    tokens
        .by_ref()
        .find(|token| matches!(token.to_string().as_str(), "struct" | "enum"))
        .expect("a struct or an enum");
    let Some(TokenTree::Ident(name)) = tokens.next() else {
        panic!("a name");
    };
    format!("impl AsRef<str> for {name} {{ fn as_ref(&self) -> &str {{ \"{name}\" }} }}")
        .parse()
        .expect("an implementation")
}
