//! Clients: what their calls share, and how they are made.
//!
//! Generated clients are written with all of this: `use crate::runtime::client::*`.

mod builder;
mod connections;
mod macros;
mod transports;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::header::USER_AGENT;
use http::{HeaderName, HeaderValue, Method};

use self::transports::Transports;
use crate::auth::Credentials;
use crate::call::Request;
use crate::error::Error;
use crate::header::HeaderList;
use crate::hooks::Hooks;
use crate::retry::{Budget, Limits, RetryPolicy};
use crate::transport::Transport;
use crate::url::Base;

pub use self::builder::ClientBuilder;
pub use crate::api::Api;
pub use crate::auth::{ClientCredentials, Credential, Scheme, TokenProvider};
pub use crate::url::{BaseUrl, Variable};
pub use crate::value::Secret;
pub use crate::{builder, client};

/// What a generated client stands on: the transport with its connections, the credentials and the settings. Blocking
/// calls have a transport of their own, unless the caller gave one for all.
///
/// A clone shares all of it.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    credentials: Credentials,
    /// Whether calls hold their thread while they wait.
    #[cfg(feature = "blocking")]
    blocks: bool,
}

pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    /// The server, behind `origin` where there is one.
    pub(crate) base: Base,
    /// The server as it was given.
    pub(crate) given: Base,
    /// Where all requests go, whatever their servers are.
    pub(crate) origin: Option<Base>,
    /// The user agent, whatever the caller put in its place.
    pub(crate) own_user_agent: HeaderValue,
    pub(crate) allow_http: bool,
    transports: Transports,
    pub(crate) headers: HeaderList,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) limits: Limits,
    pub(crate) body_limit: usize,
    pub(crate) hooks: Hooks,
    /// Where calls that need a key get one, if they do.
    pub(crate) idempotency_header: Option<HeaderName>,
    calls: AtomicU64,
}

impl Client {
    /// Begins a call of the operation `operation`: `profiles.get`.
    pub fn call(
        &self,
        operation: &'static str,
        method: Method,
        template: impl Into<Cow<'static, str>>,
    ) -> Request {
        Request::new(self.clone(), operation, method, template.into())
    }

    /// A client that differs only in the credential of one scheme, and shares everything else.
    ///
    /// # Errors
    /// The API has no such scheme, or the credential cannot be sent.
    pub fn with_credential(&self, scheme: &str, credential: Credential) -> Result<Self, Error> {
        Ok(Self {
            credentials: self.credentials.with(self, scheme, credential)?,
            ..self.clone()
        })
    }

    /// A client that shares everything but the credentials, and sends none.
    pub(crate) fn without_credentials(&self) -> Self {
        Self {
            credentials: Credentials::waived(),
            ..self.clone()
        }
    }

    /// A client of another API over the same transports. No credential and no header goes with it.
    pub(crate) fn beside(&self, api: &'static Api, base: Base) -> Self {
        let shared = self.shared();
        let mut headers = HeaderList::default();
        if let Some(value) = shared.headers.get(&USER_AGENT) {
            headers.insert(USER_AGENT, value.clone());
        }
        let shared = Shared {
            api,
            given: base.clone(),
            base,
            origin: None,
            own_user_agent: shared.own_user_agent.clone(),
            allow_http: shared.allow_http,
            transports: shared.transports.clone(),
            headers,
            retry: shared.retry.clone(),
            budget: Budget::full(),
            limits: shared.limits,
            body_limit: shared.body_limit,
            // What goes to another host is none of theirs.
            hooks: Hooks::default(),
            idempotency_header: None,
            calls: AtomicU64::new(0),
        };
        let mut beside = self.clone();
        beside.shared = Arc::new(shared);
        beside.credentials = Credentials::none();
        beside
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// What no message may show.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.credentials.secrets()
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// What this client's calls go over.
    pub(crate) fn transport(&self) -> &dyn Transport {
        &**self.own_transport()
    }

    pub(crate) fn shared_transport(&self) -> Arc<dyn Transport> {
        Arc::clone(self.own_transport())
    }

    fn own_transport(&self) -> &Arc<dyn Transport> {
        let transports = &self.shared.transports;
        #[cfg(feature = "blocking")]
        if self.blocks {
            return &transports.blocking;
        }
        &transports.asynchronous
    }

    /// The same client, whose calls need no runtime.
    #[cfg(feature = "blocking")]
    pub(crate) fn blocking(&self) -> Self {
        Self {
            blocks: true,
            ..self.clone()
        }
    }

    /// The same client, for calls that block or for those that do not.
    pub(crate) fn waiting_as(&self, blocks: bool) -> Self {
        #[cfg(feature = "blocking")]
        if blocks {
            return self.blocking();
        }
        let _ = blocks;
        self.clone()
    }

    /// Whether calls hold their thread while they wait, and must not poll what needs a runtime.
    #[cfg_attr(
        not(feature = "blocking"),
        expect(
            clippy::unused_self,
            reason = "only the feature `blocking` makes a difference"
        )
    )]
    pub(crate) fn blocks(&self) -> bool {
        #[cfg(feature = "blocking")]
        return self.blocks;
        #[cfg(not(feature = "blocking"))]
        return false;
    }
}

impl Shared {
    /// The source of a call's random waits: with a seed each call of a client has its own, the same in each run.
    pub(crate) fn random(&self, policy: &RetryPolicy) -> fastrand::Rng {
        match policy.seeded() {
            Some(seed) => {
                let call = self.calls.fetch_add(1, Ordering::Relaxed);
                fastrand::Rng::with_seed(seed.wrapping_add(call))
            }
            // A fork has the same numbers before it, and must not wait as its parent does.
            None => fastrand::Rng::with_seed(fastrand::u64(..) ^ u64::from(std::process::id())),
        }
    }
}

/// Shows where the client is pointed, and no credential.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.shared.api.name)
            .field("base_url", &self.shared.base.as_str())
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
