//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_all(client: &api::Client) {
    let pet = api::types::Pet::new().name("Tom".to_owned());
    drop(client.pets().find_pets("1").tags(vec![]).ids(vec![]).pet(pet));
}
