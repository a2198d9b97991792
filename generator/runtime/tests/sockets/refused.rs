//! Requests that a server refuses to look at, over HTTP/2 (RFC 9113, section 8.7).

use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use bytes::Bytes;
use h2::Reason;
use specwright_runtime::transport::ReqwestTransport;
use specwright_runtime::{BaseUrl, Client, ClientBuilder, Method};

use crate::server::{API, runtime};

/// A server that ends the first requests for these reasons and answers the others; it tells the method of each.
fn refusing(reasons: Vec<Reason>) -> (SocketAddr, Receiver<Method>) {
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
                let mut connection = h2::server::handshake(stream).await.unwrap();
                while let Some(Ok((request, mut respond))) = connection.accept().await {
                    seen.send(request.method().clone()).unwrap();
                    if let Some(reason) = reasons.next() {
                        respond.send_reset(reason);
                        continue;
                    }
                    let answer = http::Response::new(());
                    let mut body = respond.send_response(answer, false).unwrap();
                    body.send_data(Bytes::from_static(b"7"), true).unwrap();
                }
            }
        });
    });
    (address, methods)
}

fn client(address: SocketAddr) -> Client {
    let base = BaseUrl::described(format!("http://{address}"));
    let transport = ReqwestTransport::new(reqwest::ClientBuilder::http2_prior_knowledge);
    let builder = ClientBuilder::new(&API, base).transport(transport.unwrap());
    builder.build().unwrap()
}

#[test]
fn a_refused_request_is_repeated_whatever_its_method_and_counted() {
    let (address, methods) = refusing(vec![Reason::REFUSED_STREAM]);
    let client = client(address);
    let call = client.call("x", Method::POST, "/x").body(&1).json::<i64>();
    let response = runtime().block_on(async { call.send().await }).unwrap();
    assert_eq!((response.attempts(), response.into_value()), (2, 7));
    let seen: Vec<Method> = methods.try_iter().collect();
    assert_eq!(seen, [Method::POST, Method::POST]);
}

#[test]
fn nothing_below_the_retries_of_the_call_repeats_it() {
    let (address, methods) = refusing(vec![Reason::REFUSED_STREAM; 9]);
    let client = client(address);
    let call = client.call("x", Method::GET, "/x").json::<i64>();
    let error = runtime().block_on(async { call.without_retry().await });
    let error = error.unwrap_err();
    assert!(!error.maybe_applied() && error.is_retryable(), "{error}");
    assert_eq!(methods.try_iter().count(), 1);
}

#[test]
fn a_request_that_ended_otherwise_may_have_been_applied() {
    let (address, methods) = refusing(vec![Reason::INTERNAL_ERROR; 9]);
    let client = client(address);
    let call = client.call("x", Method::POST, "/x").body(&1).json::<i64>();
    let error = runtime().block_on(async { call.await }).unwrap_err();
    assert!(error.maybe_applied(), "{error}");
    assert_eq!(methods.try_iter().count(), 1);
}
