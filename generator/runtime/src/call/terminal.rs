//! What ends a request: the kind of answer that is expected.

use bytes::Bytes;

use super::answer::{
    Answer, event_stream, json_stream, never, read_bytes, read_empty, read_events, read_json,
    read_json_lines, read_text, read_text_events,
};
use super::{Call, Reading, Request};
use crate::codec::Decode;
use crate::stream::{Events, JsonLines};

/// Any 2xx is a success, and nothing else.
fn only_2xx(_status: u16) -> bool {
    false
}

impl Request {
    /// Expects JSON. An empty body reads as null or `{}`, where the type takes that.
    pub fn json<T: Decode>(mut self) -> Call<T> {
        self.accept_by_default("application/json");
        let reading = Reading {
            lists: only_2xx,
            streams: never,
            read: |answered, _| read_json(answered),
        };
        Call::new(self, reading)
    }

    /// Expects nothing, and takes any body as that.
    pub fn empty(mut self) -> Call<()> {
        self.accept_by_default("*/*");
        let reading = Reading {
            lists: only_2xx,
            streams: never,
            read: |answered, _| read_empty(answered),
        };
        Call::new(self, reading)
    }

    /// Expects text.
    pub fn text_answer(mut self) -> Call<String> {
        self.accept_by_default("text/plain, */*;q=0.1");
        let reading = Reading {
            lists: only_2xx,
            streams: never,
            read: |answered, _| read_text(answered),
        };
        Call::new(self, reading)
    }

    /// Expects bytes.
    pub fn bytes_answer(mut self) -> Call<Bytes> {
        self.accept_by_default("*/*");
        let reading = Reading {
            lists: only_2xx,
            streams: never,
            read: |answered, _| read_bytes(answered),
        };
        Call::new(self, reading)
    }

    /// Expects server-sent events with JSON data.
    pub fn events<T: Decode>(mut self) -> Call<Events<T>> {
        self.accept_by_default("text/event-stream");
        let reading = Reading {
            lists: only_2xx,
            streams: event_stream,
            read: read_events,
        };
        Call::new(self, reading)
    }

    /// Expects server-sent events with text.
    pub fn text_events(mut self) -> Call<Events<String>> {
        self.accept_by_default("text/event-stream");
        let reading = Reading {
            lists: only_2xx,
            streams: event_stream,
            read: read_text_events,
        };
        Call::new(self, reading)
    }

    /// Expects lines of JSON.
    pub fn json_lines<T: Decode>(mut self) -> Call<JsonLines<T>> {
        self.accept_by_default(
            "application/x-ndjson, application/jsonl, application/json-seq;q=0.9",
        );
        let reading = Reading {
            lists: only_2xx,
            streams: json_stream,
            read: read_json_lines,
        };
        Call::new(self, reading)
    }

    /// Expects one of several answers, an enum made with [`answers!`](crate::answers).
    pub fn answer<A: Answer>(mut self) -> Call<A> {
        self.accept_by_default("*/*");
        let reading = Reading {
            lists: A::lists,
            streams: A::streams,
            read: A::read,
        };
        Call::new(self, reading)
    }
}
