//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_required_parameters(client: &api::Client) {
    let _ = client.pets().list_pets("1", "dog");
}

fn stays_kept_name(client: &api::Client) {
    let _ = client.pets().list_pets("1", "dog").x_trace("t");
}

fn breaks_renamed_setter(client: &api::Client) {
    let _ = client.pets().list_pets("1", "dog").limit(1);
}

fn breaks_removed_setter(client: &api::Client) {
    let _ = client.pets().list_pets("1", "dog").near("here");
}
