//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_optional_setter(client: &api::Client) {
    drop(client.pets().list_pets().size(2));
}
