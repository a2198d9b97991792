//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_all(pet: api::types::Pet) -> api::types::Pet {
    pet.code("b").text("{}")
}
