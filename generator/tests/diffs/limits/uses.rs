//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_all(pet: api::types::Pet) -> api::types::Pet {
    pet.name("a")
        .age(11)
        .code("b")
        .step(3)
        .tags(vec![String::new()])
}
