//! Streams over the testing transport.

mod floods;

use std::future::ready;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream as _;
use proptest::prelude::*;

use crate::testing::{TestResponse, TestTransport, block_on};
use crate::transport::{
    BoxFuture, Chunks, HttpRequest, ResponseBody, ResponseFuture, Transport, TransportError,
};
use crate::{
    Api, BaseUrl, Client, ClientBuilder, ErrorKind, Event, Events, Json, JsonLines, Method, Request,
};

static API: Api = Api {
    request_id_headers: &["x-own-id"],
    ..Api::new("test", "test/1")
};

const EVENTS: &str = "text/event-stream; charset=utf-8";
const LINES: &str = "application/x-ndjson";
const SECOND: Duration = Duration::from_secs(1);

fn builder(server: &TestTransport) -> ClientBuilder {
    let base = BaseUrl::described("https://api.example.com");
    ClientBuilder::new(&API, base).transport(server.clone())
}

fn get(client: &Client) -> Request {
    client.call("things.watch", Method::GET, "/things")
}

/// Returns the stream of a response.
fn events(response: TestResponse) -> Events<Json> {
    let server = TestTransport::new();
    server.respond(response.header("x-own-id", "r-1"));
    block_on(get(&builder(&server).build().unwrap()).events()).unwrap()
}

fn text_events(chunks: &[&[u8]]) -> Vec<Event<String>> {
    let server = TestTransport::new();
    let chunks: Vec<_> = chunks.iter().map(|chunk| chunk.to_vec()).collect();
    server.respond(TestResponse::status(200).chunks(EVENTS, chunks));
    let mut events = block_on(get(&builder(&server).build().unwrap()).text_events()).unwrap();
    let mut found = Vec::new();
    while let Some(event) = block_on(events.next()) {
        found.push(event.unwrap());
    }
    found
}

fn data(text: &str) -> Vec<String> {
    let events = text_events(&[text.as_bytes()]);
    events.into_iter().map(|event| event.data).collect()
}

fn lines(response: TestResponse) -> JsonLines<i64> {
    let server = TestTransport::new();
    server.respond(response);
    block_on(get(&builder(&server).build().unwrap()).json_lines()).unwrap()
}

/// Returns all items; an error is represented by its body.
fn all_lines(content_type: &str, chunks: &[&str]) -> Vec<Result<i64, String>> {
    let chunks: Vec<_> = chunks.iter().map(ToString::to_string).collect();
    let mut lines = lines(TestResponse::status(200).chunks(content_type, chunks));
    let mut found = Vec::new();
    while let Some(line) = block_on(lines.next()) {
        found.push(line.map_err(|error| String::from_utf8_lossy(error.body()).into_owned()));
    }
    found
}

#[test]
fn events_are_read_as_the_standard_says() {
    assert_eq!(data("data: a\n\ndata:b\n\n"), ["a", "b"]);
    assert_eq!(data("data: YHOO\ndata: +2\ndata: 10\n\n"), ["YHOO\n+2\n10"]);
    assert_eq!(data(": comment\n\ndata\n\ndata\ndata\n\ndata:"), ["", "\n"]);
    assert_eq!(
        data("data:test\n\ndata: test\n\ndata:  test\n\n"),
        ["test", "test", " test"]
    );
    assert_eq!(data("\u{feff}data: 1\n\n"), ["1"]);
    assert_eq!(data("\n\u{feff}data: 1\n\n"), [""; 0]);
    assert_eq!(
        data("data: 1\r\n\r\ndata: 2\r\rdata: 3\r\n\n"),
        ["1", "2", "3"]
    );
    assert_eq!(data("unknown: x\nDATA: x\ndata: a:b\n\n"), ["a:b"]);
    assert_eq!(data("data: whole\n\ndata: cut off"), ["whole"]);
}

#[test]
fn names_and_ids_go_with_their_events() {
    let text = b"id: 1\nevent: add\ndata: a\n\ndata: b\n\nid\ndata: c\n\nid: x\0y\ndata: d\n\n";
    let found = text_events(&[text]);
    let facts: Vec<_> = found
        .iter()
        .map(|event| (event.name.as_deref(), event.id.as_deref()))
        .collect();
    assert_eq!(
        facts,
        [
            (Some("add"), Some("1")),
            (None, Some("1")),
            (None, None),
            (None, None)
        ]
    );
}

#[test]
fn ids_and_reconnection_times_need_no_event() {
    let response =
        TestResponse::status(200).body(EVENTS, "id: 7\nretry: 1500\n\nretry: soon\ndata: 1\n\n");
    let mut events = events(response);
    assert_eq!(events.last_event_id(), None);
    let event = block_on(events.next()).unwrap().unwrap();
    assert_eq!((event.data, event.id.as_deref()), (1.into(), Some("7")));
    assert_eq!(events.last_event_id(), Some("7"));
    assert_eq!(
        events.reconnection_time(),
        Some(1500 * Duration::from_millis(1))
    );
}

#[test]
fn data_that_cannot_be_read_ends_nothing() {
    let text = "data: {\"a\":1}\n\nevent: ping\ndata: still here\n\ndata: [2]\n\ndata: [DONE]\n\n";
    let mut events = events(TestResponse::status(200).body(EVENTS, text));
    let first = block_on(events.next()).unwrap().unwrap();
    assert_eq!(first.data["a"], 1);
    let error = block_on(events.next()).unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.body().as_ref()),
        (ErrorKind::Decode, b"still here".as_slice())
    );
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(
        (error.request_id(), error.operation()),
        (Some("r-1"), "things.watch")
    );
    assert_eq!(error.headers()["content-type"], EVENTS);
    assert_eq!(block_on(events.next()).unwrap().unwrap().data[0], 2);
    assert!(block_on(events.next()).is_none());
    assert!(block_on(events.next()).is_none());
    assert_eq!(data("data: [DONE]\n\n"), ["[DONE]"]);
}

#[test]
fn text_of_an_event_can_be_read_as_json() {
    let found = text_events(&[b"data: [1,2]\n\n"]);
    assert_eq!(found[0].json::<Vec<i64>>().unwrap(), [1, 2]);
    assert!(found[0].json::<bool>().is_err());
}

#[test]
fn another_body_than_a_stream_is_an_error_that_keeps_it() {
    let server = TestTransport::new();
    server.respond(TestResponse::json(r#"{"queued":true}"#));
    let error = block_on(get(&builder(&server).build().unwrap()).events::<Json>()).unwrap_err();
    assert_eq!(
        (error.kind(), error.body().as_ref()),
        (ErrorKind::Decode, br#"{"queued":true}"#.as_slice())
    );
    assert!(
        error
            .to_string()
            .contains("expected server-sent events, found application/json"),
        "{error}"
    );
    assert_eq!(
        server.requests()[0].header("accept"),
        Some("text/event-stream")
    );
    server.respond(TestResponse::status(503));
    let call = get(&builder(&server).build().unwrap())
        .events::<Json>()
        .without_retry();
    assert_eq!(block_on(call).unwrap_err().status().unwrap(), 503);
}

#[test]
fn a_broken_stream_gives_what_came_before() {
    let mut events = events(
        TestResponse::status(200)
            .body(EVENTS, "data: 1\n\ndata: 2\n")
            .cut(),
    );
    assert_eq!(block_on(events.next()).unwrap().unwrap().data, 1);
    let error = block_on(events.next()).unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16()),
        (ErrorKind::Io, 200)
    );
    assert!(error.is_retryable() && !error.maybe_applied());
    assert_eq!((error.request_id(), error.attempts()), (Some("r-1"), 1));
    assert!(block_on(events.next()).is_none());
}

#[test]
fn silence_is_limited_and_the_attempt_is_not() {
    let server = TestTransport::new();
    let stalled = || {
        TestResponse::status(200)
            .body(EVENTS, "data: 1\n\n")
            .stalled()
    };
    server.respond(stalled().after(3 * SECOND));
    let client = builder(&server)
        .timeout(4 * SECOND)
        .idle_timeout(40 * SECOND)
        .build()
        .unwrap();
    let mut events = block_on(get(&client).events::<Json>()).unwrap();
    assert_eq!(block_on(events.next()).unwrap().unwrap().data, 1);
    let error = block_on(events.next()).unwrap().unwrap_err();
    assert!(error.is_timeout() && error.status().is_some());
    assert!(
        error.to_string().contains("nothing was received for 40s"),
        "{error}"
    );
    assert_eq!(server.elapsed(), 43 * SECOND);
    assert!(block_on(events.next()).is_none());

    server.respond(stalled());
    let call = get(&client).events::<Json>().with_total_timeout(7 * SECOND);
    let mut events = block_on(call).unwrap();
    assert!(block_on(events.next()).unwrap().is_ok());
    let error = block_on(events.next()).unwrap().unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the total timeout of the call is over"),
        "{error}"
    );
    assert_eq!(server.elapsed(), 50 * SECOND);
}

/// A blocking transport: its clock advances while chunks are read.
#[derive(Debug, Clone, Default)]
struct Blocks {
    now: Arc<Mutex<Duration>>,
    limits: Arc<Mutex<Vec<Option<Duration>>>>,
}

impl Transport for Blocks {
    fn send(&self, _: HttpRequest, _: Option<Duration>) -> ResponseFuture<'_> {
        let body = ResponseBody::chunks(self.clone());
        Box::pin(ready(Ok(http::Response::new(body))))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(ready(()))
    }

    fn now(&self) -> Duration {
        *self.now.lock().unwrap()
    }
}

impl Chunks for Blocks {
    fn poll_chunk(&mut self, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        *self.now.lock().unwrap() += 3 * SECOND;
        let is_last = self.limits.lock().unwrap().len() == 3;
        Poll::Ready((!is_last).then(|| Ok(Bytes::new())))
    }

    fn limit(&mut self, left: &dyn Fn() -> Option<Duration>) {
        self.limits.lock().unwrap().push(left());
    }
}

#[test]
fn a_source_that_blocks_is_told_what_is_left_for_each_chunk() {
    let transport = Blocks::default();
    let base = BaseUrl::described("https://api.example.com");
    let client = ClientBuilder::new(&API, base).transport(transport.clone());
    let client = client.total_timeout(10 * SECOND).idle_timeout(8 * SECOND);
    let call = get(&client.build().unwrap()).bytes_output().send_stream();
    let mut stream = block_on(call).unwrap().into_value();
    assert!(block_on(stream.next()).is_none());
    let limits = transport.limits.lock().unwrap();
    assert_eq!(*limits, [8, 7, 4].map(|seconds| Some(seconds * SECOND)));
}

#[test]
fn an_item_has_a_size_limit_whatever_its_chunks() {
    for chunks in [
        vec!["data: 12345678901\n\n"],
        vec!["data: 1234", "5678901"],
        vec!["data: 12345\n", "data: 1234567"],
    ] {
        let server = TestTransport::new();
        server.respond(
            TestResponse::status(200).chunks(EVENTS, [vec!["data: 1\n\n"], chunks].concat()),
        );
        let client = builder(&server).body_limit(10).build().unwrap();
        let mut events = block_on(get(&client).events::<Json>()).unwrap();
        assert!(block_on(events.next()).unwrap().is_ok());
        let error = block_on(events.next()).unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
        assert!(block_on(events.next()).is_none());
    }
}

#[test]
fn lines_of_json_are_read_one_by_one() {
    assert_eq!(
        all_lines(LINES, &["1\n", "\n  2 ", "\r\nthree\n4"]),
        [Ok(1), Ok(2), Err("three".to_owned()), Ok(4)]
    );
    assert_eq!(all_lines(LINES, &["\u{feff}1\n2"]), [Ok(1), Ok(2)]);
    assert_eq!(all_lines("application/json", &["1\n2\n"]), [Ok(1), Ok(2)]);
    assert_eq!(all_lines(LINES, &[""]), []);
}

#[test]
fn records_of_a_sequence_may_have_line_breaks() {
    assert_eq!(
        all_lines(
            "application/json-seq",
            &["\x1e1\n\x1e", "\n2\n\x1e\x1e\n3", "\n"]
        ),
        [Ok(1), Ok(2), Ok(3)]
    );
}

#[test]
fn any_response_can_be_streamed() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(200).chunks("application/json", ["[1,", "", "2]"]));
    let client = builder(&server).body_limit(1).build().unwrap();
    let response = block_on(get(&client).json::<Vec<i64>>().send_stream()).unwrap();
    assert_eq!(response.headers()["content-type"], "application/json");
    let mut stream = response.into_value();
    let mut found = Vec::new();
    while let Some(chunk) = block_on(stream.next()) {
        found.push(chunk.unwrap());
    }
    assert_eq!(found, [Bytes::from("[1,"), Bytes::from("2]")]);
    server.respond(TestResponse::status(404).with_json("{}"));
    let error = block_on(get(&client).bytes_output().send_stream()).unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
}

#[test]
fn streams_are_streams_for_every_library() {
    let lines = lines(TestResponse::status(200).body(LINES, "1\n2\n"));
    let mut context = Context::from_waker(Waker::noop());
    let mut seen = Vec::new();
    let mut stream = pin!(lines);
    while let Poll::Ready(Some(item)) = stream.as_mut().poll_next(&mut context) {
        seen.push(item.unwrap());
    }
    assert_eq!(seen, [1, 2]);
}

const _: fn() = || {
    fn is_send<S: Send + Unpin + 'static>() {}
    is_send::<Events<Json>>();
    is_send::<JsonLines<Json>>();
    is_send::<crate::ByteStream>();
};

/// Splits a text at these positions.
fn chunks(text: &[u8], mut places: Vec<usize>) -> Vec<&[u8]> {
    for place in &mut places {
        *place %= text.len() + 1;
    }
    places.sort_unstable();
    let ends = places.iter().copied().chain([text.len()]);
    let mut start = 0;
    ends.map(|end| &text[std::mem::replace(&mut start, end)..end])
        .collect()
}

proptest! {
    #[test]
    fn where_the_chunks_end_changes_nothing(
        text in "(\u{feff})?(data|event|id|é|:|: |\r|\n|\r\n|[a-c])*",
        places in prop::collection::vec(any::<usize>(), 0..12),
    ) {
        let whole = text_events(&[text.as_bytes()]);
        prop_assert_eq!(text_events(&chunks(text.as_bytes(), places)), whole);
    }
}
