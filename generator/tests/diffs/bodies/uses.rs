//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_optional_body(client: &api::Client) {
    drop(client.owls().create_owl().name("a"));
}

fn breaks_type_without_setters(client: &api::Client) -> apis::Call<()> {
    client.cats().create_cat()
}

fn breaks_body_that_came(client: &api::Client) -> apis::Call<()> {
    client.dogs().create_dog()
}

fn breaks_body_that_went(client: &api::Client) {
    drop(client.eels().create_eel().name("a"));
}
