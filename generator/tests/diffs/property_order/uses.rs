//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_with_other_meaning() -> api::types::Pet {
    api::types::Pet::new("Tom", "cat", 2)
}
