//! What goes with one call.

use std::sync::Arc;

use http::Uri;

use super::cache::{Cache, Grant};
use super::choose::Chosen;
use super::held::Source;
use super::ready::Ready;
use crate::client::Client;
use crate::error::Error;
use crate::header::HeaderList;

/// The credentials of one call.
pub(crate) struct Pass<'c> {
    client: &'c Client,
    chosen: Chosen<'c>,
    provided: Vec<Provided<'c>>,
}

struct Provided<'c> {
    cache: &'c Arc<Cache>,
    grant: Grant,
}

impl<'c> Pass<'c> {
    /// Those of the chosen ones that are there already, where no provider is to be asked.
    pub(crate) fn held(client: &'c Client, chosen: Chosen<'c>) -> Self {
        Self {
            client,
            chosen,
            provided: Vec::new(),
        }
    }

    /// Gets what the chosen ones stand for.
    pub(crate) async fn obtain(client: &'c Client, chosen: Chosen<'c>) -> Result<Self, Error> {
        let mut provided = Vec::new();
        for held in chosen.iter() {
            if let Source::Provided(cache) = &held.source {
                let grant = cache.grant(client).await?;
                provided.push(Provided { cache, grant });
            }
        }
        Ok(Self {
            client,
            chosen,
            provided,
        })
    }

    /// Whether a provider has to be asked for one of them.
    pub(crate) fn is_provided(chosen: &Chosen<'_>) -> bool {
        chosen
            .iter()
            .any(|held| matches!(held.source, Source::Provided(_)))
    }

    /// The credentials themselves.
    pub(crate) fn ready(&self) -> impl Iterator<Item = &Ready> {
        let provided = self.provided.iter().map(|provided| &*provided.grant.ready);
        let fixed = self.chosen.iter().filter_map(|held| match &held.source {
            Source::Fixed(ready) => Some(ready),
            Source::Provided(_) => None,
        });
        fixed.chain(provided)
    }

    /// What providers gave for this call, which no message may show.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &String> {
        let provided = self.provided.iter();
        provided.flat_map(|provided| provided.grant.ready.secrets())
    }

    /// Whether a provider can give another one.
    pub(crate) fn is_renewable(&self) -> bool {
        !self.provided.is_empty()
    }

    /// Whether one of them is about to end.
    pub(crate) fn is_stale(&self) -> bool {
        let mut provided = self.provided.iter();
        provided.any(|provided| provided.cache.is_stale(&provided.grant))
    }

    /// Gets others in place of those that have to be asked for, and puts them into the request. Tells whether any is
    /// not what it was: the same again is refused again.
    pub(crate) async fn renew(
        &mut self,
        refused: bool,
        headers: &mut HeaderList,
        uri: &mut Uri,
    ) -> Result<bool, Error> {
        let mut changed = false;
        for Provided { cache, grant } in &mut self.provided {
            let renewed = if refused {
                cache.renewed(self.client, grant).await?
            } else {
                cache.grant(self.client).await?
            };
            if !renewed.ready.is_same(&grant.ready) {
                renewed.ready.replace(&grant.ready, headers, uri);
                changed = true;
            }
            *grant = renewed;
        }
        Ok(changed)
    }
}
