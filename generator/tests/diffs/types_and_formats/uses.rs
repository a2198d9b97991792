//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_age(pet: api::types::Pet) -> Option<i64> {
    pet.age
}

fn breaks_weight(pet: api::types::Pet) -> Option<f64> {
    pet.weight
}

fn breaks_size(pet: api::types::Pet) -> Option<i32> {
    pet.size
}

fn breaks_id(pet: api::types::Pet) -> api::types::Pet {
    pet.id("a")
}

fn breaks_born(pet: api::types::Pet) -> Option<apis::Date> {
    pet.born
}

fn breaks_tags(pet: api::types::Pet) -> Option<Vec<String>> {
    pet.tags
}

fn breaks_owner(pet: api::types::Pet) -> api::types::Pet {
    pet.owner("Ann")
}
