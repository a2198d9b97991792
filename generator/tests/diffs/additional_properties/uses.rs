//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_construction() -> api::types::Open {
    api::types::Open::new().a("a")
}

fn breaks_values_of_a_map(pet: &api::types::Pet) -> Option<&String> {
    pet.map.as_ref()?.get("key")
}
