//! The sources of errors.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::iter;

use super::{BoxError, Secrets, mask, shown};

/// Returns an error and its sources, the innermost last.
fn chain<'e>(
    error: &'e (dyn StdError + 'static),
) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    iter::successors(Some(error), |&error| error.source())
}

/// Returns the text of the innermost source. The outer ones of a transport error repeat the kind.
pub(super) fn innermost(error: &(dyn StdError + 'static)) -> String {
    chain(error).last().unwrap_or(error).to_string()
}

/// Returns the source, or only its text if it or one of its sources shows a secret: a server can repeat a secret in the
/// name of a content encoding, or in the reason for which it closes an HTTP/2 connection.
pub(super) fn without_secrets(source: BoxError, secrets: &Secrets) -> BoxError {
    let is_shown = |text: String| matches!(mask::without(&text, secrets.iter()), Cow::Owned(_));
    if chain(&*source).any(|error| is_shown(format!("{error} {error:?}"))) {
        return shown(&innermost(&*source), secrets).into();
    }
    source
}
