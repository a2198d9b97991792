//! Uses of the old crate, some of which no longer compile with the new one.

fn stays_moved_method(builder: api::ClientBuilder) -> api::ClientBuilder {
    builder.api_key("k")
}

fn breaks_method_with_another_name(builder: api::ClientBuilder) -> api::ClientBuilder {
    builder.admin("k")
}
