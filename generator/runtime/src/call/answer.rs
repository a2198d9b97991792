//! How answers become values; what `answers!` is made of.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::request_id::request_id;
use crate::client::Client;
use crate::codec::{self, Decode, DecodeError};
use crate::error::{CallFacts, Error, ErrorKind, Secrets};
use crate::stream::{ByteStream, Events, JsonLines};
use crate::value::{AnyBody, Base64};

pub use crate::stream::Flow;

/// An answer that is a success by its status, with its whole body; without one where that is read as it comes.
#[derive(Debug, Clone)]
pub struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) client: Client,
    pub(crate) operation: &'static str,
    pub(crate) facts: CallFacts,
}

/// Which answers are successes, and which of these are read as they come.
#[derive(Clone, Copy)]
pub(crate) struct Successes {
    /// Whether a status beyond 2xx is one of the operation's successes.
    pub(crate) lists: fn(u16) -> bool,
    /// Whether the body of a success is left to be read by the caller.
    pub(crate) streams: fn(u16, &HeaderMap) -> bool,
}

impl Successes {
    /// Any 2xx is a success, and nothing else.
    pub(crate) fn of_2xx(streams: fn(u16, &HeaderMap) -> bool) -> Self {
        Self {
            lists: |_| false,
            streams,
        }
    }

    /// Those of an operation with several answers.
    pub(crate) fn of<A: Answer>() -> Self {
        Self {
            lists: A::lists,
            streams: A::streams,
        }
    }

    /// The same answers, each with its whole body in memory.
    pub(crate) fn whole(self) -> Self {
        Self {
            streams: never,
            ..self
        }
    }

    /// The same answers, each read as it comes.
    pub(crate) fn streamed(self) -> Self {
        Self {
            streams: |_, _| true,
            ..self
        }
    }

    pub(crate) fn has(self, status: StatusCode) -> bool {
        status.is_success() || (self.lists)(status.as_u16())
    }
}

/// What makes a value of a success. The flow is the body where that is read as it comes.
pub(crate) type Read<T> = fn(&Answered, Option<Flow>) -> Result<T, Unread>;

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

    /// Whether the body of a success is read as it comes.
    fn streams(status: u16, headers: &HeaderMap) -> bool;

    /// Reads the answer. The flow is the body where that is read as it comes.
    ///
    /// # Errors
    /// No described answer has this status, or the body does not fit.
    fn read(answered: &Answered, flow: Option<Flow>) -> Result<Self, Unread>;
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
    /// How its body is read.
    pub codec: &'static str,
}

impl Answered {
    /// The id that the server gave to the request; searched for when somebody asks, which is seldom.
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(self.client.shared().api.request_id_headers, &self.headers)
    }

    /// What no text about this response may show.
    pub(crate) fn secrets(&self) -> Secrets {
        self.facts.secrets.with(self.client.secrets())
    }

    pub(crate) fn into_error(self, unread: Unread) -> Error {
        let mut error = Error::new(ErrorKind::Decode, unread.message);
        if let Some(decode) = unread.decode {
            error = error.undecodable(decode);
        }
        let body = self.body.clone();
        self.to_error(error, body)
    }

    /// An error with what is known of this answer, and the part of its body that it is about.
    pub(crate) fn to_error(&self, error: Error, body: Bytes) -> Error {
        error
            .with_answer(
                self.status,
                self.headers.clone(),
                body,
                self.request_id().map(str::to_owned),
            )
            .of_operation(self.operation)
            .of_call(self.facts.clone())
            .explained(self.client.secrets())
    }
}

/// The media type of an answer, without its parameters.
fn media(headers: &HeaderMap) -> Option<String> {
    let media = essence(headers.get(CONTENT_TYPE)?.to_str().ok()?);
    (!media.is_empty()).then_some(media)
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
        let mut value: T =
            codec::from_nothing().map_err(|_| Unread::because("the body is empty"))?;
        value.came_with(answered);
        return Ok(value);
    }
    let mut value: T = match codec::from_json(body) {
        Ok(value) => value,
        Err(error) => quoted(answered, &T::empty().expected())
            .and_then(|text| codec::from_json(&text).ok())
            .ok_or_else(|| not_json(answered, error))?,
    };
    value.came_with(answered);
    Ok(value)
}

/// The body as the JSON string that was `expected`, where its own type says that it is not JSON: some servers send a
/// string without its quotes, and bytes without base64.
#[cold]
fn quoted(answered: &Answered, expected: &str) -> Option<Vec<u8>> {
    let media = media(&answered.headers)?;
    if media == "text/html" || is_json(&media) {
        return None;
    }
    if media.starts_with("text/") {
        let text = std::str::from_utf8(&answered.body).ok()?;
        return Some(codec::to_json(&text));
    }
    (expected == Base64::EXPECTED).then(|| codec::to_json(&Base64::from(&answered.body[..])))
}

/// A page where JSON should be is told as such: where it fails to be JSON says nothing.
#[cold]
fn not_json(answered: &Answered, error: DecodeError) -> Unread {
    match media(&answered.headers) {
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

fn is_text(media: &str) -> bool {
    let (_, subtype) = media.split_once('/').unwrap_or_default();
    let subtype = subtype.rsplit('+').next().unwrap_or(subtype);
    media.starts_with("text/")
        || media.starts_with("message/")
        || matches!(
            subtype.strip_prefix("x-").unwrap_or(subtype),
            "xml" | "yaml" | "javascript" | "graphql" | "csv" | "ndjson" | "www-form-urlencoded"
        )
}

/// Reads a body of which the description says nothing, by its own type.
///
/// # Errors
/// Its type is JSON, and it is none.
pub fn read_any(answered: &Answered) -> Result<AnyBody, Unread> {
    let media = media(&answered.headers);
    match media.as_deref() {
        Some(media) if is_json(media) || answered.body.is_empty() => read_json(answered),
        Some(media) if is_text(media) => return read_text(answered).map(AnyBody::Text),
        Some(_) => return read_bytes(answered).map(AnyBody::Bytes),
        None => match (read_json(answered), std::str::from_utf8(&answered.body)) {
            (Err(_), Ok(text)) => return Ok(AnyBody::Text(text.to_owned())),
            (Err(_), Err(_)) => return read_bytes(answered).map(AnyBody::Bytes),
            (read, _) => read,
        },
    }
    .map(AnyBody::Json)
}

/// Takes any body as nothing.
///
/// # Errors
/// None.
pub fn read_empty(_answered: &Answered) -> Result<(), Unread> {
    Ok(())
}

/// Reads a text body. Bytes that are no UTF-8 are read as Latin-1, where the content type says so, or replaced. A JSON
/// string whose type says that it is JSON is read as the text that it stands for.
///
/// # Errors
/// None.
pub fn read_text(answered: &Answered) -> Result<String, Unread> {
    if answered.body.trim_ascii_start().starts_with(b"\"")
        && media(&answered.headers).is_some_and(|media| is_json(&media))
        && let Ok(text) = codec::from_json(&answered.body)
    {
        return Ok(text);
    }
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

/// No body is read as it comes.
pub(crate) fn never(_status: u16, _headers: &HeaderMap) -> bool {
    false
}

/// Whether a body can be server-sent events: some servers name another type for these, but none of a whole document.
pub(crate) fn event_stream(_status: u16, headers: &HeaderMap) -> bool {
    media(headers).is_none_or(|media| !is_json(&media) && media != "text/html")
}

/// Whether a body can be lines of JSON, which many servers call JSON.
pub(crate) fn json_stream(_status: u16, headers: &HeaderMap) -> bool {
    media(headers).is_none_or(|media| media != "text/html")
}

/// Takes the body as it comes.
///
/// # Errors
/// None.
pub(crate) fn read_stream(answered: &Answered, flow: Option<Flow>) -> Result<ByteStream, Unread> {
    flow.map(ByteStream::new)
        .ok_or_else(|| not_streamed(answered, "a stream"))
}

/// Takes the body as server-sent events with JSON data.
///
/// # Errors
/// The answer is of another type.
pub fn read_events<T: Decode>(
    answered: &Answered,
    flow: Option<Flow>,
) -> Result<Events<T>, Unread> {
    flow.map(Events::json)
        .ok_or_else(|| not_streamed(answered, "server-sent events"))
}

/// Takes the body as server-sent events with text.
///
/// # Errors
/// The answer is of another type.
pub fn read_text_events(answered: &Answered, flow: Option<Flow>) -> Result<Events<String>, Unread> {
    flow.map(Events::text)
        .ok_or_else(|| not_streamed(answered, "server-sent events"))
}

/// Takes the body as lines of JSON.
///
/// # Errors
/// The answer is of another type.
pub fn read_json_lines<T: Decode>(
    answered: &Answered,
    flow: Option<Flow>,
) -> Result<JsonLines<T>, Unread> {
    flow.map(JsonLines::new)
        .ok_or_else(|| not_streamed(answered, "lines of JSON"))
}

#[cold]
fn not_streamed(answered: &Answered, expected: &str) -> Unread {
    let found = media(&answered.headers).unwrap_or_else(|| "another body".to_owned());
    Unread::because(format!("expected {expected}, found {found}"))
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
    let status = answered.status.as_u16();
    match chosen(cases, status, &answered.headers) {
        Some(case) => Ok(case.variant),
        None => Err(Unread::because(format!(
            "the description has no answer with status {status}"
        ))),
    }
}

/// Whether the answer is one whose body is read as it comes.
pub fn streams(cases: &[Case], status: u16, headers: &HeaderMap) -> bool {
    match chosen(cases, status, headers).map(|case| case.codec) {
        Some("events" | "text_events") => event_stream(status, headers),
        Some("json_lines") => json_stream(status, headers),
        _ => false,
    }
}

fn chosen<'c>(cases: &'c [Case], status: u16, headers: &HeaderMap) -> Option<&'c Case> {
    let name = status.to_string();
    let range = range_of(status);
    let content_type = headers.get(CONTENT_TYPE);
    let found = content_type.and_then(|value| value.to_str().ok());
    for wanted in [name.as_str(), range.as_str(), "default"] {
        let of_status = cases
            .iter()
            .filter(|case| case.status.eq_ignore_ascii_case(wanted));
        // The last of the greatest is the first one, from behind.
        let best = of_status.rev().max_by_key(|case| fit(case, found));
        if best.is_some() {
            return best;
        }
    }
    None
}

fn range_of(status: u16) -> String {
    format!("{}XX", status / 100)
}

/// How much the media type of a case, which may be a range as `text/*`, says about what came: the more, the better.
fn fit(case: &Case, found: Option<&str>) -> u8 {
    let Some(wanted) = case.media else { return 2 };
    let Some(found) = found else { return 0 };
    let (essence, own) = (essence(wanted), essence(found));
    if essence == own {
        let given: Vec<String> = parameters(found).collect();
        let all = parameters(wanted).all(|wanted| given.contains(&wanted));
        return 5 + u8::from(all) + u8::from(all && wanted.contains(';'));
    }
    match essence.strip_suffix('*') {
        Some(start) if own.starts_with(start) => 4,
        _ if is_json(&essence) && is_json(&own) => 3,
        _ => u8::from(case.codec == kind(&own)),
    }
}

/// The codec that a media type asks for by itself.
fn kind(media: &str) -> &'static str {
    if is_json(media) {
        "json"
    } else if is_text(media) {
        "text"
    } else {
        "bytes"
    }
}

/// The media type without its parameters, in lower case.
fn essence(content_type: &str) -> String {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// The parameters of a media type as they are compared: in lower case and without quotes.
fn parameters(content_type: &str) -> impl Iterator<Item = String> {
    let parameters = content_type.split(';').skip(1);
    parameters.map(|parameter| {
        let bare = parameter
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '"');
        bare.collect::<String>().to_ascii_lowercase()
    })
}
