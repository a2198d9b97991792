use http::HeaderValue;

use super::*;

fn refused(status: u16, content_type: &'static str, body: &str) -> Error {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static(content_type));
    headers.insert(
        "location",
        HeaderValue::from_static("https://x/?token=hunter2"),
    );
    Error::new(ErrorKind::Status, "")
        .with_response(
            StatusCode::from_u16(status).unwrap(),
            headers,
            Bytes::copy_from_slice(body.as_bytes()),
            Some("3f2a".to_owned()),
        )
        .explained(std::iter::empty())
        .of_operation("profiles.get")
        .of_call(CallFacts {
            attempts: 1,
            ..CallFacts::default()
        })
}

#[test]
fn an_error_is_one_pointer_that_can_go_anywhere() {
    fn goes_anywhere<E: StdError + Send + Sync + 'static>() {}
    goes_anywhere::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Option<Error>>(), size_of::<usize>());
}

#[test]
fn display_is_one_useful_line() {
    for (content_type, body, reason) in [
        (
            "application/json",
            r#"{"error": {"type": "NOT_FOUND", "code": "RECORD_NOT_FOUND", "message": "No such\n profile"}}"#,
            "RECORD_NOT_FOUND: No such profile",
        ),
        (
            "application/json",
            r#"{"error": "invalid_grant", "error_description": "expired"}"#,
            "invalid_grant: expired",
        ),
        ("application/json", r#"{"message": "no"}"#, "no"),
        (
            "application/problem+json",
            r#"{"type": "about:blank", "title": "Gone", "detail": "It left", "status": 404}"#,
            "about:blank: It left",
        ),
        ("application/json", r#"{"errors": ["a", "b"]}"#, "a"),
        (
            "application/json",
            r#"{"errors": [{"message": "a", "code": "b"}]}"#,
            "b: a",
        ),
        (
            "application/json",
            r#"{"errors": {"nickname": ["is too long"]}}"#,
            "nickname is too long",
        ),
        ("application/json", r#"{"detail": [{"msg": "x"}]}"#, "x"),
        ("application/json", r#"{"x": 1}"#, r#"{"x":1}"#),
        ("application/json", r#""no""#, "no"),
        ("text/plain", "not  here\r\n\u{1b}[31m", "not here [31m"),
        (
            "text/html",
            "<html><TITLE>Not &amp; found</TITLE><body>x",
            "Not & found",
        ),
        ("text/html", "<h1>Bad</h1>\n<p>gateway</p>", "Bad gateway"),
        ("text/plain", "a\u{202e}b", "ab"),
    ] {
        assert_eq!(
            refused(404, content_type, body).to_string(),
            format!("profiles.get: 404 Not Found: {reason} (request id 3f2a, 1 attempt)"),
            "{body}"
        );
    }
    let empty = refused(599, "text/plain", "");
    assert_eq!(
        empty.to_string(),
        "profiles.get: 599 (request id 3f2a, 1 attempt)"
    );
    let long = refused(500, "text/plain", &"ä".repeat(10_000)).to_string();
    assert!(long.chars().count() < 300 && long.contains("ä…"));
    let binary = refused(500, "image/png", "\u{0}\u{1}PNG");
    assert!(
        binary
            .to_string()
            .starts_with("profiles.get: 500 Internal Server Error (request")
    );
}

#[test]
fn debug_shows_no_body_and_no_private_header() {
    let error = refused(404, "text/plain", "body-secret");
    let debug = format!("{error:?}");
    assert!(!debug.contains("hunter2"), "{debug}");
    assert!(debug.contains("text/plain") && debug.contains("location"));
    assert_eq!(&error.body()[..], b"body-secret");
}

#[test]
fn a_cause_is_told_once_and_stays_reachable() {
    let cause = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "refused");
    let error = Error::new(ErrorKind::Connect, "").caused_by(cause);
    assert_eq!(error.to_string(), "no connection: refused");
    assert!(error.source().unwrap().is::<std::io::Error>());
}

#[test]
fn a_flag_that_says_no_becomes_an_error() {
    let error = Origin::default().rejected(["team is full", "try\nlater"]);
    assert_eq!(error.kind(), ErrorKind::Rejected);
    assert_eq!(error.to_string(), "rejected: team is full; try later");
    assert_eq!(
        Origin::default().rejected(None::<String>).to_string(),
        "rejected"
    );
}

#[test]
fn the_documented_error_is_decoded_on_demand() {
    let error = refused(422, "application/json", r#"["a"]"#);
    assert_eq!(error.api::<Vec<String>>().unwrap(), ["a"]);
    assert_eq!(error.api::<i64>(), None);
    let text = refused(422, "text/plain", "nope");
    assert_eq!(text.api::<Vec<String>>(), None);
    assert_eq!(text.status().unwrap(), 422);
}
