//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_field_that_became_optional(pet: api::types::Pet) -> String {
    pet.loose
}

fn breaks_field_that_became_required(pet: api::types::Pet) -> Option<String> {
    pet.tight
}

fn stays_with_other_meaning() -> api::types::Pet {
    api::types::Pet::new("id", "loose")
}
