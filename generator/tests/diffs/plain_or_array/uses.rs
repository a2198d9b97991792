//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_text(client: &api::Client) {
    drop(client.pets().list_pets().kind("cat".to_owned()));
}

fn breaks_a_part(client: &api::Client) {
    drop(client.pets().add_pets().kinds("cat".to_owned()));
}
