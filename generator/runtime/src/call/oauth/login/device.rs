//! The device authorization flow (RFC 8628).

use std::fmt;
use std::time::Duration;

use super::super::super::{Call, Channel};
use super::super::endpoint::Endpoint;
use super::super::error_code;
use super::Flow;
use crate::auth::{ClientCredentials, Tokens};
use crate::error::{Error, ErrorKind};
use crate::record;
use crate::value::{Json, Secret};

/// The default interval between two requests.
const INTERVAL: Duration = Duration::from_secs(5);

/// The maximum interval after failed connections. The server can ask for longer ones.
const LONGEST: Duration = Duration::from_secs(60);

/// The OAuth 2 device flow: the user logs in on another device, such as a phone, while the program polls for the
/// tokens.
///
/// 1. [`start`](Self::start) returns an address and a code, which the program shows to the user.
/// 2. [`wait`](Self::wait) returns the tokens once the user has logged in.
#[derive(Clone)]
pub struct DeviceFlow {
    start: Endpoint,
    tokens: Endpoint,
    scopes: &'static [&'static str],
}

/// The address and the codes for a login on another device.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DeviceAuthorization {
    /// The secret with which the program asks for the tokens.
    pub device_code: Secret,
    /// The code that the user enters.
    pub user_code: String,
    /// The address with the code in it, for example for a QR code.
    pub verification_uri_complete: Option<String>,
    verification_uri: Option<String>,
    /// The name before RFC 8628, which some servers kept.
    verification_url: Option<String>,
    /// A number of seconds, like `interval`.
    expires_in: Option<Json>,
    interval: Option<Json>,
}

record!(DeviceAuthorization {
    device_code: "device_code" required,
    user_code: "user_code" required,
    verification_uri_complete: "verification_uri_complete",
    verification_uri: "verification_uri",
    verification_url: "verification_url",
    expires_in: "expires_in",
    interval: "interval",
});

impl DeviceAuthorization {
    /// Returns the address at which the user enters the code; empty if the server did not send it, as it has to.
    pub fn verification_uri(&self) -> &str {
        let uri = self.verification_uri.as_deref();
        uri.or(self.verification_url.as_deref()).unwrap_or_default()
    }

    /// Returns for how long the codes are valid, from the time at which they were issued; `None` if the server did not
    /// say it.
    pub fn expires_in(&self) -> Option<Duration> {
        Tokens::seconds(self.expires_in.as_ref()?)
    }

    /// Returns how long the program waits before each request, if the server sets it.
    pub fn interval(&self) -> Option<Duration> {
        Tokens::seconds(self.interval.as_ref()?)
    }
}

impl DeviceFlow {
    pub(crate) fn new(
        channel: &Channel,
        flow: &Flow,
        client: &ClientCredentials,
    ) -> Result<Self, Error> {
        let what = "device authorization URL";
        Ok(Self {
            start: Endpoint::described(channel, what, flow.authorization_url, client)?,
            tokens: Endpoint::of_tokens(channel, flow.token_url, client)?,
            scopes: flow.scopes,
        })
    }

    /// Returns the URL at which the flow begins.
    pub fn authorization_url(&self) -> String {
        self.start.url()
    }

    /// Returns the URL at which tokens are issued.
    pub fn token_url(&self) -> String {
        self.tokens.url()
    }

    /// Returns the scopes in the API description.
    pub fn scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    /// Begins a login.
    pub fn start(&self) -> Call<DeviceAuthorization> {
        let request = self.start.request(false, "oauth.device");
        self.start.call(self.start.scoped(request))
    }

    /// Asks once for the tokens. While the user has not logged in, the code of the error is `authorization_pending`: see
    /// [`error_code`].
    pub fn poll(&self, device: &DeviceAuthorization) -> Call<Tokens> {
        self.asked(false, device)
    }

    fn asked(&self, blocks: bool, device: &DeviceAuthorization) -> Call<Tokens> {
        let request = self.tokens.request(blocks, "oauth.device_token");
        let request = request
            .field(
                "grant_type",
                &"urn:ietf:params:oauth:grant-type:device_code",
            )
            .field("device_code", &device.device_code);
        self.tokens.call(request)
    }

    /// Polls for the tokens until the user has logged in, at the interval that the server sets. After a failed
    /// connection the interval is longer.
    ///
    /// # Errors
    /// The user refused, the codes expired, or the server responded with another error.
    pub async fn wait(&self, device: &DeviceAuthorization) -> Result<Tokens, Error> {
        self.waited(false, device).await
    }

    /// Waits like [`wait`](Self::wait), and blocks this thread meanwhile.
    ///
    /// # Errors
    /// See [`wait`](Self::wait).
    #[cfg(feature = "blocking")]
    pub fn wait_blocking(&self, device: &DeviceAuthorization) -> Result<Tokens, Error> {
        let waiting = Box::pin(self.waited(true, device));
        crate::transport::block_anywhere(waiting)
    }

    async fn waited(&self, blocks: bool, device: &DeviceAuthorization) -> Result<Tokens, Error> {
        let channel = self.tokens.channel.waiting_as(blocks);
        let transport = channel.transport();
        // Without a lifetime, the server ends the flow.
        let lifetime = device.expires_in().unwrap_or(Duration::MAX);
        let end = transport.now().saturating_add(lifetime);
        // An interval of zero would flood the server.
        let mut interval = device.interval().unwrap_or(INTERVAL);
        interval = interval.max(Duration::from_secs(1));
        loop {
            if transport.now().saturating_add(interval) > end {
                let message = format!("the user did not log in within {lifetime:?}");
                return Err(
                    Error::new(ErrorKind::Timeout, message).of_operation("oauth.device_token")
                );
            }
            transport.sleep(interval).await;
            // The call itself does not retry, because the flow has its own interval.
            let error = match self.asked(blocks, device).without_retry().await {
                Ok(tokens) => return Ok(tokens),
                Err(error) => error,
            };
            interval = slower(interval, &error).ok_or(error)?;
        }
    }
}

/// Returns the interval after an error (RFC 8628, section 3.5); `None` if it ends the flow.
fn slower(interval: Duration, error: &Error) -> Option<Duration> {
    match error_code(error).as_deref() {
        Some("authorization_pending") => return Some(interval),
        Some("slow_down") => return Some(interval.saturating_add(INTERVAL)),
        _ => {}
    }
    let is_lost = matches!(
        error.kind(),
        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Io
    );
    let is_busy = error.status().is_some_and(|status| {
        status.is_server_error() || status == http::StatusCode::TOO_MANY_REQUESTS
    });
    (is_lost || is_busy).then(|| interval.max((interval * 2).min(LONGEST)))
}

/// Shows the URL but no secret.
impl fmt::Debug for DeviceFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceFlow")
            .field("authorization_url", &self.start.url())
            .finish_non_exhaustive()
    }
}
