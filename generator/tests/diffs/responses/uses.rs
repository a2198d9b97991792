//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_body_that_went(client: &api::Client) -> apis::Call<String> {
    client.dogs().get_dogs()
}

fn breaks_one_of_several(client: &api::Client) -> apis::Call<String> {
    client.cats().get_cats()
}

fn breaks_body_that_came(client: &api::Client) -> apis::Call<()> {
    client.owls().get_owls()
}

fn stays_request(client: &api::Client) {
    drop(client.dogs().get_dogs());
}
