//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_variant() -> api::resources::pets::ListPetsAbDetails {
    api::resources::pets::ListPetsAbDetails::ErrorX
}

fn breaks_field(value: api::types::LessScriptGreaterLessBGreaterOr) -> Option<String> {
    value.owner_1_error_z
}
