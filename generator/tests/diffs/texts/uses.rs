//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_all(client: &api::Client) -> apis::Call<api::types::Pet> {
    client.pets().create_pet(api::types::Pet::new().name("Tom"))
}
