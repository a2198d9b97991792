//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_removed_setter(client: &api::Client) {
    drop(client.pets().list_pets("loose").gone("a"));
}

fn breaks_setter_that_became_an_argument(client: &api::Client) {
    drop(client.pets().list_pets("loose").tight("a"));
}

fn breaks_added_argument(client: &api::Client) {
    drop(client.pets().list_pets("loose"));
}
