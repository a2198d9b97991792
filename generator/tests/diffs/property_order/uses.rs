//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_with_other_meaning() -> api::types::Pet {
    api::types::Pet::new("Tom", "cat", 2)
}
