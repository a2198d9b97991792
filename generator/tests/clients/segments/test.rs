//! The slashes of a path parameter with several segments, and values that would lead to another path.

use clients::ErrorKind;
use clients::segments::{Client, Server as Base};

use crate::server::Server;

fn client(server: &Server) -> Client {
    let base = Base::custom(&format!("{}/api", server.url)).unwrap();
    Client::builder(base).build().unwrap()
}

#[test]
fn slashes_are_sent_as_they_are() {
    const FOUND: &[u8] = b"HTTP/1.1 204 No Content\r\n\r\n";
    let server = Server::new(&[
        ("GET /api/files/a", FOUND),
        ("GET /api/files/a/b%20c/d.txt", FOUND),
        ("GET /api/files/a/b/", FOUND),
        ("GET /api/files/a%3Fb%23c/%C3%BC", FOUND),
        ("GET /api/files/a/...", FOUND),
        ("GET /api/files/a/..b;v=1", FOUND),
        ("GET /api/stats/a/b/size", FOUND),
        ("GET /api/names/a%2Fb", FOUND),
    ]);
    let client = client(&server);
    for path in [
        "a",
        "a/b c/d.txt",
        "a/b/",
        "a?b#c/\u{fc}",
        "a/...",
        "a/..b;v=1",
    ] {
        let found = client.files().get_file(path).send_blocking();
        assert!(found.is_ok(), "{path}: {found:?}");
    }
    client.files().get_size("a/b").send_blocking().unwrap();
    client.files().get_name("a/b").send_blocking().unwrap();
}

#[test]
fn values_that_lead_to_another_path_are_not_sent() {
    let server = Server::new(&[]);
    let client = client(&server);
    for path in [
        "",
        "/",
        "/a",
        "a//b",
        "a//",
        ".",
        "..",
        "./a",
        "a/./b",
        "a/../../admin",
        "a/..",
        "../",
        "a/%2e%2E/b",
        "a/.%2e",
        "a%2f..%2fb",
        "a\\..\\b",
        "a/..;/b",
        "a/..;v=1/b",
        "a/..%3b/b",
    ] {
        let error = client.files().get_file(path).send_blocking().unwrap_err();
        // The server would respond with the status code 404.
        assert_eq!(error.kind(), ErrorKind::Request, "{path}: {error}");
    }
    // The slash at the end would make an empty segment.
    let error = client.files().get_size("a/").send_blocking().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
}
