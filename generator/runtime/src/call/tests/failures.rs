//! The contents of errors.

use std::error::Error as _;

use super::*;

#[test]
fn an_error_has_the_whole_response_whatever_its_body() {
    for (content_type, body, line) in [
        (
            "application/json",
            r#"{"error": {"code": "RECORD_NOT_FOUND", "message": "No profile"}}"#,
            "things.get: 404 Not Found: RECORD_NOT_FOUND: No profile (request id 3f2a, 1 attempt)",
        ),
        (
            "text/html",
            "<html><title>Gone fishing</title>",
            "things.get: 404 Not Found: Gone fishing (request id 3f2a, 1 attempt)",
        ),
        (
            "text/plain",
            "no such thing",
            "things.get: 404 Not Found: no such thing (request id 3f2a, 1 attempt)",
        ),
    ] {
        let response = TestResponse::status(404)
            .body(content_type, body)
            .header("x-own-id", "3f2a")
            .header("set-cookie", "a=1")
            .header("set-cookie", "b=2");
        let (_, error) = refused([response]);
        assert_eq!(error.to_string(), line);
        assert_eq!(error.kind(), ErrorKind::Status);
        assert_eq!(error.status().unwrap(), 404);
        assert_eq!(error.body(), body);
        assert_eq!(error.headers().get_all("set-cookie").iter().count(), 2);
        assert_eq!(error.operation(), "things.get");
        assert!(!error.maybe_applied() && !error.is_retryable());
    }
}

#[test]
fn a_success_that_does_not_decode_keeps_everything() {
    let (server, error) = refused([TestResponse::json(r#"[1, "x"]"#).header("request-id", "r1")]);
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some("r1"));
    assert_eq!(error.body(), r#"[1, "x"]"#);
    let decode = error.decode_error().unwrap();
    assert_eq!(decode.path(), "$[1]");
    assert!(decode.expected().contains("integer") && decode.found().contains("\"x\""));
    assert!(
        error
            .to_string()
            .starts_with("things.get: 200 OK: unexpected body: $[1]: expected ")
    );
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}

#[test]
fn an_unauthorized_response_is_never_a_success() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(401).with_json("{}"));
    let error = json(get(&client(&server)).json()).unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16()),
        (ErrorKind::Status, 401)
    );
    assert_eq!(
        error.to_string(),
        "things.get: 401 Unauthorized: {} (1 attempt)"
    );
}

#[test]
fn an_html_page_instead_of_json_is_named() {
    let (_, error) =
        refused([TestResponse::status(200).body("text/html", "<title>Sign in</title>")]);
    assert_eq!(
        error.to_string(),
        "things.get: 200 OK: unexpected body: expected JSON, found text/html (1 attempt)"
    );
    let (_, error) = refused([TestResponse::json("{")]);
    assert!(error.decode_error().unwrap().is_syntax());
}

#[test]
fn empty_bodies_read_as_nothing_where_the_type_allows_it() {
    let server = TestTransport::new();
    let client = client(&server);
    server.respond(TestResponse::status(200));
    assert_eq!(block_on(get(&client).json::<Option<i64>>()).unwrap(), None);
    server.respond(TestResponse::status(204));
    assert_eq!(json(get(&client).json()).unwrap(), Value::Null);
    server.respond(TestResponse::status(200));
    let error = block_on(get(&client).json::<i64>()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("the body is empty"), "{error}");
    server.respond(TestResponse::json("\u{feff}[1]"));
    assert_eq!(block_on(get(&client).json::<Vec<i64>>()).unwrap(), [1]);
}

#[test]
fn a_connection_cut_within_the_body_keeps_status_and_headers() {
    let cut = || TestResponse::json("[1,").header("x-own-id", "c1").cut();
    let (server, error) = refused([cut(), cut(), cut()]);
    assert_eq!(error.kind(), ErrorKind::Io);
    assert_eq!((error.attempts(), server.requests().len()), (3, 3));
    assert_eq!(
        (error.status().unwrap().as_u16(), error.request_id()),
        (200, Some("c1"))
    );
    assert_eq!(error.body(), "[1,");
    assert!(
        error
            .to_string()
            .contains("200 OK: the connection was lost: unexpected end"),
        "{error}"
    );
    let (_, error) = refused([TestResponse::status(404)
        .body("text/plain", "no such")
        .cut()]);
    assert_eq!(
        (error.kind(), error.body().as_ref()),
        (ErrorKind::Status, &b"no such"[..])
    );
}

#[test]
fn large_bodies_are_refused() {
    let server = TestTransport::new();
    let client = builder(&server).body_limit(4).build().unwrap();
    server.respond(TestResponse::json("1234"));
    assert_eq!(json(get(&client).json()).unwrap(), 1234);
    server.respond(TestResponse::json("12345"));
    let error = json(get(&client).json()).unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::BodyTooLarge, 1)
    );
    assert_eq!(error.status().unwrap(), 200);
    server.respond(TestResponse::status(400).body("text/plain", "too long to keep"));
    assert_eq!(
        json(get(&client).json()).unwrap_err().kind(),
        ErrorKind::Status
    );
}

/// The call waits neither for the rest of the body nor for its end.
#[test]
fn only_the_beginning_of_an_error_response_is_read() {
    const LIMIT: usize = 1 << 20;
    let page = |length: usize| {
        let mut page = br#"{"message":"too much","items":["#.to_vec();
        page.resize(length, b'0');
        page
    };
    let chunks = |body: Vec<u8>| {
        let chunks: Vec<Vec<u8>> = body.chunks(10_000).map(<[u8]>::to_vec).collect();
        TestResponse::status(400).chunks("application/json", chunks)
    };
    let promised = (LIMIT + 1).to_string();
    for (response, kept) in [
        (chunks(page(LIMIT)), LIMIT),
        (chunks(page(3 * LIMIT)).stalled(), LIMIT),
        (
            chunks(page(LIMIT + 1)).header("content-length", &promised),
            64 << 10,
        ),
    ] {
        let (server, error) = refused([response]);
        assert_eq!(
            (error.body().len(), server.elapsed()),
            (kept, Duration::ZERO)
        );
        assert!(
            error.to_string().contains("400 Bad Request: too much"),
            "{error}"
        );
    }
}

#[test]
fn a_body_that_is_said_to_be_too_large_is_not_read() {
    let server = TestTransport::new();
    let client = builder(&server).body_limit(4).build().unwrap();
    server.respond(
        TestResponse::json("1")
            .header("content-length", "5")
            .stalled(),
    );
    let error = json(get(&client).json()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert_eq!((error.body().len(), server.elapsed()), (0, Duration::ZERO));
    // The `Content-Length` of a response to HEAD is that of the GET.
    server.respond(TestResponse::status(200).header("content-length", "5"));
    block_on(client.call("files.head", Method::HEAD, "/files").empty()).unwrap();
}

#[test]
fn a_later_network_error_does_not_borrow_the_earlier_status() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(503).header("x-own-id", "old"));
    server.fail(Failure::Reset);
    server.fail(Failure::Reset);
    let error = json(get(&client(&server)).json()).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 3));
    assert!(error.status().is_none() && error.request_id().is_none());
    assert!(error.source().is_some() && error.is_retryable());
}
