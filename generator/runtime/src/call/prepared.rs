//! A request as it is sent, identical for every attempt.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, COOKIE, HeaderValue, RANGE, USER_AGENT};
use http::{HeaderName, Method, Uri};

use super::body_input::BodyInput;
use super::channel::Shared;
use super::path_values::PATH_VALUE;
use super::request::Parts;
use crate::auth::{self, CallCredentials, with_query};
use crate::body::RequestBody;
use crate::error::Error;
use crate::header::HeaderList;
use crate::transport::{ForeignRedirect, HttpRequest, coding};
use crate::url::{Base, fill};

/// The request for the transport, once it is [prepared](prepare). Before that, it holds only the method and the headers
/// so far.
#[derive(Clone)]
pub(super) struct Prepared {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderList,
    pub(super) body: RequestBody,
    /// The credentials in the query, which the `Location` of a redirect does not repeat.
    keys: Vec<String>,
    /// Whether it is for another origin that a redirect named, or comes after one that was.
    foreign: bool,
}

impl Prepared {
    /// Returns a request that is not prepared yet.
    pub(super) fn begin(method: Method, headers: HeaderList) -> Self {
        Self {
            method,
            uri: Uri::default(),
            headers,
            body: RequestBody::Empty,
            keys: Vec::new(),
            foreign: false,
        }
    }

    /// Replaces the credentials that come from providers. Returns whether the request has changed.
    pub(super) async fn renew(
        &mut self,
        credentials: &mut CallCredentials<'_>,
        refused: bool,
    ) -> Result<bool, Error> {
        let changed = credentials
            .renew(refused, &mut self.headers, &mut self.uri)
            .await?;
        if changed {
            let pairs = credentials
                .iter()
                .filter_map(auth::WireCredential::query_pair);
            self.keys = pairs.map(str::to_owned).collect();
        }
        Ok(changed)
    }

    /// Whether it is for another origin that a redirect named, or comes after one that was.
    pub(super) fn is_foreign(&self) -> bool {
        self.foreign
    }

    /// Returns the request of one attempt, with the `added` headers whose names it does not have yet, and whether to
    /// decode the response body.
    pub(super) fn to_http(&self, added: Option<&HeaderList>) -> (HttpRequest, bool) {
        let mut request = HttpRequest::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        let mut headers = self.headers.to_map(added);
        let decodes = coding::ask(&mut headers);
        *request.headers_mut() = headers;
        if self.foreign {
            request.extensions_mut().insert(ForeignRedirect);
        }
        (request, decodes)
    }

    /// Returns the request that follows a redirect to another origin: it repeats only the method, which is GET or HEAD.
    pub(super) fn elsewhere(&self, uri: Uri, user_agent: &HeaderValue) -> Self {
        let mut headers = HeaderList::default();
        headers.insert(USER_AGENT, user_agent.clone());
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        // If the caller set `Accept-Encoding` or `Range`, the client does not decode the body, so it must not be
        // encoded.
        if self.headers.contains(&ACCEPT_ENCODING) || self.headers.contains(&RANGE) {
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        }
        Self {
            uri,
            foreign: true,
            ..Self::begin(self.method.clone(), headers)
        }
    }

    /// Returns the request that follows a redirect within the origin (RFC 9110, section 15.4).
    pub(super) fn redirected(&self, status: u16, uri: Uri) -> Self {
        let becomes_get = match status {
            303 => self.method != Method::HEAD,
            301 | 302 => self.method == Method::POST,
            _ => false,
        };
        let mut next = Self {
            uri: self.with_keys(uri),
            ..self.clone()
        };
        if becomes_get {
            next.method = Method::GET;
            next.body = RequestBody::Empty;
            next.headers.retain(|name| !is_of_content(name));
        }
        next
    }

    /// Adds the credentials that the query of the URL lacks.
    fn with_keys(&self, uri: Uri) -> Uri {
        if self.keys.is_empty() {
            return uri;
        }
        let known = |query: &str, key: &str| {
            let name = key.split('=').next();
            query.split('&').any(|pair| pair.split('=').next() == name)
        };
        let added = with_query(&uri, |query| {
            let missing = self.keys.iter().filter(|key| !known(query, key));
            let pairs = Some(query).filter(|query| !query.is_empty());
            let pairs = pairs.into_iter().chain(missing.map(String::as_str));
            pairs.collect::<Vec<_>>().join("&")
        });
        added.unwrap_or(uri)
    }
}

/// Whether a header describes the content of a request. A request that becomes a GET loses its content and these
/// headers.
fn is_of_content(name: &HeaderName) -> bool {
    const OTHERS: [&str; 5] = [
        "digest",
        "expect",
        "last-modified",
        "repr-digest",
        "trailer",
    ];
    name.as_str().starts_with("content-") || OTHERS.contains(&name.as_str())
}

/// Combines the inputs with the credentials into the final request.
pub(super) fn prepare(parts: &mut Parts, credentials: &CallCredentials<'_>) -> Result<(), Error> {
    let prepared = &mut parts.prepared;
    for credential in credentials.iter() {
        credential.apply(&mut prepared.headers, &mut parts.query, &mut parts.cookies);
        let key = credential.query_pair().map(str::to_owned);
        prepared.keys.extend(key);
    }
    if !parts.cookies.is_empty() {
        add_cookies(&mut prepared.headers, &parts.cookies)?;
    }
    let body = std::mem::replace(&mut parts.body, BodyInput::None);
    let mut body = body.ready(&mut prepared.headers)?;
    if let Some(progress) = &parts.upload {
        body = body.watched(progress.clone());
    }
    prepared.body = body;
    parts.prepared.uri = address(parts)?;
    Ok(())
}

/// Appends the cookies of parameters and credentials to those that the caller set as a header.
fn add_cookies(headers: &mut HeaderList, cookies: &str) -> Result<(), Error> {
    let mut text = match headers.get(&COOKIE) {
        Some(by_hand) => {
            let mut text = by_hand.as_bytes().to_vec();
            text.extend_from_slice(b"; ");
            text
        }
        None => Vec::new(),
    };
    text.extend_from_slice(cookies.as_bytes());
    let mut value = HeaderValue::from_maybe_shared(Bytes::from(text))
        .map_err(|_| Error::request("a cookie cannot be sent"))?;
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
    Ok(())
}

/// Returns the base URL of a request, with the origin replaced where the call or the client sets one.
fn base<'s>(parts: &Parts, shared: &'s Shared) -> Result<Cow<'s, Base>, Error> {
    if parts.server.is_none() && parts.origin.is_none() {
        return Ok(Cow::Borrowed(&shared.base));
    }
    let server = match parts.server.as_deref() {
        Some(path) if path.starts_with('/') => Some(shared.given.at_path(path)),
        url => url.map(Base::parse),
    };
    let server = server.transpose().map_err(Error::config)?;
    let server = server.as_ref().unwrap_or(&shared.given);
    let origin = parts.origin.as_deref().map(Base::parse).transpose();
    let origin = origin.map_err(Error::config)?;
    let base = server.behind(origin.as_ref().or(shared.origin.as_ref()));
    base.require_private(shared.allow_http)
        .map_err(Error::config)?;
    Ok(Cow::Owned(base))
}

/// Returns the URL of a request with its current query.
pub(super) fn address(parts: &Parts) -> Result<Uri, Error> {
    let base = &*base(parts, parts.channel.shared())?;
    let room = base.path().len() + parts.template.len() + parts.query.len() + PATH_VALUE;
    let mut target = String::with_capacity(room);
    if let Some(path) = &parts.link {
        target.push_str(path);
    } else {
        target.push_str(base.path());
        fill(&mut target, &parts.template, |name| parts.path.get(name)).map_err(Error::request)?;
    }
    if !parts.query.is_empty() {
        // The path template can end with a fixed query.
        match target.find('?') {
            None => target.push('?'),
            Some(_) if target.ends_with(['?', '&']) => {}
            Some(_) => target.push('&'),
        }
        target.push_str(&parts.query);
    }
    base.at(target)
        .ok_or_else(|| Error::request("the path and the query are too long for a URL"))
}
