//! The settings of the transport, each over a real connection.

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rcgen::KeyPair;
use rustls::RootCertStore;
use rustls::server::WebPkiClientVerifier;
use specwright_runtime::{BaseUrl, ClientBuilder, Error, ErrorKind, Method};

use crate::private::{Private, issued, issued_to, serve_by, signed};
use crate::server::{API, Server, runtime, stay_silent};
use crate::transports::by_both;

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n7";
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn builder(base: String) -> ClientBuilder {
    let builder = ClientBuilder::new(&API, BaseUrl::described(base));
    builder.without_proxy().without_retry()
}

/// Checks that async and blocking calls return 7.
#[track_caller]
fn works(builder: ClientBuilder) {
    for response in by_both(&builder.build().unwrap()) {
        assert_eq!(response.unwrap(), 7);
    }
}

/// Checks that neither async nor blocking calls can connect.
#[track_caller]
fn no_connection(builder: ClientBuilder) {
    for response in by_both(&builder.build().unwrap()) {
        let error = response.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    }
}

#[track_caller]
fn refused(change: impl FnOnce(ClientBuilder) -> ClientBuilder, message: &str) -> Error {
    let builder = change(builder("https://api.example.test".to_owned()));
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains(message), "{error}");
    error
}

#[test]
fn a_host_is_found_at_the_addresses_that_are_set() {
    let server = Server::responding(&[OK]);
    let base = format!("http://API.example.test:{}", server.address.port());
    let builder = builder(base).allow_http();
    no_connection(builder.clone());
    works(builder.resolve("api.example.TEST", [HERE]));
    let host = server.seen()[0].header("host").unwrap().to_lowercase();
    assert!(host.starts_with("api.example.test:"), "{host}");
    refused(
        |it| it.resolve("a.test", []),
        "the host `a.test` has an empty list of addresses",
    );
    for host in ["", "127.0.0.1", "a.test:80", "http://a.test", "a b"] {
        refused(|it| it.resolve(host, [HERE]), "not a host name");
    }
}

#[test]
fn connections_come_from_the_local_address() {
    let server = Server::responding(&[OK]);
    let base = || builder(format!("http://{}", server.address));
    works(base().local_address(HERE));
    // An address for documentation, which no machine has.
    no_connection(base().local_address(Ipv4Addr::new(192, 0, 2, 1).into()));
}

#[test]
fn without_a_pool_each_request_has_its_own_connection() {
    let connections = |change: fn(ClientBuilder) -> ClientBuilder| {
        let server = Server::responding(&[OK]);
        let client = change(server.builder()).build().unwrap();
        for _ in 0..3 {
            let call = client.call("x", Method::GET, "/x").json::<i64>();
            call.send_blocking().unwrap();
        }
        server.seen().last().unwrap().connection
    };
    assert_eq!(connections(|it| it), 0);
    assert_eq!(connections(|it| it.pool_max_idle_per_host(1)), 0);
    assert_eq!(connections(ClientBuilder::without_pool), 2);
    assert_eq!(connections(|it| it.pool_idle_timeout(Duration::ZERO)), 2);
}

#[test]
fn a_connection_may_be_silent_for_no_longer_than_the_read_timeout() {
    let silent = Server::new(|_, seen, stream| {
        if seen.head.starts_with("PUT /body") {
            let head = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n";
            stream.write_all(head).unwrap();
        }
        stay_silent(stream);
    });
    let limited = silent.builder().read_timeout(Duration::from_millis(300));
    let client = limited.without_retry().build().unwrap();
    for path in ["/head", "/body"] {
        let call = client.call("x", Method::PUT, path).json::<i64>();
        let error = call.send_blocking().unwrap_err();
        assert!(error.is_timeout() && error.maybe_applied(), "{error}");
        assert!(error.to_string().contains("300ms"), "{error}");
    }
    // Occasional bytes prevent the read timeout, however long the body takes.
    let dripping = Server::new(|_, _, stream| {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n")
            .unwrap();
        for byte in b"    7" {
            thread::sleep(Duration::from_millis(300));
            stream.write_all(&[*byte]).unwrap();
        }
    });
    works(dripping.builder().read_timeout(Duration::from_millis(1200)));
    refused(
        |it| it.read_timeout(Duration::ZERO),
        "the read timeout is zero",
    );
    refused(
        |it| it.connect_timeout(Duration::ZERO),
        "the connect timeout is zero",
    );
}

/// Starts a server that requires a client certificate, and returns the chain and the private key of one that it
/// accepts.
fn asking() -> (Private, String, String) {
    let (authority, certificate, key) = signed("client");
    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
    let verifier = verifier.build().unwrap();
    let server = serve_by(issued_to(|config, chain, key| {
        let config = config.with_client_cert_verifier(verifier);
        config.with_single_cert(chain, key).unwrap()
    }));
    (server, certificate.pem(), key.serialize_pem())
}

#[test]
fn a_certificate_of_the_client_is_shown_to_servers_that_ask() {
    let (server, certificate, key) = asking();
    let other_key = KeyPair::generate().unwrap().serialize_pem();
    let base = || {
        let base = format!("https://localhost:{}", server.address.port());
        builder(base).root_certificate(server.pem.clone())
    };
    for response in by_both(&base().build().unwrap()) {
        response.unwrap_err();
    }
    works(base().client_certificate(certificate.clone(), key.clone()));
    let shown = format!(
        "{:?}",
        base().client_certificate(certificate.clone(), key.clone())
    );
    assert!(!shown.contains("PRIVATE"), "{shown}");

    for (chain, key, message) in [
        (
            certificate.as_str(),
            other_key.as_str(),
            "its private key belongs to another certificate",
        ),
        (&certificate, "", "its private key is not PEM"),
        (&certificate, &certificate, "its private key is not PEM"),
        ("", &key, "its PEM has no certificate"),
        (&key, &key, "its PEM has no certificate"),
        (
            "-----BEGIN CERTIFICATE-----\n%\n-----END CERTIFICATE-----\n",
            &key,
            "its PEM cannot be read",
        ),
    ] {
        refused(|it| it.client_certificate(chain, key), message);
    }
}

#[test]
fn a_certificate_of_the_client_stays_within_the_origins_that_are_called() {
    let (server, certificate, key) = asking();
    let other = format!("https://localhost:{}", server.address.port());
    let moved = format!("HTTP/1.1 302 Found\r\nlocation: {other}/x\r\ncontent-length: 0\r\n\r\n");
    let first = Server::new(move |_, _, stream| stream.write_all(moved.as_bytes()).unwrap());
    let client = builder(format!("http://{}", first.address))
        .root_certificate(server.pem.clone())
        .client_certificate(certificate, key)
        .build()
        .unwrap();
    let direct = || {
        let call = client.call("x", Method::GET, "/x").server(other.clone());
        call.json::<i64>()
    };
    let redirected = || client.call("x", Method::GET, "/x").json::<i64>();
    // The redirect was followed, and the server closed the connection.
    let not_let_in = |error: Error| {
        let kinds = [ErrorKind::Connect, ErrorKind::Io];
        assert!(kinds.contains(&error.kind()), "{error}");
    };
    // A server that the caller names gets the certificate, and the connection is reused. A redirect does neither.
    runtime().block_on(async {
        assert_eq!(direct().await.unwrap(), 7);
        not_let_in(redirected().await.unwrap_err());
        assert_eq!(direct().await.unwrap(), 7);
    });
    assert_eq!(direct().send_blocking().unwrap().into_value(), 7);
    not_let_in(redirected().send_blocking().unwrap_err());
}

#[test]
fn an_invalid_certificate_is_accepted_only_where_that_is_asked_for() {
    let server = serve_by(issued());
    // Neither the authority nor the name is right.
    let base = || builder(format!("https://{}", server.address));
    no_connection(base());
    works(base().danger_accept_invalid_certificates());
}

#[test]
fn http_1_is_spoken_with_a_server_that_prefers_http_2() {
    let (mut config, pem, der) = issued();
    // The server uses HTTP/1.1, whatever was negotiated.
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let server = serve_by((config, pem, der));
    let base = || {
        let base = format!("https://localhost:{}", server.address.port());
        builder(base).root_certificate(server.pem.clone())
    };
    for response in by_both(&base().build().unwrap()) {
        response.unwrap_err();
    }
    works(base().http2_prior_knowledge().http1_only());
}
