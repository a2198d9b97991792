//! Clients: what their calls share, and how they are made.
//!
//! Generated clients are written with all of this: `use crate::runtime::client::*`.

mod builder;
mod macros;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::header::USER_AGENT;
use http::{HeaderMap, Method};

use crate::auth::Credentials;
use crate::call::Request;
use crate::error::Error;
use crate::retry::{Budget, Limits, RetryPolicy};
use crate::transport::Transport;
use crate::url::Base;

pub use self::builder::ClientBuilder;
pub use crate::api::Api;
pub use crate::auth::{ClientCredentials, Credential, Scheme, TokenProvider};
pub use crate::url::BaseUrl;
pub use crate::value::Secret;
pub use crate::{builder, client};

/// What a generated client stands on: one transport with its connections, the credentials and the settings.
///
/// A clone shares all of it.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    credentials: Credentials,
}

pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    pub(crate) base: Base,
    pub(crate) allow_http: bool,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) headers: HeaderMap,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) limits: Limits,
    pub(crate) body_limit: usize,
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
            shared: self.shared.clone(),
            credentials: self.credentials.with(&self.shared, scheme, credential)?,
        })
    }

    /// A client of another API over the same transport. No credential and no header goes with it.
    pub(crate) fn beside(shared: &Shared, api: &'static Api, base: Base) -> Self {
        let user_agent = shared.headers.get(USER_AGENT);
        let headers = user_agent.map(|value| (USER_AGENT, value.clone()));
        let shared = Shared {
            api,
            base,
            allow_http: shared.allow_http,
            transport: shared.transport.clone(),
            headers: headers.into_iter().collect(),
            retry: shared.retry.clone(),
            budget: Budget::full(),
            limits: shared.limits,
            body_limit: shared.body_limit,
            calls: AtomicU64::new(0),
        };
        Self {
            shared: Arc::new(shared),
            credentials: Credentials::none(),
        }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// What no message may show.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.credentials.secrets()
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
            None => fastrand::Rng::new(),
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
