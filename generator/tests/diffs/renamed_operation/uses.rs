//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_client(client: &api::Client) {
    let _ = client.pets();
}

fn breaks_renamed_method(client: &api::Client) {
    let _ = client.pets().list_pets();
}

fn breaks_removed_method(client: &api::Client) {
    let _ = client.cats().delete_cat("1");
}

fn breaks_renamed_type(spare: &api::types::Unused) {
    let _ = spare;
}
