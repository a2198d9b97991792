//! Signatures of webhooks, which prove that the sender knows the secret.

mod error;
mod key;
mod scheme;
mod verifier;

pub use self::error::{SetupError, VerifyError};
pub use self::verifier::Verifier;

#[cfg(test)]
mod tests;
