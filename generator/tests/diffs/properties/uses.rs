//! Uses of the old crate, some of which no longer compile with the new one.

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
