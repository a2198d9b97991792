//! Ready replies of an API's operations.

use http::{Method, Uri};
use percent_encoding::percent_decode_str;

use super::Reply;

/// The example responses of an operation; generated code has one of these for each operation.
///
/// ```
/// use specwright_runtime::testing::{Example, TestTransport};
///
/// const GET: Example =
///     Example::new("GET", "/pets/{id}", 200).with_body("application/json", r#"{"name": "Tom"}"#);
///
/// let server = TestTransport::answering([&[GET][..]]);
/// server.reply(GET.reply().header("request-id", "7"));
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

/// How well a template fits a path: by segments, then by what is written out in them.
type Fit = (usize, usize);

impl Example {
    /// The response of the operation with this method and path template.
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

    /// The status.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The body as text; empty if there is none.
    pub const fn body(&self) -> &'static str {
        self.body
    }

    /// The reply, to be queued or changed.
    ///
    /// # Panics
    /// The status code, the content type or a header is invalid, which generated code never has.
    pub fn reply(&self) -> Reply {
        let reply = Reply::status(self.status);
        let headers = self.headers.iter();
        let reply = headers.fold(reply, |reply, (name, value)| reply.header(name, value));
        let reply = reply.ready();
        match self.content_type {
            Some(content_type) => reply.body(content_type, self.body),
            None => reply,
        }
    }

    /// The one of these that a request is for; its path may begin with that of a base URL.
    pub(super) fn of<'e>(
        examples: impl Iterator<Item = &'e Self>,
        method: &Method,
        uri: &Uri,
    ) -> Option<&'e Self> {
        let fitting = examples
            .filter(|example| example.method == method.as_str())
            .filter_map(|example| Some((fit(example.path, uri.path())?, example)));
        let best = fitting.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, example)| example)
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

/// How many bytes of a segment the template writes out, if the segment fits it.
fn literal(template: &str, segment: &str) -> Option<usize> {
    let Some((before, rest)) = template.split_once('{') else {
        return (template == segment).then_some(template.len());
    };
    let within = segment.strip_prefix(before)?;
    let (_, after) = rest.split_once('}')?;
    // A value is never empty, and what follows it is looked for as far behind as it can be.
    (1..=within.len())
        .rev()
        .filter(|&end| within.is_char_boundary(end))
        .find_map(|end| literal(after, &within[end..]))
        .map(|after| before.len() + after)
}

impl From<Example> for Reply {
    fn from(example: Example) -> Self {
        example.reply()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(method: &Method, path: &str) -> Option<&'static str> {
        const EXAMPLES: [Example; 6] = [
            Example::new("GET", "/pets", 200),
            Example::new("GET", "/pets/{id}", 200),
            Example::new("GET", "/pets/mine", 200),
            Example::new("GET", "/pets/{id}.{format}", 200),
            Example::new("PUT", "/pets/{id}", 200),
            Example::new("GET", "/owners/{id}/pets", 200),
        ];
        let uri = path.parse().unwrap();
        Example::of(EXAMPLES.iter(), method, &uri).map(|example| example.path)
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
