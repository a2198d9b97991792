//! The settings of retries.

use std::time::Duration;

use http::HeaderName;

/// The policy for retries of a failed call.
///
/// By default, a call is retried twice, after a random backoff of at most 0.5 s and 1 s (doubling up to 8 s if more
/// retries are allowed). If `Retry-After` asks for a wait of at most 60 s, the random backoff is added to it, so that
/// callers with the same wait do not return together and none returns early.
///
/// GET, HEAD, OPTIONS, TRACE, QUERY, PUT, DELETE and calls with an idempotency key are retried after connection
/// failures, timeouts and the status codes 408, 429, 500, 502, 503 and 504. Any other call is retried only if the
/// server did not act on it: without a connection, after 429, after 503 with `Retry-After`, or if an HTTP/2 server
/// refused the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    pub(super) retries: u32,
    pub(super) base: Duration,
    pub(super) longest: Duration,
    pub(super) longest_retry_after: Duration,
    pub(super) seed: Option<u64>,
    pub(super) verdict: Option<HeaderName>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            retries: 2,
            base: Duration::from_millis(500),
            longest: Duration::from_secs(8),
            longest_retry_after: Duration::from_secs(60),
            seed: None,
            verdict: None,
        }
    }
}

impl RetryPolicy {
    /// Returns a policy without retries.
    pub fn none() -> Self {
        Self::default().retries(0)
    }

    /// Sets the maximum number of retries.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the bound of the first random backoff, which doubles with each retry up to `longest`.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.base = first;
        self.longest = longest;
        self
    }

    /// Sets the longest `Retry-After` that is waited for, not counting the random backoff. A longer one ends the call
    /// with an error that contains it.
    pub fn longest_retry_after(mut self, longest: Duration) -> Self {
        self.longest_retry_after = longest;
        self
    }

    /// Makes the random backoffs the same in every run. Idempotency keys and multipart boundaries are always new.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Sets a response header by which the server decides, such as `x-should-retry`: an error response is retried if it
    /// is `true`, and not retried if it is `false`. It overrides all other rules.
    pub fn verdict_header(mut self, name: HeaderName) -> Self {
        self.verdict = Some(name);
        self
    }

    pub(crate) fn verdict(&self) -> Option<&HeaderName> {
        self.verdict.as_ref()
    }

    pub(crate) fn seeded(&self) -> Option<u64> {
        self.seed
    }
}
