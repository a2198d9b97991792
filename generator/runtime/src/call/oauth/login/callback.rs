//! The URL to which a browser is redirected after a login (RFC 6749, section 4.1.2).

use percent_encoding::percent_decode_str;

use crate::error::{Error, ErrorKind, Secrets, shown};
use crate::value::Secret;

/// The parameters of a callback.
#[derive(Default)]
pub(super) struct Callback {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    description: Option<String>,
}

impl Callback {
    /// Reads a URL, or its query.
    pub(super) fn parse(callback: &str) -> Self {
        let query = callback
            .split_once('?')
            .map_or(callback, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let mut parsed = Self::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let parameter = match name {
                "code" => &mut parsed.code,
                "state" => &mut parsed.state,
                "error" => &mut parsed.error,
                "error_description" => &mut parsed.description,
                _ => continue,
            };
            // The parameters of the server come after those of the redirect URI itself.
            *parameter = Some(decoded(value));
        }
        parsed
    }

    /// Returns the code for tokens.
    pub(super) fn into_code(self, state: &Secret) -> Result<Secret, Error> {
        if self.state.map(Secret::from).as_ref() != Some(state) {
            let message = "the `state` of the callback is not that of the login";
            return Err(Error::request(message));
        }
        if let Some(error) = self.error {
            let text = match self.description {
                Some(description) => format!("{error}: {description}"),
                None => error,
            };
            let text = shown(&text, &Secrets::default());
            return Err(Error::new(ErrorKind::Rejected, text));
        }
        let missing = || Error::request("the callback has no `code`");
        self.code.map(Secret::from).ok_or_else(missing)
    }
}

fn decoded(value: &str) -> String {
    let value = value.replace('+', " ");
    percent_decode_str(&value).decode_utf8_lossy().into_owned()
}
