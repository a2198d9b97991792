//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_with_other_meaning(client: &api::Client) -> apis::Call<()> {
    client.pets().list_pets("a", "b", 2)
}

fn breaks_other_types(client: &api::Client) -> apis::Call<()> {
    client.cats().list_cats("a", 2)
}
