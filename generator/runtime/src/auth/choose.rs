//! Chooses the credentials for an operation.

use http::HeaderName;

use super::Scheme;
use super::credentials::{Credentials, SchemeCredential};
use crate::error::{Error, ErrorKind};
use crate::header::HeaderList;

/// Alternatives, each a list of security schemes that are required together.
pub(crate) type Security = [&'static [&'static str]];

/// Credentials that are required together: usually one, which needs no allocation.
#[derive(Default)]
pub(crate) struct Choice<'c> {
    first: Option<&'c SchemeCredential>,
    more: Vec<&'c SchemeCredential>,
}

impl<'c> Choice<'c> {
    fn push(&mut self, held: &'c SchemeCredential) {
        match self.first {
            None => self.first = Some(held),
            Some(_) => self.more.push(held),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'c SchemeCredential> {
        self.first.into_iter().chain(self.more.iter().copied())
    }
}

/// Returns the credentials of the first alternative that is satisfied.
///
/// A scheme is satisfied by its credential, or by a header that the caller set on the call, which is then sent
/// unchanged. An alternative without schemes is tried last, so that a client with a credential uses it.
pub(crate) fn choose<'c>(
    security: &Security,
    schemes: &[Scheme],
    credentials: &'c Credentials,
    headers: &HeaderList,
) -> Result<Choice<'c>, Error> {
    let mut anonymous = security.is_empty() || credentials.are_waived();
    for alternative in security {
        if alternative.is_empty() {
            anonymous = true;
        } else if let Some(chosen) = meet(alternative, schemes, credentials, headers) {
            return Ok(chosen);
        }
    }
    if anonymous {
        Ok(Choice::default())
    } else {
        Err(missing(security, schemes))
    }
}

fn meet<'c>(
    alternative: &[&str],
    schemes: &[Scheme],
    credentials: &'c Credentials,
    headers: &HeaderList,
) -> Option<Choice<'c>> {
    let mut chosen = Choice::default();
    for name in alternative {
        let by_hand = schemes
            .iter()
            .find(|scheme| scheme.name == *name)
            .and_then(Scheme::header_name)
            .is_some_and(|header| headers.names().any(|name| is(name, header)));
        if !by_hand {
            chosen.push(credentials.of(name)?);
        }
    }
    Some(chosen)
}

/// Compares a header name without converting it to a [`HeaderName`], because there are few headers to compare with.
fn is(header: &HeaderName, name: &str) -> bool {
    header.as_str().eq_ignore_ascii_case(name)
}

fn missing(security: &Security, schemes: &[Scheme]) -> Error {
    let mut text = String::from("the operation requires ");
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
    text.push_str("; for a server that requires none, use `without_credentials()`");
    Error::new(ErrorKind::Auth, text)
}

fn describe(name: &str, schemes: &[Scheme]) -> String {
    let Some(scheme) = schemes.iter().find(|scheme| scheme.name == name) else {
        return format!("`{name}` (not a security scheme of the description)");
    };
    match scheme.given_by {
        Some(method) => format!("`{name}` (set by `{method}(…)` of the client's builder)"),
        None => format!("`{name}` (set by `credential(…)` of the client's builder)"),
    }
}
