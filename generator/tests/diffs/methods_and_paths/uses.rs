//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_other_method(client: &api::Client) -> apis::Call<()> {
    client.cats().change_cat("a")
}

fn stays_other_name_of_an_argument(client: &api::Client) -> apis::Call<()> {
    client.owls().get_owl("a")
}

fn breaks_other_resource(client: &api::Client) -> apis::Call<()> {
    client.dogs().list_dogs()
}
