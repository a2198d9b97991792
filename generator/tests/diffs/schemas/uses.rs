//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_schema(pet: &api::types::Pet) -> Option<&str> {
    pet.name.as_deref()
}

fn breaks_removed_schema(gone: api::types::Gone) -> String {
    gone.a
}
