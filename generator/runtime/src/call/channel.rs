//! The state that all calls of a client share.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::header::USER_AGENT;
use http::{HeaderName, HeaderValue};

use super::Api;
use super::hooks::Hooks;
use super::oauth::Exchange;
use super::signing::Signer;
use crate::auth::{Credential, Credentials, Grant, Owner, Scheme, TokenEndpoint};
use crate::error::Error;
use crate::header::HeaderList;
use crate::retry::{Budget, Limits, RetryPolicy};
use crate::transport::{Transport, Transports};
use crate::url::Base;

/// The transport with its connections, the credentials and the settings that all calls of a client share. Blocking
/// calls use a transport of their own, unless the caller set one.
///
/// Clones share everything.
#[derive(Clone)]
pub(crate) struct Channel {
    shared: Arc<Shared>,
    credentials: Credentials,
    /// Whether the calls are blocking.
    blocks: bool,
}

pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    /// The base URL, with its origin replaced by `origin` where that is set.
    pub(crate) base: Base,
    /// The base URL as configured.
    pub(crate) given: Base,
    /// The origin that replaces the origin of every request.
    pub(crate) origin: Option<Base>,
    /// The user agent, or the caller's replacement.
    pub(crate) own_user_agent: HeaderValue,
    pub(crate) allow_http: bool,
    pub(crate) transports: Transports,
    pub(crate) headers: HeaderList,
    /// The secrets in these headers.
    pub(crate) secrets: Vec<String>,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) limits: Limits,
    pub(crate) body_limit: usize,
    pub(crate) hooks: Hooks,
    pub(crate) signer: Option<Arc<dyn Signer>>,
    /// The header for idempotency keys that the client generates.
    pub(crate) idempotency_header: Option<HeaderName>,
    /// The number of calls that used a seeded random number generator.
    pub(crate) calls: AtomicU64,
}

impl Channel {
    pub(crate) fn new(shared: Shared, credentials: Credentials) -> Self {
        Self {
            shared: Arc::new(shared),
            credentials,
            blocks: false,
        }
    }

    /// Returns a channel that differs only in the credential of one scheme, and shares everything else.
    ///
    /// # Errors
    /// The API has no such scheme, or the credential cannot be sent.
    pub(crate) fn with_credential(
        &self,
        scheme: &str,
        credential: Credential,
    ) -> Result<Self, Error> {
        Ok(Self {
            credentials: self.credentials.with(self, scheme, credential)?,
            ..self.clone()
        })
    }

    /// Returns a channel that shares everything except the credentials and sends none.
    pub(super) fn without_credentials(&self) -> Self {
        Self {
            credentials: Credentials::waived(),
            ..self.clone()
        }
    }

    /// Returns a channel to another API over the same transports, without the credentials, headers, hooks
    /// and signer.
    pub(super) fn beside(&self, api: &'static Api, base: Base) -> Self {
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
            secrets: Vec::new(),
            retry: shared.retry.clone(),
            budget: Budget::full(),
            limits: shared.limits,
            body_limit: shared.body_limit,
            hooks: Hooks::default(),
            signer: None,
            idempotency_header: None,
            calls: AtomicU64::new(0),
        };
        Self {
            shared: Arc::new(shared),
            credentials: Credentials::none(),
            ..self.clone()
        }
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Returns the secrets of the credentials and of the headers of the client, which are masked in messages.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &str> {
        let by_hand = self.shared.secrets.iter().map(String::as_str);
        self.credentials.secrets().chain(by_hand)
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Returns the transport for the mode of this channel, blocking or async.
    pub(super) fn transport(&self) -> &dyn Transport {
        &**self.own_transport()
    }

    fn own_transport(&self) -> &Arc<dyn Transport> {
        let transports = &self.shared.transports;
        if self.blocks {
            &transports.blocking
        } else {
            &transports.asynchronous
        }
    }

    /// Returns this channel in blocking or async mode.
    pub(super) fn waiting_as(&self, blocks: bool) -> Self {
        Self {
            blocks,
            ..self.clone()
        }
    }

    /// Whether calls block their thread. Blocking calls must not poll futures that need a runtime.
    pub(super) fn blocks(&self) -> bool {
        self.blocks
    }
}

impl Shared {
    /// Returns the random number generator for the backoff of one call. With a seed, every call of a client gets its
    /// own generator, which is the same in every run.
    pub(super) fn random(&self, policy: &RetryPolicy) -> fastrand::Rng {
        match policy.seeded() {
            Some(seed) => {
                let call = self.calls.fetch_add(1, Ordering::Relaxed);
                fastrand::Rng::with_seed(seed.wrapping_add(call))
            }
            // Includes the process id: after a fork, both processes would otherwise back off for the same times.
            None => fastrand::Rng::with_seed(fastrand::u64(..) ^ u64::from(std::process::id())),
        }
    }
}

impl Owner for Channel {
    fn schemes(&self) -> &'static [Scheme] {
        self.shared.api.schemes
    }

    fn clock(&self) -> Arc<dyn Transport> {
        Arc::clone(self.own_transport())
    }

    fn token_endpoint(
        &self,
        described: &str,
        grant: Grant,
    ) -> Result<Box<dyn TokenEndpoint>, Error> {
        Ok(Box::new(Exchange::new(self, described, grant)?))
    }
}

/// Shows the URL but no credential.
impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Channel")
            .field("api", &self.shared.api.name)
            .field("base_url", &self.shared.base.as_str())
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
