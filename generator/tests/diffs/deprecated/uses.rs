//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_with_a_warning(client: &api::Client) {
    let pet = api::types::Pet::new().name("Tom");
    drop(client.pets().create_pet().pet(pet).old("a"));
}
