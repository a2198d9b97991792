//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_all(client: &api::Client) -> apis::Call<api::types::Pet> {
    client.pets().create_pet(api::types::Pet::new().name("Tom"))
}
