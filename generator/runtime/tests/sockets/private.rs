//! TLS with an authority that only the client is told of.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use specwright_runtime::{BaseUrl, Client, ClientBuilder, ErrorKind};

use crate::server::API;
use crate::transports::by_both;

/// A server with a certificate for this machine, and the certificate of its authority, as PEM and as DER.
struct Private {
    address: SocketAddr,
    pem: String,
    der: Vec<u8>,
}

fn serve() -> Private {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&authority_key).unwrap();
    let issuer = Issuer::new(params, authority_key);
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap();

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let config = Arc::clone(&config);
            thread::spawn(move || answer(config, stream.unwrap()));
        }
    });
    Private {
        address,
        pem: authority.pem(),
        der: authority.der().to_vec(),
    }
}

/// Answers each request of a connection; one to whom the certificate says nothing breaks it.
fn answer(config: Arc<ServerConfig>, stream: TcpStream) {
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
            thread::sleep(Duration::from_secs(2));
        }
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n7";
        if reader.get_mut().write_all(answer).is_err() {
            return;
        }
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
fn an_authority_is_trusted_once_it_is_told() {
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
            for answer in by_both(&client) {
                assert_eq!(answer.unwrap(), 7);
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
    let call = client
        .call("x", specwright_runtime::Method::GET, "/x")
        .json::<i64>();
    let call = call
        .with_query("slow", 1)
        .with_timeout(Duration::from_millis(200));
    let start = std::time::Instant::now();
    assert!(call.send_blocking().unwrap_err().is_timeout());
    assert!(start.elapsed() < Duration::from_secs(1));
}
