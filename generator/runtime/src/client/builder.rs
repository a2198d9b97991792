//! How a client is set up.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use super::{Client, Shared};
use crate::api::Api;
use crate::auth::{self, Credential, Credentials, Variables};
use crate::error::Error;
use crate::header;
use crate::retry::{Budget, Limits, RetryPolicy};
use crate::transport::Transport;
use crate::url::BaseUrl;

/// The largest answer that is held in memory, unless the caller says otherwise.
const BODY_LIMIT: usize = 64 << 20;

/// Servers that stream commonly send something each half a minute, but one that thinks may need longer.
const IDLE: Duration = Duration::from_secs(300);

/// The settings of a client to be.
///
/// Nothing is checked before [`build`](Self::build), which tells what is wrong.
#[derive(Clone)]
pub struct ClientBuilder {
    api: &'static Api,
    base: BaseUrl,
    allow_http: bool,
    transport: Option<Arc<dyn Transport>>,
    credentials: Vec<(&'static str, Credential)>,
    /// What is wrong with the credentials of the environment.
    problem: Option<String>,
    headers: Vec<(String, String)>,
    user_agent: Option<String>,
    retry: RetryPolicy,
    connect_timeout: Option<Duration>,
    limits: Limits,
    body_limit: usize,
}

impl ClientBuilder {
    /// The settings of a client of `api` at `base`.
    pub fn new(api: &'static Api, base: BaseUrl) -> Self {
        Self {
            api,
            base,
            allow_http: false,
            transport: None,
            credentials: Vec::new(),
            problem: None,
            headers: Vec::new(),
            user_agent: None,
            retry: RetryPolicy::default(),
            connect_timeout: Some(Duration::from_secs(10)),
            limits: Limits {
                attempt: Some(Duration::from_secs(60)),
                total: None,
                idle: Some(IDLE),
            },
            body_limit: BODY_LIMIT,
        }
    }

    /// Gives the credential of the scheme `scheme`; a later one replaces it.
    pub fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        self.credentials.retain(|(name, _)| *name != scheme);
        self.credentials.push((scheme, credential));
        self
    }

    /// Takes the credentials of all schemes whose variables are set in the environment of the process. Nothing else
    /// reads the environment.
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

    /// How long an attempt may take, from sending to the end of the answer: 60 s by default.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt = Some(limit);
        self
    }

    /// How long a call may take with all its attempts and waits: as long as they need by default.
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.limits.total = Some(limit);
        self
    }

    /// How long a stream may be silent: 5 min by default. Once its head is there, nothing but this and the total
    /// timeout limits a stream.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.limits.idle = Some(limit);
        self
    }

    /// How long connecting may take: 10 s by default. A transport that the caller gives decides for itself.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    /// How failed calls are made again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Makes no call again.
    pub fn without_retry(self) -> Self {
        self.retry(RetryPolicy::none())
    }

    /// Sends a header with every request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Replaces the user agent, which otherwise names the client's crate and this runtime with their versions.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sends the requests over another transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Allows `http://` to other machines: requests and credentials can be read on their way.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// The largest body of an answer that is accepted, and of a stream the largest item: 64 MiB by default.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// The base URL is none or is not encrypted, a credential or a header cannot be sent, or the transport cannot be
    /// set up.
    pub fn build(self) -> Result<Client, Error> {
        let base = self.base.check()?;
        base.require_private(self.allow_http)?;
        if let Some(problem) = self.problem {
            return Err(Error::config(problem));
        }
        let headers = self.ready_headers()?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(self.connect_timeout)?,
        };
        let shared = Shared {
            api: self.api,
            base,
            allow_http: self.allow_http,
            transport,
            headers,
            retry: self.retry,
            budget: Budget::full(),
            limits: self.limits,
            body_limit: self.body_limit,
            calls: AtomicU64::new(0),
        };
        let mut credentials = Credentials::none();
        for (scheme, credential) in self.credentials {
            credentials = credentials.with(&shared, scheme, credential)?;
        }
        Ok(Client {
            shared: Arc::new(shared),
            credentials,
        })
    }

    fn ready_headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, self.ready_user_agent()?);
        for (name, value) in &self.headers {
            let (name, value): (HeaderName, HeaderValue) =
                header::private(name, value).map_err(Error::config)?;
            headers.insert(name, value);
        }
        Ok(headers)
    }

    fn ready_user_agent(&self) -> Result<HeaderValue, Error> {
        let text = match &self.user_agent {
            Some(user_agent) => Cow::Borrowed(user_agent.as_str()),
            None => Cow::Owned(format!(
                "{} specwright-runtime/{}",
                self.api.user_agent,
                env!("CARGO_PKG_VERSION")
            )),
        };
        header::value("user-agent", &text).map_err(Error::config)
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(connect_timeout: Option<Duration>) -> Result<Arc<dyn Transport>, Error> {
    use crate::transport::{ReqwestSettings, ReqwestTransport};
    let settings = ReqwestSettings { connect_timeout };
    Ok(Arc::new(ReqwestTransport::build(&settings)?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_connect_timeout: Option<Duration>) -> Result<Arc<dyn Transport>, Error> {
    Err(Error::config(
        "there is no transport: switch on the feature `reqwest`, or give one with `transport(…)`",
    ))
}

/// Shows the names of what is set, and no credential.
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
