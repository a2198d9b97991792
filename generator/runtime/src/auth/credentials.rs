//! The credentials of a client.

use std::fmt;
use std::sync::Arc;

use super::cache::{Cache, Provider};
use super::wire::WireCredential;
use super::{Credential, CredentialValue, Owner};
use crate::error::Error;

/// The credentials of a client. Clones share them.
#[derive(Clone)]
pub(crate) struct Credentials {
    held: Arc<[Arc<SchemeCredential>]>,
    /// Whether operations are called without the credentials that they require.
    waived: bool,
}

/// The credential of one scheme.
pub(crate) struct SchemeCredential {
    scheme: &'static str,
    pub(super) source: Source,
}

pub(super) enum Source {
    Fixed(WireCredential),
    Provided(Arc<Cache>),
}

impl Credentials {
    /// Returns no credentials.
    pub(crate) fn none() -> Self {
        Self {
            held: Arc::new([]),
            waived: false,
        }
    }

    /// Returns no credentials, and lets operations that require one be called.
    pub(crate) fn waived() -> Self {
        Self {
            waived: true,
            ..Self::none()
        }
    }

    pub(super) fn are_waived(&self) -> bool {
        self.waived
    }

    /// Returns these credentials with another one, which replaces one of the same scheme. Operations then require
    /// credentials again.
    pub(crate) fn with(
        &self,
        owner: &dyn Owner,
        scheme: &str,
        credential: Credential,
    ) -> Result<Self, Error> {
        let added = SchemeCredential::new(owner, scheme, credential)?;
        let others = self.held.iter().filter(|held| held.scheme != added.scheme);
        let mut all: Vec<Arc<SchemeCredential>> = others.cloned().collect();
        all.push(Arc::new(added));
        Ok(Self {
            held: all.into(),
            waived: false,
        })
    }

    pub(super) fn of(&self, scheme: &str) -> Option<&SchemeCredential> {
        self.held
            .iter()
            .find(|held| held.scheme == scheme)
            .map(|held| &**held)
    }

    /// Returns the secrets that are masked in messages. The credential of a provider is a secret of the calls that use
    /// it.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.held
            .iter()
            .flat_map(|held| match &held.source {
                Source::Fixed(ready) => ready.secrets(),
                Source::Provided(_) => &[],
            })
            .map(String::as_str)
    }
}

impl SchemeCredential {
    fn new(owner: &dyn Owner, name: &str, credential: Credential) -> Result<Self, Error> {
        let schemes = owner.schemes();
        let scheme = schemes
            .iter()
            .find(|scheme| scheme.name == name)
            .ok_or_else(|| {
                Error::config(format!("the API has no security scheme named `{name}`"))
            })?;
        let cache = |provider| Cache::new(scheme, provider, owner.clock()).map(Source::Provided);
        let source = match credential.0 {
            CredentialValue::Provided(provider) => cache(Provider::Custom(provider))?,
            CredentialValue::Grant(url, grant) => {
                cache(Provider::Endpoint(owner.token_endpoint(url, *grant)?))?
            }
            value => Source::Fixed(WireCredential::new(scheme, &Credential(value))?),
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
        f.debug_list().entries(&*self.held).finish()
    }
}

impl fmt::Debug for SchemeCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ***", self.scheme)
    }
}
