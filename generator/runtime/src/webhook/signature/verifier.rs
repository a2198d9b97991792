//! Verifies the signatures of webhooks.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue};

use super::key::Key;
use super::scheme::{Encoding, Scheme};
use super::{SetupError, VerifyError};
use crate::value::{Base64, Secret};

/// The default tolerance of [`Verifier::with_tolerance`].
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// The optional prefix of the secrets of Standard Webhooks.
const STANDARD_SECRET: &str = "whsec_";

/// Checks the signatures of webhooks: HMAC-SHA256 in the common formats.
///
/// [`verify`](Self::verify) takes the headers and the bytes of the body, which need not be text. Signatures are
/// compared in constant time, a signed time must be near, and neither `Debug` nor an error shows a secret or the
/// expected signature.
///
/// ```
/// use specwright_runtime::webhook::{Verifier, VerifyError};
///
/// // `X-Signature: sha256=<hex>`, while the sender changes from one secret to another.
/// let verifier = Verifier::hex("X-Signature", "the new one")?
///     .with_prefix("sha256=")
///     .with_secret("the old one")?;
/// let headers = verifier.sign(b"\xff\x00");
/// assert_eq!(verifier.verify(&headers, b"\xff\x00"), Ok(()));
/// assert_eq!(verifier.verify(&headers, b"\xff"), Err(VerifyError::Mismatch));
/// # Ok::<(), specwright_runtime::webhook::SetupError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Verifier {
    scheme: Scheme,
    /// The first one is used to sign.
    keys: Vec<Key>,
    tolerance: Option<Duration>,
}

impl Verifier {
    /// Returns a verifier for a header that is the body's signature in hexadecimal digits, such as
    /// `X-Signature: 6dcb09b5…`; for `sha256=6dcb09b5…` see [`with_prefix`](Self::with_prefix).
    ///
    /// # Errors
    /// The secret is empty, or the header name is invalid.
    pub fn hex(header: &str, secret: impl Into<Secret>) -> Result<Self, SetupError> {
        Self::plain(header, Encoding::Hex, &secret.into())
    }

    /// Returns a verifier for a header that is the body's signature in base64.
    ///
    /// # Errors
    /// The secret is empty, or the header name is invalid.
    pub fn base64(header: &str, secret: impl Into<Secret>) -> Result<Self, SetupError> {
        Self::plain(header, Encoding::Base64, &secret.into())
    }

    /// Returns a verifier for a header with the time and the signatures of time and body: `X-Signature:
    /// t=1614265330,v1=6dcb09b5…`.
    ///
    /// # Errors
    /// The secret is empty, or the header name is invalid.
    pub fn timestamped(header: &str, secret: impl Into<Secret>) -> Result<Self, SetupError> {
        let header = name(header)?;
        Self::new(Scheme::Timestamped { header }, &secret.into())
    }

    /// Returns a verifier for [Standard Webhooks](https://www.standardwebhooks.com): the headers `webhook-id`,
    /// `webhook-timestamp` and `webhook-signature`. The secret is base64, with or without `whsec_` in front.
    ///
    /// # Errors
    /// The secret is empty or not base64.
    pub fn standard(secret: impl Into<Secret>) -> Result<Self, SetupError> {
        let scheme = Scheme::Standard {
            id: HeaderName::from_static("webhook-id"),
            timestamp: HeaderName::from_static("webhook-timestamp"),
            signature: HeaderName::from_static("webhook-signature"),
        };
        Self::new(scheme, &secret.into())
    }

    fn plain(header: &str, encoding: Encoding, secret: &Secret) -> Result<Self, SetupError> {
        let scheme = Scheme::Plain {
            header: name(header)?,
            prefix: String::new(),
            encoding,
        };
        Self::new(scheme, secret)
    }

    fn new(scheme: Scheme, secret: &Secret) -> Result<Self, SetupError> {
        let key = key(&scheme, secret)?;
        Ok(Self {
            scheme,
            keys: vec![key],
            tolerance: Some(TOLERANCE),
        })
    }

    /// Sets the prefix of a signature that is alone in its header: `sha256=`. It has no effect on the other formats.
    pub fn with_prefix(mut self, text: impl Into<String>) -> Self {
        if let Scheme::Plain { prefix, .. } = &mut self.scheme {
            *prefix = text.into();
        }
        self
    }

    /// Sets the prefix of the three headers of Standard Webhooks: `acme` for `acme-id`, `acme-timestamp` and
    /// `acme-signature`. It has no effect on the other formats.
    ///
    /// # Errors
    /// The prefix is invalid in a header name.
    pub fn with_header_prefix(mut self, prefix: &str) -> Result<Self, SetupError> {
        if let Scheme::Standard { .. } = self.scheme {
            self.scheme = Scheme::Standard {
                id: name(&format!("{prefix}-id"))?,
                timestamp: name(&format!("{prefix}-timestamp"))?,
                signature: name(&format!("{prefix}-signature"))?,
            };
        }
        Ok(self)
    }

    /// Adds a secret, which is accepted as well while a secret is being replaced. The first one is used to sign.
    ///
    /// # Errors
    /// The secret is empty, or is not base64, which Standard Webhooks require.
    pub fn with_secret(mut self, secret: impl Into<Secret>) -> Result<Self, SetupError> {
        self.keys.push(key(&self.scheme, &secret.into())?);
        Ok(self)
    }

    /// Sets the maximum difference between the signed time and now, in the past and in the future: five minutes by
    /// default. It counts in whole seconds, and only for formats with a time.
    pub fn with_tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// Accepts webhooks signed at any time. Somebody who recorded one can then send it again at any time.
    pub fn without_tolerance(mut self) -> Self {
        self.tolerance = None;
        self
    }

    /// Verifies a webhook that is received now, by its headers and the exact bytes of its body.
    ///
    /// # Errors
    /// Returns the check that failed.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), VerifyError> {
        self.verify_at(headers, body, SystemTime::now())
    }

    /// Verifies a webhook that was received at another time, for tests and for stored webhooks.
    ///
    /// # Errors
    /// Returns the check that failed.
    pub fn verify_at(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: SystemTime,
    ) -> Result<(), VerifyError> {
        let claim = self.scheme.claim(headers)?;
        let parts = [&*claim.before, body];
        if !self
            .keys
            .iter()
            .any(|key| key.signed(parts, &claim.signatures))
        {
            return Err(VerifyError::Mismatch);
        }
        match (claim.signed_at, self.tolerance) {
            (Some(signed_at), Some(tolerance)) => is_near(signed_at, since_1970(now), tolerance),
            _ => Ok(()),
        }
    }

    /// Returns the headers that the sender would send with this body now, for tests. For Standard Webhooks, the id is
    /// random.
    pub fn sign(&self, body: &[u8]) -> HeaderMap {
        let id = format!("msg_{:032x}", fastrand::u128(..));
        let id = HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("msg"));
        self.sign_at(&id, body, SystemTime::now())
    }

    /// Returns the headers that the sender would send with this body at this time. Only Standard Webhooks have an id.
    pub fn sign_at(&self, id: &HeaderValue, body: &[u8], now: SystemTime) -> HeaderMap {
        let at = since_1970(now);
        let before = self.scheme.before(id, at);
        let mut keys = self.keys.iter();
        let signature = keys.next().map(|key| key.sign([&before, body]));
        self.scheme.headers(id, at, &signature.unwrap_or_default())
    }
}

fn name(text: &str) -> Result<HeaderName, SetupError> {
    text.parse().map_err(|_| SetupError::HeaderName)
}

fn key(scheme: &Scheme, secret: &Secret) -> Result<Key, SetupError> {
    let text = secret.expose();
    if !matches!(scheme, Scheme::Standard { .. }) {
        return Key::new(text.as_bytes());
    }
    let bytes: Base64 = text
        .strip_prefix(STANDARD_SECRET)
        .unwrap_or(text)
        .parse()
        .map_err(|_| SetupError::SecretNotBase64)?;
    Key::new(bytes.as_bytes())
}

/// Returns the whole seconds since 1970.
fn since_1970(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}

fn is_near(signed_at: u64, now: u64, tolerance: Duration) -> Result<(), VerifyError> {
    let (age, ahead) = (
        Duration::from_secs(now.saturating_sub(signed_at)),
        Duration::from_secs(signed_at.saturating_sub(now)),
    );
    if age > tolerance {
        Err(VerifyError::TooOld { age })
    } else if ahead > tolerance {
        Err(VerifyError::TooNew { ahead })
    } else {
        Ok(())
    }
}
