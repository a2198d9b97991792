//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_method(client: &api::Client) -> apis::Call<()> {
    client.animals().list_cats()
}

fn breaks_resource(client: &api::Client) -> apis::Call<()> {
    client.animals().list_dogs()
}

fn breaks_field(owl: api::types::Owl) -> Option<String> {
    owl.kind
}

fn breaks_setter(owl: api::types::Owl) -> api::types::Owl {
    owl.kind("barn")
}
