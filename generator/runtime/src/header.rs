//! Header names and values from text that others wrote.

use http::header::{CONTENT_LENGTH, HeaderName, HeaderValue, TRANSFER_ENCODING};

/// A header name.
pub(crate) fn name(name: &str) -> Result<HeaderName, String> {
    let parsed: HeaderName = name
        .parse()
        .map_err(|_| format!("{name:?} is no header name"))?;
    if parsed == CONTENT_LENGTH || parsed == TRANSFER_ENCODING {
        return Err(format!(
            "the header `{parsed}` is the transport's to write, so that it agrees with the body"
        ));
    }
    Ok(parsed)
}

/// A header value; letters beyond ASCII go as UTF-8. The value is not repeated in the message: it can be a secret.
pub(crate) fn value(name: &str, text: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_bytes(text.trim().as_bytes()).map_err(|_| {
        format!("the value of the header `{name}` has a line break or another control character")
    })
}

/// A header that the caller sets by hand: what it holds may be a credential.
pub(crate) fn private(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = self::name(name)?;
    let mut value = self::value(name.as_str(), value)?;
    value.set_sensitive(true);
    Ok((name, value))
}
