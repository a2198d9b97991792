//! Streams and multipart bodies over real connections to a server on this machine.

#![cfg(feature = "hyper")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use specwright_runtime::{
    Api, BaseUrl, Client, ClientBuilder, ErrorKind, Events, File, Json, JsonLines, Method, Request,
};

static API: Api = Api::new("test", "test/1");

const PAUSE: Duration = Duration::from_millis(30);

/// Starts a server that reads one request and then runs `work`; the request and the end of `work` are sent back.
fn serve(work: impl FnOnce(&mut TcpStream) + Send + 'static) -> (SocketAddr, Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, requests) = channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        sender.send(read_request(&mut stream)).unwrap();
        work(&mut stream);
        sender.send(b"done".to_vec()).unwrap();
    });
    (address, requests)
}

/// Reads a request with a body of its `Content-Length`.
fn read_request(stream: &mut TcpStream) -> Vec<u8> {
    let mut request = Vec::new();
    let mut buffer = [0; 1024];
    loop {
        let length = stream.read(&mut buffer).unwrap();
        request.extend_from_slice(&buffer[..length]);
        let text = String::from_utf8_lossy(&request).to_lowercase();
        let Some((head, _)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let promised = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok())
            .unwrap_or(0);
        if length == 0 || request.len() >= head.len() + 4 + promised {
            return request;
        }
    }
}

/// Sends the head of a response in chunks.
fn head(stream: &mut TcpStream, content_type: &str) {
    let text = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\nx-request-id: r-9\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    stream.write_all(text.as_bytes()).unwrap();
}

/// Sends a chunk, and returns whether the client received it.
fn chunk(stream: &mut TcpStream, text: &str) -> bool {
    let chunk = format!("{:x}\r\n{text}\r\n", text.len());
    stream.write_all(chunk.as_bytes()).is_ok() && stream.flush().is_ok()
}

fn client(address: SocketAddr) -> Client {
    let base = BaseUrl::described(format!("http://{address}"));
    ClientBuilder::new(&API, base)
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap()
}

fn get(address: SocketAddr) -> Request {
    client(address).call("things.watch", Method::GET, "/things")
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

#[test]
fn events_arrive_as_they_are_sent_whatever_the_packets() {
    let (go, wait) = channel();
    let (address, requests) = serve(move |stream| {
        head(stream, "text/event-stream");
        for part in ["\u{feff}: hi\r", "\n\r\nda", "ta: {\"n\":1}\r\n", "\r\n"] {
            chunk(stream, part);
            thread::sleep(PAUSE);
        }
        // The second event is sent only after the first one was received.
        wait.recv().unwrap();
        chunk(stream, "event: end\rid: 4\rdata: {\"n\":\rdata: 2}\r\r");
        chunk(stream, "data: [DONE]\n\n");
        chunk(stream, "");
    });
    run(async {
        let response = get(address).events::<Json>().send().await.unwrap();
        assert_eq!(response.request_id(), Some("r-9"));
        let mut events: Events<Json> = response.into_value();
        let event = events.next().await.unwrap().unwrap();
        assert_eq!((event.data["n"].as_i64(), event.name), (Some(1), None));
        go.send(()).unwrap();
        let event = events.next().await.unwrap().unwrap();
        assert_eq!(event.data["n"], 2);
        assert_eq!(
            (event.name.as_deref(), event.id.as_deref()),
            (Some("end"), Some("4"))
        );
        assert!(events.next().await.is_none());
    });
    let request = String::from_utf8(requests.recv().unwrap()).unwrap();
    assert!(
        request.contains("accept: text/event-stream\r\n"),
        "{request}"
    );
}

#[test]
fn lines_of_a_cut_connection_end_with_an_error_that_has_the_response() {
    let (address, _told) = serve(|stream| {
        head(stream, "application/x-ndjson");
        chunk(stream, "1\n2\n3");
        thread::sleep(PAUSE);
    });
    run(async {
        let mut lines: JsonLines<i64> = get(address).json_lines().await.unwrap();
        assert_eq!(lines.next().await.unwrap().unwrap(), 1);
        assert_eq!(lines.next().await.unwrap().unwrap(), 2);
        let error = lines.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Io);
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(
            (error.request_id(), error.operation()),
            (Some("r-9"), "things.watch")
        );
        assert!(lines.next().await.is_none());
    });
}

#[test]
fn silence_ends_a_stream_but_slowness_does_not() {
    let limit = 50 * PAUSE;
    let (address, _told) = serve(move |stream| {
        head(stream, "application/x-ndjson");
        for line in 0..6 {
            thread::sleep(limit / 3);
            chunk(stream, &format!("{line}\n"));
        }
        let _ = stream.read(&mut [0]);
    });
    run(async {
        // The timeout of an attempt is shorter than all lines together.
        let call = get(address).json_lines::<i64>().with_timeout(limit);
        let mut lines = call.with_idle_timeout(limit).await.unwrap();
        for expected in 0..6 {
            assert_eq!(lines.next().await.unwrap().unwrap(), expected);
        }
        let error = lines.next().await.unwrap().unwrap_err();
        assert!(error.is_timeout() && error.is_retryable(), "{error}");
    });
}

#[test]
fn a_dropped_stream_lets_go_of_the_connection() {
    let (address, requests) = serve(|stream| {
        head(stream, "application/octet-stream");
        let deadline = Instant::now() + Duration::from_secs(60);
        while chunk(stream, &"x".repeat(1000)) {
            thread::sleep(PAUSE / 10);
            assert!(Instant::now() < deadline, "nobody hung up");
        }
    });
    run(async {
        let response = get(address).bytes_output().send_stream().await.unwrap();
        let mut stream = response.into_value();
        assert!(!stream.next().await.unwrap().unwrap().is_empty());
        drop(stream);
        requests.recv().unwrap();
        tokio::time::sleep(PAUSE).await;
        let end =
            tokio::task::spawn_blocking(move || requests.recv_timeout(Duration::from_secs(60)));
        assert_eq!(end.await.unwrap().unwrap(), b"done");
    });
}

#[test]
fn a_large_body_passes_through_without_being_held() {
    let (address, _told) = serve(|stream| {
        head(stream, "application/octet-stream");
        for _ in 0..100 {
            chunk(stream, &"x".repeat(1000));
        }
        chunk(stream, "");
    });
    let base = BaseUrl::described(format!("http://{address}"));
    let client = ClientBuilder::new(&API, base)
        .body_limit(10)
        .build()
        .unwrap();
    run(async {
        let call = client
            .call("things.get", Method::GET, "/things")
            .bytes_output();
        let mut stream = call.send_stream().await.unwrap().into_value();
        let mut length = 0;
        while let Some(chunk) = stream.next().await {
            length += chunk.unwrap().len();
        }
        assert_eq!(length, 100_000);
    });
}

#[test]
fn a_multipart_body_is_on_the_wire_byte_for_byte() {
    let (address, requests) = serve(|stream| {
        stream
            .write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
            .unwrap();
    });
    let photo =
        File::new("a \"b\".png", vec![0, 0xff, b'\r', b'\n']).with_content_type("image/png");
    run(async {
        client(address)
            .call("files.create", Method::POST, "/files")
            .part("title", &"Grüße")
            .part("photo", &photo)
            .part("tags", &vec![1_i64, 2])
            .empty()
            .await
            .unwrap();
    });
    let request = requests.recv().unwrap();
    let place = request
        .windows(4)
        .position(|end| end == b"\r\n\r\n")
        .unwrap();
    let (head, body) = (
        String::from_utf8_lossy(&request[..place]),
        &request[place + 4..],
    );
    let (_, boundary) = head.split_once("multipart/form-data; boundary=").unwrap();
    let boundary = boundary.lines().next().unwrap();
    let mut expected = Vec::new();
    for (part, bytes) in [
        ("name=\"title\"\r\n", "Grüße".as_bytes()),
        (
            "name=\"photo\"; filename=\"a %22b%22.png\"\r\nContent-Type: image/png\r\n",
            b"\0\xff\r\n",
        ),
        ("name=\"tags\"\r\n", b"1"),
        ("name=\"tags\"\r\n", b"2"),
    ] {
        expected.extend(
            format!("--{boundary}\r\nContent-Disposition: form-data; {part}\r\n").into_bytes(),
        );
        expected.extend(bytes);
        expected.extend(b"\r\n");
    }
    expected.extend(format!("--{boundary}--\r\n").into_bytes());
    assert_eq!(body, expected);
    assert!(head.contains(&format!("content-length: {}", expected.len())));
}

#[test]
fn a_body_goes_with_any_method_and_only_where_there_is_one() {
    let response = |stream: &mut TcpStream| {
        let text = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
        stream.write_all(text).unwrap();
    };
    for method in [Method::GET, Method::DELETE] {
        let (address, requests) = serve(response);
        let request = client(address).call("things.find", method, "/things");
        run(async { request.property("q", &"x").empty().await.unwrap() });
        let text = String::from_utf8(requests.recv().unwrap()).unwrap();
        assert!(text.ends_with("\r\n\r\n{\"q\":\"x\"}"), "{text}");
    }
    let (address, requests) = serve(response);
    let request = client(address).call("things.find", Method::DELETE, "/things");
    run(async { request.empty().await.unwrap() });
    let text = String::from_utf8(requests.recv().unwrap()).unwrap();
    assert!(
        !text.contains("content-type") && text.ends_with("\r\n\r\n"),
        "{text}"
    );
}
