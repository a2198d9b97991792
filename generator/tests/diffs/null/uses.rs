//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_field_that_may_be_null(pet: api::types::Pet) -> String {
    pet.owner
}

fn breaks_argument_that_may_be_null() -> api::types::Pet {
    api::types::Pet::new("Ann")
}

fn breaks_null_that_is_refused(pet: api::types::Pet) -> api::types::Pet {
    pet.note(apis::Nullable::Null)
}
