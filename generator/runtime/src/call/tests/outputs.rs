//! Several responses of one operation.

use super::*;
use crate::{AnyBody, Base64, Bytes, Json, outputs};

#[derive(Debug, PartialEq)]
enum GetOutput {
    Number(i64),
    Page(String),
    Created(Vec<i64>),
    Done,
    Unchanged,
    Text(String),
    Other(Bytes),
}

outputs!(GetOutput {
    Number = 200 "application/json" json,
    Page = 200 "text/*" text,
    Created = 201 json,
    Done = 204 empty,
    Unchanged = 304 empty,
    Text = 2XX "text/plain" text,
    Other = default bytes,
});

#[derive(Debug, PartialEq)]
enum Narrow {
    Some(Option<i64>),
}

outputs!(Narrow { Some = 200 json });

fn respond(response: TestResponse) -> Result<GetOutput, Error> {
    let server = TestTransport::new();
    server.respond(response);
    block_on(get(&client(&server)).output::<GetOutput>().without_retry())
}

#[test]
fn status_and_media_type_choose() {
    let html = |status| TestResponse::status(status).body("text/html; charset=utf-8", "<p>");
    for (response, wanted) in [
        (TestResponse::json("5"), GetOutput::Number(5)),
        (html(200), GetOutput::Page("<p>".into())),
        (
            TestResponse::status(200).body("application/problem+json", "6"),
            GetOutput::Number(6),
        ),
        (
            TestResponse::status(200).body("a/b", "7"),
            GetOutput::Number(7),
        ),
        (
            TestResponse::status(201).with_json("[1]"),
            GetOutput::Created(vec![1]),
        ),
        (TestResponse::status(204), GetOutput::Done),
        (TestResponse::status(304), GetOutput::Unchanged),
        (
            TestResponse::status(202).body("TEXT/Plain", "t"),
            GetOutput::Text("t".into()),
        ),
        (html(202), GetOutput::Text("<p>".into())),
    ] {
        assert_eq!(respond(response).unwrap(), wanted);
    }
}

#[test]
fn errors_stay_errors() {
    for status in [301, 400, 401, 404, 500] {
        let error = respond(TestResponse::status(status).with_json("5")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Status);
        assert_eq!(error.status().unwrap(), status);
    }
    let error = respond(TestResponse::json("\"x\"")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.decode_error().unwrap().path(), "$");
    let server = TestTransport::new();
    server.respond(TestResponse::status(206).with_json("1"));
    let error = block_on(get(&client(&server)).output::<Narrow>()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("no response with status code 206"),
        "{error}"
    );
    server.respond(TestResponse::json("null"));
    let response = block_on(get(&client(&server)).output::<Narrow>()).unwrap();
    assert_eq!(response, Narrow::Some(None));
}

#[derive(Debug, PartialEq)]
enum Versions {
    First(i64),
    Second(Vec<i64>),
    Star(bool),
    Raw(Bytes),
    Page(String),
}

outputs!(Versions {
    First = 200 "application/json" json,
    Second = 200 "application/json; version=2" json,
    Star = 200 "application/vnd.host.star+json" json,
    Raw = 200 "image/png" bytes,
    Page = 200 "text/csv" text,
});

#[test]
fn the_media_type_that_says_most_chooses() {
    let server = TestTransport::new();
    let client = client(&server);
    for (content_type, body, wanted) in [
        ("application/json", "1", Versions::First(1)),
        ("application/json; charset=utf-8", "1", Versions::First(1)),
        (
            "application/json;Version=\"2\"; charset=utf-8",
            "[1]",
            Versions::Second(vec![1]),
        ),
        (
            "application/vnd.host.star+json",
            "true",
            Versions::Star(true),
        ),
        ("application/vnd.other+json", "1", Versions::First(1)),
        ("image/jpeg", "j", Versions::Raw(Bytes::from_static(b"j"))),
        ("text/plain", "p", Versions::Page("p".to_owned())),
    ] {
        server.respond(TestResponse::status(200).body(content_type, body));
        assert_eq!(
            block_on(get(&client).output::<Versions>()).unwrap(),
            wanted,
            "{content_type}"
        );
    }
}

#[test]
fn a_response_without_a_schema_is_decoded_by_its_media_type() {
    let server = TestTransport::new();
    let client = client(&server);
    for (content_type, body, wanted) in [
        (
            "application/json",
            &b"{\"a\": 1}"[..],
            AnyBody::Json(serde_json::json!({"a": 1})),
        ),
        (
            "application/problem+json",
            b"[]",
            AnyBody::Json(serde_json::json!([])),
        ),
        (
            "application/json+oembed",
            b"1",
            AnyBody::Json(serde_json::json!(1)),
        ),
        (
            "application/x-json",
            b"1",
            AnyBody::Json(serde_json::json!(1)),
        ),
        ("text/csv", b"1,2", AnyBody::Text("1,2".to_owned())),
        (
            "application/atom+xml",
            b"<a/>",
            AnyBody::Text("<a/>".to_owned()),
        ),
        (
            "application/pdf",
            b"%\xff",
            AnyBody::Bytes(Bytes::from_static(b"%\xff")),
        ),
        ("application/pdf", b"", AnyBody::Json(Json::Null)),
    ] {
        server.respond(TestResponse::status(200).body(content_type, body.to_vec()));
        assert_eq!(
            block_on(get(&client).any()).unwrap(),
            wanted,
            "{content_type}"
        );
    }
    for (body, wanted) in [
        (&b"1"[..], AnyBody::Json(1.into())),
        (b"one", AnyBody::Text("one".to_owned())),
        (b"\xff", AnyBody::Bytes(Bytes::from_static(b"\xff"))),
        (b"", AnyBody::Json(Json::Null)),
    ] {
        server.respond(TestResponse::status(200).body("", body.to_vec()));
        assert_eq!(block_on(get(&client).any()).unwrap(), wanted);
    }
    assert_eq!(AnyBody::Json(1.into()), Json::from(1));
    assert_ne!(AnyBody::Text("1".to_owned()), Json::from("1"));
    server.respond(TestResponse::status(200).body("application/json", "{"));
    assert_eq!(
        block_on(get(&client).any()).unwrap_err().kind(),
        ErrorKind::Decode
    );
}

#[test]
fn a_string_is_read_with_its_quotes_and_without() {
    let server = TestTransport::new();
    let client = client(&server);
    for (content_type, body, text, json) in [
        ("text/plain", "1.0", "1.0", Some("1.0")),
        ("text/plain", "a b", "a b", Some("a b")),
        ("application/json", "\"1.0\"", "1.0", Some("1.0")),
        ("text/plain", "\"1.0\"", "\"1.0\"", Some("1.0")),
        ("application/json", "a b", "a b", None),
        ("application/json", "{\"a\": 1}", "{\"a\": 1}", None),
        ("text/html", "<p>", "<p>", None),
        (
            "text/html",
            " \n<!doctype html>",
            " \n<!doctype html>",
            None,
        ),
        ("text/html; charset=utf-8", "Hello", "Hello", Some("Hello")),
    ] {
        server.respond(TestResponse::status(200).body(content_type, body));
        assert_eq!(
            block_on(get(&client).text_output()).unwrap(),
            text,
            "{content_type}: {body}"
        );
        server.respond(TestResponse::status(200).body(content_type, body));
        let read = block_on(get(&client).json::<String>());
        assert_eq!(read.ok().as_deref(), json, "{content_type}: {body}");
    }
    server.respond(TestResponse::status(200).body("text/plain", "down"));
    let error = block_on(get(&client).json::<Vec<i64>>()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("expected JSON, found text/plain"),
        "{error}"
    );
}

#[test]
fn bytes_come_as_base64_and_as_they_are() {
    let server = TestTransport::new();
    let client = client(&server);
    for (content_type, body) in [
        ("application/json", &b"\"AP8=\""[..]),
        ("text/plain", b"AP8="),
        ("application/octet-stream", b"\x00\xff"),
    ] {
        server.respond(TestResponse::status(200).body(content_type, body.to_vec()));
        let read = block_on(get(&client).json::<Base64>()).unwrap();
        assert_eq!(read.as_bytes(), b"\x00\xff", "{content_type}");
    }
}

#[test]
fn every_response_can_be_read_as_bytes() {
    let server = TestTransport::new();
    let client = client(&server);
    for _ in 0..3 {
        server.respond(TestResponse::status(200).body("application/json", vec![b'{', 0xff]));
    }
    let response = block_on(get(&client).json::<i64>().send_bytes()).unwrap();
    assert_eq!(
        (response.status().as_u16(), response.value().as_ref()),
        (200, &b"{\xff"[..])
    );
    let response = block_on(get(&client).events::<i64>().send_bytes()).unwrap();
    assert_eq!(response.value().as_ref(), b"{\xff");
    let response = block_on(get(&client).output::<Versions>().send_bytes()).unwrap();
    assert_eq!(response.value().as_ref(), b"{\xff");
    server.respond(TestResponse::status(404));
    let error = block_on(get(&client).json::<i64>().without_retry().send_bytes()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
}

#[test]
fn text_and_bytes_come_as_they_are() {
    let server = TestTransport::new();
    let client = client(&server);
    server.respond(TestResponse::status(200).body("text/plain; charset=ISO-8859-1", vec![0xe9]));
    assert_eq!(block_on(get(&client).text_output()).unwrap(), "é");
    server.respond(TestResponse::status(200).body("text/plain", vec![b'a', 0xff]));
    assert_eq!(block_on(get(&client).text_output()).unwrap(), "a\u{fffd}");
    server.respond(TestResponse::status(200).body("image/png", vec![0, 1]));
    assert_eq!(block_on(get(&client).bytes_output()).unwrap(), vec![0, 1]);
    server.respond(TestResponse::json("{\"ignored\": 1}"));
    block_on(get(&client).empty()).unwrap();
}
