//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_server() -> api::ClientBuilder {
    api::Client::builder(api::Server::Default)
}
