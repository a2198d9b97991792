//! The methods that finish a request by choosing how its response is decoded.

use bytes::Bytes;

use super::output::{
    Codec, Output, Reader, read_any, read_bytes, read_empty, read_events, read_json,
    read_json_lines, read_text, read_text_events,
};
use super::raw_response::ReadError;
use super::{Call, Request, Successes, output};
use crate::codec::{self, Decode};
use crate::stream::{Events, JsonLines};
use crate::value::AnyBody;

impl Request {
    /// Expects JSON. An empty body is decoded as null or `{}` if the type accepts that.
    pub fn json<T: Decode>(self) -> Call<T> {
        self.whole("application/json", |response, _| read_json(response))
    }

    /// Expects JSON. A body that is `R` and not `T` says that the server refused, in spite of the status code.
    pub(super) fn json_or<T: Decode, R: Decode>(self) -> Call<T> {
        self.whole("application/json", |response, _| {
            read_json(response).map_err(|error| match codec::from_json::<R>(&response.body) {
                Ok(_) => ReadError::Rejected,
                Err(_) => error,
            })
        })
    }

    /// Expects any media type, and decodes the response by it.
    pub fn any(self) -> Call<AnyBody> {
        self.whole("application/json", |response, _| read_any(response))
    }

    /// Expects no content, and ignores any body.
    pub fn empty(self) -> Call<()> {
        self.whole("*/*", |response, _| read_empty(response))
    }

    /// Expects text.
    pub fn text_output(self) -> Call<String> {
        self.whole("text/plain, */*;q=0.1", |response, _| read_text(response))
    }

    /// Expects bytes.
    pub fn bytes_output(self) -> Call<Bytes> {
        self.whole("*/*", |response, _| read_bytes(response))
    }

    /// Expects server-sent events with JSON data.
    pub fn events<T: Decode>(self) -> Call<Events<T>> {
        let successes = Successes::any(Codec::Events);
        self.expecting("text/event-stream", successes, read_events)
    }

    /// Expects server-sent events with text.
    pub fn text_events(self) -> Call<Events<String>> {
        let successes = Successes::any(Codec::TextEvents);
        self.expecting("text/event-stream", successes, read_text_events)
    }

    /// Expects lines of JSON.
    pub fn json_lines<T: Decode>(self) -> Call<JsonLines<T>> {
        let accept = "application/x-ndjson, application/jsonl, application/json-seq;q=0.9";
        self.expecting(accept, Successes::any(Codec::JsonLines), read_json_lines)
    }

    /// Expects one of several responses, an enum made with [`outputs!`](crate::outputs).
    pub fn output<T: Output>(self) -> Call<T> {
        self.expecting("*/*", Successes::of(T::CASES), output::read)
    }

    fn whole<T>(self, accept: &'static str, read: Reader<T>) -> Call<T> {
        self.expecting(accept, Successes::any(Codec::Bytes), read)
    }

    fn expecting<T>(
        mut self,
        accept: &'static str,
        successes: Successes,
        read: Reader<T>,
    ) -> Call<T> {
        self.accept_by_default(accept);
        self.0.successes = successes;
        Call::new(self, read)
    }
}
