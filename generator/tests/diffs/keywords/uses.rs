//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_text(pet: &api::types::Pet) -> Option<&str> {
    pet.name.as_deref()
}

fn breaks_other_schema(pet: api::types::Pet) -> Option<api::types::Home> {
    pet.place
}
