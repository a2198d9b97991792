//! Repeating a request with another query or path, for pages.

use http::Uri;
use percent_encoding::percent_decode_str;

use super::Request;
use super::key::IDEMPOTENCY_KEY;
use super::prepared::address;
use super::request::Parts;
use crate::auth::Scheme;
use crate::error::Error;
use crate::style::Pairs;

impl Request {
    /// Returns a copy of the request.
    pub(crate) fn again(&self) -> Self {
        let parts = &*self.0;
        Self(Box::new(Parts {
            prepared: parts.prepared.clone(),
            channel: parts.channel.clone(),
            successes: parts.successes,
            operation: parts.operation,
            template: parts.template.clone(),
            path: parts.path.clone(),
            link: parts.link.clone(),
            query: parts.query.clone(),
            cookies: parts.cookies.clone(),
            body: parts.body.clone(),
            security: parts.security,
            server: parts.server.clone(),
            origin: parts.origin.clone(),
            upload: parts.upload.clone(),
            download: parts.download.clone(),
            limits: parts.limits,
            retry: parts.retry.clone(),
            idempotency_key: parts.idempotency_key.clone(),
            repeatable: parts.repeatable,
            problem: parts.problem.as_ref().map(Error::repeated),
            secrets: parts.secrets.clone(),
        }))
    }

    /// Returns the URL without credentials; `None` if it is invalid.
    pub(crate) fn address(&self) -> Option<Uri> {
        address(&self.0).ok()
    }

    /// Removes the idempotency key, which belongs to one call only.
    pub(crate) fn forget_key(&mut self) {
        let parts = &mut *self.0;
        let own = parts.channel.shared().idempotency_header.as_ref();
        parts
            .prepared
            .headers
            .remove(own.unwrap_or(&IDEMPOTENCY_KEY));
        parts.idempotency_key = None;
    }

    /// Returns the value of a query parameter as a number.
    pub(crate) fn query_number(&self, parameter: &str) -> Option<u64> {
        let pair = self.pairs().find(|pair| is_of(pair, parameter))?;
        let (_, value) = pair.split_once('=')?;
        value.parse().ok()
    }

    /// Sets a query parameter, replacing one with the same name.
    pub(crate) fn set_query(&mut self, parameter: &str, value: &str) {
        let mut query = String::with_capacity(self.0.query.len() + value.len() + 1);
        for pair in self.pairs().filter(|pair| !is_of(pair, parameter)) {
            push_pair(&mut query, pair);
        }
        Pairs::query(&mut query).pair(parameter, value);
        self.0.query = query;
    }

    /// Replaces the path, within the same origin. The path has to start with a slash, so it cannot name another origin.
    pub(crate) fn follow(&mut self, link: &str) -> Result<(), Error> {
        let (path, query) = link.split_once('?').unwrap_or((link, ""));
        if !path.starts_with('/') || link.contains(['#', '\\']) {
            return Err(Error::request("the link to the page is not a path"));
        }
        self.0.link = Some(path.to_owned());
        query.clone_into(&mut self.0.query);
        Ok(())
    }

    /// Returns the path and query of a link without the credentials, which are added to each request again.
    pub(crate) fn target_of(&self, link: &Uri) -> String {
        let mut kept = link.path().to_owned();
        let schemes = self.0.channel.shared().api.schemes;
        let is_key = |pair: &&str| {
            let keys = schemes.iter().filter_map(Scheme::query_parameter);
            keys.into_iter().any(|key| is_of(pair, key))
        };
        let mut query = String::new();
        for pair in pairs(link.query().unwrap_or_default()).filter(|pair| !is_key(pair)) {
            push_pair(&mut query, pair);
        }
        if !query.is_empty() {
            kept.push('?');
            kept.push_str(&query);
        }
        kept
    }

    fn pairs(&self) -> impl Iterator<Item = &str> {
        pairs(&self.0.query)
    }
}

fn pairs(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').filter(|pair| !pair.is_empty())
}

fn push_pair(query: &mut String, pair: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(pair);
}

/// Whether a `name=value` pair belongs to this parameter, however its name is encoded.
fn is_of(pair: &str, parameter: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    percent_decode_str(name).eq(parameter.bytes())
}
