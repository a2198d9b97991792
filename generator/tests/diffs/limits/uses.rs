//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_all(pet: api::types::Pet) -> api::types::Pet {
    pet.name("a")
        .age(11)
        .code("b")
        .step(3)
        .tags(vec![String::new()])
}
