//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_variant(dog: api::types::Dog) -> api::types::Pet {
    api::types::Pet::Dog(dog)
}
