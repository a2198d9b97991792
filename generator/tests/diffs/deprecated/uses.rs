//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_with_a_warning(client: &api::Client) {
    let pet = api::types::Pet::new().name("Tom");
    drop(client.pets().create_pet().pet(pet).old("a"));
}
