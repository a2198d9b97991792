//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_all(client: &api::Client) {
    let pet = api::types::Pet::new().name("Tom".to_owned());
    drop(client.pets().find_pets("1").tags(vec![]).ids(vec![]).pet(pet));
}
