//! What a program does with the old crate, and what of it still compiles with the new one.

fn breaks_removed_server() -> api::ClientBuilder {
    api::Client::builder(api::Server::Old)
}
