//! What a program does with the old crate, and what of it still compiles with the new one.

fn breaks_removed_required_field(pet: api::types::Pet) -> String {
    pet.kind
}

fn breaks_removed_setter(pet: api::types::Pet) -> api::types::Pet {
    pet.note("a")
}

fn stays_with_other_meaning() -> api::types::Pet {
    api::types::Pet::new("id", "kind")
}

fn stays_pattern(pet: api::types::Pet) -> String {
    let api::types::Pet { id, .. } = pet;
    id
}
