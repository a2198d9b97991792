//! Uses of the old crate that no longer compile with the new one.

fn breaks_decoding_by_the_body() -> bool {
    api::webhooks::WebhookEvent::from_slice(b"{}").is_ok()
}
