//! The connection settings of a client, for async and blocking calls.

use std::io::Write as _;
use std::net::TcpListener;

use specwright_runtime::{BaseUrl, Client, ClientBuilder, Error, ErrorKind, Method, Response};

use crate::server::{API, Server, runtime};

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n7";

/// Makes an async and a blocking call.
pub(crate) fn by_both(client: &Client) -> [Result<i64, Error>; 2] {
    let call = || {
        let call = client.call("x", Method::GET, "/x").json();
        call.with_header("x-api-key", "hunter2")
    };
    let runtime = runtime();
    let awaited = runtime.block_on(async { call().await });
    [awaited, call().send_blocking().map(Response::into_value)]
}

#[test]
fn a_proxy_is_asked_in_place_of_the_server() {
    let proxy = Server::responding(&[OK]);
    let url = format!("http://user:p%40ss@{}", proxy.address);
    let base = BaseUrl::described("http://api.example.test");
    let builder = ClientBuilder::new(&API, base).allow_http().proxy(url);
    let shown = format!("{builder:?}");
    let client = builder.build().unwrap();
    let shown = format!("{shown} {client:?}");
    assert!(
        !shown.contains("p%40ss") && !shown.contains("p@ss"),
        "{shown}"
    );
    for response in by_both(&client) {
        assert_eq!(response.unwrap(), 7);
    }
    let seen = proxy.seen();
    assert_eq!(seen.len(), 2);
    for asked in &seen {
        let line = "GET http://api.example.test/x HTTP/1.1\r\n";
        assert!(asked.head.starts_with(line), "{}", asked.head);
        assert_eq!(
            asked.header("proxy-authorization"),
            Some("Basic dXNlcjpwQHNz")
        );
    }
}

#[test]
fn a_proxy_that_is_not_there_or_refuses_is_no_connection() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let refusing = Server::responding(&["HTTP/1.1 407 Who?\r\ncontent-length: 0\r\n\r\n"]);
    for proxy in [free, refusing.address] {
        let base = BaseUrl::described("https://api.example.test");
        let client = ClientBuilder::new(&API, base)
            .proxy(format!("http://user:p%40ss@{proxy}"))
            .without_retry()
            .build()
            .unwrap();
        for response in by_both(&client) {
            let error = response.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
            assert!(!error.maybe_applied());
            let shown = format!("{error} {error:?}");
            assert!(
                !shown.contains("p%40ss") && !shown.contains("p@ss"),
                "{shown}"
            );
        }
    }
}

#[test]
fn an_invalid_proxy_url_is_refused_without_showing_it() {
    for url in [
        "socks5://u:hunter2@proxy:1080",
        "proxy.example:3128",
        "http://",
        "hunter2 x",
    ] {
        let base = BaseUrl::described("https://api.example.test");
        let error = ClientBuilder::new(&API, base)
            .proxy(url)
            .build()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}

#[test]
fn an_invalid_certificate_is_refused() {
    let broken = "-----BEGIN CERTIFICATE-----\n%\n-----END CERTIFICATE-----\n";
    let key = "-----BEGIN PRIVATE KEY-----\nQQ==\n-----END PRIVATE KEY-----\n";
    for bytes in [broken, key, "no certificate", ""] {
        let base = BaseUrl::described("https://api.example.test");
        let builder = ClientBuilder::new(&API, base).root_certificate(bytes);
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("certificate"), "{error}");
    }
}

/// Runs an ignored test of this file with these environment variables.
fn within(test: &str, variables: &[(&str, &str)]) {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    for name in ["ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    let output = command
        .args([&format!("transports::{test}"), "--exact", "--ignored"])
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

/// Responds with 8 as a proxy, and with 7 otherwise.
fn proxy_or_server() -> Server {
    Server::new(|_, seen, stream| {
        let response = match seen.head.split(' ').next().unwrap() {
            "CONNECT" => "HTTP/1.1 200 OK\r\n\r\n",
            _ if !seen.header("host").unwrap().starts_with("127.") => {
                "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n8"
            }
            _ => OK,
        };
        stream.write_all(response.as_bytes()).unwrap();
    })
}

#[test]
fn the_environment_can_name_a_proxy() {
    let proxy = proxy_or_server();
    let url = format!("http://{}", proxy.address);
    within("others_are_asked_through_a_proxy", &[("HTTP_PROXY", &url)]);
    within("others_are_asked_through_a_proxy", &[("all_proxy", &url)]);
    let seen = proxy.seen().len();
    within(
        "others_are_asked_directly",
        &[
            ("HTTP_PROXY", &url),
            ("NO_PROXY", "other.test,.example.test"),
        ],
    );
    within("others_are_asked_directly", &[("HTTPS_PROXY", &url)]);
    within("this_machine_is_asked_directly", &[("ALL_PROXY", &url)]);
    within(
        "others_are_asked_directly",
        &[("ALL_PROXY", "socks://proxy"), ("NO_PROXY", "*")],
    );
    assert_eq!(proxy.seen().len(), seen);
    for invalid in [
        "weird://proxy",
        "http//typo:3128",
        "socks://proxy",
        "socks5h://proxy",
    ] {
        for variable in ["HTTP_PROXY", "https_proxy", "ALL_PROXY"] {
            within(
                "an_invalid_proxy_variable_is_an_error",
                &[(variable, invalid)],
            );
        }
    }
}

#[test]
#[ignore = "the test of the environment runs it"]
fn an_invalid_proxy_variable_is_an_error() {
    let base = BaseUrl::described("https://api.example.test");
    let error = ClientBuilder::new(&API, base).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(
        error.to_string().contains("the environment variable"),
        "{error}"
    );
    // No proxy is used for unencrypted requests to this machine.
    let base = BaseUrl::described("http://localhost");
    assert!(ClientBuilder::new(&API, base).build().is_ok());
}

fn other_machine() -> Client {
    let base = BaseUrl::described("http://api.example.test");
    let builder = ClientBuilder::new(&API, base).allow_http().without_retry();
    builder.build().unwrap()
}

#[test]
#[ignore = "the test of the environment runs it"]
fn others_are_asked_through_a_proxy() {
    for response in by_both(&other_machine()) {
        assert_eq!(response.unwrap(), 8);
    }
}

#[test]
#[ignore = "the test of the environment runs it"]
fn others_are_asked_directly() {
    // There is no machine with that name.
    for response in by_both(&other_machine()) {
        assert_eq!(response.unwrap_err().kind(), ErrorKind::Connect);
    }
}

#[test]
#[ignore = "the test of the environment runs it"]
fn this_machine_is_asked_directly() {
    let server = proxy_or_server();
    for response in by_both(&server.client()) {
        assert_eq!(response.unwrap(), 7);
    }
    assert_eq!(server.seen().len(), 2);
}
