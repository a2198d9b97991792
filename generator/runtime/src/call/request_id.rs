//! Request ids that servers assign, which help their support.

use http::{HeaderMap, HeaderName};

/// Common headers for a request id.
const USUAL: [&str; 6] = [
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "correlation-id",
    "x-amzn-requestid",
    "x-ms-request-id",
];

/// Returns the request id from the header that the API description names, or from a common one. Values that are empty
/// or not UTF-8 are ignored.
pub(super) fn request_id<'h>(described: &[&str], headers: &'h HeaderMap) -> Option<&'h str> {
    // One pass over the few headers of a response is faster than a lookup for each name.
    let rank = |name: &HeaderName| {
        let name = name.as_str();
        let mut names = described.iter().chain(&USUAL);
        names.position(|known| name.eq_ignore_ascii_case(known))
    };
    let ids = headers.iter().filter_map(|(name, value)| {
        let rank = rank(name)?;
        let id = str::from_utf8(value.as_bytes()).ok()?.trim();
        (!id.is_empty()).then_some((rank, id))
    });
    ids.min_by_key(|(rank, _)| *rank).map(|(_, id)| id)
}
