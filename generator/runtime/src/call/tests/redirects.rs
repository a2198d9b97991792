//! Redirects.

use http::{HeaderName, HeaderValue};

use super::*;
use crate::call::hooks::{AfterAttempt, AttemptHook, BeforeAttempt};
use crate::testing::RecordedRequest;

#[test]
fn within_the_origin_it_goes_on_with_the_credential() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(307).header("location", "/base/elsewhere?x=1"));
    server
        .respond(TestResponse::status(308).header("location", "https://API.example.com:443/there"));
    server.respond(TestResponse::json("1"));
    assert_eq!(json(post(&client(&server)).json()).unwrap(), 1);
    let requests = server.requests();
    assert_eq!(requests[1].path_and_query(), "/base/elsewhere?x=1");
    assert_eq!(requests[2].path_and_query(), "/there");
    for request in &requests {
        assert_eq!(
            (request.method(), request.text().as_str()),
            (&Method::POST, "1")
        );
        assert!(request.header("authentication").is_some());
    }
}

#[test]
fn a_key_of_the_query_goes_with_it() {
    let server = TestTransport::new();
    let client = builder(&server)
        .credential("key", Credential::secret("k1k1"))
        .build()
        .unwrap();
    for location in ["/a", "/b?x=1", "/c?api_key=theirs", "?api_keys=1"] {
        server.respond(TestResponse::status(307).header("location", location));
    }
    server.respond(TestResponse::json("1"));
    json(get(&client).security(&[&["key"]]).json()).unwrap();
    let requests = server.requests();
    let paths: Vec<_> = requests
        .iter()
        .map(RecordedRequest::path_and_query)
        .collect();
    assert_eq!(
        paths,
        [
            "/base/things/7?api_key=k1k1",
            "/a?api_key=k1k1",
            "/b?x=1&api_key=k1k1",
            "/c?api_key=theirs",
            "/c?api_keys=1&api_key=k1k1",
        ]
    );
}

#[test]
fn the_method_changes_as_the_status_says() {
    for (method, status, next) in [
        ("POST", 301, "GET"),
        ("POST", 302, "GET"),
        ("POST", 303, "GET"),
        ("POST", 307, "POST"),
        ("PUT", 302, "PUT"),
        ("PUT", 303, "GET"),
        ("HEAD", 303, "HEAD"),
        ("GET", 301, "GET"),
    ] {
        let server = TestTransport::new();
        server.respond(TestResponse::status(status).header("location", "/x"));
        server.respond(TestResponse::status(204));
        let request = client(&server)
            .call("a.b", method.parse().unwrap(), "/a")
            .body(&1_i64)
            .header("content-encoding", &"identity")
            .header("Content-Language", &"en")
            .header("digest", &"x")
            .header("x-kept", &"y");
        block_on(request.empty()).unwrap();
        let second = &server.requests()[1];
        assert_eq!(second.method().as_str(), next, "{method} {status}");
        let keeps_body = method == next;
        assert_eq!(
            second.text(),
            if keeps_body { "1" } else { "" },
            "{method} {status}"
        );
        for name in [
            "content-type",
            "content-encoding",
            "content-language",
            "digest",
        ] {
            assert_eq!(second.header(name).is_some(), keeps_body, "{method} {name}");
        }
        assert_eq!(second.header("x-kept"), Some("y"));
    }
}

/// The method, the URL, the headers and the body of a request to another origin.
type Seen = (String, String, Vec<String>, String);

fn seen(request: &RecordedRequest) -> Seen {
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
    let (method, uri) = (request.method().to_string(), request.uri().to_string());
    (method, uri, headers.collect(), request.text())
}

/// Returns the only form that a request to another origin can have.
fn bare(method: &str, uri: &str) -> Seen {
    let agent = concat!(
        "user-agent: test-api/1.2.3 specwright-runtime/",
        env!("CARGO_PKG_VERSION")
    );
    let headers = vec![
        agent.to_owned(),
        "accept: */*".to_owned(),
        "accept-encoding: gzip, deflate, br, zstd".to_owned(),
    ];
    (method.to_owned(), uri.to_owned(), headers, String::new())
}

/// Adds a header to each attempt.
struct Adds;

impl AttemptHook for Adds {
    fn before(&self, attempt: &mut BeforeAttempt<'_>) {
        let value = HeaderValue::from_static("hunter2");
        attempt.header(HeaderName::from_static("x-hook"), value);
    }

    fn after(&self, _: &AfterAttempt<'_>) {}
}

/// Returns a GET or a HEAD with every kind of input.
fn loaded(server: &TestTransport, method: Method) -> Request {
    let client = builder(server)
        .credential("basic", Credential::basic("demo", "p@55w0rd"))
        .credential("key", Credential::secret("k1k1"))
        .credential("session", Credential::secret("s1d-s1d"))
        .header("x-of-client", "hunter2")
        .user_agent("hunter2")
        .attempt_hook(Adds)
        .idempotency_keys("Idempotency-Key")
        .build()
        .unwrap();
    client
        .call("things.get", method, "/things")
        .security(&[&["own", "basic", "key", "session"]])
        .header("x-of-call", &"hunter2")
        .accept("application/json")
        .query("q", &"hunter2")
        .cookie("theme", &"hunter2")
        .body(&"hunter2")
}

#[test]
fn another_origin_gets_a_bare_request() {
    for method in [Method::GET, Method::HEAD] {
        for status in [301, 302, 303, 307, 308] {
            let server = TestTransport::new();
            let elsewhere = "https://files.example/a?sig=1#x";
            server.respond(TestResponse::status(status).header("location", elsewhere));
            server.respond(TestResponse::status(307).header("location", "/b"));
            // A request that returns to the first origin contains nothing of the call either.
            server.respond(
                TestResponse::status(302).header("location", "https://api.example.com/base/c"),
            );
            server.respond(TestResponse::status(308).header("location", "//api.example.com/d"));
            server.respond(TestResponse::status(204));
            let response = block_on(loaded(&server, method.clone()).empty().send()).unwrap();
            assert_eq!(response.headers()["location"], elsewhere);
            let requests = server.requests();
            let bare = |uri| bare(method.as_str(), uri);
            assert_eq!(
                requests[0].headers().len(),
                10,
                "{:?}",
                requests[0].headers()
            );
            assert_eq!(seen(&requests[1]), bare("https://files.example/a?sig=1"));
            assert_eq!(seen(&requests[2]), bare("https://files.example/b"));
            assert_eq!(seen(&requests[3]), bare("https://api.example.com/base/c"));
            assert_eq!(seen(&requests[4]), bare("https://api.example.com/d"));
        }
    }
}

#[test]
fn only_get_and_head_are_redirected_to_another_origin() {
    let elsewhere = || TestResponse::status(302).header("location", "https://evil.example/a?b");
    for method in [
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
    ] {
        for status in [301, 302, 303, 307, 308] {
            let server = TestTransport::new();
            server.respond(TestResponse::status(303).header("location", "/result"));
            server.respond(
                TestResponse::status(status).header("location", "https://evil.example/a?b"),
            );
            let error = block_on(loaded(&server, method.clone()).empty()).unwrap_err();
            assert_eq!(
                (error.kind(), server.requests().len()),
                (ErrorKind::Redirect, 2)
            );
        }
    }
    let server = TestTransport::new();
    server.respond(elsewhere());
    let error = block_on(post(&client(&server)).empty()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "things.create: 302 Found: redirect not followed: it leads to https://evil.example, \
         and a POST is not redirected to another origin (1 attempt)"
    );
    assert_eq!(error.headers()["location"], "https://evil.example/a?b");
}

#[test]
fn no_redirect_leaves_encryption_or_names_a_user() {
    for location in [
        "http://api.example.com/base",
        "http://127.0.0.1/",
        "https://api.example.com@evil.example/",
        "https://user:hunter2@api.example.com/",
        "https://user:hunter2@evil.example/",
        "https://:hunter2@evil.example/",
        "//user@evil.example/",
    ] {
        let server = TestTransport::new();
        server.respond(
            TestResponse::status(302)
                .header("location", location)
                .header("x-own-id", "r1"),
        );
        let client = builder(&server).allow_http().build().unwrap();
        let error = block_on(get(&client).empty()).unwrap_err();
        assert_eq!(server.requests().len(), 1, "{location}");
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert_eq!(
            (error.status().unwrap().as_u16(), error.request_id()),
            (302, Some("r1"))
        );
        let texts = format!("{error} {error:?}");
        assert!(
            !texts.contains("hunter2") && !texts.contains(TOKEN),
            "{texts}"
        );
    }
}

#[test]
fn plain_http_goes_on_where_it_may_go_at_all() {
    for (base, location, allowed, followed) in [
        ("http://127.0.0.1:1", "http://127.0.0.1:2/", false, true),
        ("http://127.0.0.1:1", "https://files.example/", false, true),
        ("http://127.0.0.1:1", "http://files.example/", false, false),
        ("http://api.example", "http://files.example/", true, true),
        ("http://api.example", "https://api.example/", true, true),
    ] {
        let server = TestTransport::new();
        server.respond(TestResponse::status(302).header("location", location));
        server.respond(TestResponse::status(204));
        let builder = ClientBuilder::new(&API, BaseUrl::described(base))
            .credential("own", Credential::secret(TOKEN))
            .transport(server.clone());
        let builder = if allowed {
            builder.allow_http()
        } else {
            builder
        };
        let result = block_on(get(&builder.build().unwrap()).empty());
        assert_eq!(result.is_ok(), followed, "{base} {location}");
        if let Some(second) = server.requests().get(1) {
            assert_eq!(seen(second), bare("GET", location));
        }
    }
}

#[test]
fn circles_and_nonsense_end() {
    let around = || TestResponse::status(302).header("location", "/around");
    let (server, error) = refused((0..9).map(|_| around()));
    assert_eq!(
        (error.kind(), server.requests().len()),
        (ErrorKind::Redirect, 6)
    );
    let (_, error) = refused([TestResponse::status(302).header("location", "javascript:x")]);
    assert_eq!(error.kind(), ErrorKind::Redirect);
    let (_, error) = refused([TestResponse::status(302)]);
    assert_eq!(error.kind(), ErrorKind::Status);
    let (_, error) = refused([TestResponse::status(304).header("location", "/x")]);
    assert_eq!(error.kind(), ErrorKind::Status);
}

#[test]
fn the_time_of_an_attempt_covers_its_redirects() {
    let server = TestTransport::new();
    server.respond(
        TestResponse::status(302)
            .header("location", "/x")
            .after(3 * SECOND),
    );
    server.respond(TestResponse::json("1").after(3 * SECOND));
    let call = get(&client(&server))
        .json::<i64>()
        .with_timeout(5 * SECOND)
        .without_retry();
    assert!(block_on(call).unwrap_err().is_timeout());
    assert_eq!(server.elapsed(), 5 * SECOND);
}

#[test]
fn the_get_after_a_redirect_is_retried() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(303).header("location", "/result"));
    server.fail(Failure::Unprocessed);
    server.respond(TestResponse::json("7"));
    let seven: i64 = block_on(post(&client(&server)).json()).unwrap();
    let methods: Vec<_> = server
        .requests()
        .iter()
        .map(|r| r.method().clone())
        .collect();
    assert_eq!(
        (seven, methods),
        (7, vec![Method::POST, Method::GET, Method::GET])
    );
}

#[test]
fn a_call_that_was_redirected_is_not_sent_again() {
    for second in [
        TestResponse::status(429),
        TestResponse::status(503).header("retry-after", "1"),
    ] {
        let server = TestTransport::new();
        server.respond(TestResponse::status(303).header("location", "/result"));
        server.respond(second);
        let error = block_on(post(&client(&server)).json::<i64>()).unwrap_err();
        assert_eq!(server.requests().len(), 2, "the POST was sent again");
        assert!(error.maybe_applied());
    }
}
