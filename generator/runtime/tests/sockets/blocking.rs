//! Blocking calls.

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use specwright_runtime::hooks::{AttemptHook, BeforeAttempt};
use specwright_runtime::testing::{TestResponse, TestTransport};
use specwright_runtime::{
    AnyBody, Bytes, Call, Client, ClientBuilder, ErrorKind, Events, JsonLines, Method, call,
};

use crate::server::{API, Server, stay_silent};

const OK: &str =
    "HTTP/1.1 200 OK\r\ncontent-length: 6\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n\r\n[1, 2]";
const BUSY: &str = "HTTP/1.1 503 Busy\r\ncontent-length: 4\r\n\r\nbusy";

#[derive(Debug)]
struct ListCall(Call<Vec<i64>>);
call!(ListCall -> Vec<i64>);

fn list(client: &Client) -> ListCall {
    ListCall(client.call("numbers.list", Method::GET, "/numbers").json())
}

fn create(client: &Client) -> Call<Vec<i64>> {
    client
        .call("numbers.create", Method::POST, "/numbers")
        .body(&vec![1_i64])
        .json()
}

#[test]
fn a_call_needs_no_runtime() {
    let server = Server::responding(&[OK]);
    let client = server.client();
    let response = list(&client).send_blocking().unwrap();
    assert_eq!(*response.value(), [1, 2]);
    let cookies = response.headers().get_all("set-cookie");
    assert_eq!(cookies.iter().collect::<Vec<_>>(), ["a=1", "b=2"]);
    create(&client).send_blocking().unwrap();
    let seen = server.seen();
    assert!(seen[0].head.starts_with("GET /numbers HTTP/1.1\r\n"));
    assert_eq!(seen[0].header("cookie"), None);
    assert_eq!(
        seen[0].header("accept-encoding"),
        Some("gzip, deflate, br, zstd")
    );
    let agent = seen[0].header("user-agent").unwrap();
    assert!(agent.starts_with("test/1 specwright-runtime/"), "{agent}");
    assert_eq!(seen[1].header("cookie"), None);
    assert_eq!(seen[1].header("content-length"), Some("3"));
    assert_eq!(seen[1].body, b"[1]");
    // Consecutive calls need only one connection.
    assert_eq!(seen[0].connection, seen[1].connection);
}

#[test]
fn bodies_are_where_the_method_has_them() {
    let server = Server::responding(&["HTTP/1.1 204 No Content\r\n\r\n"]);
    let client = server.client();
    let send = |method: Method| {
        client
            .call("x", method, "/x")
            .empty()
            .send_blocking()
            .unwrap()
    };
    send(Method::POST);
    send(Method::DELETE);
    send(Method::from_bytes(b"PURGE").unwrap());
    let with_body = client.call("x", Method::DELETE, "/x").body(&1_i64).empty();
    with_body.send_blocking().unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].header("content-length"), Some("0"));
    assert_eq!(seen[1].header("content-length"), None);
    assert!(seen[2].head.starts_with("PURGE /x"));
    assert_eq!(seen[3].body, b"1");
}

#[test]
fn a_status_is_an_error_with_its_body() {
    let server = Server::responding(&["HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\ngone"]);
    let error = list(&server.client()).send_blocking().unwrap_err();
    assert_eq!(
        (error.kind(), error.body().as_ref()),
        (ErrorKind::Status, &b"gone"[..])
    );
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_busy_server_is_asked_again() {
    let server = Server::responding(&[BUSY, BUSY, OK]);
    let response = list(&server.client()).send_blocking().unwrap();
    assert_eq!((response.attempts(), response.value().len()), (3, 2));
}

#[test]
fn redirects_take_nothing_to_another_origin() {
    let elsewhere = Server::responding(&[OK]);
    let to = elsewhere.address;
    let server = Server::new(move |number, _, stream| {
        let response = match number {
            0 => "HTTP/1.1 302 Found\r\nlocation: /öther\r\ncontent-length: 0\r\n\r\n".to_owned(),
            1 => OK.to_owned(),
            _ => {
                format!("HTTP/1.1 302 Found\r\nlocation: http://{to}/\r\ncontent-length: 0\r\n\r\n")
            }
        };
        stream.write_all(response.as_bytes()).unwrap();
    });
    let client = server.client();
    assert_eq!(list(&client).send_blocking().unwrap().into_value(), [1, 2]);
    assert!(server.seen()[1].head.starts_with("GET /%C3%B6ther "));
    let call = list(&client).with_header("x-api-key", "hunter2");
    assert_eq!(call.send_blocking().unwrap().into_value(), [1, 2]);
    assert_eq!(server.seen()[2].header("x-api-key"), Some("hunter2"));
    let head = &elsewhere.seen()[0].head;
    assert!(
        head.starts_with("GET / ") && !head.contains("hunter2"),
        "{head}"
    );
    let error = create(&client).send_blocking().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(elsewhere.seen().len(), 1);
}

/// Enough time for a request to arrive on a busy machine.
const LIMIT: Duration = Duration::from_secs(1);

#[test]
fn an_attempt_ends_in_time_before_the_head_and_within_the_body() {
    let silent = Server::new(|_, _, stream| stay_silent(stream));
    let client = silent.client();
    let call = create(&client).with_timeout(LIMIT).without_retry();
    let error = call.send_blocking().unwrap_err();
    assert!(error.is_timeout() && error.maybe_applied(), "{error}");
    assert!(error.to_string().contains("1s"), "{error}");
    // A byte every 40 ms does not extend the timeout of a call.
    let dripping = Server::new(|_, _, stream| {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
            .unwrap();
        while stream.write_all(b" ").is_ok() {
            thread::sleep(Duration::from_millis(40));
        }
    });
    let client = dripping.client();
    let call = list(&client).with_timeout(LIMIT).without_retry();
    let error = call.send_blocking().unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.status().unwrap(), 200);
}

#[test]
fn a_call_ends_in_time_with_all_its_attempts() {
    let server =
        Server::responding(&["HTTP/1.1 503 Busy\r\nretry-after: 50\r\ncontent-length: 0\r\n\r\n"]);
    let client = server.client();
    let call = list(&client).with_total_timeout(Duration::from_secs(40));
    assert_eq!(call.send_blocking().unwrap_err().status().unwrap(), 503);
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn the_time_that_hooks_take_is_time_of_the_attempt() {
    struct Waits(Duration);
    impl AttemptHook for Waits {
        fn before(&self, _: &mut BeforeAttempt<'_>) {
            thread::sleep(self.0);
        }
    }
    let server = Server::new(|_, _, stream| stay_silent(stream));
    let call = |wait| {
        let hook = Waits(wait);
        let client = server.builder().attempt_hook(hook).build().unwrap();
        let call = create(&client).with_total_timeout(2 * LIMIT);
        call.send_blocking().unwrap_err()
    };
    let error = call(LIMIT);
    assert!(error.is_timeout(), "{error}");
    assert_eq!(server.seen().len(), 1);
    // Nothing is sent after the deadline.
    let error = call(2 * LIMIT + LIMIT / 10);
    assert!(error.is_timeout(), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_timeout_is_repeated_where_that_is_safe() {
    let server = Server::new(|number, _, stream| {
        if number == 0 {
            stay_silent(stream);
        } else {
            let _ = stream.write_all(OK.as_bytes());
        }
    });
    let client = server.client();
    let response = list(&client).with_timeout(LIMIT).send_blocking().unwrap();
    assert_eq!(response.attempts(), 2);
    let silent = Server::new(|_, _, stream| stay_silent(stream));
    let error = create(&silent.client())
        .with_timeout(LIMIT)
        .send_blocking()
        .unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[test]
fn a_server_that_was_not_reached_applied_nothing() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let client = |base: String| {
        ClientBuilder::new(&API, specwright_runtime::BaseUrl::described(base))
            .connect_timeout(Duration::from_millis(300))
            .without_retry()
            .build()
            .unwrap()
    };
    let refused = create(&client(format!("http://{free}")))
        .send_blocking()
        .unwrap_err();
    let unknown = create(&client("https://no.such.host.invalid".to_owned()))
        .send_blocking()
        .unwrap_err();
    // The server has no TLS.
    let plain = Server::responding(&[OK]);
    let not_private = create(&client(format!("https://{}", plain.address)))
        .send_blocking()
        .unwrap_err();
    for error in [&refused, &unknown, &not_private] {
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
        assert!(!error.maybe_applied(), "{error}");
    }
    assert!(
        refused.to_string().to_lowercase().contains("refused"),
        "{refused}"
    );
    assert!(plain.seen().is_empty());
    // A server that receives the request and does not respond may have acted.
    let cut = Server::new(|_, _, stream| stream.shutdown(std::net::Shutdown::Both).unwrap());
    let error = create(&cut.client()).send_blocking().unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Io, 1),
        "{error}"
    );
    assert!(error.maybe_applied());
}

#[test]
fn a_cut_body_is_an_error_with_what_came() {
    let server = Server::new(|_, _, stream| {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 60\r\n\r\n[1,")
            .unwrap();
        stream.shutdown(std::net::Shutdown::Both).unwrap();
    });
    let error = create(&server.client()).send_blocking().unwrap_err();
    assert_eq!(
        (error.kind(), error.body().as_ref()),
        (ErrorKind::Io, &b"[1,"[..]),
        "{error}"
    );
}

/// Sends a stream in chunks with pauses.
fn streaming(content_type: &'static str, chunks: &'static [&'static str]) -> Server {
    Server::new(move |_, _, stream| {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        for chunk in chunks {
            thread::sleep(2 * LIMIT / 5);
            let chunk = format!("{:x}\r\n{chunk}\r\n", chunk.len());
            if stream.write_all(chunk.as_bytes()).is_err() {
                return;
            }
        }
    })
}

#[test]
fn streams_are_read_as_they_come() {
    let server = streaming(
        "text/event-stream",
        &["id: 7\ndata: 1\n\nda", "ta: 2\n\n", ""],
    );
    let client = server.client();
    let call: Call<Events<i64>> = client.call("x", Method::GET, "/x").events();
    // The timeout of the attempt applies to the head: the stream itself takes longer.
    let call = call.with_timeout(LIMIT);
    let mut events = call.send_blocking().unwrap().into_value();
    let numbers: Vec<i64> = events.blocking().map(|event| event.unwrap().data).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(events.last_event_id(), Some("7"));

    let server = streaming("application/jsonl", &["1\n2", "\n", ""]);
    let call: Call<JsonLines<i64>> = server.client().call("x", Method::GET, "/x").json_lines();
    let mut lines = call.send_blocking().unwrap().into_value();
    assert_eq!(
        lines.blocking().map(Result::unwrap).collect::<Vec<_>>(),
        [1, 2]
    );

    let server = streaming("application/pdf", &["%P", "DF", ""]);
    let call: Call<i64> = server.client().call("x", Method::GET, "/x").json();
    let body = call.send_bytes_blocking().unwrap().into_value();
    assert_eq!(body, "%PDF");

    let server = streaming("application/pdf", &["%P", "DF", ""]);
    let body = server.client().call("x", Method::GET, "/x").any();
    let body = body.send_blocking().unwrap().into_value();
    assert_eq!(body, AnyBody::Bytes(Bytes::from_static(b"%PDF")));

    let server = streaming("text/plain", &["ab", "c", ""]);
    let client = server.client();
    let call: Call<Bytes> = client.call("x", Method::GET, "/x").bytes_output();
    let mut chunks = call.send_stream_blocking().unwrap().into_value();
    assert_eq!(
        chunks.blocking().map(Result::unwrap).collect::<Vec<_>>(),
        ["ab", "c"]
    );
}

#[test]
fn a_silent_stream_ends_in_time() {
    let server = Server::new(|_, _, stream| {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n")
            .unwrap();
        stay_silent(stream);
    });
    for total in [false, true] {
        let client = server.client();
        let call: Call<Events<i64>> = client.call("x", Method::GET, "/x").events();
        let call = if total {
            call.with_total_timeout(LIMIT)
        } else {
            call.with_idle_timeout(LIMIT)
        };
        let mut events = call.send_blocking().unwrap().into_value();
        let mut events = events.blocking();
        assert_eq!(events.next().unwrap().unwrap().data, 1);
        let error = events.next().unwrap().unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert!(events.next().is_none());
    }
}

#[tokio::test]
async fn it_does_no_harm_within_a_runtime_of_one_thread() {
    within_a_runtime().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_does_no_harm_within_a_runtime_of_several_threads() {
    within_a_runtime().await;
}

async fn within_a_runtime() {
    let server = Server::responding(&[BUSY, OK]);
    let client = server.client();
    assert_eq!(list(&client).send_blocking().unwrap().into_value(), [1, 2]);
    // Async calls of the same client use the other transport.
    assert_eq!(list(&client).await.unwrap(), [1, 2]);
    let stream = streaming("application/jsonl", &["1\n", "2\n", ""]);
    let call: Call<JsonLines<i64>> = stream.client().call("x", Method::GET, "/x").json_lines();
    let mut lines = call.send_blocking().unwrap().into_value();
    assert_eq!(lines.next().await.unwrap().unwrap(), 1);
    assert_eq!(lines.blocking().next().unwrap().unwrap(), 2);
}

#[test]
fn a_task_may_block_for_longer_than_its_turn() {
    let (done, status) = channel();
    thread::spawn(move || {
        let server = Server::responding(&[OK]);
        let client = server.client();
        // All in one poll of the task, in which the runtime limits the work by its cooperative budget.
        crate::server::runtime().block_on(async {
            for _ in 0..200 {
                list(&client).send_blocking().unwrap();
            }
        });
        done.send(server.seen().len()).unwrap();
    });
    assert_eq!(status.recv_timeout(Duration::from_secs(60)), Ok(200));
}

#[test]
fn many_threads_share_one_pool() {
    let server = Server::responding(&[OK]);
    let client = server.client();
    for _ in 0..3 {
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| list(&client).send_blocking().unwrap());
            }
        });
    }
    let seen = server.seen();
    assert_eq!(seen.len(), 24);
    let last = seen.iter().map(|seen| seen.connection).max().unwrap();
    // A thread can start a call before the connection of another one is free again. Without a pool there would be 24.
    assert!(last < 20, "{last}");
}

#[test]
fn a_transport_that_is_given_serves_blocking_calls() {
    let double = TestTransport::new();
    double.respond(TestResponse::status(503).header("retry-after", "9"));
    double.respond(TestResponse::json("[3]"));
    let base = "https://api.example.com".parse().unwrap();
    let client = ClientBuilder::new(&API, base)
        .transport(double.clone())
        .build()
        .unwrap();
    assert_eq!(list(&client).send_blocking().unwrap().into_value(), [3]);
    assert!(double.elapsed() >= Duration::from_secs(9));
}

#[test]
fn awaiting_without_a_runtime_is_an_error() {
    let server = Server::responding(&[OK]);
    let client = server.client();
    let error = specwright_runtime::testing::block_on(list(&client)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains("tokio runtime"), "{error}");
}
