//! Credentials: how an API wants them, what the caller gives, and which one goes with a request.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::error::{Error, ErrorKind};
use crate::url::push_encoded;
use crate::value::Secret;

/// How an API takes a credential: one security scheme of its description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    name: &'static str,
    place: Place,
    given_by: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Basic,
    /// A header, and what precedes the secret in it.
    Header(&'static str, &'static str),
    Query(&'static str),
    Cookie(&'static str),
}

impl Scheme {
    /// User name and password in `Authorization` (RFC 7617).
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, Place::Basic)
    }

    /// A token in `Authorization`, after `Bearer ` (RFC 6750).
    pub const fn bearer(name: &'static str) -> Self {
        Self::header(name, "authorization", "Bearer ")
    }

    /// The whole value of `Authorization`, as the caller gives it.
    pub const fn authorization(name: &'static str) -> Self {
        Self::header(name, "authorization", "")
    }

    /// A header of the API's own, where `prefix` precedes the secret.
    pub const fn header(name: &'static str, header: &'static str, prefix: &'static str) -> Self {
        Self::new(name, Place::Header(header, prefix))
    }

    /// A query parameter.
    pub const fn query(name: &'static str, parameter: &'static str) -> Self {
        Self::new(name, Place::Query(parameter))
    }

    /// A cookie.
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, Place::Cookie(cookie))
    }

    /// The method of the client's builder that gives the credential, for messages.
    pub const fn given_by(mut self, method: &'static str) -> Self {
        self.given_by = Some(method);
        self
    }

    const fn new(name: &'static str, place: Place) -> Self {
        Self {
            name,
            place,
            given_by: None,
        }
    }

    /// The query parameter that the credential goes into.
    pub(crate) fn query_parameter(&self) -> Option<&'static str> {
        match self.place {
            Place::Query(parameter) => Some(parameter),
            _ => None,
        }
    }

    /// The scheme's name in the description.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

/// What the caller gives for a [`Scheme`].
#[derive(Clone)]
pub struct Credential(Given);

#[derive(Clone)]
enum Given {
    Basic { username: String, password: Secret },
    Secret(Secret),
}

impl Credential {
    /// A user name and a password.
    pub fn basic(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(Given::Basic {
            username: username.into(),
            password: password.into(),
        })
    }

    /// A token or a key, without any prefix.
    pub fn secret(secret: impl Into<Secret>) -> Self {
        Self(Given::Secret(secret.into()))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(***)")
    }
}

/// A credential as it goes into a request.
#[derive(Clone)]
pub(crate) struct Ready {
    scheme: &'static str,
    form: Form,
    /// What must not be in any message.
    secrets: Vec<String>,
}

#[derive(Clone)]
enum Form {
    Header(HeaderName, HeaderValue),
    /// `name=value`, encoded.
    Query(String),
    Cookie(String),
}

impl fmt::Debug for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ***", self.scheme)
    }
}

impl Ready {
    /// Checks a credential and brings it into the form of its scheme.
    pub(crate) fn new(scheme: &Scheme, credential: &Credential) -> Result<Self, Error> {
        let refuse =
            |why: String| Error::config(format!("the credential for `{}` {why}", scheme.name));
        let (form, secrets) = match (scheme.place, &credential.0) {
            (Place::Basic, Given::Basic { username, password }) => {
                let form = basic(username, password.expose()).map_err(|why| refuse(why.into()))?;
                (form, vec![password.expose().to_owned()])
            }
            (Place::Basic, Given::Secret(_)) => {
                return Err(refuse("has to be a user name and a password".into()));
            }
            (_, Given::Basic { .. }) => {
                return Err(refuse(
                    "has to be a token, not a user name and a password".into(),
                ));
            }
            (place, Given::Secret(secret)) => {
                let secret = secret.expose();
                let form = placed(place, secret).map_err(refuse)?;
                (form, vec![secret.to_owned()])
            }
        };
        let mut ready = Self {
            scheme: scheme.name,
            form,
            secrets,
        };
        ready.add_encoded_forms();
        Ok(ready)
    }

    /// A server can echo what it got, so the forms on the wire are secrets as well.
    fn add_encoded_forms(&mut self) {
        let wire = match &self.form {
            Form::Header(_, value) => {
                let text = String::from_utf8_lossy(value.as_bytes());
                text.rsplit(' ').next().map(str::to_owned)
            }
            Form::Query(pair) | Form::Cookie(pair) => {
                pair.split_once('=').map(|(_, value)| value.to_owned())
            }
        };
        self.secrets.extend(wire);
        // Short words occur everywhere; taking them out would only spoil messages.
        self.secrets.retain(|secret| secret.len() >= 4);
        self.secrets
            .sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        self.secrets.dedup();
    }

    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets.iter().map(String::as_str)
    }

    /// Puts the credential into a request that is being made.
    pub(crate) fn apply(&self, headers: &mut HeaderMap, query: &mut String, cookies: &mut String) {
        match &self.form {
            Form::Header(name, value) => {
                headers.insert(name.clone(), value.clone());
            }
            Form::Query(pair) => push_separated(query, "&", pair),
            Form::Cookie(pair) => push_separated(cookies, "; ", pair),
        }
    }
}

fn push_separated(list: &mut String, separator: &str, pair: &str) {
    if !list.is_empty() {
        list.push_str(separator);
    }
    list.push_str(pair);
}

fn basic(username: &str, password: &str) -> Result<Form, &'static str> {
    if username.contains(':') {
        return Err("has a user name with a colon, which ends it on the wire");
    }
    if username
        .chars()
        .chain(password.chars())
        .any(char::is_control)
    {
        return Err("has a control character");
    }
    if username.is_empty() && password.is_empty() {
        return Err("is empty");
    }
    let encoded = STANDARD.encode(format!("{username}:{password}"));
    let value = sensitive(&format!("Basic {encoded}")).ok_or("cannot be written into a header")?;
    Ok(Form::Header(AUTHORIZATION, value))
}

fn placed(place: Place, secret: &str) -> Result<Form, String> {
    if secret.trim().is_empty() {
        return Err("is empty".into());
    }
    if secret.chars().any(char::is_control) {
        return Err("has a line break or another control character".into());
    }
    match place {
        Place::Header(header, prefix) => in_header(header, prefix, secret),
        Place::Query(name) => Ok(Form::Query(pair(name, secret))),
        Place::Cookie(name) => Ok(Form::Cookie(pair(name, secret))),
        Place::Basic => Err("has to be a user name and a password".into()),
    }
}

fn in_header(header: &'static str, prefix: &str, secret: &str) -> Result<Form, String> {
    let word = prefix.trim();
    let bare_word =
        after(secret, word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let spaced = secret.trim() != secret;
    if !word.is_empty() && (bare_word || after(secret, prefix).is_some()) {
        return Err(format!(
            "begins with `{word}`, which the client adds itself; give the bare secret"
        ));
    }
    if spaced {
        return Err("begins or ends with a space".into());
    }
    let name: HeaderName = header
        .parse()
        .map_err(|_| format!("cannot be sent: `{header}` is no header name"))?;
    let value = sensitive(&format!("{prefix}{secret}"))
        .ok_or("cannot be written into a header".to_owned())?;
    Ok(Form::Header(name, value))
}

/// What follows `prefix` in `text`, whatever the case of its letters.
fn after<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_bytes(text.as_bytes()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn pair(name: &str, value: &str) -> String {
    let mut pair = String::new();
    push_encoded(&mut pair, name);
    pair.push('=');
    push_encoded(&mut pair, value);
    pair
}

/// Alternatives, each of which is a list of schemes that are needed together.
pub(crate) type Security = [&'static [&'static str]];

/// Chooses the first alternative that can be met, and gives its credentials.
///
/// A scheme is met by its credential, or by a header that the caller set on the call by hand; that header then goes
/// as it is. An alternative without schemes is taken last: a client that has a credential is a known one.
pub(crate) fn choose<'c>(
    security: &Security,
    schemes: &[Scheme],
    credentials: &'c [Ready],
    headers: &HeaderMap,
) -> Result<Vec<&'c Ready>, Error> {
    let mut anonymous = security.is_empty();
    for alternative in security {
        if alternative.is_empty() {
            anonymous = true;
        } else if let Some(chosen) = meet(alternative, schemes, credentials, headers) {
            return Ok(chosen);
        }
    }
    if anonymous {
        Ok(Vec::new())
    } else {
        Err(missing(security, schemes))
    }
}

fn meet<'c>(
    alternative: &[&str],
    schemes: &[Scheme],
    credentials: &'c [Ready],
    headers: &HeaderMap,
) -> Option<Vec<&'c Ready>> {
    let mut chosen = Vec::new();
    for name in alternative {
        let by_hand = schemes
            .iter()
            .find(|scheme| scheme.name == *name)
            .and_then(Scheme::header_name)
            .is_some_and(|header| headers.contains_key(header));
        if !by_hand {
            chosen.push(credentials.iter().find(|ready| ready.scheme == *name)?);
        }
    }
    Some(chosen)
}

impl Scheme {
    fn header_name(&self) -> Option<&'static str> {
        match self.place {
            Place::Basic => Some("authorization"),
            Place::Header(name, _) => Some(name),
            Place::Cookie(_) => Some("cookie"),
            Place::Query(_) => None,
        }
    }
}

fn missing(security: &Security, schemes: &[Scheme]) -> Error {
    let mut text = String::from("needs ");
    for (index, alternative) in security.iter().enumerate() {
        if index > 0 {
            text.push_str(", or ");
        }
        for (index, name) in alternative.iter().enumerate() {
            if index > 0 {
                text.push_str(" and ");
            }
            text.push_str(&describe(name, schemes));
        }
    }
    Error::new(ErrorKind::Auth, text)
}

fn describe(name: &str, schemes: &[Scheme]) -> String {
    let method = schemes
        .iter()
        .find(|scheme| scheme.name == name)
        .and_then(|scheme| scheme.given_by);
    match method {
        Some(method) => format!("`{name}`, which `{method}(…)` of the client's builder gives"),
        None => format!("`{name}`, which the client's builder takes"),
    }
}

#[cfg(test)]
mod tests;
