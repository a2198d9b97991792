//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_scheme(builder: api::ClientBuilder) -> api::ClientBuilder {
    builder.key("k")
}

fn breaks_removed_scheme(builder: api::ClientBuilder) -> api::ClientBuilder {
    builder.gone("g")
}
