//! Credentials in the form in which they are sent.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderName, HeaderValue, Uri};

use super::{Credential, CredentialValue, Location, Scheme};
use crate::error::Error;
use crate::header::{HeaderList, is_cookie_value};
use crate::url::{push_encoded, with_target};

/// Shorter values of a header that the caller sets are not masked: many cookies contain a word such as `true`.
const SHORTEST_BY_HAND: usize = 8;

/// A credential in the form in which it is sent.
#[derive(Clone)]
pub(crate) struct WireCredential {
    scheme: &'static str,
    form: Form,
    /// The secrets that are masked in messages.
    secrets: Vec<String>,
}

#[derive(Clone)]
enum Form {
    Header(HeaderName, HeaderValue),
    /// `name=value`, encoded.
    Query(String),
    Cookie(String),
}

impl fmt::Debug for WireCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ***", self.scheme)
    }
}

impl WireCredential {
    /// Validates a credential and encodes it for its scheme.
    pub(crate) fn new(scheme: &Scheme, credential: &Credential) -> Result<Self, Error> {
        let refuse =
            |why: String| Error::config(format!("the credential for `{}` {why}", scheme.name));
        let (form, secrets) = match (scheme.location, &credential.0) {
            (Location::Basic, CredentialValue::Basic { username, password }) => {
                let form = basic(username, password.expose()).map_err(|why| refuse(why.into()))?;
                (form, vec![password.expose().to_owned()])
            }
            (Location::Basic, CredentialValue::Secret(_)) => {
                return Err(refuse("must be a user name and a password".into()));
            }
            (_, CredentialValue::Provided(_) | CredentialValue::Grant(..)) => {
                return Err(refuse("has to be a value by now".into()));
            }
            (_, CredentialValue::Basic { .. }) => {
                return Err(refuse(
                    "must be a token, not a user name and a password".into(),
                ));
            }
            (location, CredentialValue::Secret(secret)) => {
                let secret = secret.expose();
                let form = in_location(location, secret).map_err(refuse)?;
                (form, vec![secret.to_owned()])
            }
        };
        let mut credential = Self {
            scheme: scheme.name,
            form,
            secrets,
        };
        credential.add_encoded_forms();
        Ok(credential)
    }

    /// A server can echo the encoded credential, so the encoded form is masked as well.
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
        // Short secrets are not masked: they occur in unrelated text.
        self.secrets.retain(|secret| secret.len() >= 4);
        self.secrets
            .sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        self.secrets.dedup();
    }

    /// Returns the secrets that are masked in messages.
    pub(super) fn secrets(&self) -> &[String] {
        &self.secrets
    }

    /// Whether both credentials are sent in the same form.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (&self.form, &other.form) {
            (Form::Header(name, value), Form::Header(other_name, other_value)) => {
                name == other_name && value == other_value
            }
            (Form::Query(pair), Form::Query(other)) | (Form::Cookie(pair), Form::Cookie(other)) => {
                pair == other
            }
            _ => false,
        }
    }

    /// Returns `name=value` of a credential in the query.
    pub(crate) fn query_pair(&self) -> Option<&str> {
        match &self.form {
            Form::Query(pair) => Some(pair),
            _ => None,
        }
    }

    /// Replaces an older credential of the same scheme in a request.
    pub(crate) fn replace(&self, old: &Self, headers: &mut HeaderList, uri: &mut Uri) {
        match (&old.form, &self.form) {
            (Form::Query(old), Form::Query(new)) => {
                if let Some(renewed) = with_query(uri, |query| replaced(query, "&", old, new)) {
                    *uri = renewed;
                }
            }
            (Form::Cookie(old), Form::Cookie(new)) => {
                let cookies = headers
                    .get(&COOKIE)
                    .map(|value| String::from_utf8_lossy(value.as_bytes()));
                let cookies = cookies.map(|cookies| replaced(&cookies, "; ", old, new));
                if let Some(value) = cookies.as_deref().and_then(sensitive) {
                    headers.insert(COOKIE, value);
                }
            }
            (_, Form::Header(name, value)) => {
                headers.insert(name.clone(), value.clone());
            }
            _ => {}
        }
    }

    /// Adds the credential to a request.
    pub(crate) fn apply(&self, headers: &mut HeaderList, query: &mut String, cookies: &mut String) {
        match &self.form {
            Form::Header(name, value) => {
                headers.insert(name.clone(), value.clone());
            }
            Form::Query(pair) => push_separated(query, "&", pair),
            Form::Cookie(pair) => push_separated(cookies, "; ", pair),
        }
    }
}

/// Returns the URL with its query replaced.
pub(crate) fn with_query(uri: &Uri, make: impl FnOnce(&str) -> String) -> Option<Uri> {
    let query = make(uri.query().unwrap_or_default());
    with_target(uri.clone().into_parts(), format!("{}?{query}", uri.path()))
}

/// Returns a list in which a pair replaces one of the same name. Credentials are at its end.
fn replaced(list: &str, separator: &str, old: &str, new: &str) -> String {
    let mut pairs: Vec<&str> = list.split(separator).collect();
    if let Some(pair) = pairs.iter_mut().rev().find(|pair| **pair == old) {
        *pair = new;
    }
    pairs.join(separator)
}

fn push_separated(list: &mut String, separator: &str, pair: &str) {
    if !list.is_empty() {
        list.push_str(separator);
    }
    list.push_str(pair);
}

fn basic(username: &str, password: &str) -> Result<Form, &'static str> {
    if username.contains(':') {
        return Err("has a user name with a colon, which Basic authentication does not allow");
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

fn in_location(location: Location, secret: &str) -> Result<Form, String> {
    if secret.trim().is_empty() {
        return Err("is empty".into());
    }
    if secret.chars().any(char::is_control) {
        return Err("has a line break or another control character".into());
    }
    match location {
        Location::Header(header, prefix) => in_header(header, prefix, secret),
        Location::Query(name) => Ok(Form::Query(pair(name, secret))),
        Location::Cookie(_) if !is_cookie_value(secret) => {
            Err("has a character that is not allowed in a cookie".into())
        }
        // A cookie is not percent-encoded, because servers do not decode it.
        Location::Cookie(name) => Ok(Form::Cookie(format!("{name}={secret}"))),
        Location::Basic => Err("must be a user name and a password".into()),
    }
}

fn in_header(header: &'static str, prefix: &str, secret: &str) -> Result<Form, String> {
    let word = prefix.trim();
    let bare_word = after(secret, word).is_some_and(|rest| !rest.starts_with(of_token));
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
        .map_err(|_| format!("cannot be sent: `{header}` is not a valid header name"))?;
    let value = sensitive(&format!("{prefix}{secret}"))
        .ok_or("cannot be written into a header".to_owned())?;
    Ok(Form::Header(name, value))
}

/// Whether a token continues with this character: `bearer_1` is a token, `bearer 1` is a token with its scheme.
fn of_token(letter: char) -> bool {
    letter.is_alphanumeric() || "-._~+/".contains(letter)
}

/// Removes `prefix` from `text`, ignoring case.
fn after<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Returns the secrets in a header that the caller sets in place of a credential.
pub(crate) fn secrets_by_hand(schemes: &[Scheme], name: &str, value: &str) -> Vec<String> {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    let is_of_scheme = || schemes.iter().filter_map(Scheme::header_name).any(is);
    let texts: Vec<&str> = if is(COOKIE.as_str()) {
        let pairs = value.split(';').filter_map(|pair| pair.split_once('='));
        pairs.map(|(_, value)| value.trim()).collect()
    } else if is(AUTHORIZATION.as_str()) || is(PROXY_AUTHORIZATION.as_str()) || is_of_scheme() {
        value.rsplit(' ').take(1).collect()
    } else {
        Vec::new()
    };
    let secrets = texts
        .into_iter()
        .filter(|text| text.len() >= SHORTEST_BY_HAND);
    secrets.map(str::to_owned).collect()
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
