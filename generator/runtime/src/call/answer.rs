//! How answers become values; what `answers!` is made of.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::client::Client;
use crate::codec::{self, Decode, DecodeError};
use crate::error::{CallFacts, Error, ErrorKind};

/// An answer that is a success by its status, with its whole body.
#[derive(Debug)]
pub struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) request_id: Option<String>,
    pub(crate) client: Client,
    pub(crate) operation: &'static str,
    pub(crate) facts: CallFacts,
}

/// Why the body of a success is not what the description says.
#[derive(Debug)]
pub struct Unread {
    message: String,
    decode: Option<DecodeError>,
}

/// A value that is made of one of several answers.
pub trait Answer: Sized {
    /// Whether the status, which is not of the 2xx, is described as a success.
    fn lists(status: u16) -> bool;

    /// Reads the answer.
    ///
    /// # Errors
    /// No described answer has this status, or the body does not fit.
    fn read(answered: &Answered) -> Result<Self, Unread>;
}

/// One of several answers.
#[derive(Debug)]
pub struct Case {
    /// The variant that it becomes.
    pub variant: &'static str,
    /// `200`, `2XX` or `default`.
    pub status: &'static str,
    /// The media type, where it matters.
    pub media: Option<&'static str>,
}

impl Answered {
    pub(crate) fn into_error(self, unread: Unread) -> Error {
        let mut error = Error::new(ErrorKind::Decode, unread.message);
        if let Some(decode) = unread.decode {
            error = error.undecodable(decode);
        }
        error
            .with_answer(self.status, self.headers, self.body, self.request_id)
            .of_operation(self.operation)
            .of_call(self.facts)
            .explained(self.client.shared().secrets())
    }

    /// The media type without its parameters, in lower case.
    fn media(&self) -> Option<String> {
        let text = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let media = text.split(';').next().unwrap_or_default().trim();
        Some(media.to_ascii_lowercase())
    }
}

impl Unread {
    /// No described answer fits.
    pub fn unlisted() -> Self {
        Self::because("the description has no such answer")
    }

    fn because(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            decode: None,
        }
    }
}

/// Reads a JSON body. An empty one reads as null or as `{}`, where the type takes that.
///
/// # Errors
/// The body is no JSON or does not fit the type.
pub fn read_json<T: Decode>(answered: &Answered) -> Result<T, Unread> {
    // Some servers begin with a byte order mark, which is no part of the text.
    let body = answered
        .body
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&answered.body);
    if body.trim_ascii().is_empty() {
        return codec::from_json(b"null")
            .or_else(|_| codec::from_json(b"{}"))
            .map_err(|_| Unread::because("the body is empty"));
    }
    codec::from_json(body).map_err(|error| not_json(answered, error))
}

/// A page where JSON should be is told as such: where it fails to be JSON says nothing.
#[cold]
fn not_json(answered: &Answered, error: DecodeError) -> Unread {
    match answered.media() {
        Some(media) if error.is_syntax() && !is_json(&media) => Unread {
            message: format!("expected JSON, found {media}"),
            decode: None,
        },
        _ => Unread {
            message: String::new(),
            decode: Some(error),
        },
    }
}

fn is_json(media: &str) -> bool {
    media.ends_with("/json") || media.ends_with("+json")
}

/// Takes any body as nothing.
///
/// # Errors
/// None.
pub fn read_empty(_answered: &Answered) -> Result<(), Unread> {
    Ok(())
}

/// Reads a text body. Bytes that are no UTF-8 are read as Latin-1, where the content type says so, or replaced.
///
/// # Errors
/// None.
pub fn read_text(answered: &Answered) -> Result<String, Unread> {
    if let Ok(text) = std::str::from_utf8(&answered.body) {
        return Ok(text.to_owned());
    }
    let is_latin = answered
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.to_ascii_lowercase().contains("iso-8859-1"));
    Ok(if is_latin {
        answered.body.iter().copied().map(char::from).collect()
    } else {
        String::from_utf8_lossy(&answered.body).into_owned()
    })
}

/// Takes the bytes of a body; they are shared, not copied.
///
/// # Errors
/// None.
pub fn read_bytes(answered: &Answered) -> Result<Bytes, Unread> {
    Ok(answered.body.clone())
}

/// Whether a case names this status, and not only by a range or as the default.
pub fn lists(cases: &[Case], status: u16) -> bool {
    let name = status.to_string();
    let range = range_of(status);
    // A range of errors that stands among the successes would make a refusal a value.
    cases.iter().any(|case| {
        case.status == name || (status < 400 && case.status.eq_ignore_ascii_case(&range))
    })
}

/// Chooses the variant for an answer: by status and media type, otherwise by status alone.
///
/// # Errors
/// No case has this status.
pub fn choose(cases: &[Case], answered: &Answered) -> Result<&'static str, Unread> {
    let name = answered.status.as_str();
    let range = range_of(answered.status.as_u16());
    let media = answered.media();
    for wanted in [name, range.as_str(), "default"] {
        let mut of_status = cases
            .iter()
            .filter(|case| case.status.eq_ignore_ascii_case(wanted))
            .peekable();
        if let Some(first) = of_status.peek() {
            let by_status = first.variant;
            let fitting = of_status.find(|case| fits(case.media, media.as_deref()));
            return Ok(fitting.map_or(by_status, |case| case.variant));
        }
    }
    Err(Unread::because(format!(
        "the description has no answer with status {name}"
    )))
}

fn range_of(status: u16) -> String {
    format!("{}XX", status / 100)
}

/// Whether a media type is the wanted one, which may be a range: `text/*`.
fn fits(wanted: Option<&str>, found: Option<&str>) -> bool {
    let (Some(wanted), Some(found)) = (wanted, found) else {
        return wanted.is_none();
    };
    let wanted = wanted.split(';').next().unwrap_or_default().trim();
    if let Some(start) = wanted.strip_suffix('*') {
        return start == "*/" || found.starts_with(&start.to_ascii_lowercase());
    }
    wanted.eq_ignore_ascii_case(found) || (is_json(wanted) && is_json(found))
}
