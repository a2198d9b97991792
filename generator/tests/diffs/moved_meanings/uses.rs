//! Uses of the old crate, which compile with the new one and mean another part of the description.

fn stays_server(client: api::Server) -> bool {
    matches!(client, api::Server::Production)
}

fn stays_property(pet: api::types::Pet) -> Option<String> {
    pet.display_name
}

fn stays_value(level: &api::types::Level) -> bool {
    *level == api::types::Level::Low
}

fn stays_parameter(client: api::Client, pet: api::types::Pet) -> impl Sized {
    client.pets().add(pet).page_size(3)
}

fn stays_operation(client: api::Client) -> impl Sized {
    client.pets().start()
}

fn breaks_removed_property(pet: api::types::Pet) -> Option<String> {
    pet.note
}
