//! Request bodies that are read while they are sent.

use std::io::{self, Read, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
use specwright_runtime::{
    BaseUrl, Bytes, Call, ClientBuilder, Error, ErrorKind, File, Method, RequestBody, Response,
};

use crate::server::{API, Server, runtime};

const MEGABYTES_3: usize = 3 << 20;
const BUSY: &str = "HTTP/1.1 503 Busy\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n";
const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

/// A file that is removed after the test.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, content: &[u8]) -> Self {
        let name = format!("specwright-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn content() -> Vec<u8> {
    (0..=250).cycle().take(MEGABYTES_3).collect()
}

type Sent = Result<Response<()>, Error>;

/// Makes a call by each transport, each to a server with these responses.
fn by_both(
    responses: &'static [&'static str],
    call: impl Fn(ClientBuilder) -> Call<()>,
) -> [(Server, Sent); 2] {
    let runtime = runtime();
    let server = Server::responding(responses);
    let made = call(server.builder());
    let awaited = runtime.block_on(async { made.send().await });
    let other = Server::responding(responses);
    let blocked = call(other.builder()).send_blocking();
    [(server, awaited), (other, blocked)]
}

fn put(builder: ClientBuilder, body: impl Into<RequestBody>) -> Call<()> {
    let client = builder.build().unwrap();
    client
        .call("films.put", Method::PUT, "/film")
        .bytes("video/mp4", body)
        .empty()
}

#[test]
fn without_a_runtime_of_tokio_a_call_fails_and_does_not_panic() {
    let film = Temporary::new("runtimeless", b"film");
    for body in [
        RequestBody::from(b"film".to_vec()),
        RequestBody::file(&film.0),
    ] {
        let server = Server::responding(&[OK]);
        let error = block_on(put(server.builder(), body).send()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert!(
            error.to_string().contains("needs a tokio runtime"),
            "{error}"
        );
        assert!(!error.maybe_applied());
        assert!(server.seen().is_empty());
    }
}

#[test]
fn a_file_is_sent_whole_with_each_attempt() {
    let film = Temporary::new("film", &content());
    let progress = Arc::new(Mutex::new(Vec::new()));
    let of_both = by_both(&[BUSY, OK], |builder| {
        let progress = Arc::clone(&progress);
        put(builder, RequestBody::file(&film.0))
            .with_upload_progress(move |sent, total| progress.lock().unwrap().push((sent, total)))
    });
    for (server, response) in of_both {
        assert_eq!(response.unwrap().attempts(), 2);
        let seen = server.seen();
        assert_eq!(seen.len(), 2);
        for asked in seen {
            assert_eq!(asked.header("content-length"), Some("3145728"));
            assert_eq!(asked.header("content-type"), Some("video/mp4"));
            assert_eq!(asked.header("transfer-encoding"), None);
            assert!(asked.body == content(), "the body is another");
        }
    }
    // Four attempts, each with the whole body.
    let progress = progress.lock().unwrap();
    let total = MEGABYTES_3 as u64;
    assert!(progress.iter().all(|(_, of)| *of == Some(total)));
    let ends = progress.iter().filter(|(sent, _)| *sent == total).count();
    let starts = progress
        .windows(2)
        .filter(|two| two[1].0 <= two[0].0)
        .count();
    assert_eq!((ends, starts), (4, 3), "{progress:?}");
}

/// A reader of zeros, which records how far it was read.
struct Zeros {
    left: usize,
    given: Arc<AtomicUsize>,
}

impl Read for Zeros {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(self.left);
        buffer[..length].fill(0);
        self.left -= length;
        self.given.fetch_add(length, Ordering::SeqCst);
        Ok(length)
    }
}

#[test]
fn a_reader_is_not_read_ahead_of_the_connection() {
    const LENGTH: usize = 64 << 20;
    for blocking in [false, true] {
        // The server reads nothing of the body.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let client = ClientBuilder::new(&API, base.parse().unwrap())
            .build()
            .unwrap();
        let given = Arc::new(AtomicUsize::new(0));
        let notes = Arc::clone(&given);
        let body = RequestBody::reader(Some(LENGTH as u64), move || {
            let given = Arc::clone(&notes);
            Ok(Zeros {
                left: LENGTH,
                given,
            })
        });
        let call = client
            .call("x", Method::POST, "/x")
            .bytes("a/b", body)
            .empty();
        let call = call.with_timeout(Duration::from_secs(2)).without_retry();
        let error = if blocking {
            call.send_blocking().unwrap_err()
        } else {
            let runtime = runtime();
            runtime.block_on(async { call.await }).unwrap_err()
        };
        assert!(error.is_timeout(), "{error}");
        let given = given.load(Ordering::SeqCst);
        assert!(given > 0 && given < LENGTH / 2, "{given} bytes were read");
        drop(listener);
    }
}

#[test]
fn bodies_of_unknown_length_are_sent_in_chunks() {
    for (server, response) in by_both(&[BUSY, OK], |builder| {
        put(
            builder,
            RequestBody::reader(None, || Ok(&b"some bytes"[..])),
        )
    }) {
        response.unwrap();
        let seen = server.seen();
        assert_eq!(seen.len(), 2);
        for asked in seen {
            assert_eq!(asked.header("transfer-encoding"), Some("chunked"));
            assert_eq!(asked.header("content-length"), None);
            assert_eq!(asked.body, b"some bytes");
        }
    }
}

#[test]
fn a_file_that_is_not_there_is_told_before_anything_is_sent() {
    let path = Path::new("/no/such/film.mp4");
    let calls: [fn(ClientBuilder) -> Call<()>; 2] = [
        |builder| put(builder, RequestBody::file("/no/such/film.mp4")),
        |builder| {
            let client = builder.build().unwrap();
            let request = client.call("films.add", Method::POST, "/films");
            request
                .part("film", &File::open("/no/such/film.mp4"))
                .empty()
        },
    ];
    for call in calls {
        for (server, response) in by_both(&[OK], call) {
            let error = response.unwrap_err();
            assert_eq!(
                (error.kind(), error.attempts()),
                (ErrorKind::Request, 1),
                "{error}"
            );
            assert!(!error.maybe_applied() && !error.is_retryable());
            assert!(
                error.to_string().contains(path.to_str().unwrap()),
                "{error}"
            );
            assert!(server.seen().is_empty());
        }
    }
}

#[test]
fn a_body_that_breaks_off_is_no_fault_of_the_connection() {
    /// A reader that returns some bytes, and then fails.
    struct Breaks(bool);
    impl Read for Breaks {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if std::mem::replace(&mut self.0, true) {
                return Err(io::Error::other("the disk is gone"));
            }
            buffer[0] = 1;
            Ok(1)
        }
    }
    for length in [None, Some(5)] {
        for (_, response) in by_both(&[OK], |builder| {
            put(builder, RequestBody::reader(length, || Ok(Breaks(false))))
        }) {
            let error = response.unwrap_err();
            assert_eq!(
                (error.kind(), error.attempts()),
                (ErrorKind::Request, 1),
                "{error}"
            );
            assert!(error.to_string().contains("the disk is gone"), "{error}");
        }
    }
    // The body is shorter or longer than its declared length.
    for length in [2, 20] {
        for (_, response) in by_both(&[OK], |builder| {
            put(
                builder,
                RequestBody::reader(Some(length), || Ok(&b"some bytes"[..])),
            )
        }) {
            let error = response.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request, "{error}");
            assert!(error.to_string().contains("declared length"), "{error}");
        }
    }
}

#[test]
fn a_part_can_be_a_file_on_disk() {
    let film = Temporary::new("part.mp4", &content());
    for (server, response) in by_both(&[BUSY, OK], |builder| {
        let client = builder.build().unwrap();
        let request = client.call("films.add", Method::PUT, "/films");
        request
            .part("title", &"Cats")
            .part_as("film", "video/mp4", &File::open(&film.0))
            .part("poster", &File::new("cat.png", "png"))
            .part_header("poster", "X-Kind", "cover")
            .empty()
    }) {
        response.unwrap();
        let seen = server.seen();
        assert_eq!(seen.len(), 2);
        assert!(seen[0].body == seen[1].body, "the second body is another");
        let content_type = seen[1].header("content-type").unwrap();
        let boundary = content_type.split_once("boundary=").unwrap().1;
        let length = seen[1].body.len().to_string();
        assert_eq!(seen[1].header("content-length"), Some(length.as_str()));
        let name = film.0.file_name().unwrap().to_str().unwrap();
        let mut wanted = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nCats\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"film\"; filename=\"{name}\"\r\n\
             Content-Type: video/mp4\r\n\r\n"
        )
        .into_bytes();
        wanted.extend(content());
        wanted.extend(
            format!(
                "\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"poster\"; filename=\"cat.png\"\r\n\
                 Content-Type: application/octet-stream\r\nX-Kind: cover\r\n\r\npng\r\n--{boundary}--\r\n"
            )
            .bytes(),
        );
        assert!(seen[1].body == wanted, "the parts are others");
    }
}

#[test]
fn downloads_tell_how_far_they_are() {
    let server = Server::new(|number, _, stream| {
        if number % 2 == 0 {
            stream.write_all(BUSY.as_bytes()).unwrap();
            return;
        }
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {MEGABYTES_3}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&content()).unwrap();
    });
    for blocking in [false, true] {
        let progress = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&progress);
        let client = server.client();
        let call: Call<Bytes> = client.call("x", Method::GET, "/x").bytes_output();
        let call = call
            .with_download_progress(move |came, total| notes.lock().unwrap().push((came, total)));
        let bytes = if blocking {
            call.send_blocking().unwrap().into_value()
        } else {
            let runtime = runtime();
            runtime.block_on(async { call.await }).unwrap()
        };
        assert!(bytes == content());
        let progress = progress.lock().unwrap();
        assert!(
            progress.len() > 1 && progress.is_sorted_by(|one, next| one.0 < next.0),
            "{progress:?}"
        );
        let total = MEGABYTES_3 as u64;
        assert_eq!(progress.last(), Some(&(total, Some(total))));
    }
}

#[test]
fn the_double_reads_bodies_as_a_server_does() {
    let film = Temporary::new("double", b"film");
    let double = TestTransport::new();
    double.respond(TestResponse::status(503));
    double.respond(TestResponse::status(204));
    let base = "https://api.example.com".parse().unwrap();
    let builder = ClientBuilder::new(&API, base).transport(double.clone());
    let progress = Arc::new(AtomicUsize::new(0));
    let notes = Arc::clone(&progress);
    let call =
        put(builder.clone(), RequestBody::file(&film.0)).with_upload_progress(move |_, _| {
            notes.fetch_add(1, Ordering::SeqCst);
        });
    block_on(call).unwrap();
    let requests = double.requests();
    assert_eq!(
        (requests[0].body(), requests[1].body()),
        (&b"film"[..], &b"film"[..])
    );
    assert_eq!(progress.load(Ordering::SeqCst), 2);
    // Nothing is sent of a body that cannot be read.
    let error = block_on(put(builder, RequestBody::file("/no/such"))).unwrap_err();
    assert_eq!(
        (error.kind(), double.requests().len()),
        (ErrorKind::Request, 2)
    );
}

#[test]
fn a_file_on_disk_cannot_hide_in_json() {
    let double = TestTransport::new();
    let base = "https://api.example.com".parse().unwrap();
    let client = ClientBuilder::new(&API, base)
        .transport(double.clone())
        .build()
        .unwrap();
    let file = || vec![File::open("/no/such")];
    let request = || client.call("x", Method::POST, "/x");
    for request in [
        request().body(&file()),
        request().property("file", &file()),
        request().field("file", &file()),
        request().query("file", &file()),
        request().query_json("file", &file()),
        request().header("file", &file()),
        request().part("file", &vec![file()]),
    ] {
        let error = block_on(request.empty()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert!(error.to_string().contains("not in memory"), "{error}");
    }
    assert!(double.requests().is_empty());
}

#[test]
fn a_server_that_refuses_a_body_at_once_is_heard() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1000]).unwrap();
            let response =
                "HTTP/1.1 413 Too Large\r\nconnection: close\r\ncontent-length: 3\r\n\r\nbig";
            stream.write_all(response.as_bytes()).unwrap();
            // Unread data makes the system reset the connection.
        }
    });
    let client = ClientBuilder::new(&API, BaseUrl::described(base))
        .build()
        .unwrap();
    let runtime = runtime();
    for body in [
        RequestBody::from(content()),
        RequestBody::reader(None, || Ok(io::repeat(1))),
    ] {
        for _ in 0..20 {
            let call = || {
                client
                    .call("x", Method::POST, "/x")
                    .bytes("a/b", body.clone())
                    .empty()
            };
            let awaited = runtime.block_on(async { call().await }).unwrap_err();
            for error in [awaited, call().send_blocking().unwrap_err()] {
                assert_eq!(error.kind(), ErrorKind::Status, "{error}");
                assert_eq!(
                    (error.status().unwrap().as_u16(), &error.body()[..]),
                    (413, &b"big"[..])
                );
                assert_eq!(error.attempts(), 1);
            }
        }
    }
}
