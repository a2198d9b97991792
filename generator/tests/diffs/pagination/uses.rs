//! Uses of the old crate, which compile with the new one and may read other pages.

fn stays_items(client: api::Client) -> impl Sized {
    client.pets().list().items()
}
