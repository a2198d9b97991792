//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_all(client: &api::Client) {
    let pet = api::types::Pet::new(1, "Tom".to_owned()).note("a");
    drop(client.pets().create_pet(pet));
}
