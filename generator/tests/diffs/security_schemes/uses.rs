//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_scheme(builder: api::ClientBuilder) -> api::ClientBuilder {
    builder.key("k")
}

fn breaks_removed_scheme(builder: api::ClientBuilder) -> api::ClientBuilder {
    builder.gone("g")
}
