//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_field_that_may_be_null(pet: api::types::Pet) -> Option<api::types::Owner> {
    pet.owner
}

fn breaks_elements_that_may_be_null(pet: api::types::Pet) -> Option<Vec<api::types::Owner>> {
    pet.friends
}
