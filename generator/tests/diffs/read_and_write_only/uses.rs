//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_argument_that_went() -> api::types::Pet {
    api::types::Pet::new("id")
}

fn breaks_received_type(pet: api::types::Pet) -> Option<i64> {
    pet.seen
}

fn breaks_sent_type(pet: api::types::Pet) -> api::types::Pet {
    pet.token("a")
}

fn stays_setter_of_what_is_only_sent(pet: api::types::Pet) -> api::types::Pet {
    pet.secret("a")
}
