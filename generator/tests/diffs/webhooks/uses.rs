//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_removed_event(event: &api::webhooks::WebhookEvent) -> bool {
    matches!(event, api::webhooks::WebhookEvent::PetLost)
}

fn breaks_removed_field(payload: api::types::PetBornPayload) -> Option<String> {
    payload.name
}

fn stays_field_that_may_be_null(payload: api::types::PetBornPayload) -> Option<String> {
    payload.id
}
