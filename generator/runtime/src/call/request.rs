//! The inputs of a call.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

use http::Method;
use http::header::{ACCEPT, HeaderValue};

use super::body_input::BodyInput;
use super::key::IDEMPOTENCY_KEY;
use super::output::Codec;
use super::path_values::PathValues;
use super::prepared::Prepared;
use super::storage::note;
use super::{Channel, Successes, in_place};
use crate::auth::{self, Credential, Security};
use crate::body::Progress;
use crate::codec::Encode;
use crate::error::Error;
use crate::header;
use crate::retry::{Limits, RetryPolicy};
use crate::style::{self, Pairs, Style};
use crate::url::push_encoded;

/// A request that is being built.
///
/// Each method adds an input. An input that cannot be sent does not fail here, so that the methods can be chained, but
/// when the call is made; the error names the input. A method such as [`json`](Self::json) completes the request.
pub struct Request(pub(super) Box<Parts>);

pub(super) struct Parts {
    /// The request so far. It is boxed, so that the future of the call stays small.
    pub(super) prepared: Prepared,
    pub(super) channel: Channel,
    /// The responses that are successes, and how their bodies are read.
    pub(super) successes: Successes,
    pub(super) operation: &'static str,
    pub(super) template: Cow<'static, str>,
    pub(super) path: PathValues,
    /// The path of a link, which replaces the template.
    pub(super) link: Option<String>,
    pub(super) query: String,
    pub(super) cookies: String,
    pub(super) body: BodyInput,
    pub(super) security: Option<&'static Security>,
    pub(super) server: Option<Cow<'static, str>>,
    /// The origin of the call, which replaces that of the server.
    pub(super) origin: Option<Cow<'static, str>>,
    pub(super) upload: Option<Progress>,
    pub(super) download: Option<Progress>,
    pub(super) limits: Limits,
    pub(super) retry: Option<Box<RetryPolicy>>,
    pub(super) idempotency_key: Option<Arc<str>>,
    /// Whether the request can be repeated safely, for any method.
    pub(super) repeatable: bool,
    pub(super) problem: Option<Error>,
    /// The secrets among the inputs, which are masked in messages.
    pub(super) secrets: Vec<String>,
}

/// The number of headers that a call usually adds to those of its client: accept, content type, credential and one
/// more.
const HEADER_ROOM: usize = 4;

impl Request {
    pub(crate) fn new(
        channel: Channel,
        operation: &'static str,
        method: Method,
        template: Cow<'static, str>,
    ) -> Self {
        let shared = channel.shared();
        let limits = shared.limits;
        let headers = shared.headers.with_room(HEADER_ROOM);
        Self(in_place(|| Parts {
            prepared: Prepared::begin(method, headers),
            channel,
            successes: Successes::any(Codec::Bytes),
            operation,
            template,
            path: PathValues::default(),
            link: None,
            query: String::new(),
            cookies: String::new(),
            body: BodyInput::None,
            security: None,
            server: None,
            origin: None,
            upload: None,
            download: None,
            limits,
            retry: None,
            idempotency_key: None,
            repeatable: false,
            problem: None,
            secrets: Vec::new(),
        }))
    }

    /// Sets the path parameter `{name}`. The value is percent-encoded; an empty value, `.` and `..` are errors.
    pub fn path(mut self, name: &str, value: impl fmt::Display) -> Self {
        let path = &mut self.0.path;
        match path.add(name, |target| write!(Encoded(target), "{value}")) {
            Ok(()) => self,
            Err(_) => self.refused(Error::request("a path value cannot be shown as text")),
        }
    }

    /// Sets the path parameter `{name}` in a style.
    pub fn path_style(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        let encoded = style::path_value(style, explode, name, value);
        self.noting(value).path_encoded(name, &encoded)
    }

    /// Sets the path parameter `{name}`, without encoding the reserved characters of a path, including slashes.
    ///
    /// A value with a segment `.` or `..`, in any encoding, is an error.
    pub fn path_reserved_style(
        self,
        name: &str,
        style: Style,
        explode: bool,
        value: &dyn Encode,
    ) -> Self {
        let request = self.noting(value);
        let Some(encoded) = style::path_reserved(style, explode, name, value) else {
            let message = format!("the path value `{name}` is empty or leads to another path");
            return request.refused(Error::request(message));
        };
        request.path_encoded(name, &encoded)
    }

    /// Sets the path parameter `{name}` to an encoded value.
    fn path_encoded(mut self, name: &str, encoded: &str) -> Self {
        // Writing to a string cannot fail.
        let _ = self.0.path.add(name, |target| target.write_str(encoded));
        self
    }

    /// Sets the path parameter `{name}` to JSON text.
    pub fn path_json(self, name: &str, value: &dyn Encode) -> Self {
        self.noting(value).path(name, style::json_text(value))
    }

    /// Adds a query parameter: `name=value`, an array as `name=a&name=b`. An absent or null value adds nothing.
    pub fn query(self, name: &str, value: &dyn Encode) -> Self {
        self.query_style(name, Style::Form, true, value)
    }

    /// Adds a query parameter in a style.
    pub fn query_style(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        let mut request = self.noting(value);
        Pairs::query(&mut request.0.query).add(style, explode, name, value);
        request
    }

    /// Adds a query parameter, without encoding the reserved characters that do not change the meaning of the query.
    pub fn query_reserved(self, name: &str, value: &dyn Encode) -> Self {
        self.query_reserved_style(name, Style::Form, true, value)
    }

    /// Adds a query parameter in a style, with the encoding of [`query_reserved`](Self::query_reserved).
    pub fn query_reserved_style(
        mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &dyn Encode,
    ) -> Self {
        self = self.noting(value);
        Pairs::reserved(&mut self.0.query).add(style, explode, name, value);
        self
    }

    /// Adds a query parameter as JSON text.
    pub fn query_json(mut self, name: &str, value: &dyn Encode) -> Self {
        self = self.noting(value);
        if !value.is_absent() {
            Pairs::query(&mut self.0.query).pair(name, &style::json_text(value));
        }
        self
    }

    /// Makes the value the whole query: the properties of an object as pairs, a string as it is.
    pub fn querystring(mut self, value: &dyn Encode) -> Self {
        self = self.noting(value);
        self.0.query.clear();
        Pairs::query(&mut self.0.query).whole(value, &[]);
        self
    }

    /// Makes the JSON text of the value the whole query.
    pub fn querystring_json(mut self, value: &dyn Encode) -> Self {
        self = self.noting(value);
        self.0.query.clear();
        if !value.is_absent() {
            push_encoded(&mut self.0.query, &style::json_text(value));
        }
        self
    }

    /// Adds a header parameter. An absent or null value adds nothing.
    pub fn header(self, name: &str, value: &dyn Encode) -> Self {
        self.header_style(name, false, value)
    }

    /// Adds a header parameter, exploded or not.
    pub fn header_style(self, name: &str, explode: bool, value: &dyn Encode) -> Self {
        match style::header_value(explode, value) {
            Some(text) => self.noting(value).explicit_header(name, &text),
            None => self,
        }
    }

    /// Adds a header parameter as JSON text.
    pub fn header_json(self, name: &str, value: &dyn Encode) -> Self {
        if value.is_absent() {
            return self;
        }
        self.noting(value)
            .explicit_header(name, &style::json_text(value))
    }

    /// Records the secrets in a value. A file that is not in memory is an error, because the value is sent as text, and so
    /// is a value that serde fails to encode.
    pub(super) fn noting(mut self, value: &dyn Encode) -> Self {
        match note(value, &mut self.0.secrets).fault() {
            Some(why) => self.refused(Error::request(why)),
            None => self,
        }
    }

    /// Records the secrets in the parts of a body.
    pub(super) fn noting_parts(mut self, value: &dyn Encode) -> Self {
        note(value, &mut self.0.secrets);
        self
    }

    /// Sets a header to a text.
    pub(crate) fn explicit_header(mut self, name: &str, value: &str) -> Self {
        match header::private(name, value) {
            Ok((name, ready)) => {
                let schemes = self.0.channel.shared().api.schemes;
                let secrets = auth::secrets_by_hand(schemes, name.as_str(), value);
                self.0.secrets.extend(secrets);
                self.0.prepared.headers.insert(name, ready);
                self
            }
            Err(why) => self.refused(Error::request(why)),
        }
    }

    /// Adds a cookie. An absent or null value adds nothing.
    pub fn cookie(self, name: &str, value: &dyn Encode) -> Self {
        self.cookie_style(name, true, value)
    }

    /// Adds a cookie, exploded or not.
    pub fn cookie_style(mut self, name: &str, explode: bool, value: &dyn Encode) -> Self {
        self = self.noting(value);
        Pairs::cookies(&mut self.0.cookies).add(Style::Form, explode, name, value);
        self
    }

    /// Adds a cookie without encoding it, exploded or not. A value that a cookie cannot contain is an error.
    pub fn cookie_octets(mut self, name: &str, explode: bool, value: &dyn Encode) -> Self {
        self = self.noting(value);
        match style::cookie_octets(&mut self.0.cookies, explode, name, value) {
            Ok(()) => self,
            Err(why) => self.refused(Error::request(why)),
        }
    }

    /// Adds a cookie as JSON text.
    pub fn cookie_json(mut self, name: &str, value: &dyn Encode) -> Self {
        self = self.noting(value);
        if !value.is_absent() {
            Pairs::cookies(&mut self.0.cookies).pair(name, &style::json_text(value));
        }
        self
    }

    /// Sets the accepted media types, in the format of `Accept`.
    pub fn accept(mut self, media: &'static str) -> Self {
        match header::value("accept", media) {
            Ok(value) => {
                self.0.prepared.headers.insert(ACCEPT, value);
                self
            }
            Err(why) => self.refused(Error::request(why)),
        }
    }

    /// Sets the security requirements of this operation, which replace those of the API: alternatives, each a list of
    /// schemes that are required together.
    pub fn security(mut self, alternatives: &'static [&'static [&'static str]]) -> Self {
        self.0.security = Some(alternatives);
        self
    }

    /// Sets the base URL of this operation, which replaces that of the client. A path replaces only the path of it.
    pub fn server(mut self, base_url: impl Into<Cow<'static, str>>) -> Self {
        self.0.server = Some(base_url.into());
        self
    }

    /// Sets the origin of this call, which replaces that of its server.
    pub(super) fn origin(mut self, url: Cow<'static, str>) -> Self {
        self.0.origin = Some(url);
        self
    }

    /// Sends no credential, and requires none.
    pub(super) fn without_credentials(mut self) -> Self {
        self.0.channel = self.0.channel.without_credentials();
        self
    }

    pub(crate) fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// Marks the request as one that can be repeated safely, for any method.
    pub(super) fn repeatable(mut self) -> Self {
        self.0.repeatable = true;
        self
    }

    /// Replaces a credential of the client.
    pub(super) fn credential(mut self, scheme: &str, credential: Credential) -> Self {
        match self.0.channel.with_credential(scheme, credential) {
            Ok(channel) => {
                self.0.channel = channel;
                self
            }
            Err(error) => self.refused(error),
        }
    }

    pub(super) fn timeout(mut self, limit: Duration) -> Self {
        self.0.limits.attempt = Some(limit);
        self
    }

    pub(super) fn total_timeout(mut self, limit: Duration) -> Self {
        self.0.limits.total = Some(limit);
        self
    }

    pub(super) fn idle_timeout(mut self, limit: Duration) -> Self {
        self.0.limits.idle = Some(limit);
        self
    }

    pub(super) fn retry(mut self, policy: RetryPolicy) -> Self {
        self.0.retry = Some(Box::new(policy));
        self
    }

    pub(super) fn idempotency_key(mut self, key: &str) -> Self {
        if key.trim().is_empty() {
            return self.refused(Error::request("the idempotency key is empty"));
        }
        let own = self.0.channel.shared().idempotency_header.clone();
        let name = own.unwrap_or(IDEMPOTENCY_KEY);
        match header::value(name.as_str(), key) {
            Ok(value) => {
                self.0.prepared.headers.insert(name, value);
                self.0.idempotency_key = Some(key.into());
                self
            }
            Err(why) => self.refused(Error::request(why)),
        }
    }

    pub(super) fn accept_by_default(&mut self, media: &'static str) {
        // The headers of the client were added before.
        let headers = &mut self.0.prepared.headers;
        headers.insert_new(ACCEPT, HeaderValue::from_static(media));
    }

    /// Keeps the first error, because later ones are often its consequences.
    pub(super) fn refused(mut self, error: Error) -> Self {
        self.0.problem.get_or_insert(error);
        self
    }
}

/// Percent-encodes text while it is written.
struct Encoded<'t>(&'t mut String);

impl fmt::Write for Encoded<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.reserve(text.len());
        push_encoded(self.0, text);
        Ok(())
    }
}

/// Shows the operation but no input: a path from the caller can contain private data.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let template = match &self.0.template {
            Cow::Borrowed(template) => template,
            Cow::Owned(_) => "…",
        };
        f.debug_struct("Request")
            .field("operation", &self.0.operation)
            .field("method", &self.0.prepared.method)
            .field("template", &template)
            .finish_non_exhaustive()
    }
}
