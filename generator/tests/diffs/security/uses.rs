//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_credential(builder: api::ClientBuilder, key: &str) -> api::ClientBuilder {
    builder.api_key(key)
}
