//! The requests and responses of calls as text, for a file that is kept beside a client and read in reviews.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::fs;
use std::path::Path;

use http::HeaderValue;
use http::header::CONTENT_TYPE;

use super::{RecordedRequest, TestTransport, block_on};
use crate::error::Error;

/// The environment variable with which [`Wire::check`] writes the file.
const UPDATE: &str = "UPDATE_WIRE";

/// The replacement of a secret.
const HIDDEN: &str = "…";

/// The value of every credential of the clients whose requests are shown.
const SECRET: &str = "secret";

/// The headers that are not shown: they depend on the features and the version of the client.
const OF_THE_BUILD: [&str; 2] = ["accept-encoding", "user-agent"];

/// The requests of calls and the values of their responses, one section for each call.
///
/// Secrets are hidden, if they are `secret` as in generated tests, and so is the random boundary of a multipart body.
#[derive(Debug, Default)]
pub struct Wire {
    sections: BTreeMap<(String, usize), String>,
}

impl Wire {
    /// Returns a value without sections.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a call over this transport, and adds its requests and the value of its response.
    pub fn add<C, T>(&mut self, title: &str, transport: &TestTransport, call: C)
    where
        C: IntoFuture<Output = Result<T, Error>>,
        T: Debug,
    {
        let before = transport.requests().len();
        let output = block_on(call);
        let mut text = String::new();
        for request in transport.requests().iter().skip(before) {
            text.push_str(&shown(request));
            text.push('\n');
        }
        // Writing to a string cannot fail.
        let _ = match output {
            Ok(value) => writeln!(text, "{}", joined(&format!("{value:#?}"))),
            Err(error) => writeln!(text, "error: {error}"),
        };
        let of_title = |(known, _): &&(String, usize)| known == title;
        let count = self.sections.keys().filter(of_title).count();
        self.sections.insert((title.to_owned(), count), text);
    }

    /// Compares the sections, sorted by their titles, with a file; or writes the file if the environment has
    /// `UPDATE_WIRE`.
    ///
    /// # Panics
    /// The file has another text, or cannot be read or written.
    #[track_caller]
    pub fn check(&self, path: impl AsRef<Path>) {
        let path = path.as_ref();
        let text = self.text();
        if std::env::var_os(UPDATE).is_some_and(|value| !value.is_empty()) {
            if let Err(error) = fs::write(path, text) {
                panic!("`{}` cannot be written: {error}", path.display());
            }
            return;
        }
        let found = fs::read_to_string(path).unwrap_or_default();
        let found = found.replace("\r\n", "\n");
        if found == text {
            return;
        }
        let lines = found.lines().zip(text.lines());
        let same = lines.take_while(|(old, new)| old == new).count();
        let line = |text: &str| text.lines().nth(same).unwrap_or_default().to_owned();
        panic!(
            "`{}` is not what the calls send and receive; run the test with `{UPDATE}=1` and read the diff\n\
             line {}:\n- {}\n+ {}",
            path.display(),
            same + 1,
            line(&found),
            line(&text)
        );
    }

    fn text(&self) -> String {
        let head = "The request of each operation's example, with secrets as `…`, and what its response is decoded to.";
        let how = format!(
            "Without {}, which depend on the build. `{UPDATE}=1 cargo test --test wire` writes this file.",
            OF_THE_BUILD.join(" and ")
        );
        let sections = self.sections.iter();
        let sections = sections.map(|((title, _), text)| format!("\n== {title}\n\n{text}"));
        format!("# {head}\n# {how}\n{}", sections.collect::<String>())
    }
}

/// A request as text: the request line, the headers sorted by name, and the body.
fn shown(request: &RecordedRequest) -> String {
    let mut text = format!("{} {}\n", request.method(), target(request));
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| (name.as_str(), header(value)));
    let mut headers: Vec<_> = headers
        .filter(|(name, _)| !OF_THE_BUILD.contains(name))
        .collect();
    headers.sort();
    for (name, value) in headers {
        text.extend([name, ": ", &value, "\n"]);
    }
    if !request.body().is_empty() {
        text.push('\n');
        text.push_str(&request.text());
        text.push('\n');
    }
    match boundary(request) {
        Some(boundary) => text.replace(&boundary, "boundary"),
        None => text,
    }
}

/// The path and the query without secrets.
fn target(request: &RecordedRequest) -> String {
    let target = request.path_and_query();
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, SECRET)) => format!("{name}={HIDDEN}"),
        _ => pair.to_owned(),
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// The value of a header. For a sensitive one, only the text before the secret: `Bearer …`, `session=…`.
fn header(value: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(value.as_bytes());
    if !value.is_sensitive() {
        return text.into_owned();
    }
    let shown = text.find([' ', '=']).map_or("", |end| &text[..=end]);
    format!("{shown}{HIDDEN}")
}

/// The text of `{:#?}` with `Some(1)` on one line, because the values of a response are mostly optional.
fn joined(debug: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in debug.lines() {
        let closes = line.trim_start().starts_with(')');
        let opens = |line: &String| line.ends_with('(');
        match lines.as_mut_slice() {
            [.., open, value] if closes && opens(open) => {
                open.push_str(value.trim().trim_end_matches(','));
                open.push_str(line.trim_start());
                lines.pop();
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

/// The boundary of a multipart body.
fn boundary(request: &RecordedRequest) -> Option<String> {
    let media = request.header(CONTENT_TYPE.as_str())?;
    let (_, boundary) = media.split_once("boundary=")?;
    let boundary = boundary.split(';').next()?.trim().trim_matches('"');
    (!boundary.is_empty()).then(|| boundary.to_owned())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, Method, Uri};

    use super::*;

    fn request(uri: &'static str, headers: &[(&'static str, &str, bool)]) -> RecordedRequest {
        let mut map = HeaderMap::new();
        for (name, value, is_sensitive) in headers {
            let mut value = HeaderValue::from_str(value).unwrap();
            value.set_sensitive(*is_sensitive);
            map.append(*name, value);
        }
        RecordedRequest {
            method: Method::POST,
            uri: Uri::from_static(uri),
            headers: map,
            body: Bytes::from_static(b"--x7\r\n"),
        }
    }

    #[test]
    fn secrets_and_what_is_random_are_hidden() {
        let request = request(
            "/pets?key=secret&tags=a%2Cb&secret=no",
            &[
                ("x-key", "secret", true),
                ("authorization", "Bearer secret", true),
                ("cookie", "session=secret", true),
                ("user-agent", "zoo/1", false),
                ("content-type", "multipart/form-data; boundary=x7", false),
            ],
        );
        assert_eq!(
            shown(&request),
            "POST /pets?key=…&tags=a%2Cb&secret=no\nauthorization: Bearer …\n\
             content-type: multipart/form-data; boundary=boundary\ncookie: session=…\nx-key: …\n\n--boundary\r\n\n"
        );
    }

    #[test]
    fn a_value_in_parentheses_stands_in_one_line() {
        let value = (
            Some(Some(1)),
            Some("a,"),
            [Some(Vec::<u8>::new())],
            Some([2]),
        );
        let wanted = "(\n    Some(Some(1)),\n    Some(\"a,\"),\n    [\n        Some([]),\n    ],\n    \
                      Some(\n        [\n            2,\n        ],\n    ),\n)";
        assert_eq!(joined(&format!("{value:#?}")), wanted);
    }

    #[test]
    fn a_file_that_differs_is_told_with_its_first_line() {
        let file = std::env::temp_dir().join(format!("wire-{}.txt", std::process::id()));
        let mut wire = Wire::new();
        wire.sections
            .insert(("a".to_owned(), 0), "GET /a\n".to_owned());
        fs::write(&file, wire.text()).unwrap();
        wire.check(&file);
        wire.sections
            .insert(("a".to_owned(), 0), "GET /b\n".to_owned());
        let message = std::panic::catch_unwind(|| wire.check(&file)).unwrap_err();
        let message = message.downcast_ref::<String>().unwrap();
        assert!(
            message.contains("UPDATE_WIRE=1") && message.ends_with("line 6:\n- GET /a\n+ GET /b"),
            "{message}"
        );
        fs::remove_file(file).unwrap();
    }
}
