//! Media types of responses.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// Returns the media type of a response, without its parameters.
pub(super) fn of_headers(headers: &HeaderMap) -> Option<String> {
    let media = essence(headers.get(CONTENT_TYPE)?.to_str().ok()?);
    (!media.is_empty()).then_some(media)
}

/// Whether a media type is JSON, also without being registered: `application/x-json`, `application/json+oembed`.
pub(super) fn is_json(media: &str) -> bool {
    let (_, subtype) = media.split_once('/').unwrap_or_default();
    matches!(subtype, "json" | "x-json")
        || subtype.ends_with("+json")
        || subtype.starts_with("json+")
}

pub(super) fn is_text(media: &str) -> bool {
    let (_, subtype) = media.split_once('/').unwrap_or_default();
    let subtype = subtype.rsplit('+').next().unwrap_or(subtype);
    media.starts_with("text/")
        || media.starts_with("message/")
        || matches!(
            subtype.strip_prefix("x-").unwrap_or(subtype),
            "xml" | "yaml" | "javascript" | "graphql" | "csv" | "ndjson" | "www-form-urlencoded"
        )
}

/// Whether a body can be server-sent events. Some servers send these with another media type, but not with that of JSON
/// or HTML.
pub(super) fn is_event_stream(headers: &HeaderMap) -> bool {
    of_headers(headers).is_none_or(|media| !is_json(&media) && media != "text/html")
}

/// Whether a body can be JSON lines. Many servers send them as `application/json`.
pub(super) fn is_json_lines(headers: &HeaderMap) -> bool {
    of_headers(headers).is_none_or(|media| media != "text/html")
}

/// Returns the media type without parameters, in lower case.
pub(crate) fn essence(content_type: &str) -> String {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Returns the parameters of a media type, normalized for comparison: in lower case and without quotes.
pub(super) fn parameters(content_type: &str) -> impl Iterator<Item = String> {
    let parameters = content_type.split(';').skip(1);
    parameters.map(|parameter| {
        let bare = parameter
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '"');
        bare.collect::<String>().to_ascii_lowercase()
    })
}
