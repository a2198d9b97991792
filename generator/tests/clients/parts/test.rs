//! The bytes of parts by position.

use clients::File;
use clients::parts::types::Meta;
use clients::parts::{Client, Server as Base};
use clients::testing::{TestResponse, TestTransport, block_on};

#[test]
fn parts_are_sent_as_their_positions_say() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(204));
    let client = Client::builder(Base::Default)
        .transport(server.clone())
        .build()
        .unwrap();
    let png = File::new("a.png", "PNG").with_content_type("image/png");
    let body = vec!["<p>".to_owned().into(), Meta::new("T").into(), png.into()];
    block_on(client.pages().add_page(body)).unwrap();
    let request = &server.requests()[0];
    let (media, boundary) = request
        .header("content-type")
        .unwrap()
        .split_once("; boundary=")
        .unwrap();
    assert_eq!(media, "multipart/related; type=text/html");
    let part = |head: &str, body: &str| format!("--{boundary}\r\n{head}\r\n\r\n{body}\r\n");
    let wanted = [
        part("Content-Type: text/html\r\nContent-Location: /page", "<p>"),
        part(
            "Content-Type: application/vnd.meta+json",
            "{\"title\":\"T\"}",
        ),
        part(
            "Content-Disposition: attachment; filename=\"a.png\"\r\nContent-Type: image/png\r\nX-Kind: picture",
            "PNG",
        ),
        format!("--{boundary}--\r\n"),
    ];
    assert_eq!(request.text(), wanted.concat());
}
