//! Requests that a server refuses over HTTP/2 (RFC 9113, section 8.7).

use std::io::{self, Read};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use bytes::Bytes;
use h2::Reason;
use specwright_runtime::{BaseUrl, Client, ClientBuilder, ErrorKind, Method, RequestBody};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;

use crate::private::issued;
use crate::server::{API, runtime};

/// Returns a client of a server that refuses the first requests for these reasons and responds to the others, and a
/// channel with the method of each request.
type Refusing = fn(Vec<Reason>) -> (Client, Receiver<Method>);

/// The ways in which a connection becomes HTTP/2.
const OVER: [Refusing; 2] = [by_tls, with_prior_knowledge];

fn by_tls(reasons: Vec<Reason>) -> (Client, Receiver<Method>) {
    let (mut config, pem, _) = issued();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let (address, methods) = refusing(reasons, Some(TlsAcceptor::from(Arc::new(config))));
    let base = BaseUrl::described(format!("https://localhost:{}", address.port()));
    let builder = ClientBuilder::new(&API, base).without_proxy();
    let client = builder.root_certificate(pem).build().unwrap();
    (client, methods)
}

fn with_prior_knowledge(reasons: Vec<Reason>) -> (Client, Receiver<Method>) {
    let (address, methods) = refusing(reasons, None);
    let base = BaseUrl::described(format!("http://{address}"));
    let builder = ClientBuilder::new(&API, base).http2_prior_knowledge();
    (builder.build().unwrap(), methods)
}

fn refusing(reasons: Vec<Reason>, tls: Option<TlsAcceptor>) -> (SocketAddr, Receiver<Method>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let (seen, methods) = channel();
    thread::spawn(move || {
        let mut reasons = reasons.into_iter();
        runtime().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                match &tls {
                    Some(tls) => {
                        let stream = tls.accept(stream).await.unwrap();
                        respond(stream, &mut reasons, &seen).await;
                    }
                    None => respond(stream, &mut reasons, &seen).await,
                }
            }
        });
    });
    (address, methods)
}

async fn respond(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    reasons: &mut impl Iterator<Item = Reason>,
    seen: &Sender<Method>,
) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        seen.send(request.method().clone()).unwrap();
        if let Some(reason) = reasons.next() {
            respond.send_reset(reason);
            continue;
        }
        let request_path = request.uri().path().to_owned();
        if request_path == "/early" {
            let mut response = http::Response::new(());
            *response.status_mut() = http::StatusCode::PAYLOAD_TOO_LARGE;
            let mut body = respond.send_response(response, false).unwrap();
            body.send_data(Bytes::from_static(b"big"), true).unwrap();
            // The rest of the body is not read, so the stream is reset after the response.
            continue;
        }
        tokio::spawn(async move {
            let mut body = request.into_body();
            while let Some(chunk) = body.data().await {
                let Ok(chunk) = chunk else { return };
                body.flow_control().release_capacity(chunk.len()).unwrap();
            }
            let mut response = http::Response::new(());
            let length = request_path.strip_prefix("/big/");
            if let Some(length) = length.and_then(|length| length.parse().ok()) {
                let value = "v".repeat(length).parse().unwrap();
                response.headers_mut().insert("x-big", value);
            }
            let mut body = respond.send_response(response, false).unwrap();
            let has_trailers = request_path == "/trailers";
            body.send_data(Bytes::from_static(b"7"), !has_trailers)
                .unwrap();
            if has_trailers {
                let value = "v".repeat(3_000_000).parse().unwrap();
                let trailers = [(http::HeaderName::from_static("x-big"), value)];
                body.send_trailers(trailers.into_iter().collect()).unwrap();
            }
        });
    }
}

#[test]
fn a_refused_request_is_repeated_whatever_its_method_and_counted() {
    for over in OVER {
        let (client, methods) = over(vec![Reason::REFUSED_STREAM]);
        let call = client.call("x", Method::POST, "/x").body(&1).json::<i64>();
        let response = runtime().block_on(async { call.send().await }).unwrap();
        assert_eq!((response.attempts(), response.into_value()), (2, 7));
        let seen: Vec<Method> = methods.try_iter().collect();
        assert_eq!(seen, [Method::POST, Method::POST]);
    }
}

#[test]
fn the_transport_itself_does_not_retry() {
    for over in OVER {
        let (client, methods) = over(vec![Reason::REFUSED_STREAM; 9]);
        let call = client.call("x", Method::GET, "/x").json::<i64>();
        let error = runtime().block_on(async { call.without_retry().await });
        let error = error.unwrap_err();
        assert!(!error.maybe_applied() && error.is_retryable(), "{error}");
        assert_eq!(methods.try_iter().count(), 1);
    }
}

#[test]
fn a_request_that_ended_otherwise_may_have_been_applied() {
    for over in OVER {
        let (client, methods) = over(vec![Reason::INTERNAL_ERROR; 9]);
        let call = client.call("x", Method::POST, "/x").body(&1).json::<i64>();
        let error = runtime().block_on(async { call.await }).unwrap_err();
        assert!(error.maybe_applied(), "{error}");
        assert_eq!(methods.try_iter().count(), 1);
    }
}

#[test]
fn headers_may_be_as_large_as_over_http_1() {
    for over in OVER {
        let (client, methods) = over(Vec::new());
        for length in [20_000, 300_000] {
            let call = client.call("x", Method::GET, format!("/big/{length}"));
            let call = call.json::<i64>().send();
            let response = runtime().block_on(call).unwrap();
            assert_eq!(response.headers()["x-big"].len(), length);
        }
        assert_eq!(methods.try_iter().count(), 2);
    }
    let (client, _methods) = by_tls(Vec::new());
    let call = client.call("x", Method::GET, "/big/20000").json::<i64>();
    assert_eq!(call.send_blocking().unwrap().attempts(), 1);
}

#[test]
fn headers_that_are_too_large_are_an_error_at_once() {
    for over in OVER {
        for length in [450_000, 3_000_000] {
            let (client, methods) = over(Vec::new());
            let call = client.call("x", Method::PUT, format!("/big/{length}"));
            let error = runtime().block_on(async { call.json::<i64>().await });
            let error = error.unwrap_err();
            assert!(error.to_string().contains("larger than 400 kB"), "{error}");
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
            assert!(error.maybe_applied() && !error.is_retryable());
            assert_eq!(methods.try_iter().count(), 1);
        }
    }
}

#[test]
fn trailers_that_are_too_large_are_an_error_at_once() {
    for over in OVER {
        let (client, methods) = over(Vec::new());
        let call = client.call("x", Method::GET, "/trailers");
        let error = runtime().block_on(async { call.json::<i64>().await });
        let error = error.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
        assert_eq!(methods.try_iter().count(), 1, "{error}");
    }
}

#[test]
fn a_response_that_does_not_wait_for_the_body_is_read() {
    for over in OVER {
        let (client, methods) = over(Vec::new());
        for _ in 0..5 {
            let body = RequestBody::from(vec![1; 3 << 20]);
            let call = client.call("x", Method::POST, "/early").bytes("a/b", body);
            let error = runtime()
                .block_on(async { call.empty().await })
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Status, "{error}");
            assert_eq!(error.status().unwrap(), 413);
        }
        assert_eq!(methods.try_iter().count(), 5);
    }
}

#[test]
fn a_body_that_cannot_be_read_is_told_and_not_sent_again() {
    struct Breaks(u8);
    impl Read for Breaks {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            if self.0 > 2 {
                return Err(io::Error::other("the tape is torn"));
            }
            buffer.fill(7);
            Ok(buffer.len())
        }
    }
    for over in OVER {
        let (client, methods) = over(Vec::new());
        let body = RequestBody::reader(None, || Ok(Breaks(0)));
        let call = client.call("x", Method::PUT, "/x").bytes("a/b", body);
        let call = call.json::<i64>();
        let error = runtime().block_on(async { call.await }).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert!(error.to_string().contains("the tape is torn"), "{error}");
        assert_eq!((error.attempts(), error.maybe_applied()), (1, true));
        assert!(methods.try_iter().count() <= 1);
    }
}
