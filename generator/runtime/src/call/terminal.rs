//! What ends a request: the kind of answer that is expected.

use bytes::Bytes;

use super::answer::{
    Answer, Read, Successes, event_stream, json_stream, never, read_any, read_bytes, read_empty,
    read_events, read_json, read_json_lines, read_text, read_text_events,
};
use super::{Call, Reading, Request};
use crate::codec::Decode;
use crate::stream::{Events, JsonLines};
use crate::value::AnyBody;

impl Request {
    /// Expects JSON. An empty body reads as null or `{}`, where the type takes that.
    pub fn json<T: Decode>(self) -> Call<T> {
        self.whole("application/json", |answered, _| read_json(answered))
    }

    /// Expects anything, and reads it by its own media type.
    pub fn any(self) -> Call<AnyBody> {
        self.whole("application/json", |answered, _| read_any(answered))
    }

    /// Expects nothing, and takes any body as that.
    pub fn empty(self) -> Call<()> {
        self.whole("*/*", |answered, _| read_empty(answered))
    }

    /// Expects text.
    pub fn text_answer(self) -> Call<String> {
        self.whole("text/plain, */*;q=0.1", |answered, _| read_text(answered))
    }

    /// Expects bytes.
    pub fn bytes_answer(self) -> Call<Bytes> {
        self.whole("*/*", |answered, _| read_bytes(answered))
    }

    /// Expects server-sent events with JSON data.
    pub fn events<T: Decode>(self) -> Call<Events<T>> {
        let successes = Successes::of_2xx(event_stream);
        self.expecting("text/event-stream", successes, read_events)
    }

    /// Expects server-sent events with text.
    pub fn text_events(self) -> Call<Events<String>> {
        let successes = Successes::of_2xx(event_stream);
        self.expecting("text/event-stream", successes, read_text_events)
    }

    /// Expects lines of JSON.
    pub fn json_lines<T: Decode>(self) -> Call<JsonLines<T>> {
        let accept = "application/x-ndjson, application/jsonl, application/json-seq;q=0.9";
        self.expecting(accept, Successes::of_2xx(json_stream), read_json_lines)
    }

    /// Expects one of several answers, an enum made with [`answers!`](crate::answers).
    pub fn answer<A: Answer>(self) -> Call<A> {
        self.expecting("*/*", Successes::of::<A>(), A::read)
    }

    fn whole<T>(self, accept: &'static str, read: Read<T>) -> Call<T> {
        self.expecting(accept, Successes::of_2xx(never), read)
    }

    fn expecting<T>(
        mut self,
        accept: &'static str,
        successes: Successes,
        read: Read<T>,
    ) -> Call<T> {
        self.accept_by_default(accept);
        Call::new(self, Reading { successes, read })
    }
}
