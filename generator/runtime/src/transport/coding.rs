//! Content codings of response bodies (RFC 9110, section 8.4).

#[cfg_attr(not(feature = "compression"), path = "coding/without.rs")]
mod decoder;

use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderValue, RANGE};

use super::{Chunks, ResponseBody, TransportError};

/// The value of `Accept-Encoding`.
const ACCEPTED: &str = "gzip, deflate, br, zstd";

/// Adds `Accept-Encoding` unless the caller set it, and returns whether to decode the response body.
///
/// A request with `Range` gets none: a part of a compressed body cannot be decoded.
pub(crate) fn ask(headers: &mut HeaderMap) -> bool {
    let is_asked = headers.contains_key(ACCEPT_ENCODING) || headers.contains_key(RANGE);
    if !is_asked && decoder::AVAILABLE {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(ACCEPTED));
    }
    !is_asked
}

/// Returns the decoded body. A body with an unknown coding fails at its first byte, or stays as it is where `is_error`,
/// because the body of an error response is only shown.
pub(crate) fn decoded(headers: &HeaderMap, body: ResponseBody, is_error: bool) -> ResponseBody {
    let codings: Vec<String> = codings(headers).collect();
    match decoder::decoders(&codings) {
        Ok(decoders) => decoders(body),
        Err(_) if is_error => body,
        Err(why) => ResponseBody::chunks(Unreadable { body, why }),
    }
}

/// Returns the content codings of a body, in the order in which they were applied.
///
/// Names that are not compression are skipped: some servers write a character encoding or `none`.
fn codings(headers: &HeaderMap) -> impl Iterator<Item = String> {
    let values = headers.get_all(CONTENT_ENCODING).into_iter();
    let names = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    names
        .map(|name| String::from_utf8_lossy(name.trim_ascii()).to_ascii_lowercase())
        .filter(|name| !matches!(&**name, "" | "identity" | "none" | "utf-8" | "utf8"))
}

fn unknown(name: &str) -> String {
    format!(
        "the body has the unknown content encoding `{}`",
        name.escape_debug()
    )
}

/// A body that cannot be decoded. It fails at its first byte, so an empty body does not fail.
struct Unreadable {
    body: ResponseBody,
    why: String,
}

impl Chunks for Unreadable {
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        Poll::Ready(match ready!(self.body.poll_chunk(context)) {
            Some(Ok(chunk)) if !chunk.is_empty() => Some(Err(TransportError::undecodable(
                std::mem::take(&mut self.why),
            ))),
            other => other,
        })
    }

    fn limit(&mut self, left: &dyn Fn() -> Option<Duration>) {
        self.body.limit(left);
    }
}
