//! Uses of the old crate, all of which compile with the new one.

fn stays_url() -> api::ClientBuilder {
    api::Client::builder("https://eu.example.com")
}
