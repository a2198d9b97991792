//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_credential(builder: api::ClientBuilder, key: &str) -> api::ClientBuilder {
    builder.api_key(key)
}
