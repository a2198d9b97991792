//! Example responses of operations.

use std::cmp::Reverse;

use http::header::ACCEPT;
use http::request::Parts;
use percent_encoding::percent_decode_str;

use super::TestResponse;
use crate::call::media::essence;

/// The example response of an operation; generated code has a constant for each operation.
///
/// ```
/// use specwright_runtime::testing::{Example, TestTransport};
///
/// const GET: Example =
///     Example::new("GET", "/pets/{id}", 200).with_body("application/json", r#"{"name": "Tom"}"#);
///
/// let server = TestTransport::with_examples([&[GET][..]]);
/// server.respond(GET.response().header("request-id", "7"));
/// # drop(server);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    method: &'static str,
    path: &'static str,
    status: u16,
    content_type: Option<&'static str>,
    body: &'static str,
    headers: &'static [(&'static str, &'static str)],
}

/// How well a path template matches a path: the number of its segments, then of its literal bytes.
type Fit = (usize, usize);

impl Example {
    /// Returns the example of the operation with this method and path template.
    pub const fn new(method: &'static str, path: &'static str, status: u16) -> Self {
        Self {
            method,
            path,
            status,
            content_type: None,
            body: "",
            headers: &[],
        }
    }

    /// Adds the body.
    pub const fn with_body(mut self, content_type: &'static str, body: &'static str) -> Self {
        self.content_type = Some(content_type);
        self.body = body;
        self
    }

    /// Adds headers: names and values.
    pub const fn with_headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// Returns the status code.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// Returns the body; empty if there is none.
    pub const fn body(&self) -> &'static str {
        self.body
    }

    /// Returns the response, to queue it or to change it.
    ///
    /// # Panics
    /// The status code, the content type or a header is invalid, which generated code never has.
    pub fn response(&self) -> TestResponse {
        let response = TestResponse::status(self.status);
        let headers = self.headers.iter();
        let response = headers.fold(response, |response, (name, value)| {
            response.header(name, value)
        });
        let response = response.ready();
        match self.content_type {
            Some(content_type) => response.body(content_type, self.body),
            None => response,
        }
    }

    /// The former name of [`response`](Self::response).
    #[deprecated(note = "renamed to `response`")]
    #[doc(hidden)]
    pub fn reply(&self) -> TestResponse {
        self.response()
    }

    /// Returns the example for a request, whose path can start with the path of a base URL. If the operation has several
    /// examples, it is the one whose media type comes first in `Accept`.
    pub(super) fn of<'e>(
        examples: impl Iterator<Item = &'e Self>,
        request: &Parts,
    ) -> Option<&'e Self> {
        let accept = request.headers.get(ACCEPT);
        let accept = accept.and_then(|value| value.to_str().ok());
        let fitting = examples
            .filter(|example| example.method == request.method.as_str())
            .filter_map(|example| {
                let fit = fit(example.path, request.uri.path())?;
                Some(((fit, example.wanted(accept)), example))
            });
        let best = fitting.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, example)| example)
    }

    /// The position in `Accept` of the media type of the body, the first one being the greatest; `None` if it is not
    /// accepted.
    fn wanted(&self, accept: Option<&str>) -> Option<Reverse<usize>> {
        let media = essence(self.content_type?);
        let mut ranges = accept?.split(',');
        ranges.position(|range| covers(range, &media)).map(Reverse)
    }
}

/// Whether a range of `Accept` covers a media type.
fn covers(range: &str, media: &str) -> bool {
    let range = essence(range);
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(start) => media.starts_with(start),
        None => range == media,
    }
}

fn fit(template: &str, path: &str) -> Option<Fit> {
    let template = template.split('?').next().unwrap_or_default();
    let mut segments = path.rsplit('/');
    let mut fit = (0, 0);
    for wanted in template.trim_start_matches('/').rsplit('/') {
        let segment = percent_decode_str(segments.next()?).decode_utf8_lossy();
        fit = (fit.0 + 1, fit.1 + literal(wanted, &segment)?);
    }
    // The slash before the first segment.
    segments.next().map(|_| fit)
}

/// Returns the number of literal bytes of the template, if it matches the segment.
fn literal(template: &str, segment: &str) -> Option<usize> {
    let Some((before, rest)) = template.split_once('{') else {
        return (template == segment).then_some(template.len());
    };
    let within = segment.strip_prefix(before)?;
    let (_, after) = rest.split_once('}')?;
    // A value is never empty, and is matched greedily.
    (1..=within.len())
        .rev()
        .filter(|&end| within.is_char_boundary(end))
        .find_map(|end| literal(after, &within[end..]))
        .map(|after| before.len() + after)
}

impl From<Example> for TestResponse {
    fn from(example: Example) -> Self {
        example.response()
    }
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;

    fn request(method: &Method, path: &str, accept: &str) -> Parts {
        let request = http::Request::builder().method(method).uri(path);
        let request = request.header(ACCEPT, accept).body(()).unwrap();
        request.into_parts().0
    }

    fn found(method: &Method, path: &str) -> Option<&'static str> {
        const EXAMPLES: [Example; 6] = [
            Example::new("GET", "/pets", 200),
            Example::new("GET", "/pets/{id}", 200),
            Example::new("GET", "/pets/mine", 200),
            Example::new("GET", "/pets/{id}.{format}", 200),
            Example::new("PUT", "/pets/{id}", 200),
            Example::new("GET", "/owners/{id}/pets", 200),
        ];
        let request = request(method, path, "*/*");
        Example::of(EXAMPLES.iter(), &request).map(|example| example.path)
    }

    #[test]
    fn the_example_is_of_the_media_type_that_is_asked_for() {
        const EXAMPLES: [Example; 4] = [
            Example::new("GET", "/chat", 200).with_body("application/json; charset=utf-8", "{}"),
            Example::new("GET", "/chat", 200).with_body("text/event-stream", "data: 1\n\n"),
            Example::new("GET", "/chat", 200).with_body("application/x-ndjson", "1\n"),
            Example::new("GET", "/{other}", 200).with_body("text/html", "<p>"),
        ];
        let found = |accept: &str| {
            let request = request(&Method::GET, "/v1/chat", accept);
            Example::of(EXAMPLES.iter(), &request).map(Example::body)
        };
        assert_eq!(found("application/json, text/event-stream"), Some("{}"));
        assert_eq!(
            found("Text/Event-Stream;q=0.9, application/json"),
            Some("data: 1\n\n")
        );
        assert_eq!(found("application/x-ndjson"), Some("1\n"));
        assert_eq!(found("text/*"), Some("data: 1\n\n"));
        assert_eq!(found("*/*"), Some("{}"));
        // The match of the path takes precedence over the accepted media type.
        assert_eq!(found("text/html"), Some("{}"));
        assert_eq!(found(""), Some("{}"));
    }

    #[test]
    fn the_most_telling_template_wins() {
        let get = Method::GET;
        assert_eq!(found(&get, "https://a.test/v1/pets"), Some("/pets"));
        assert_eq!(found(&get, "/pets/7?x=1"), Some("/pets/{id}"));
        assert_eq!(found(&get, "/pets/mine"), Some("/pets/mine"));
        assert_eq!(found(&get, "/pets/7.json"), Some("/pets/{id}.{format}"));
        assert_eq!(found(&get, "/owners/7/pets"), Some("/owners/{id}/pets"));
        assert_eq!(found(&Method::PUT, "/pets/a%2Fb"), Some("/pets/{id}"));
        assert_eq!(found(&Method::DELETE, "/pets/7"), None);
        assert_eq!(found(&get, "/pets/"), None);
        assert_eq!(found(&get, "/dogs"), None);
    }
}
