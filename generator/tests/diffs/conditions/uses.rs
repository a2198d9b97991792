//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_all(pet: api::types::Pet) -> api::types::Pet {
    pet.code("b").text("{}")
}
