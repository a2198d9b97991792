//! TLS with a certificate authority that only the client knows.

use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ConfigBuilder, ServerConfig, ServerConnection, StreamOwned, WantsVerifier};
use specwright_runtime::{
    BaseUrl, Call, Client, ClientBuilder, ErrorKind, Events, Method, Response,
};

use crate::server::{API, runtime};
use crate::transports::by_both;

/// A server with a certificate for this machine, and the certificate of its authority, as PEM and as DER.
pub(crate) struct Private {
    pub(crate) address: SocketAddr,
    pub(crate) pem: String,
    der: Vec<u8>,
}

/// Returns the settings of a server with a certificate for this machine, and the certificate of its authority, as PEM
/// and as DER.
pub(crate) fn issued() -> (ServerConfig, String, Vec<u8>) {
    issued_to(|config, chain, key| {
        let config = config.with_no_client_auth();
        config.with_single_cert(chain, key).unwrap()
    })
}

type Begun = ConfigBuilder<ServerConfig, WantsVerifier>;

/// Returns the same for a server that verifies client certificates.
pub(crate) fn issued_to(
    config: impl FnOnce(Begun, Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) -> ServerConfig,
) -> (ServerConfig, String, Vec<u8>) {
    let (authority, certificate, key) = signed("localhost");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let begun = ServerConfig::builder_with_provider(provider);
    let begun = begun.with_safe_default_protocol_versions().unwrap();
    let config = config(begun, vec![certificate.der().clone()], key);
    (config, authority.pem(), authority.der().to_vec())
}

/// Returns the certificate of a new authority, and a certificate that it signed for this name, with its private key.
pub(crate) fn signed(name: &str) -> (Certificate, Certificate, KeyPair) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&authority_key).unwrap();
    let issuer = Issuer::new(params, authority_key);
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap();
    (authority, certificate, key)
}

fn serve() -> Private {
    serve_by(issued())
}

/// Starts a server over HTTP/1.1 with this certificate.
pub(crate) fn serve_by((config, pem, der): (ServerConfig, String, Vec<u8>)) -> Private {
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let config = Arc::clone(&config);
            thread::spawn(move || respond(config, stream.unwrap()));
        }
    });
    Private { address, pem, der }
}

/// Responds to each request of a connection. A client that does not accept the certificate closes it.
fn respond(config: Arc<ServerConfig>, stream: TcpStream) {
    let connection = ServerConnection::new(config).unwrap();
    let mut reader = BufReader::new(StreamOwned::new(connection, stream));
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            match reader.read_line(&mut head) {
                Ok(length) if length > 0 => {}
                _ => return,
            }
        }
        let slow = head.contains("/x?slow=1");
        if slow {
            // Only the timeout of the client ends this.
            let _ = reader.fill_buf();
            return;
        }
        if head.contains("/x?flood=1") {
            return flood(reader.get_mut());
        }
        if let Some((_, to)) = head.split_once("/x?to=") {
            let to = to
                .split(' ')
                .next()
                .unwrap()
                .replace("%3A", ":")
                .replace("%2F", "/");
            let response =
                format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n");
            let _ = reader.get_mut().write_all(response.as_bytes());
            continue;
        }
        let response = b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n7";
        if reader.get_mut().write_all(response).is_err() {
            return;
        }
    }
}

/// Sends an event stream of chunks of one byte each, in records of their own, until the client closes the connection.
fn flood(stream: &mut impl Write) {
    let head =
        b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    let mut sent = stream.write_all(head);
    while sent.is_ok() {
        sent = stream.write_all(b"1\r\n\n\r\n");
    }
}

fn client(server: &Private, change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    let base = BaseUrl::described(format!("https://localhost:{}", server.address.port()));
    let builder = ClientBuilder::new(&API, base)
        .without_proxy()
        .without_retry();
    change(builder).build().unwrap()
}

#[test]
fn only_added_certificate_authorities_are_trusted() {
    let server = serve();
    for error in by_both(&client(&server, |builder| builder)) {
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
        assert!(!error.maybe_applied());
        assert!(error.to_string().contains("certificate"), "{error}");
    }
    let other = serve();
    let both = format!("{}{}", other.pem, server.pem);
    for certificate in [both.into_bytes(), server.der.clone()] {
        let client = client(&server, |builder| builder.root_certificate(certificate));
        for _ in 0..2 {
            for response in by_both(&client) {
                assert_eq!(response.unwrap(), 7);
            }
        }
    }
}

#[test]
fn limits_hold_within_tls() {
    let server = serve();
    let client = client(&server, |builder| {
        builder.root_certificate(server.der.clone())
    });
    let call = client.call("x", Method::GET, "/x").json::<i64>();
    let call = call
        .with_query("slow", 1)
        .with_timeout(Duration::from_secs(2));
    assert!(call.send_blocking().unwrap_err().is_timeout());
}

#[test]
fn redirects_lead_from_tls_to_tls_only() {
    let server = serve();
    let client = client(&server, |builder| {
        builder.root_certificate(server.der.clone()).allow_http()
    });
    let call = |to: String| {
        let call = || {
            let call = client.call("x", Method::GET, "/x").json::<i64>();
            call.with_query("to", &to)
        };
        let awaited = runtime().block_on(async { call().await });
        [awaited, call().send_blocking().map(Response::into_value)]
    };
    // The same server, but another origin than `localhost`.
    for value in call(format!("https://127.0.0.1:{}/y", server.address.port())) {
        assert!(value.is_err_and(|error| error.kind() == ErrorKind::Connect));
    }
    for value in call(format!("https://localhost:{}/y", server.address.port())) {
        assert_eq!(value.unwrap(), 7);
    }
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    plain.set_nonblocking(true).unwrap();
    for value in call(format!("http://{}/y", plain.local_addr().unwrap())) {
        assert_eq!(value.unwrap_err().kind(), ErrorKind::Redirect);
    }
    assert!(plain.accept().is_err(), "something was sent without TLS");
}

#[test]
fn a_flood_of_small_chunks_within_tls_ends_in_time() {
    let server = serve();
    let client = client(&server, |builder| {
        builder.root_certificate(server.der.clone())
    });
    let call = || -> Call<Events<i64>> {
        let call = client.call("x", Method::GET, "/x").events();
        let call = call.with_query("flood", 1);
        call.with_total_timeout(Duration::from_secs(1))
    };
    let mut events = call().send_blocking().unwrap().into_value();
    let error = events.blocking().next().unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error}");
    let error = runtime().block_on(async {
        let mut events = call().await.unwrap();
        events.next().await.unwrap().unwrap_err()
    });
    assert!(error.is_timeout(), "{error}");
}

/// Starts a proxy, which connects to the requested server, and returns the requests for this through a channel.
fn tunnel() -> (SocketAddr, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (asked, requests) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                reader.read_line(&mut head).unwrap();
            }
            let server = TcpStream::connect(head.split(' ').nth(1).unwrap()).unwrap();
            asked.send(head).unwrap();
            let mut client = reader.into_inner();
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            for (mut from, mut to) in [
                (client.try_clone().unwrap(), server.try_clone().unwrap()),
                (server, client),
            ] {
                thread::spawn(move || {
                    let _ = std::io::copy(&mut from, &mut to);
                    let _ = to.shutdown(std::net::Shutdown::Write);
                });
            }
        }
    });
    (address, requests)
}

#[test]
fn a_tunnel_leads_to_the_server_and_its_certificate() {
    let server = serve();
    let (proxy, requests) = tunnel();
    let client = client(&server, |builder| {
        builder
            .root_certificate(server.pem.clone())
            .proxy(format!("http://user:p%40ss@{proxy}"))
    });
    for response in by_both(&client) {
        assert_eq!(response.unwrap(), 7);
    }
    let requests: Vec<String> = requests.try_iter().collect();
    assert_eq!(requests.len(), 2);
    for request in requests {
        let wanted = format!("CONNECT localhost:{} HTTP/1.1\r\n", server.address.port());
        assert!(request.starts_with(&wanted), "{request}");
        let request = request.to_lowercase();
        assert!(request.contains("proxy-authorization: basic dxnlcjpwqhnz\r\n"));
        assert!(!request.contains("x-api-key"), "{request}");
    }
}

#[test]
fn a_server_that_never_says_hello_is_no_connection() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("https://{}", silent.local_addr().unwrap());
    let client = ClientBuilder::new(&API, BaseUrl::described(base))
        .without_proxy()
        .without_retry()
        .connect_timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let call = client.call("x", Method::GET, "/x").json::<i64>();
    let error = runtime().block_on(async { call.await }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(!error.maybe_applied() && error.is_retryable());
}

#[test]
fn an_attempt_that_ends_before_there_is_a_connection_did_nothing() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("https://{}", silent.local_addr().unwrap());
    let client = ClientBuilder::new(&API, BaseUrl::described(base))
        .without_proxy()
        .build()
        .unwrap();
    let call = || client.call("x", Method::POST, "/x").body(&1).json::<i64>();
    let limit = Duration::from_millis(50);
    for limited in [Call::with_timeout, Call::with_total_timeout] {
        let call = || limited(call(), limit);
        let awaited = runtime().block_on(async { call().await }).unwrap_err();
        for error in [awaited, call().send_blocking().unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
            assert!(!error.maybe_applied() && error.is_retryable(), "{error}");
        }
    }
    let error = call().with_timeout(limit).send_blocking().unwrap_err();
    assert_eq!(error.attempts(), 3);
}

#[test]
fn a_body_that_ends_without_a_goodbye_is_cut_off() {
    let (config, pem, _) = issued();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            let mut head = [0; 4096];
            let length = stream.read(&mut head).unwrap();
            let whole = head[..length].starts_with(b"GET /whole ");
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n7")
                .unwrap();
            if whole {
                stream.conn.send_close_notify();
                stream.flush().unwrap();
            }
        }
    });
    let base = BaseUrl::described(format!("https://localhost:{port}"));
    let builder = ClientBuilder::new(&API, base)
        .without_proxy()
        .without_retry();
    let client = builder.root_certificate(pem).build().unwrap();
    for (path, is_whole) in [("/whole", true), ("/cut", false)] {
        let call = || client.call("x", Method::GET, path).json::<i64>();
        let awaited = runtime().block_on(async { call().await });
        for response in [awaited, call().send_blocking().map(Response::into_value)] {
            match response {
                Ok(value) => assert!(is_whole && value == 7),
                Err(error) => assert!(!is_whole && error.kind() == ErrorKind::Io, "{error}"),
            }
        }
        let stream = call().send_stream_blocking().unwrap();
        let last = stream.into_value().blocking().last().unwrap();
        assert_eq!(last.is_ok(), is_whole);
    }
}
