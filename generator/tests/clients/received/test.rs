//! Responses by their own media types, and every call as bytes and as a stream of bytes.

use clients::received::resources::all::{LinesOutput, RangesOutput, SeveralOutput};
use clients::received::{Client, Server as Base};
use clients::{AnyBody, Error};

use crate::server::Server;

const CSV: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: text/csv; charset=utf-8\r\n\r\na,b\r\n1,2\r\n";
const PDF: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\n\r\n%PDF\xff\xfe\0";
const STRING: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n\"1.0\"";

fn client(server: &Server) -> Client {
    Client::builder(Base::custom(&server.url).unwrap())
        .build()
        .unwrap()
}

#[test]
fn the_type_of_a_response_without_a_schema_decides() {
    let client = client(&Server::new(&[("GET /file", CSV)]));
    assert_eq!(
        client.all().file().send_blocking().unwrap().into_value(),
        AnyBody::Text("a,b\r\n1,2\r\n".to_owned())
    );
    let server = Server::new(&[
        ("GET /file", PDF),
        ("GET /bytes", PDF),
        ("GET /text", STRING),
        ("GET /name", STRING),
    ]);
    let client = self::client(&server);
    let all = client.all();
    assert_eq!(
        all.file().send_blocking().unwrap().into_value(),
        AnyBody::Bytes((&b"%PDF\xff\xfe\0"[..]).into())
    );
    assert_eq!(
        &all.bytes().send_blocking().unwrap().into_value()[..],
        b"%PDF\xff\xfe\0"
    );
    assert_eq!(all.text().send_blocking().unwrap().into_value(), "1.0");
    assert_eq!(all.name().send_blocking().unwrap().into_value(), "1.0");
    let client = self::client(&Server::new(&[
        ("GET /file", STRING),
        ("GET /bytes", STRING),
        ("GET /name", CSV),
    ]));
    let all = client.all();
    assert_eq!(
        all.file().send_blocking().unwrap().into_value(),
        AnyBody::Json("1.0".into())
    );
    assert_eq!(
        &all.bytes().send_blocking().unwrap().into_value()[..],
        b"\"1.0\""
    );
    let text = all.name().send_blocking().unwrap().into_value();
    assert_eq!(text, "a,b\r\n1,2\r\n");
}

#[test]
fn an_output_is_chosen_by_the_type_of_the_response() {
    let server = Server::new(&[
        ("GET /several", PDF),
        (
            "GET /ranges",
            b"HTTP/1.1 200 OK\r\ncontent-type: application/vnd.b\r\n\r\n{\"b\":\"x\"}",
        ),
        (
            "GET /lines",
            b"HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\n\r\n1\n2\n",
        ),
    ]);
    let client = client(&server);
    let all = client.all();
    let several = all.several().send_blocking().unwrap().into_value();
    assert!(matches!(several, SeveralOutput::OkBytes(bytes) if &bytes[..] == b"%PDF\xff\xfe\0"));
    let ranges = all.ranges().send_blocking().unwrap().into_value();
    assert!(matches!(ranges, RangesOutput::OkApplication(b) if b.b == "x"));
    let LinesOutput::OkXNdjson(mut lines) = all.lines().send_blocking().unwrap().into_value()
    else {
        panic!("other lines");
    };
    let lines: Result<Vec<i64>, Error> = lines.blocking().collect();
    assert_eq!(lines.unwrap(), [1, 2]);
}

#[test]
fn every_call_is_read_as_bytes_and_as_a_stream() {
    let server = Server::new(&[
        ("GET /file", CSV),
        ("GET /text", PDF),
        ("GET /name", PDF),
        ("GET /several", CSV),
        ("GET /lines", PDF),
        ("GET /pages", PDF),
    ]);
    let client = client(&server);
    let all = client.all();
    macro_rules! same {
        ($($call:ident: $wanted:expr),*) => {$(
            assert_eq!(&all.$call().send_bytes_blocking().unwrap().into_value()[..], $wanted);
            let mut stream = all.$call().send_stream_blocking().unwrap().into_value();
            let chunks: Result<Vec<_>, Error> = stream.blocking().collect();
            assert_eq!(chunks.unwrap().concat(), $wanted);
        )*};
    }
    let (csv, pdf) = (b"a,b\r\n1,2\r\n", b"%PDF\xff\xfe\0");
    same!(file: csv, text: pdf, name: pdf, several: csv, lines: pdf, pages: pdf);
}
