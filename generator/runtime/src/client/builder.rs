//! The builder of clients.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use http::header::{HeaderName, HeaderValue, USER_AGENT};

use super::Client;
use crate::auth::{self, Credential, Credentials, Variables};
use crate::call::hooks::{AttemptHook, CallHook, Hooks};
use crate::call::{Api, Channel, Shared, Signer};
use crate::error::Error;
use crate::header::{self, HeaderList};
use crate::retry::{Budget, Limits, RetryPolicy};
use crate::transport::{Settings, Transport, Transports, built_in};
use crate::url::BaseUrl;

/// The default limit for a response body in memory.
const BODY_LIMIT: usize = 64 << 20;

/// Servers usually send something every 30 seconds on a stream, but some are silent for longer while they compute.
const IDLE: Duration = Duration::from_secs(300);

/// The settings of a client that is not built yet.
///
/// Settings are checked by [`build`](Self::build).
#[derive(Clone)]
pub struct ClientBuilder {
    api: &'static Api,
    base: BaseUrl,
    origin: Option<BaseUrl>,
    allow_http: bool,
    transport: Option<Arc<dyn Transport>>,
    credentials: Vec<(&'static str, Credential)>,
    /// Whether operations are called without the credentials that they require.
    waived: bool,
    /// The error for invalid credentials in the environment.
    problem: Option<String>,
    headers: Vec<(String, String)>,
    user_agent: Option<String>,
    retry: RetryPolicy,
    pub(super) settings: Settings,
    limits: Limits,
    body_limit: usize,
    hooks: Hooks,
    signer: Option<Arc<dyn Signer>>,
    idempotency_header: Option<String>,
}

impl ClientBuilder {
    /// Returns the default settings of a client of `api` at `base`.
    pub fn new(api: &'static Api, base: BaseUrl) -> Self {
        Self {
            api,
            base,
            origin: None,
            allow_http: false,
            transport: None,
            credentials: Vec::new(),
            waived: false,
            problem: None,
            headers: Vec::new(),
            user_agent: None,
            retry: RetryPolicy::default(),
            settings: Settings::default(),
            limits: Limits {
                attempt: Some(Duration::from_secs(60)),
                total: None,
                idle: Some(IDLE),
            },
            body_limit: BODY_LIMIT,
            hooks: Hooks::default(),
            signer: None,
            idempotency_header: None,
        }
    }

    /// Sends every request to this origin instead of the origins in the API description: those of the server, of
    /// operations with their own server, and of the token URL. For a mock or a proxy, such as `http://127.0.0.1:4010`.
    ///
    /// The paths stay the same. A path in this URL is put before them.
    pub fn origin(mut self, url: impl Into<Cow<'static, str>>) -> Self {
        self.origin = Some(BaseUrl::described(url));
        self
    }

    /// Sends no credentials, even where operations require them: for a server that requires none, whatever its
    /// description says, such as most servers on a developer's machine.
    ///
    /// Credentials set before are dropped; a credential set later is sent. Requests are signed nevertheless if there is
    /// a [`signer`](Self::signer).
    pub fn without_credentials(mut self) -> Self {
        self.credentials.clear();
        self.problem = None;
        self.waived = true;
        self
    }

    /// Sets the credential of the security scheme `scheme`, replacing an earlier one.
    pub fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        self.waived = false;
        self.credentials.retain(|(name, _)| *name != scheme);
        self.credentials.push((scheme, credential));
        self
    }

    /// Reads the credentials of all security schemes whose environment variables are set. Without this method, the
    /// environment is not read for credentials.
    #[doc(hidden)]
    pub fn credentials_from_env(mut self, variables: &Variables) -> Self {
        match auth::read(variables, |name| std::env::var(name)) {
            Ok(found) => found
                .into_iter()
                .fold(self, |builder, (scheme, credential)| {
                    builder.credential(scheme, credential)
                }),
            Err(problem) => {
                self.problem = Some(problem);
                self
            }
        }
    }

    /// Sets the timeout of an attempt, from sending to the end of the response: 60 s by default.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt = Some(limit);
        self
    }

    /// Sets the timeout of a call with all attempts and backoffs, and of a stream until it is read: no timeout by
    /// default.
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.limits.total = Some(limit);
        self
    }

    /// Sets how long a stream may be idle: 5 min by default. After the head of the response, a stream is limited only
    /// by this and the total timeout.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.limits.idle = Some(limit);
        self
    }

    /// Sets the retry policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Disables retries.
    pub fn without_retry(self) -> Self {
        self.retry(RetryPolicy::none())
    }

    /// Sends a header with every request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the user agent: by default the name and version of the client's crate and of this runtime.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sends the requests over another transport, including those of blocking calls.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Allows `http://` URLs of other machines: requests and credentials can then be read in transit.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Sets the maximum size of a response body, or of one item of a stream: 64 MiB by default. At most 1 MiB of an
    /// error response is read.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Sends a generated key in this header, usually `Idempotency-Key`, with each call that otherwise could not be
    /// retried. All attempts of a call send the same key, which its error returns.
    ///
    /// Use it only if all operations of the API support the header: a server that ignores it would act twice.
    pub fn idempotency_keys(mut self, header: impl Into<String>) -> Self {
        self.idempotency_header = Some(header.into());
        self
    }

    /// Adds a hook that runs around each call, inside the hooks added before.
    pub fn call_hook(mut self, hook: impl CallHook) -> Self {
        self.hooks.calls.push(Arc::new(hook));
        self
    }

    /// Adds a hook that runs around each attempt of each call, inside the hooks added before.
    pub fn attempt_hook(mut self, hook: impl AttemptHook) -> Self {
        self.hooks.attempts.push(Arc::new(hook));
        self
    }

    /// Signs every request of the API, after its credentials are in it and again for each attempt.
    ///
    /// A later signer replaces an earlier one. Operations still need the credentials that the description requires. If
    /// the signature is that credential, call [`without_credentials`](Self::without_credentials) as well.
    pub fn signer(mut self, signer: impl Signer) -> Self {
        self.signer = Some(Arc::new(signer));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// The base URL is invalid or not encrypted, a credential or a header cannot be sent, or a setting of the connections
    /// is invalid: a proxy URL, a certificate, a private key, an address, a timeout of zero.
    pub fn build(self) -> Result<Client, Error> {
        let given = self.base.check().map_err(Error::config)?;
        let origin = self.origin.as_ref().map(BaseUrl::check).transpose();
        let origin = origin.map_err(Error::config)?;
        let base = given.behind(origin.as_ref());
        base.require_private(self.allow_http)
            .map_err(Error::config)?;
        if let Some(problem) = self.problem {
            return Err(Error::config(problem));
        }
        let headers = self.ready_headers()?;
        let by_hand = self.headers.iter();
        let secrets = by_hand
            .flat_map(|(name, value)| auth::secrets_by_hand(self.api.schemes, name, value))
            .collect();
        let own_user_agent = self.own_user_agent()?;
        let idempotency_header = self.idempotency_header.as_deref().map(header::name);
        let idempotency_header = idempotency_header.transpose().map_err(Error::config)?;
        let transports = match self.transport {
            Some(transport) => Transports::both(transport),
            None => built_in(&self.settings.for_base(base.is_loopback_http()))?,
        };
        let shared = Shared {
            api: self.api,
            base,
            given,
            origin,
            own_user_agent,
            allow_http: self.allow_http,
            transports,
            headers,
            secrets,
            retry: self.retry,
            budget: Budget::full(),
            limits: self.limits,
            body_limit: self.body_limit,
            hooks: self.hooks,
            signer: self.signer,
            idempotency_header,
            calls: AtomicU64::new(0),
        };
        let credentials = if self.waived {
            Credentials::waived()
        } else {
            Credentials::none()
        };
        let channel = Channel::new(shared, credentials);
        let mut credentials = self.credentials.into_iter();
        let channel = credentials.try_fold(channel, |channel, (scheme, credential)| {
            channel.with_credential(scheme, credential)
        })?;
        Ok(Client { channel })
    }

    fn ready_headers(&self) -> Result<HeaderList, Error> {
        let mut headers = HeaderList::default();
        headers.insert(USER_AGENT, self.ready_user_agent()?);
        for (name, value) in &self.headers {
            let (name, value): (HeaderName, HeaderValue) =
                header::private(name, value).map_err(Error::config)?;
            headers.insert(name, value);
        }
        Ok(headers)
    }

    fn ready_user_agent(&self) -> Result<HeaderValue, Error> {
        match &self.user_agent {
            Some(text) => header::value(USER_AGENT.as_str(), text).map_err(Error::config),
            None => self.own_user_agent(),
        }
    }

    /// Returns the default user agent.
    fn own_user_agent(&self) -> Result<HeaderValue, Error> {
        let (own, runtime) = (self.api.user_agent, env!("CARGO_PKG_VERSION"));
        let text = format!("{own} specwright-runtime/{runtime}");
        header::value(USER_AGENT.as_str(), &text).map_err(Error::config)
    }
}

/// Shows the names of the settings but no credential.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials: Vec<_> = self.credentials.iter().map(|(name, _)| name).collect();
        let headers: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.name)
            .field("base_url", &self.base)
            .field("credentials", &credentials)
            .field("headers", &headers)
            .field("retry", &self.retry)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
