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

async fn stays_parameter(client: api::Client, pet: api::types::Pet) {
    let _ = client.pets().add(pet).page_size(3).await;
}

async fn stays_operation(client: api::Client) {
    let _ = client.pets().start().await;
}

fn breaks_removed_property(pet: api::types::Pet) -> Option<String> {
    pet.note
}
