//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_with_a_warning(client: &api::Client) -> apis::Call<()> {
    client.owls().list_owls()
}

fn breaks_removed_operation(client: &api::Client) -> apis::Call<()> {
    client.cats().list_cats()
}

fn breaks_removed_after_a_warning(client: &api::Client) -> apis::Call<()> {
    client.dogs().list_dogs()
}
