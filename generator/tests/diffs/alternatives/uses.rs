//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_match_of_what_is_left(pet: api::types::Pet) -> Option<api::types::Cat> {
    match pet {
        api::types::Pet::Cat(cat) => Some(cat),
        _ => None,
    }
}

fn breaks_removed_variant(dog: api::types::Dog) -> api::types::Pet {
    api::types::Pet::Dog(dog)
}

fn breaks_removed_conversion(dog: api::types::Dog) -> api::types::Pet {
    dog.into()
}
