//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_variant(dog: api::types::Dog) -> api::types::Pet {
    api::types::Pet::Dog(dog)
}
