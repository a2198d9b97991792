//! What a program does with the old crate, and what of it still compiles with the new one.

fn breaks_removed_setter(client: &api::Client) {
    drop(client.pets().list_pets("loose").gone("a"));
}

fn breaks_setter_that_became_an_argument(client: &api::Client) {
    drop(client.pets().list_pets("loose").tight("a"));
}

fn breaks_added_argument(client: &api::Client) {
    drop(client.pets().list_pets("loose"));
}
