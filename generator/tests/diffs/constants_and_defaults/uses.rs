//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_all(client: &api::Client) {
    let pet = api::types::Pet::new().size(2);
    drop(client.pets().create_pet(pet).dry(true));
}
