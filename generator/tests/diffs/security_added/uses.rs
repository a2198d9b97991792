//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_without_credential(client: &api::Client) -> apis::Call<()> {
    client.cats().list_cats()
}
