//! Keys by which a server knows that it has seen a request before.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use uuid::Uuid;

use super::request::Parts;

/// The header by which most APIs take a key (draft-ietf-httpapi-idempotency-key-header).
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Gives the call a key where the client has keys for all calls and this one needs it. A key that is set by hand, or
/// by an input that is this header, stays.
pub(super) fn add(parts: &mut Parts) {
    let shared = parts.client.shared();
    let Some(name) = &shared.idempotency_header else {
        return;
    };
    if parts.idempotency_key.is_some() || parts.prepared.method.is_idempotent() {
        return;
    }
    if let Some(by_hand) = parts.prepared.headers.get(name) {
        parts.idempotency_key = Some(String::from_utf8_lossy(by_hand.as_bytes()).into());
        return;
    }
    let policy = parts.retry.as_deref().unwrap_or(&shared.retry);
    let seeded = policy.seeded().map(|_| shared.random(policy));
    let key: Arc<str> = new(seeded).to_string().into();
    if let Ok(value) = HeaderValue::from_str(&key) {
        parts.prepared.headers.insert(name.clone(), value);
        parts.idempotency_key = Some(key);
    }
}

/// A key that no other call has: hashes under keys of the operating system, or what comes of a seed.
fn new(seeded: Option<fastrand::Rng>) -> Uuid {
    let bits = match seeded {
        Some(mut random) => random.u128(..),
        None => (u128::from(word()) << 64) | u128::from(word()),
    };
    uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
}

fn word() -> u64 {
    RandomState::new().build_hasher().finish()
}
