//! The key of a signature.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::SetupError;

/// The state of HMAC-SHA256 after the key, so that the secret itself is not kept.
#[derive(Clone)]
pub(super) struct Key(Hmac<Sha256>);

impl Key {
    /// # Errors
    /// The secret is empty.
    pub(super) fn new(secret: &[u8]) -> Result<Self, SetupError> {
        if secret.is_empty() {
            return Err(SetupError::EmptySecret);
        }
        let keyed = Hmac::new_from_slice(secret).map_err(|_| SetupError::EmptySecret)?;
        Ok(Self(keyed))
    }

    /// Returns the signature of the concatenated parts.
    pub(super) fn sign(&self, parts: [&[u8]; 2]) -> Vec<u8> {
        self.over(parts).finalize().into_bytes().to_vec()
    }

    /// Whether one of the signatures matches the parts, compared in constant time.
    pub(super) fn signed(&self, parts: [&[u8]; 2], signatures: &[Vec<u8>]) -> bool {
        let right = self.over(parts);
        signatures
            .iter()
            .any(|signature| right.clone().verify_slice(signature).is_ok())
    }

    fn over(&self, parts: [&[u8]; 2]) -> Hmac<Sha256> {
        parts.iter().fold(self.0.clone(), Mac::chain_update)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(***)")
    }
}
