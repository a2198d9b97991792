//! What a program does with the old crate, and what of it still compiles with the new one.

fn breaks_optional_setter(client: &api::Client) {
    drop(client.pets().list_pets().size(2));
}
