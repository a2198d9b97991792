//! Base URLs from text.

use std::str::FromStr;

use crate::error::Error;
use crate::url::BaseUrl;

/// A text as it is, which is checked when the client is built.
impl From<&str> for BaseUrl {
    fn from(text: &str) -> Self {
        Self::described(text.trim().to_owned())
    }
}

/// A text as it is, which is checked when the client is built.
impl From<String> for BaseUrl {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

/// A text as it is, which is checked when the client is built.
impl From<&String> for BaseUrl {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl FromStr for BaseUrl {
    type Err = Error;

    /// # Errors
    /// Returns an error if the text is not an `http` or `https` URL, or if it has user information, a query or a fragment.
    fn from_str(text: &str) -> Result<Self, Error> {
        let url = Self::described(text.trim().to_owned());
        let base = url.check().map_err(Error::config)?;
        Ok(Self::described(base.as_str().to_owned()))
    }
}
