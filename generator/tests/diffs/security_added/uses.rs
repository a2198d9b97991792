//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_without_credential(client: &api::Client) -> apis::Call<()> {
    client.cats().list_cats()
}
