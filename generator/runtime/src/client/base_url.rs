//! Base URLs from text.

use std::str::FromStr;

use crate::error::Error;
use crate::url::BaseUrl;

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
