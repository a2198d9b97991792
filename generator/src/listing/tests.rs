use quote::quote;

use super::*;

fn lines(path: &str, tokens: TokenStream) -> Vec<String> {
    let source = Source {
        path: path.to_owned(),
        emitter: "test",
        tokens,
    };
    let mut listing = Listing::default();
    listing.add(source);
    listing.lines().collect()
}

#[test]
fn items_are_written_as_a_program_names_them() {
    let tokens = quote! {
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub struct Pet { pub tags: Option<Vec<crate::runtime::Uuid>>, hidden: bool }
        impl Pet {
            #[deprecated]
            pub fn new(id: &'static str, on: impl Into<String>) -> Self { todo!() }
            fn hidden(&self) {}
        }
        impl ::std::default::Default for Pet {}
        pub enum Kind { Cat, Other(String) }
        pub type Pets = Vec<Pet>;
        pub struct Pet2;
    };
    assert_eq!(
        lines("src/museum/types/pet.rs", tokens),
        [
            "museum::types::Kind: enum",
            "museum::types::Kind::Cat",
            "museum::types::Kind::Other(_)",
            "museum::types::Kind::Other.0: String",
            "museum::types::Pet: struct (non_exhaustive)",
            "museum::types::Pet.tags: Option<Vec<Uuid>>",
            "museum::types::Pet: Clone",
            "museum::types::Pet: Debug",
            "museum::types::Pet: Default",
            "museum::types::Pet::new(id: &'static str, on: impl Into<String>) -> Self (deprecated)",
            "museum::types::Pet2: struct",
            "museum::types::Pets = Vec<Pet>",
        ]
    );
}

#[test]
fn a_call_says_what_it_gives() {
    let tokens = quote! {
        pub struct ListCall(Call<Pets>);
        call!(ListCall -> Vec<Pet>);
    };
    assert_eq!(
        lines("src/museum/resources/pets.rs", tokens),
        [
            "museum::resources::pets::ListCall: struct",
            "museum::resources::pets::ListCall: call -> Vec<Pet>",
        ]
    );
}
