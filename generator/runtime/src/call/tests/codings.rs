//! Compressed response bodies.

use std::io::Write as _;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::*;

const TEXT: &str = r#"{"name":"Jo Miller","tags":["a","a","a","a","a","a","a","a"]}"#;
const BROTLI: &[u8] = &[
    0x1b, 0x3c, 0x00, 0xf8, 0x1d, 0x07, 0x76, 0x8c, 0xb3, 0x85, 0x39, 0x1c, 0xde, 0x6e, 0x6c, 0xb1,
    0x14, 0xd9, 0xda, 0x6b, 0xa5, 0xb0, 0xb7, 0x3e, 0xc9, 0xa2, 0xd3, 0xd5, 0x74, 0x48, 0xa2, 0x09,
    0x2b, 0xf2, 0x89, 0x5d, 0x62, 0x72, 0x16, 0x3a, 0xc8, 0xa1, 0x61, 0x15, 0xf1, 0x01,
];
/// 100 MiB of zeros.
const BROTLI_BOMB: &[u8] = &[
    0xcf, 0xff, 0xff, 0x7f, 0xf8, 0x27, 0x00, 0xe2, 0xb1, 0x40, 0x20, 0xf7, 0xfe, 0x9f, 0xff, 0xff,
    0xff, 0xf0, 0x4f, 0x00, 0xc4, 0x61, 0x01, 0x80, 0xee, 0xfd, 0x3f, 0xff, 0xff, 0xff, 0xe1, 0x9f,
    0x00, 0x88, 0xc3, 0x22, 0x00, 0xdd, 0xfb, 0x7f, 0xfe, 0xff, 0xff, 0xc3, 0x3f, 0x01, 0x10, 0x87,
    0x05, 0x00, 0xba, 0xf7, 0xff, 0xfc, 0xff, 0xff, 0x87, 0x7f, 0x02, 0x20, 0x0e, 0x0b, 0x00, 0x74,
    0xef, 0xff, 0xf9, 0xff, 0xff, 0x0f, 0xff, 0x04, 0x40, 0x1c, 0x16, 0x00, 0xe8, 0xde, 0xff, 0xe7,
    0xff, 0xff, 0x0f, 0xfe, 0x09, 0x80, 0x38, 0x2c, 0x00, 0xd0, 0xbd, 0xff, 0x01,
];

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zlib(text: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn raw_deflate(text: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zstd(text: &[u8]) -> Vec<u8> {
    let mut encoded = vec![0; zstd_safe::compress_bound(text.len())];
    let length = zstd_safe::compress(&mut encoded[..], text, 3).unwrap();
    encoded.truncate(length);
    encoded
}

/// Returns a JSON body with this content encoding, in chunks of this size.
fn encoded(status: u16, coding: &str, body: &[u8], size: usize) -> TestResponse {
    let chunks = body.chunks(size).map(<[u8]>::to_vec);
    let response = TestResponse::status(status).chunks("application/json", chunks);
    response.header("content-encoding", coding)
}

#[test]
fn a_compressed_body_is_read_in_whatever_chunks_it_comes() {
    let text = TEXT.as_bytes();
    let members = [gzip(&text[..20]), gzip(&text[20..])].concat();
    let frames = [zstd(&text[..20]), zstd(&text[20..])].concat();
    let padded = [gzip(text), vec![0; 9]].concat();
    let server = TestTransport::new();
    for (coding, body) in [
        ("gzip", gzip(text)),
        ("X-GZip", gzip(text)),
        ("gzip", members),
        ("gzip", padded),
        ("deflate", zlib(text)),
        ("deflate", raw_deflate(text)),
        ("br", BROTLI.to_vec()),
        ("zstd", zstd(text)),
        ("zstd", frames),
        ("deflate, gzip", gzip(&zlib(text))),
        ("br,identity , ZSTD", zstd(BROTLI)),
        ("utf-8", text.to_vec()),
        ("none", text.to_vec()),
    ] {
        for size in [1, 7, 1000] {
            server.respond(encoded(200, coding, &body, size));
            let value = json(get(&client(&server)).json()).unwrap();
            assert_eq!(value.to_string().len(), TEXT.len(), "{coding} {size}");
            let asked = server.requests();
            let asked = asked.last().unwrap().header("accept-encoding");
            assert_eq!(asked, Some("gzip, deflate, br, zstd"));
        }
    }
}

#[test]
fn several_headers_are_one_list() {
    let server = TestTransport::new();
    let body = gzip(&zlib(TEXT.as_bytes()));
    let response = encoded(200, "deflate", &body, 1000).header("content-encoding", "gzip");
    server.respond(response);
    assert!(json(get(&client(&server)).json()).is_ok());
}

#[test]
fn a_compressed_error_is_shown_as_what_it_is() {
    let body = gzip(br#"{"error": {"message": "No profile"}}"#);
    let (_, error) = refused([encoded(404, "gzip", &body, 9)]);
    assert!(
        error.to_string().contains("404 Not Found: No profile"),
        "{error}"
    );
    // A body that cannot be decoded is kept as it is.
    let (_, error) = refused([encoded(404, "rot13", b"ab", 9)]);
    assert_eq!(
        (error.kind(), &error.body()[..]),
        (ErrorKind::Status, &b"ab"[..])
    );
}

#[test]
fn a_body_that_is_not_there_needs_no_decoding() {
    let server = TestTransport::new();
    for (status, coding) in [
        (204, "gzip"),
        (200, "br"),
        (200, "zstd"),
        (200, "deflate"),
        (200, "rot13"),
    ] {
        server.respond(TestResponse::status(status).header("content-encoding", coding));
        block_on(get(&client(&server)).empty()).unwrap();
        server.respond(TestResponse::status(status).header("content-encoding", coding));
        let head = client(&server).call("things.head", Method::HEAD, "/things");
        assert_eq!(block_on(head.bytes_output()).unwrap(), Bytes::new());
    }
}

#[test]
fn an_encoding_of_the_callers_own_is_the_callers_to_decode() {
    let server = TestTransport::new();
    let body = gzip(TEXT.as_bytes());
    let by_builder = builder(&server).header("Accept-Encoding", "br").build();
    let calls = [
        get(&by_builder.unwrap()).bytes_output(),
        get(&client(&server))
            .bytes_output()
            .with_header("accept-encoding", "identity"),
        // A range counts the bytes of the encoded body.
        get(&client(&server))
            .bytes_output()
            .with_header("range", "bytes=0-99"),
    ];
    for (call, asked) in calls.into_iter().zip([Some("br"), Some("identity"), None]) {
        server.respond(encoded(200, "gzip", &body, 1000));
        assert_eq!(block_on(call).unwrap(), body);
        let requests = server.requests();
        assert_eq!(requests.last().unwrap().header("accept-encoding"), asked);
    }
}

#[test]
fn a_body_from_another_origin_is_not_decoded_either_for_a_caller_who_does_so() {
    let server = TestTransport::new();
    for (accepted, asked) in [
        (None, "gzip, deflate, br, zstd"),
        (Some("gzip"), "identity"),
    ] {
        let elsewhere = "https://files.example.com/7";
        server.respond(TestResponse::status(302).header("location", elsewhere));
        server.respond(encoded(200, "gzip", &gzip(b"x"), 1000));
        let call = get(&client(&server)).bytes_output();
        let call = match accepted {
            Some(accepted) => call.with_header("accept-encoding", accepted),
            None => call,
        };
        let body = block_on(call).unwrap();
        assert_eq!(body == "x", accepted.is_none());
        let requests = server.requests();
        assert_eq!(
            requests.last().unwrap().header("accept-encoding"),
            Some(asked)
        );
    }
}

#[test]
fn unknown_content_codings_are_named_and_not_retried() {
    let text = TEXT.as_bytes();
    for (coding, body, named) in [
        (
            "compress",
            text.to_vec(),
            "the unknown content encoding `compress`",
        ),
        ("gzip, rot13", gzip(text), "`rot13`"),
        ("gzip, gzip, gzip, gzip", gzip(text), "compressed 4 times"),
        ("gzip", text.to_vec(), "not valid gzip"),
        ("deflate", b"xxxx".to_vec(), "not valid deflate"),
        ("br", b"{{{{{{".to_vec(), "not valid br"),
        ("zstd", text.to_vec(), "not valid zstd"),
    ] {
        let (server, error) = refused([encoded(200, coding, &body, 5)]);
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert_eq!(
            (error.status().unwrap().as_u16(), error.attempts()),
            (200, 1)
        );
        assert!(error.to_string().contains(named), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn a_body_that_is_cut_off_is_asked_for_again() {
    for (coding, body) in [
        ("gzip", gzip(TEXT.as_bytes())),
        ("zstd", zstd(TEXT.as_bytes())),
        ("br", BROTLI.to_vec()),
    ] {
        let server = TestTransport::new();
        server.respond(encoded(200, coding, &body[..body.len() - 3], 9));
        server.respond(encoded(200, coding, &body, 9));
        let response = block_on(get(&client(&server)).json::<Value>().send()).unwrap();
        assert_eq!(response.attempts(), 2, "{coding}");
    }
}

#[test]
fn the_limit_counts_what_is_decoded() {
    const BOMB: usize = 100 << 20;
    let zeros = vec![0; BOMB];
    for (coding, body) in [
        ("gzip", gzip(&zeros)),
        ("gzip, gzip", gzip(&gzip(&zeros))),
        ("deflate", zlib(&zeros)),
        ("br", BROTLI_BOMB.to_vec()),
        ("zstd", zstd(&zeros)),
    ] {
        let server = TestTransport::new();
        server.respond(encoded(200, coding, &body, 16 << 10));
        let client = builder(&server).body_limit(1 << 20).build().unwrap();
        let error = block_on(get(&client).bytes_output()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BodyTooLarge, "{coding}: {error}");
        assert!(error.body().len() <= 1 << 20);
        // Without the limit, it is read to its end, piece by piece.
        server.respond(encoded(200, coding, &body, 16 << 10));
        let mut stream = block_on(get(&client).bytes_output().send_stream())
            .unwrap()
            .into_value();
        let mut length = 0;
        while let Some(chunk) = block_on(stream.next()) {
            let chunk = chunk.unwrap();
            assert!(chunk.len() <= 32 << 10);
            length += chunk.len();
        }
        assert_eq!(length, BOMB, "{coding}");
    }
}

/// Returns the chunks of three events, each of which can be decoded when it has arrived.
fn flushed(coding: &str) -> Vec<Vec<u8>> {
    let events = [1, 2, 3].map(|number| format!("data: {number}\n\n"));
    match coding {
        "gzip" => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            let chunks = events.iter().map(|event| {
                encoder.write_all(event.as_bytes()).unwrap();
                encoder.flush().unwrap();
                std::mem::take(encoder.get_mut())
            });
            chunks.collect()
        }
        "br" => [
            &b"\x0b\x04\x80data: 1\n\n"[..],
            b"\x40\x00\x80\x5f\x4a\x41\xa6\x08\xd1\x24\x18\x30",
            b"\x40\x00\x80\x5f\x4a\x61\xa6\x08\xd0\x24\x00\x30",
        ]
        .map(<[u8]>::to_vec)
        .to_vec(),
        _ => {
            let mut encoder = zstd_safe::CCtx::create();
            let mut chunk = |event: &String| {
                let mut buffer = [0; 200];
                let mut output = zstd_safe::OutBuffer::around(&mut buffer[..]);
                let mut input = zstd_safe::InBuffer::around(event.as_bytes());
                encoder.compress_stream(&mut output, &mut input).unwrap();
                encoder.flush_stream(&mut output).unwrap();
                output.as_slice().to_vec()
            };
            events.iter().map(&mut chunk).collect()
        }
    }
}

#[test]
fn a_compressed_stream_gives_each_event_when_it_is_there() {
    for coding in ["gzip", "br", "zstd"] {
        let chunks = flushed(coding);
        for there in 1..=3 {
            let server = TestTransport::new();
            let response =
                TestResponse::status(200).chunks("text/event-stream", chunks[..there].to_vec());
            server.respond(response.header("content-encoding", coding).stalled());
            let mut events = block_on(get(&client(&server)).events::<i64>()).unwrap();
            for number in 1..=there {
                let event = block_on(events.next()).unwrap().unwrap();
                assert_eq!(usize::try_from(event.data).unwrap(), number, "{coding}");
            }
            assert!(block_on(events.next()).unwrap().unwrap_err().is_timeout());
        }
    }
}

#[test]
fn download_progress_is_reported_as_the_body_arrives() {
    let body = gzip(TEXT.as_bytes());
    let server = TestTransport::new();
    let length = body.len().to_string();
    server.respond(encoded(200, "gzip", &body, 10).header("content-length", &length));
    let reports = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&reports);
    let call = get(&client(&server)).json::<Value>();
    let call = call.with_download_progress(move |passed, total| {
        sink.lock().unwrap().push((passed, total));
    });
    block_on(call).unwrap();
    let total = body.len() as u64;
    assert_eq!(reports.lock().unwrap().last(), Some(&(total, Some(total))));
}
