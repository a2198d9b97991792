//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_former_name() -> api::types::Owner {
    api::types::Owner::new("Ann")
}

fn stays_what_does_not_name_it(pet: &api::types::Pet) -> Option<&str> {
    Some(&pet.owner.as_ref()?.name)
}
