//! The span of a call, as recorded by a subscriber.

#![cfg(feature = "tracing")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use specwright_runtime::hooks::{AttemptHook, BeforeAttempt};
use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
use specwright_runtime::{
    Api, BaseUrl, Client, ClientBuilder, Credential, Error, Method, Request, Scheme, Secret,
};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

static API: Api = Api {
    name: "test",
    user_agent: "test/1",
    request_id_headers: &[],
    schemes: &[Scheme::query("key", "api_key")],
    security: &[&["key"]],
};

const SECRET: &str = "hunter2";

/// Records all fields of all spans, and the current span.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    spans: Vec<BTreeMap<String, String>>,
    entered: Vec<u64>,
    /// The number of handles of spans that were not dropped yet.
    open: usize,
}

struct Fields<'a>(&'a mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.target().starts_with("specwright_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut state = self.0.lock().unwrap();
        let mut fields = BTreeMap::new();
        assert_eq!(*span.metadata().level(), Level::INFO);
        span.record(&mut Fields(&mut fields));
        state.spans.push(fields);
        state.open += 1;
        Id::from_u64(state.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut state = self.0.lock().unwrap();
        let index = usize::try_from(span.into_u64()).unwrap() - 1;
        values.record(&mut Fields(&mut state.spans[index]));
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        panic!("there is nothing but spans: {event:?}");
    }

    fn enter(&self, span: &Id) {
        self.0.lock().unwrap().entered.push(span.into_u64());
    }

    fn exit(&self, span: &Id) {
        let left = self.0.lock().unwrap().entered.pop();
        assert_eq!(left, Some(span.into_u64()));
    }

    fn try_close(&self, _span: Id) -> bool {
        self.0.lock().unwrap().open -= 1;
        true
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.0.lock().unwrap().open += 1;
        id.clone()
    }
}

fn client(server: &TestTransport) -> Client {
    ClientBuilder::new(&API, BaseUrl::described("https://api.example.com/base"))
        .credential("key", Credential::secret(SECRET))
        .transport(server.clone())
        .build()
        .unwrap()
}

fn get(client: &Client) -> Request {
    client
        .call("things.get", Method::GET, "/v1/things/{id}")
        .path("id", SECRET)
        .query("q", &Secret::from(SECRET))
        .header("x-private", &SECRET)
}

/// Returns the fields of the spans of `work`.
fn spans(work: impl FnOnce()) -> Vec<BTreeMap<String, String>> {
    let recorder = Recorder::default();
    tracing::subscriber::with_default(recorder.clone(), work);
    let state = recorder.0.lock().unwrap();
    assert!(state.entered.is_empty());
    for (name, value) in state.spans.iter().flatten() {
        assert!(!value.contains(SECRET), "{name}: {value}");
    }
    state.spans.clone()
}

fn fields(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

#[test]
fn a_call_is_a_span_with_the_names_of_opentelemetry() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(503));
    server.respond(TestResponse::json("1"));
    let seen = spans(|| {
        block_on(get(&client(&server)).json::<i64>()).unwrap();
    });
    let wanted = fields(&[
        ("http.request.method", "GET"),
        ("http.request.resend_count", "1"),
        ("http.response.status_code", "200"),
        ("operation", "things.get"),
        ("otel.kind", "client"),
        ("otel.name", "GET /v1/things/{id}"),
        ("server.address", "api.example.com"),
        ("server.port", "443"),
        ("url.template", "/v1/things/{id}"),
    ]);
    assert_eq!(seen, [wanted]);
}

fn failed(response: TestResponse) -> BTreeMap<String, String> {
    let server = TestTransport::new();
    server.respond(response);
    let seen = spans(|| {
        let call = get(&client(&server)).json::<i64>().without_retry();
        let result: Result<i64, Error> = block_on(call);
        result.unwrap_err();
    });
    seen.into_iter().next().unwrap()
}

#[test]
fn a_failure_has_its_type() {
    let echo = TestResponse::status(404).body("text/plain", SECRET);
    for (response, error, status) in [
        (echo, "404", Some("404")),
        (TestResponse::json("{"), "decode", Some("200")),
        (
            TestResponse::json("1").after(std::time::Duration::MAX),
            "timeout",
            None,
        ),
        (TestResponse::json("1").cut(), "io", Some("200")),
    ] {
        let span = failed(response);
        assert_eq!(span["error.type"], error);
        assert_eq!(span["otel.status_code"], "ERROR");
        let seen = span.get("http.response.status_code").map(String::as_str);
        assert_eq!(seen, status, "{error}");
        assert!(!span.contains_key("http.request.resend_count"));
    }
}

#[test]
fn a_path_of_the_caller_is_no_template() {
    let server = TestTransport::new();
    server.respond(TestResponse::json("1"));
    let seen = spans(|| {
        let path = format!("/v1/{SECRET}?q={SECRET}");
        let call = client(&server).call("request", Method::DELETE, path);
        block_on(call.json::<i64>()).unwrap();
    });
    assert_eq!(seen[0]["otel.name"], "DELETE");
    assert!(!seen[0].contains_key("url.template"));
}

#[test]
fn hooks_run_within_the_span_and_a_dropped_call_closes_it() {
    struct Looks(Recorder, Arc<Mutex<Vec<u64>>>);
    impl AttemptHook for Looks {
        fn before(&self, _attempt: &mut BeforeAttempt<'_>) {
            let entered = self.0.0.lock().unwrap().entered.clone();
            self.1.lock().unwrap().extend(entered);
        }
    }
    let recorder = Recorder::default();
    let ids = Arc::new(Mutex::new(Vec::new()));
    let server = TestTransport::new();
    let looks = Looks(recorder.clone(), ids.clone());
    tracing::subscriber::with_default(recorder.clone(), || {
        let client = ClientBuilder::new(&API, BaseUrl::described("http://127.0.0.1:81"))
            .credential("key", Credential::secret(SECRET))
            .transport(server.clone())
            .attempt_hook(looks)
            .build()
            .unwrap();
        server.fail(specwright_runtime::testing::Failure::Silence);
        let mut call = Box::pin(IntoFuture::into_future(get(&client).json::<i64>()));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(call.as_mut().poll(&mut context).is_pending());
    });
    let state = recorder.0.lock().unwrap();
    assert_eq!((state.spans.len(), state.open), (1, 0));
    assert_eq!(state.spans[0]["server.port"], "81");
    assert_eq!(*ids.lock().unwrap(), [1]);
}
