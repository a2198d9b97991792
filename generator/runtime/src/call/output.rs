//! The responses of an operation, and the choice among them by status code and media type.
//!
//! [`outputs!`](crate::outputs) expands to the types of this module.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::media::{essence, is_event_stream, is_json, is_json_lines, is_text, parameters};

pub use super::raw_response::{RawResponse, ReadError};
pub use super::read::{
    Reader, read_any, read_bytes, read_empty, read_events, read_json, read_json_lines, read_text,
    read_text_events,
};
pub use crate::stream::Flow;

/// The output of an operation with several responses.
pub trait Output: Sized + 'static {
    /// The described responses.
    const CASES: &'static [Case];
    /// The functions that read the responses, in the same order.
    const READERS: &'static [Reader<Self>];
}

/// A described response of an operation.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// Its status codes.
    pub status: Status,
    /// Its media type or media type range; `None` for any.
    pub media: Option<&'static str>,
    /// How its body is read.
    pub codec: Codec,
}

/// The status codes of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// All status codes with this first digit.
    Range(u16),
    /// All 2xx status codes without a response of their own.
    Default,
}

/// How the body of a response is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// As JSON.
    Json,
    /// By the media type of the received response.
    Any,
    /// The body is ignored.
    Empty,
    /// As text.
    Text,
    /// As bytes.
    Bytes,
    /// As server-sent events with JSON data.
    Events,
    /// As server-sent events with text.
    TextEvents,
    /// As lines of JSON.
    JsonLines,
}

impl Codec {
    /// Returns the codec for a media type.
    fn of_media(media: &str) -> Self {
        if is_json(media) {
            Self::Json
        } else if is_text(media) {
            Self::Text
        } else {
            Self::Bytes
        }
    }

    fn is_stream(self) -> bool {
        matches!(self, Self::Events | Self::TextEvents | Self::JsonLines)
    }
}

/// The responses that a call accepts as a success.
#[derive(Clone, Copy)]
pub(crate) struct Successes {
    cases: &'static [Case],
    delivery: Delivery,
}

/// How the body of a successful response is delivered.
#[derive(Clone, Copy)]
enum Delivery {
    /// As a stream if the codec is one, otherwise as a value.
    ByCodec,
    /// As a value.
    Whole,
    /// As a stream.
    Streamed,
}

impl Successes {
    /// Accepts any 2xx status code, with a body of this codec.
    pub(super) const fn any(codec: Codec) -> Self {
        const fn table(codec: Codec) -> [Case; 1] {
            [Case {
                status: Status::Range(2),
                media: None,
                codec,
            }]
        }
        const EVENTS: &[Case] = &table(Codec::Events);
        const JSON_LINES: &[Case] = &table(Codec::JsonLines);
        const WHOLE: &[Case] = &table(Codec::Bytes);
        Self::of(match codec {
            Codec::Events | Codec::TextEvents => EVENTS,
            Codec::JsonLines => JSON_LINES,
            _ => WHOLE,
        })
    }

    /// Accepts the described responses with a 2xx status code, and those named as a success.
    pub(super) const fn of(cases: &'static [Case]) -> Self {
        Self {
            cases,
            delivery: Delivery::ByCodec,
        }
    }

    /// Accepts the same responses, each with its whole body in memory.
    pub(super) fn whole(self) -> Self {
        Self {
            delivery: Delivery::Whole,
            ..self
        }
    }

    /// Accepts the same responses, each with its body as a stream.
    pub(super) fn streamed(self) -> Self {
        Self {
            delivery: Delivery::Streamed,
            ..self
        }
    }

    pub(super) fn has(self, status: StatusCode) -> bool {
        status.is_success() || self.cases.iter().any(|case| case.names(status.as_u16()))
    }

    /// Whether the caller reads the body of a success, as a stream.
    pub(super) fn streams(self, status: StatusCode, headers: &HeaderMap) -> bool {
        match self.delivery {
            Delivery::Whole => false,
            Delivery::Streamed => true,
            Delivery::ByCodec => {
                let mut cases = self.cases.iter();
                cases.any(|case| case.codec.is_stream()) && self.is_stream(status, headers)
            }
        }
    }

    fn is_stream(self, status: StatusCode, headers: &HeaderMap) -> bool {
        let index = choose(self.cases, status, headers);
        match index.map(|index| self.cases[index].codec) {
            Some(Codec::Events | Codec::TextEvents) => is_event_stream(headers),
            Some(Codec::JsonLines) => is_json_lines(headers),
            _ => false,
        }
    }
}

impl Case {
    /// Whether the status code is a success. A range of errors (`4XX`) among the successes does not count: it would
    /// turn an error response into a value.
    fn names(&self, status: u16) -> bool {
        match self.status {
            Status::Code(code) => code == status,
            Status::Range(digit) => status < 400 && status / 100 == digit,
            Status::Default => false,
        }
    }

    /// Returns how specifically the media type matches the received one: higher is more specific.
    fn fit(&self, found: Option<&str>) -> u8 {
        let Some(wanted) = self.media else { return 2 };
        let Some(found) = found else { return 0 };
        let (described, own) = (essence(wanted), essence(found));
        if described == own {
            let given: Vec<String> = parameters(found).collect();
            let all = parameters(wanted).all(|wanted| given.contains(&wanted));
            return 5 + u8::from(all) + u8::from(all && wanted.contains(';'));
        }
        match described.strip_suffix('*') {
            Some(start) if own.starts_with(start) => 4,
            _ if is_json(&described) && is_json(&own) => 3,
            _ => u8::from(self.codec == Codec::of_media(&own)),
        }
    }
}

/// Chooses the described response for a received one: by status code and media type, otherwise by status code alone.
fn choose(cases: &[Case], status: StatusCode, headers: &HeaderMap) -> Option<usize> {
    let status = status.as_u16();
    let content_type = headers.get(CONTENT_TYPE);
    let found = content_type.and_then(|value| value.to_str().ok());
    let statuses = [
        Status::Code(status),
        Status::Range(status / 100),
        Status::Default,
    ];
    statuses.into_iter().find_map(|status| {
        let cases = cases.iter().enumerate();
        let of_status = cases.filter(|(_, case)| case.status == status);
        // `max_by_key` returns the last of equal elements, but the first one is wanted.
        let best = of_status.rev().max_by_key(|(_, case)| case.fit(found));
        best.map(|(index, _)| index)
    })
}

/// Reads a response as the described response that it matches.
pub(super) fn read<T: Output>(response: &RawResponse, flow: Option<Flow>) -> Result<T, ReadError> {
    let index = choose(T::CASES, response.status, &response.headers);
    match index.and_then(|index| T::READERS.get(index)) {
        Some(read) => read(response, flow),
        None => Err(ReadError::undescribed(response.status)),
    }
}
