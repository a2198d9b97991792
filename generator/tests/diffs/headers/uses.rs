//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_header_that_became_optional(headers: api::types::ListPetsHeaders) -> String {
    headers.e_tag
}

fn breaks_header_of_another_type(headers: api::types::ListPetsHeaders) -> Option<i64> {
    headers.x_count
}

fn breaks_removed_header(headers: api::types::ListPetsHeaders) -> Option<String> {
    headers.x_gone
}

fn stays_other_header(headers: &api::types::ListPetsHeaders) -> bool {
    headers.x_count.is_some()
}
