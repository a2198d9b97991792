//! Clients: what their calls share, and how they are made.
//!
//! Generated clients are written with all of this: `use crate::runtime::client::*`.

mod builder;
mod macros;
mod transports;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::{HeaderMap, Method};

use crate::auth::Ready;
use crate::call::Request;
use crate::retry::{Budget, Limits, RetryPolicy};
use crate::transport::Transport;
use crate::url::Base;

pub use self::builder::ClientBuilder;
pub use crate::api::Api;
pub use crate::auth::{Credential, Scheme};
pub use crate::url::{BaseUrl, Variable};
pub use crate::value::Secret;
pub use crate::{builder, client};

/// What a generated client stands on: one transport with its connections, the credentials and the settings.
///
/// A clone shares all of it.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    /// What this client's calls go over.
    transport: Arc<dyn Transport>,
}

pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    pub(crate) base: Base,
    pub(crate) allow_http: bool,
    /// What blocking calls go over.
    #[cfg(feature = "blocking")]
    blocking: Arc<dyn Transport>,
    pub(crate) headers: HeaderMap,
    pub(crate) credentials: Vec<Ready>,
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

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.transport
    }

    /// The same client, whose calls need no runtime.
    #[cfg(feature = "blocking")]
    pub(crate) fn blocking(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            transport: Arc::clone(&self.shared.blocking),
        }
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

    /// What no message may show.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.credentials.iter().flat_map(Ready::secrets)
    }
}

/// Shows where the client is pointed, and no credential.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.shared.api.name)
            .field("base_url", &self.shared.base.as_str())
            .field("credentials", &self.shared.credentials)
            .finish_non_exhaustive()
    }
}
