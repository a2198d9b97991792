//! The credentials that a client has.

use std::fmt;
use std::sync::Arc;

use super::cache::Cache;
use super::ready::Ready;
use super::{Credential, Given, client_credentials};
use crate::client::Shared;
use crate::error::Error;

/// The credentials of a client; a clone shares them.
#[derive(Clone)]
pub(crate) struct Credentials(Arc<[Arc<Held>]>);

/// The credential of one scheme.
pub(crate) struct Held {
    scheme: &'static str,
    pub(super) source: Source,
}

pub(super) enum Source {
    Fixed(Ready),
    Provided(Arc<Cache>),
}

impl Credentials {
    /// None at all.
    pub(crate) fn none() -> Self {
        Self(Arc::new([]))
    }

    /// These and another one, which takes the place of one of the same scheme.
    pub(crate) fn with(
        &self,
        shared: &Shared,
        scheme: &str,
        credential: Credential,
    ) -> Result<Self, Error> {
        let added = Held::new(shared, scheme, credential)?;
        let others = self.0.iter().filter(|held| held.scheme != added.scheme);
        let mut all: Vec<Arc<Held>> = others.cloned().collect();
        all.push(Arc::new(added));
        Ok(Self(all.into()))
    }

    pub(super) fn of(&self, scheme: &str) -> Option<&Held> {
        self.0
            .iter()
            .find(|held| held.scheme == scheme)
            .map(|held| &**held)
    }

    /// What no message may show. What a provider gives is a secret of the calls that use it.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .flat_map(|held| match &held.source {
                Source::Fixed(ready) => ready.secrets(),
                Source::Provided(_) => &[],
            })
            .map(String::as_str)
    }
}

impl Held {
    fn new(shared: &Shared, name: &str, credential: Credential) -> Result<Self, Error> {
        let schemes = shared.api.schemes;
        let scheme = schemes
            .iter()
            .find(|scheme| scheme.name == name)
            .ok_or_else(|| {
                Error::config(format!("the API has no security scheme named `{name}`"))
            })?;
        let cache = |provider| Cache::new(scheme, provider, shared.transport.clone());
        let source = match credential.0 {
            Given::Provided(provider) => Source::Provided(cache(provider)),
            Given::ClientCredentials(url, given) => {
                let provider = client_credentials::provider(shared, url, given)?;
                Source::Provided(cache(Arc::new(provider)))
            }
            value => Source::Fixed(Ready::new(scheme, &Credential(value))?),
        };
        Ok(Self {
            scheme: scheme.name,
            source,
        })
    }

    #[cfg(test)]
    pub(super) fn scheme(&self) -> &'static str {
        self.scheme
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&*self.0).finish()
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ***", self.scheme)
    }
}
