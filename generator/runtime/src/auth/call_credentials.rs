//! The credentials of one call.

use std::sync::Arc;

use http::Uri;

use super::cache::{Cache, Grant};
use super::choose::Choice;
use super::credentials::Source;
use super::wire::WireCredential;
use crate::error::Error;
use crate::header::HeaderList;

/// The credentials of one call.
pub(crate) struct CallCredentials<'c> {
    /// Whether the call is blocking: it must not poll futures that need a runtime.
    blocks: bool,
    chosen: Choice<'c>,
    provided: Vec<Provided<'c>>,
}

struct Provided<'c> {
    cache: &'c Arc<Cache>,
    grant: Grant,
}

impl<'c> CallCredentials<'c> {
    /// Uses chosen credentials, none of which is from a provider.
    pub(crate) fn fixed(blocks: bool, chosen: Choice<'c>) -> Self {
        Self {
            blocks,
            chosen,
            provided: Vec::new(),
        }
    }

    /// Obtains the credentials of a call, including those from providers.
    pub(crate) async fn obtain(blocks: bool, chosen: Choice<'c>) -> Result<Self, Error> {
        let mut provided = Vec::new();
        for held in chosen.iter() {
            if let Source::Provided(cache) = &held.source {
                let grant = cache.grant(blocks).await?;
                provided.push(Provided { cache, grant });
            }
        }
        Ok(Self {
            blocks,
            chosen,
            provided,
        })
    }

    /// Whether one of the credentials comes from a provider.
    pub(crate) fn is_provided(chosen: &Choice<'_>) -> bool {
        chosen
            .iter()
            .any(|held| matches!(held.source, Source::Provided(_)))
    }

    /// Returns the credentials.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &WireCredential> {
        let provided = self
            .provided
            .iter()
            .map(|provided| &*provided.grant.credential);
        let fixed = self.chosen.iter().filter_map(|held| match &held.source {
            Source::Fixed(credential) => Some(credential),
            Source::Provided(_) => None,
        });
        fixed.chain(provided)
    }

    /// Returns the secrets from providers, which are masked in messages.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &String> {
        let provided = self.provided.iter();
        provided.flat_map(|provided| provided.grant.credential.secrets())
    }

    /// Whether a provider can replace a rejected credential.
    pub(crate) fn is_renewable(&self) -> bool {
        !self.provided.is_empty()
    }

    /// Whether one of the credentials expires soon.
    pub(crate) fn is_stale(&self) -> bool {
        let mut provided = self.provided.iter();
        provided.any(|provided| provided.cache.is_stale(&provided.grant))
    }

    /// Replaces the credentials from providers in the request by new ones. Returns whether any differs
    /// from before: the same credential would be refused again.
    pub(crate) async fn renew(
        &mut self,
        refused: bool,
        headers: &mut HeaderList,
        uri: &mut Uri,
    ) -> Result<bool, Error> {
        let mut changed = false;
        for Provided { cache, grant } in &mut self.provided {
            let renewed = if refused {
                cache.renewed(self.blocks, grant).await?
            } else {
                cache.grant(self.blocks).await?
            };
            if !renewed.credential.is_same(&grant.credential) {
                renewed.credential.replace(&grant.credential, headers, uri);
                changed = true;
            }
            *grant = renewed;
        }
        Ok(changed)
    }
}
