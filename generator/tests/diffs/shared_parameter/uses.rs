//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_setter_of_one(client: &api::Client) {
    drop(client.cats().list_cats().limit(2));
}

fn breaks_setter_of_the_other(client: &api::Client) {
    drop(client.dogs().list_dogs().limit(2));
}
