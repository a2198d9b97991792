//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_other_scheme(builder: api::ClientBuilder) -> api::ClientBuilder {
    builder.token("t")
}

fn breaks_renamed_scheme(builder: api::ClientBuilder) -> api::ClientBuilder {
    builder.key("k")
}
