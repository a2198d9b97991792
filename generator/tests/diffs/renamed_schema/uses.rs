//! What a program does with the old crate, and what of it still compiles with the new one.

fn breaks_former_name() -> api::types::Owner {
    api::types::Owner::new("Ann")
}

fn stays_what_does_not_name_it(pet: &api::types::Pet) -> Option<&str> {
    Some(&pet.owner.as_ref()?.name)
}
