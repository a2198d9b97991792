//! What a program does with the old crate, and what of it still compiles with the new one.

fn stays_other_scheme(builder: api::ClientBuilder) -> api::ClientBuilder {
    builder.token("t")
}

fn breaks_renamed_scheme(builder: api::ClientBuilder) -> api::ClientBuilder {
    builder.key("k")
}
