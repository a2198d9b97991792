//! The errors of verification and of creating a verifier. No message contains a secret or the expected signature.

use std::fmt;
use std::time::Duration;

/// An invalid setting of a [`Verifier`](super::Verifier).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SetupError {
    /// The secret is empty, so anybody could sign with it.
    EmptySecret,
    /// A secret of Standard Webhooks, with or without `whsec_` in front, is not base64.
    SecretNotBase64,
    /// The text is not a valid header name.
    HeaderName,
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmptySecret => "the secret of the webhooks is empty",
            Self::SecretNotBase64 => "the secret of the webhooks is not base64",
            Self::HeaderName => "the name of the signature header is invalid",
        })
    }
}

impl std::error::Error for SetupError {}

/// The check that a webhook failed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// A required header is missing.
    HeaderMissing {
        /// Its name in lower case.
        header: String,
    },
    /// A header has an invalid format.
    HeaderUnreadable {
        /// Its name in lower case.
        header: String,
        /// What is invalid.
        reason: &'static str,
    },
    /// No signature matches this body and one of the secrets.
    Mismatch,
    /// The signature is valid, but older than the tolerance allows: somebody who recorded the webhook could send it
    /// again.
    TooOld {
        /// How long ago it was signed.
        age: Duration,
    },
    /// The signature is valid, but its time is further in the future than the tolerance allows.
    TooNew {
        /// How far its time is in the future.
        ahead: Duration,
    },
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeaderMissing { header } => write!(f, "the header `{header}` is missing"),
            Self::HeaderUnreadable { header, reason } => {
                write!(f, "the header `{header}` is invalid: {reason}")
            }
            Self::Mismatch => f.write_str(
                "no signature matches: the body differs from the one that was signed, or the secret is wrong",
            ),
            Self::TooOld { age } => write!(f, "the signature is too old: it was made {} seconds ago", age.as_secs()),
            Self::TooNew { ahead } => {
                write!(f, "the time of the signature is {} seconds in the future", ahead.as_secs())
            }
        }
    }
}

impl std::error::Error for VerifyError {}
