//! Idempotency keys.

use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use uuid::Uuid;

use super::random;
use super::request::Parts;
use crate::error::Error;

/// The header that most APIs use (draft-ietf-httpapi-idempotency-key-header).
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Adds a generated key to a call that needs one, if the client is configured to generate keys. A key that the caller
/// set, by method or as a header parameter, is kept.
///
/// # Errors
/// The random number generator of the system failed.
pub(super) fn add(parts: &mut Parts) -> Result<(), Error> {
    let shared = parts.channel.shared();
    let Some(name) = &shared.idempotency_header else {
        return Ok(());
    };
    if parts.idempotency_key.is_some() || parts.prepared.method.is_idempotent() {
        return Ok(());
    }
    if let Some(by_hand) = parts.prepared.headers.get(name) {
        parts.idempotency_key = Some(String::from_utf8_lossy(by_hand.as_bytes()).into());
        return Ok(());
    }
    let key: Arc<str> = new()?.to_string().into();
    if let Ok(value) = HeaderValue::from_str(&key) {
        parts.prepared.headers.insert(name.clone(), value);
        parts.idempotency_key = Some(key);
    }
    Ok(())
}

/// Returns a random key (a version 4 UUID).
fn new() -> Result<Uuid, Error> {
    let bits = random::bits()?;
    Ok(uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid())
}
