//! Why a webhook is not believed, and why a verifier cannot be made. No message shows a secret or the signature that
//! would have been right.

use std::fmt;
use std::time::Duration;

/// What is wrong with the settings of a [`Verifier`](super::Verifier).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SetupError {
    /// The secret is empty: anybody could sign with it.
    EmptySecret,
    /// A secret of Standard Webhooks is base64, with or without `whsec_` in front, and this one is not.
    SecretNotBase64,
    /// The text cannot be the name of a header.
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

/// Which check a webhook failed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// A header that has to be there is not.
    HeaderMissing {
        /// Its name in lower case.
        header: String,
    },
    /// A header has another form than it must have.
    HeaderUnreadable {
        /// Its name in lower case.
        header: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// No signature is that of this body with one of the secrets.
    Mismatch,
    /// The webhook is signed rightly, but longer ago than the tolerance allows: it may be sent again by somebody who
    /// overheard it.
    TooOld {
        /// How long ago it was signed.
        age: Duration,
    },
    /// The webhook is signed rightly, but with a time to come, further ahead than the tolerance allows.
    TooNew {
        /// How far ahead its time is.
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
