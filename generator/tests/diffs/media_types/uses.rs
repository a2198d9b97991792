//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_other_parameters(client: &api::Client) -> apis::Call<String> {
    client.cats().get_cats()
}

fn breaks_body_without_a_schema(client: &api::Client) -> apis::Call<apis::AnyBody> {
    client.dogs().get_dogs()
}
