//! Hooks.

use std::future::{Future, IntoFuture};
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};

use http::{HeaderName, HeaderValue};

use super::*;
use crate::Secret;
use crate::call::hooks::{
    AfterAttempt, AfterCall, AttemptHook, BeforeAttempt, BeforeCall, CallHook,
};

/// Records what it is called with, and adds headers.
#[derive(Default)]
struct Diary(Mutex<Vec<String>>);

impl Diary {
    fn write(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    fn lines(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn header(name: &'static str, value: &str) -> (HeaderName, HeaderValue) {
    (HeaderName::from_static(name), value.parse().unwrap())
}

impl CallHook for Diary {
    fn before(&self, call: &mut BeforeCall<'_>) {
        for (name, value) in [
            ("x-hook", "call"),
            ("x-mine", "of the hook"),
            ("content-length", "7"),
        ] {
            let (name, value) = header(name, value);
            call.header(name, value);
        }
        let about = call.about();
        let (operation, method) = (about.operation(), about.method());
        self.write(format!("{operation} {method} {:?}", about.template()));
    }

    fn after(&self, call: &AfterCall<'_>) {
        self.write(format!(
            "{:?} {:?} {:?} {} {:?} {}",
            call.status().map(|status| status.as_u16()),
            call.error().map(Error::kind),
            call.request_id(),
            call.is_dropped(),
            call.elapsed(),
            call.attempts()
        ));
    }
}

impl AttemptHook for Diary {
    fn before(&self, attempt: &mut BeforeAttempt<'_>) {
        let number = attempt.number();
        for name in ["traceparent", "authentication", "x-mine"] {
            let (name, value) = header(name, &format!("attempt-{number}"));
            attempt.header(name, value);
        }
        self.write(format!("> {number} of {}", attempt.about().operation()));
    }

    fn after(&self, attempt: &AfterAttempt<'_>) {
        self.write(format!(
            "< {} {:?} {:?} {:?}",
            attempt.number(),
            attempt.status().map(|status| status.as_u16()),
            attempt.error_kind(),
            attempt.elapsed()
        ));
    }
}

fn watched(server: &TestTransport) -> (Client, Arc<Diary>) {
    let diary = Arc::new(Diary::default());
    let client = builder(server)
        .call_hook(diary.clone())
        .attempt_hook(diary.clone())
        .build()
        .unwrap();
    (client, diary)
}

#[test]
fn hooks_see_every_call_and_attempt() {
    let server = TestTransport::new();
    let (client, diary) = watched(&server);
    server.respond(
        TestResponse::status(503)
            .header("retry-after", "5")
            .after(SECOND),
    );
    server.respond(TestResponse::status(307).header("location", "/elsewhere"));
    server.fail(Failure::Connect);
    server.respond(TestResponse::json("1").header("x-own-id", "r1"));
    let policy = RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO);
    let call = get(&client).json::<i64>().with_header("x-mine", "by hand");
    assert_eq!(block_on(call.with_retry(policy)).unwrap(), 1);
    assert_eq!(
        diary.lines(),
        [
            r#"things.get GET Some("/things/{id}")"#,
            "> 1 of things.get",
            "< 1 Some(503) Some(Status) 1s",
            "> 2 of things.get",
            "< 2 None Some(Connect) 0ns",
            "> 3 of things.get",
            "< 3 Some(200) None 0ns",
            r#"Some(200) None Some("r1") false 6s 3"#,
        ]
    );
    let requests = server.requests();
    let traces: Vec<_> = requests
        .iter()
        .map(|request| request.header("traceparent"))
        .collect();
    let [first, second, third] = ["attempt-1", "attempt-2", "attempt-3"].map(Some);
    assert_eq!(traces, [first, second, second, third]);
    for request in &requests {
        // Neither a header from the caller nor the credential is replaced.
        assert_eq!(request.header("x-mine"), Some("by hand"));
        let token = format!("Bearer {TOKEN}");
        assert_eq!(request.header("authentication"), Some(&*token));
        assert_eq!(request.header("x-hook"), Some("call"));
        assert_eq!(request.header("content-length"), None);
    }
}

#[test]
fn hooks_see_failures_of_every_kind() {
    let server = TestTransport::new();
    let (client, diary) = watched(&server);
    server.respond(TestResponse::status(404).header("x-own-id", "r2"));
    json(get(&client).json()).unwrap_err();
    assert_eq!(
        diary.lines()[2..],
        [
            "< 1 Some(404) Some(Status) 0ns",
            r#"Some(404) Some(Status) Some("r2") false 0ns 1"#
        ]
    );
    // Whether the body can be decoded concerns the call, not the attempt.
    server.respond(TestResponse::json("{"));
    json(get(&client).json()).unwrap_err();
    assert_eq!(
        diary.lines()[2..],
        [
            "< 1 Some(200) None 0ns",
            "Some(200) Some(Decode) None false 0ns 1"
        ]
    );
    let unsendable = client.call("a.b", Method::GET, "/{id}").path("id", "..");
    json(unsendable.json()).unwrap_err();
    assert_eq!(
        diary.lines(),
        [
            r#"a.b GET Some("/{id}")"#,
            "None Some(Request) None false 0ns 0"
        ]
    );
}

#[test]
fn hooks_see_a_dropped_call() {
    let server = TestTransport::new();
    let (client, diary) = watched(&server);
    drop(get(&client).json::<i64>().into_future());
    assert!(diary.lines().is_empty(), "nothing began");
    server.fail(Failure::Silence);
    let mut call = Box::pin(get(&client).json::<i64>().into_future());
    let mut context = Context::from_waker(Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_pending());
    drop(call);
    assert_eq!(
        diary.lines()[1..],
        [
            "> 1 of things.get",
            "< 1 None None 0ns",
            "None None None true 0ns 1"
        ]
    );
}

#[test]
fn a_stream_ends_with_its_head() {
    let server = TestTransport::new();
    let (client, diary) = watched(&server);
    server.respond(TestResponse::json("[").stalled());
    let stream = block_on(get(&client).json::<i64>().send_stream()).unwrap();
    assert_eq!(diary.lines().len(), 4);
    drop(stream);
    assert!(diary.lines().is_empty());
}

#[test]
fn nothing_private_is_shown_to_hooks() {
    struct Looks(Mutex<Vec<String>>);
    impl CallHook for Looks {
        fn before(&self, call: &mut BeforeCall<'_>) {
            self.0
                .lock()
                .unwrap()
                .push(format!("{call:?} {:?}", call.about()));
        }
        fn after(&self, call: &AfterCall<'_>) {
            self.0
                .lock()
                .unwrap()
                .push(format!("{call:?} {:?}", call.error()));
        }
    }
    impl AttemptHook for Looks {
        fn before(&self, attempt: &mut BeforeAttempt<'_>) {
            self.0.lock().unwrap().push(format!("{attempt:?}"));
        }
        fn after(&self, attempt: &AfterAttempt<'_>) {
            self.0.lock().unwrap().push(format!("{attempt:?}"));
        }
    }
    let server = TestTransport::new();
    let looks = Arc::new(Looks(Mutex::default()));
    let client = builder(&server)
        .header("x-by-hand", TOKEN)
        .call_hook(looks.clone())
        .attempt_hook(looks.clone())
        .build()
        .unwrap();
    server.respond(TestResponse::status(400).body("text/plain", TOKEN));
    // A path from the caller can contain private data.
    let request = client.call("request", Method::GET, format!("/{TOKEN}"));
    let request = request.query("q", &Secret::from(TOKEN));
    json(request.json()).unwrap_err();
    let response = TestResponse::json(format!("{TOKEN:?}")).header("set-cookie", TOKEN);
    server.respond(response.header("request-id", "r7"));
    let response: String = block_on(get(&client).json()).unwrap();
    assert_eq!(response, TOKEN);
    let seen = looks.0.lock().unwrap().join("\n");
    assert!(
        seen.contains("template: None") && seen.contains("r7") && !seen.contains(TOKEN),
        "{seen}"
    );
}

#[test]
fn a_call_hook_can_sign_in_its_own_way() {
    struct Signs;
    impl CallHook for Signs {
        fn before(&self, call: &mut BeforeCall<'_>) {
            let (name, value) = header("authentication", "Signature abc");
            call.header(name, value);
        }
    }
    let server = TestTransport::new();
    server.respond(TestResponse::json("1"));
    let client = builder(&server).call_hook(Signs).build().unwrap();
    json(get(&client).json()).unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("authentication"), Some("Signature abc"));
}

#[test]
fn blocking_calls_are_told_alike() {
    let server = TestTransport::new();
    let (client, diary) = watched(&server);
    server.respond(TestResponse::json("1"));
    get(&client).json::<i64>().send_blocking().unwrap();
    assert_eq!(diary.lines().len(), 4);
}

#[test]
fn hooks_are_nested_and_calls_numbered() {
    struct Named(&'static str, Arc<Mutex<Vec<(u64, String)>>>);
    impl CallHook for Named {
        fn before(&self, call: &mut BeforeCall<'_>) {
            let line = (call.about().number(), format!("{} begins", self.0));
            self.1.lock().unwrap().push(line);
        }
        fn after(&self, call: &AfterCall<'_>) {
            let line = (call.about().number(), format!("{} ends", self.0));
            self.1.lock().unwrap().push(line);
        }
    }
    let server = TestTransport::new();
    let lines = Arc::default();
    let client = builder(&server)
        .call_hook(Named("outer", Arc::clone(&lines)))
        .call_hook(Named("inner", Arc::clone(&lines)))
        .build()
        .unwrap();
    for _ in 0..2 {
        server.respond(TestResponse::json("1"));
        json(get(&client).json()).unwrap();
    }
    let lines = lines.lock().unwrap();
    let words: Vec<_> = lines.iter().map(|(_, line)| line.as_str()).collect();
    let once = ["outer begins", "inner begins", "inner ends", "outer ends"];
    assert_eq!(words, [once, once].concat());
    assert!(lines[..4].iter().all(|(number, _)| *number == lines[0].0));
    assert_ne!(lines[0].0, lines[4].0);
}
