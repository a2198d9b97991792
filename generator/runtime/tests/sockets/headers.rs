//! Typed response headers.

use std::io::Write as _;

use specwright_runtime::prelude::*;
use specwright_runtime::{Call, ErrorKind, Method};

use crate::server::Server;

const LIMITED: &str = "HTTP/1.1 200 OK\r\nratelimit-remaining: 41\r\nRateLimit-Scopes: read,write\r\n\
    ratelimit-scopes: admin\r\nratelimit-reset: Sun, 06 Nov 1994 08:49:37 GMT\r\ncontent-length: 1\r\n\r\n7";
const ODD: &str =
    "HTTP/1.1 200 OK\r\nratelimit-remaining: many\r\nx-id: 9\r\ncontent-length: 1\r\n\r\n7";
const REFUSED: &str =
    "HTTP/1.1 403 Forbidden\r\nratelimit-remaining: 0\r\ncontent-length: 0\r\n\r\n";

#[derive(Debug, Clone, PartialEq)]
struct RateLimitHeaders {
    remaining: i64,
    scopes: Option<Vec<String>>,
    reset: Option<Timestamp>,
}

headers!(RateLimitHeaders {
    remaining: "RateLimit-Remaining" required,
    scopes: "RateLimit-Scopes",
    reset: "RateLimit-Reset",
});

#[derive(Debug, Clone, PartialEq)]
struct RetryHeaders {
    retry: i64,
}

headers!(RetryHeaders { retry: "X-Retry" required });

fn call(server: &Server) -> Call<i64> {
    server.client().call("x.get", Method::GET, "/x").json()
}

#[test]
fn headers_of_a_response_are_values_of_their_type() {
    let server = Server::responding(&[LIMITED]);
    let response = call(&server).send_blocking().unwrap();
    let headers: RateLimitHeaders = response.headers_as().unwrap();
    assert_eq!(headers.remaining, 41);
    assert_eq!(headers.scopes.unwrap(), ["read", "write", "admin"]);
    assert_eq!(headers.reset.unwrap().unix_seconds(), 784_111_777);
}

#[test]
fn a_header_that_does_not_fit_hides_nothing_of_the_response() {
    let server = Server::responding(&[ODD]);
    let response = call(&server).send_blocking().unwrap();
    let error = response.headers_as::<RateLimitHeaders>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let text = error.to_string();
    let expected = r#"RateLimit-Remaining: expected an integer, found the string "many""#;
    assert!(
        text.contains(expected) && text.starts_with("x.get: 200 OK"),
        "{text}"
    );
    assert_eq!(error.headers()["x-id"], "9");
    assert_eq!(error.decode_error().unwrap().path(), "RateLimit-Remaining");
    assert_eq!(
        (*response.value(), &response.headers()["x-id"]),
        (7, &"9".parse().unwrap())
    );
    let error = response.headers_as::<RetryHeaders>().unwrap_err();
    assert!(
        error
            .to_string()
            .contains("X-Retry: the required header is missing")
    );
}

#[test]
fn an_error_has_its_headers_too() {
    let server = Server::responding(&[REFUSED]);
    let error = call(&server).send_blocking().unwrap_err();
    let headers: RateLimitHeaders = error.headers_as().unwrap();
    assert_eq!(headers.remaining, 0);
    assert_eq!(error.headers_as::<RetryHeaders>(), None);
}

#[test]
fn headers_that_are_too_large_are_an_error_at_once() {
    let server = Server::new(|_, _, stream| {
        let value = "v".repeat(500_000);
        let head = format!("HTTP/1.1 200 OK\r\nx-big: {value}\r\ncontent-length: 0\r\n\r\n");
        // The client does not read the body to its end.
        let _ = stream.write_all(head.as_bytes());
    });
    let error = call(&server).send_blocking().unwrap_err();
    assert!(error.to_string().contains("larger than 400 kB"), "{error}");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_body_that_is_not_valid_http_is_an_error_at_once() {
    let large = format!("1\r\n7\r\n0\r\nx-big: {}\r\n\r\n", "v".repeat(500_000));
    for chunks in ["zz\r\n", "fffffffffffffffff1\r\n", "1\r\n7x\r\n", &large] {
        let chunks = chunks.to_owned();
        let server = Server::new(move |_, _, stream| {
            let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
            // The client does not read the body to its end.
            let _ = stream.write_all(format!("{head}{chunks}").as_bytes());
        });
        let error = call(&server).send_blocking().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert_eq!((error.attempts(), server.seen().len()), (1, 1), "{error}");
        assert_eq!(error.status().unwrap(), 200);
    }
}
