//! The server of these tests notices when a request is not as documented.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::support::{Server, account, disconnect, found};

const RIGHT: &str = "POST /v1/accounts/f5e89cea-18b6-4479-a4dd-64a48217e759/disconnect HTTP/1.1\r\n\
                     Host: {host}\r\nAccept: application/json\r\n{encodings}User-Agent: me/1\r\n\
                     Content-Type: application/json\r\nContent-Length: 2\r\n\
                     Authorization: Basic ZGVtbzpwQDU1dzByZA==\r\n\r\n{}";

/// What the client asks for where it can decode it.
const ENCODINGS: &str = if cfg!(feature = "compression") {
    "Accept-Encoding: gzip, deflate, br, zstd\r\n"
} else {
    ""
};

/// Whether the server of one disconnect is content with these requests.
fn content(requests: &[String]) -> bool {
    let server = Server::play([(disconnect(), found(account()))]);
    let host = server.url().replace("http://", "");
    for request in requests {
        let mut stream = TcpStream::connect(&host).expect("it listens");
        let request = request.replace("{host}", &host).replace("{encodings}", ENCODINGS);
        stream.write_all(request.as_bytes()).expect("it reads");
        // One byte of the response says that the request was judged; none, that the server hung up.
        drop(stream.read(&mut [0]));
    }
    catch_unwind(AssertUnwindSafe(|| drop(server))).is_ok()
}

#[test]
fn the_documented_request_is_accepted() {
    assert!(content(&[RIGHT.to_owned()]));
}

#[test]
fn requests_that_never_come_and_requests_too_many_are_noticed() {
    assert!(!content(&[]));
    assert!(!content(&[RIGHT.to_owned(), RIGHT.to_owned()]));
}

#[test]
fn every_deviation_is_noticed() {
    let deviations = [
        ("POST", "PUT"),
        ("/v1/", "//v1/"),
        ("/disconnect ", "/disconnect? "),
        ("HTTP/1.1", "HTTP/1.0"),
        ("Host: {host}", "Host: example.test"),
        ("Accept: application/json", "Accept: */*"),
        ("User-Agent: me/1\r\n", ""),
        ("Content-Type: application/json\r\n", ""),
        ("Content-Length: 2", "Transfer-Encoding: chunked"),
        ("Authorization: Basic ZGVtbzpwQDU1dzByZA==\r\n", ""),
        ("Authorization: Basic", "Authorization: basic"),
        ("Authorization", "Authentication"),
        ("\r\n\r\n", "\r\nCookie: a=b\r\n\r\n"),
        ("\r\n\r\n{}", "\r\n\r\n[]"),
        ("Content-Length: 2\r\n", "Content-Length: 3\r\n"),
    ];
    for (right, wrong) in deviations {
        assert!(RIGHT.contains(right), "{right}");
        let request = RIGHT.replacen(right, wrong, 1);
        let padded = request.clone() + if wrong.ends_with("3\r\n") { " " } else { "" };
        assert!(!content(&[padded]), "{wrong}");
    }
}
