//! What a program does with the old crate, and what of it still compiles with the new one.

fn breaks_field_of_one_type(pet: api::types::Pet) -> Option<String> {
    pet.id
}

fn breaks_struct_that_is_one_of_several(pet: api::types::Pet) -> Option<api::types::Cat> {
    pet.owner
}
