//! The default transport over real connections to a server on this machine.

#![cfg(feature = "hyper")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use specwright_runtime::{Api, BaseUrl, Call, Client, ClientBuilder, Error, ErrorKind, Method};

static API: Api = Api::new("test", "test/1");

/// Starts a server that sends one of the responses on each connection, and returns the requests through a channel.
fn serve(responses: Vec<&'static str>) -> (SocketAddr, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (asked, requests) = channel();
    thread::spawn(move || {
        for response in responses {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = vec![0; 4096];
            let length = stream.read(&mut request).unwrap();
            let text = String::from_utf8_lossy(&request[..length]).into_owned();
            asked.send(text).unwrap();
            if response == "hang" {
                // The client closes the connection after its timeout.
                let _ = stream.read(&mut request);
            } else {
                stream.write_all(response.as_bytes()).unwrap();
            }
        }
    });
    (address, requests)
}

fn client(address: SocketAddr) -> Client {
    let base = BaseUrl::described(format!("http://{address}/v1"));
    ClientBuilder::new(&API, base).build().unwrap()
}

fn run(
    client: &Client,
    change: impl FnOnce(Call<Vec<i64>>) -> Call<Vec<i64>>,
) -> Result<Vec<i64>, Error> {
    let call = client
        .call("numbers.put", Method::PUT, "/numbers/{id}")
        .path("id", "a/b")
        .query("secret", &"hunter2")
        .body(&vec![1_i64])
        .json();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async { change(call).await })
}

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\n[1, 2]";

#[test]
fn a_call_goes_over_the_wire_and_back() {
    let (address, requests) = serve(vec![OK]);
    assert_eq!(run(&client(address), |call| call).unwrap(), [1, 2]);
    let request = requests.recv().unwrap();
    assert!(
        request.starts_with("PUT /v1/numbers/a%2Fb?secret=hunter2 HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(request.contains("content-type: application/json\r\n"));
    assert!(request.contains("content-length: 3\r\n") && request.ends_with("[1]"));
}

#[test]
fn a_broken_connection_is_told_apart_and_repeated() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 60\r\nconnection: close\r\n\r\n[1,";
    let (address, requests) = serve(vec!["", cut, OK]);
    assert_eq!(run(&client(address), |call| call).unwrap(), [1, 2]);
    assert_eq!(requests.iter().count(), 3);
    let (address, _requests) = serve(vec![cut]);
    let error = run(&client(address), Call::without_retry).unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16()),
        (ErrorKind::Io, 200)
    );
    assert_eq!(error.body(), "[1,");
}

#[test]
fn no_connection_and_no_response_in_time() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let error = run(&client(free), Call::without_retry).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(!error.maybe_applied());
    let text = format!("{error} {error:?}");
    assert!(
        text.to_lowercase().contains("refused") && !text.contains("hunter2"),
        "{text}"
    );
    let (address, _requests) = serve(vec!["hang"]);
    let limit = Duration::from_secs(1);
    let error = run(&client(address), |call| {
        call.with_timeout(limit).without_retry()
    })
    .unwrap_err();
    assert!(error.is_timeout() && error.maybe_applied());
}
