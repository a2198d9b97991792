//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_removed_callback(event: &api::resources::pets::CreatePetCallback) -> bool {
    matches!(event, api::resources::pets::CreatePetCallback::Lost(_))
}
