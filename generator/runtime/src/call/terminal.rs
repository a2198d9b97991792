//! What ends a request: the kind of answer that is expected.

use bytes::Bytes;

use super::answer::{Answer, read_bytes, read_empty, read_json, read_text};
use super::{Call, Reading, Request};
use crate::codec::Decode;

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
            read: read_json,
        };
        Call::new(self, reading)
    }

    /// Expects nothing, and takes any body as that.
    pub fn empty(mut self) -> Call<()> {
        self.accept_by_default("*/*");
        let reading = Reading {
            lists: only_2xx,
            read: read_empty,
        };
        Call::new(self, reading)
    }

    /// Expects text.
    pub fn text_answer(mut self) -> Call<String> {
        self.accept_by_default("text/plain, */*;q=0.1");
        let reading = Reading {
            lists: only_2xx,
            read: read_text,
        };
        Call::new(self, reading)
    }

    /// Expects bytes.
    pub fn bytes_answer(mut self) -> Call<Bytes> {
        self.accept_by_default("*/*");
        let reading = Reading {
            lists: only_2xx,
            read: read_bytes,
        };
        Call::new(self, reading)
    }

    /// Expects one of several answers, an enum made with [`answers!`](crate::answers).
    pub fn answer<A: Answer>(mut self) -> Call<A> {
        self.accept_by_default("*/*");
        let reading = Reading {
            lists: A::lists,
            read: A::read,
        };
        Call::new(self, reading)
    }
}
