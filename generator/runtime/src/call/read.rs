//! Decodes response bodies.

use std::any::Any;

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use super::media::{is_json, is_text, of_headers};
use super::raw_response::{RawResponse, ReadError};
use crate::codec::{self, Decode, DecodeError};
use crate::error::{Error, ErrorKind, Origin};
use crate::stream::{ByteStream, Events, Flow, JsonLines};
use crate::value::{AnyBody, Base64};

/// A function that decodes the body of a success. The flow is the body where the caller reads it as a stream.
pub type Reader<T> = fn(&RawResponse, Option<Flow>) -> Result<T, ReadError>;

/// Decodes a JSON body. An empty body is decoded as null, or as `{}`, if the type accepts that.
///
/// # Errors
/// The body is not JSON or does not match the type.
pub fn read_json<T: Decode>(response: &RawResponse) -> Result<T, ReadError> {
    // Some servers send a byte order mark, which is not part of JSON.
    let body = response
        .body
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&response.body);
    if body.trim_ascii().is_empty() {
        let mut value: T =
            codec::from_nothing().map_err(|_| ReadError::because("the body is empty"))?;
        keep_origin(value.origin(), response);
        return Ok(value);
    }
    let mut value: T = match codec::from_json(body) {
        Ok(value) => value,
        Err(error) => quoted(response, &T::empty().expected())
            .and_then(|text| codec::from_json(&text).ok())
            .ok_or_else(|| not_json(response, error))?,
    };
    keep_origin(value.origin(), response);
    Ok(value)
}

/// Attaches the response to a value whose properties can say that the call failed, so that its error contains the
/// response.
fn keep_origin(field: Option<&mut dyn Any>, response: &RawResponse) {
    if let Some(origin) = field.and_then(|field| field.downcast_mut::<Origin>()) {
        let error = Error::new(ErrorKind::Rejected, "");
        *origin = Origin::of(response.error(error, response.body.clone()));
    }
}

/// Decodes a body whose media type is not JSON as a JSON string, if the type `expected` one: some servers send a string
/// without quotes, as Express does with `text/html`, or bytes without base64. A page is not such a string.
#[cold]
fn quoted(response: &RawResponse, expected: &str) -> Option<Vec<u8>> {
    let media = of_headers(&response.headers)?;
    let is_page = || response.body.trim_ascii_start().starts_with(b"<");
    if is_json(&media) || (media == "text/html" && is_page()) {
        return None;
    }
    if media.starts_with("text/") {
        let text = std::str::from_utf8(&response.body).ok()?;
        return Some(codec::to_json(&text));
    }
    (expected == Base64::EXPECTED).then(|| codec::to_json(&Base64::from(&response.body[..])))
}

/// Names the media type of a body that is not JSON, such as an HTML page: a JSON syntax error would not help.
#[cold]
fn not_json(response: &RawResponse, error: DecodeError) -> ReadError {
    match of_headers(&response.headers) {
        Some(media) if error.is_syntax() && !is_json(&media) => {
            ReadError::because(format!("expected JSON, found {media}"))
        }
        _ => error.into(),
    }
}

/// Decodes a body without a described schema by its media type.
///
/// # Errors
/// Its media type is JSON, but the body is not.
pub fn read_any(response: &RawResponse) -> Result<AnyBody, ReadError> {
    let media = of_headers(&response.headers);
    match media.as_deref() {
        Some(media) if is_json(media) || response.body.is_empty() => read_json(response),
        Some(media) if is_text(media) => return read_text(response).map(AnyBody::Text),
        Some(_) => return read_bytes(response).map(AnyBody::Bytes),
        None => match (read_json(response), std::str::from_utf8(&response.body)) {
            (Err(_), Ok(text)) => return Ok(AnyBody::Text(text.to_owned())),
            (Err(_), Err(_)) => return read_bytes(response).map(AnyBody::Bytes),
            (read, _) => read,
        },
    }
    .map(AnyBody::Json)
}

/// Ignores the body.
///
/// # Errors
/// Never fails.
pub fn read_empty(_response: &RawResponse) -> Result<(), ReadError> {
    Ok(())
}

/// Decodes a text body. Bytes that are not UTF-8 are decoded as Latin-1 where the content type says so, and otherwise
/// replaced by U+FFFD. If the media type is JSON and the body is a JSON string, the content of that string is returned.
///
/// # Errors
/// Never fails.
pub fn read_text(response: &RawResponse) -> Result<String, ReadError> {
    if response.body.trim_ascii_start().starts_with(b"\"")
        && of_headers(&response.headers).is_some_and(|media| is_json(&media))
        && let Ok(text) = codec::from_json(&response.body)
    {
        return Ok(text);
    }
    if let Ok(text) = std::str::from_utf8(&response.body) {
        return Ok(text.to_owned());
    }
    let is_latin = response
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.to_ascii_lowercase().contains("iso-8859-1"));
    Ok(if is_latin {
        response.body.iter().copied().map(char::from).collect()
    } else {
        String::from_utf8_lossy(&response.body).into_owned()
    })
}

/// Returns the bytes of the body, shared and not copied.
///
/// # Errors
/// Never fails.
pub fn read_bytes(response: &RawResponse) -> Result<Bytes, ReadError> {
    Ok(response.body.clone())
}

/// Returns the body as a stream of bytes.
///
/// # Errors
/// Never fails.
pub(crate) fn read_stream(
    response: &RawResponse,
    flow: Option<Flow>,
) -> Result<ByteStream, ReadError> {
    flow.map(ByteStream::new)
        .ok_or_else(|| not_streamed(response, "a stream"))
}

/// Returns the body as server-sent events with JSON data.
///
/// # Errors
/// The response has another media type.
pub fn read_events<T: Decode>(
    response: &RawResponse,
    flow: Option<Flow>,
) -> Result<Events<T>, ReadError> {
    flow.map(Events::json)
        .ok_or_else(|| not_streamed(response, "server-sent events"))
}

/// Returns the body as server-sent events with text.
///
/// # Errors
/// The response has another media type.
pub fn read_text_events(
    response: &RawResponse,
    flow: Option<Flow>,
) -> Result<Events<String>, ReadError> {
    flow.map(Events::text)
        .ok_or_else(|| not_streamed(response, "server-sent events"))
}

/// Returns the body as JSON lines.
///
/// # Errors
/// The response has another media type.
pub fn read_json_lines<T: Decode>(
    response: &RawResponse,
    flow: Option<Flow>,
) -> Result<JsonLines<T>, ReadError> {
    flow.map(JsonLines::new)
        .ok_or_else(|| not_streamed(response, "lines of JSON"))
}

#[cold]
fn not_streamed(response: &RawResponse, expected: &str) -> ReadError {
    let found = of_headers(&response.headers).unwrap_or_else(|| "another body".to_owned());
    ReadError::because(format!("expected {expected}, found {found}"))
}
