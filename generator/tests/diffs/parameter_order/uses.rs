//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_with_other_meaning(client: &api::Client) -> apis::Call<()> {
    client.pets().list_pets("a", "b", 2)
}

fn breaks_other_types(client: &api::Client) -> apis::Call<()> {
    client.cats().list_cats("a", 2)
}
