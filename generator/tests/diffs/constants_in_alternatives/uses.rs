//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_value(pet: api::types::Pet) -> api::types::Pet {
    pet.kind(api::types::PetKind::Cat)
}

fn breaks_removed_value(pet: api::types::Pet) -> api::types::Pet {
    pet.kind(api::types::PetKind::Dog)
}

fn breaks_removed_value_of_a_reference(pet: api::types::Pet) -> api::types::Pet {
    pet.size(api::types::PetSize::Small)
}

fn breaks_null_that_is_refused(pet: api::types::Pet) -> api::types::Pet {
    pet.awake(apis::Nullable::Null)
}
