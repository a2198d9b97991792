//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_schema(pet: &api::types::Pet) -> Option<&str> {
    pet.name.as_deref()
}

fn breaks_removed_schema(gone: api::types::Gone) -> String {
    gone.a
}
