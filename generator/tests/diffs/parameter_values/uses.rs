//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_other_type(client: &api::Client) {
    drop(client.pets().list_pets().age(2));
}

fn breaks_other_format(client: &api::Client) {
    drop(client.pets().list_pets().born("today"));
}

fn stays_other_style_and_location(client: &api::Client) {
    drop(
        client
            .pets()
            .list_pets()
            .trace("a")
            .tags(vec![String::new()])
            .path("/")
            .empty("")
            .size(1),
    );
}
