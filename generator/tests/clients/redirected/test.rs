//! `Location` as its type, of successes and of redirects that are not followed.

use clients::redirected::types::LocationHeaders;
use clients::redirected::{Client, Server as Base};
use clients::{Error, ErrorKind};

use crate::server::Server;

fn client(server: &Server) -> Client {
    let base = Base::custom(&server.url).unwrap();
    Client::builder(base).build().unwrap()
}

/// The `Location` of an error, as received.
fn location(error: &Error) -> Option<String> {
    Some(error.headers_as::<LocationHeaders>()?.location)
}

#[test]
fn created_responses_have_a_location() {
    let server = Server::new(&[
        ("POST /things", b"HTTP/1.1 201 Created\r\nLocation: /things/7?a=b, c\r\nContent-Type: application/json\r\n\r\n{\"id\": \"7\"}"),
        ("PUT /things/7", b"HTTP/1.1 201 Created\r\nlocation: /things/\xc3\xbc\r\ncontent-length: 0\r\n\r\n"),
        ("PUT /things/8", b"HTTP/1.1 204 No Content\r\n\r\n"),
    ]);
    let things = client(&server);
    let made = things.things().create_thing().send_blocking().unwrap();
    assert_eq!((made.status().as_u16(), &*made.value().id), (201, "7"));
    let headers: LocationHeaders = made.headers_as().unwrap();
    assert_eq!(headers.location, "/things/7?a=b, c");
    let put = things.things().put_thing("7").send_blocking().unwrap();
    assert_eq!(
        put.headers_as::<LocationHeaders>().unwrap().location,
        "/things/\u{fc}"
    );
    let replaced = things.things().put_thing("8").send_blocking().unwrap();
    let error = replaced.headers_as::<LocationHeaders>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[test]
fn a_redirect_that_is_not_followed_says_where_it_leads() {
    let server = Server::new(&[
        ("POST /things", b"HTTP/1.1 303 See Other\r\nLocation: /things/7\r\ncontent-length: 0\r\n\r\n"),
        ("PUT /things/7", b"HTTP/1.1 307 Temporary Redirect\r\nLocation: https://other.example/things/7\r\ncontent-length: 0\r\n\r\n"),
        ("GET /things/7", b"HTTP/1.1 302 Found\r\nLocation: ftp://other.example/7\r\ncontent-length: 0\r\n\r\n"),
        ("GET /things/8", b"HTTP/1.1 302 Found\r\nLocation: /things/8\r\ncontent-length: 0\r\n\r\n"),
        ("GET /things/9", b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n"),
        ("POST /sessions", b"HTTP/1.1 302 Found\r\nLocation: https://other.example/home\r\ncontent-length: 0\r\n\r\n"),
    ]);
    let client = client(&server);
    let things = client.things();
    for (error, status, wanted) in [
        (
            things.put_thing("7").send_blocking().unwrap_err(),
            307,
            Some("https://other.example/things/7"),
        ),
        (
            things.get_thing("7").send_blocking().unwrap_err(),
            302,
            Some("ftp://other.example/7"),
        ),
        (
            things.get_thing("8").send_blocking().unwrap_err(),
            302,
            Some("/things/8"),
        ),
        (
            things.get_thing("9").send_blocking().unwrap_err(),
            302,
            None,
        ),
        (
            things.login().send_blocking().unwrap_err(),
            302,
            Some("https://other.example/home"),
        ),
    ] {
        assert_eq!(
            error.status().map(|status| status.as_u16()),
            Some(status),
            "{error}"
        );
        assert_eq!(location(&error).as_deref(), wanted, "{error}");
    }
}
