//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_key(builder: api::ClientBuilder) -> api::ClientBuilder {
    builder.api_key("k")
}
