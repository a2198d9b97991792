//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_field_of_one_type(pet: api::types::Pet) -> Option<String> {
    pet.id
}

fn breaks_struct_that_is_one_of_several(pet: api::types::Pet) -> Option<api::types::Cat> {
    pet.owner
}
