//! Multipart bodies.

use crate::codec::Encode;
use crate::prelude::*;
use crate::testing::{TestResponse, TestTransport, block_on};
use crate::{
    Api, BaseUrl, ClientBuilder, Error, ErrorKind, File, Method, Request, RetryPolicy, Style,
};

static API: Api = Api::new("test", "test/1");

#[derive(Debug, Clone, PartialEq)]
struct Upload {
    title: String,
    size: Option<i64>,
    tags: Vec<String>,
    owner: Owner,
    photos: Vec<File>,
}

record!(Upload {
    title: "title" required,
    size: "size",
    tags: "tags" required,
    owner: "owner" required,
    photos: "photos" required,
});

#[derive(Debug, Clone, PartialEq)]
struct Owner {
    id: i64,
}

record!(Owner { id: "id" required });

/// Returns the body of a form, with `B` for the boundary.
fn sent(make: impl FnOnce(Request) -> Request) -> Result<String, Error> {
    sent_as("multipart/form-data", make)
}

/// Returns the body of a request with this media type, with `B` for the boundary.
fn sent_as(wanted: &str, make: impl FnOnce(Request) -> Request) -> Result<String, Error> {
    let server = TestTransport::new();
    server.respond(TestResponse::status(204));
    let client = ClientBuilder::new(&API, BaseUrl::described("https://api.example.com"))
        .transport(server.clone())
        .build()?;
    block_on(make(client.call("files.create", Method::POST, "/files")).empty())?;
    let request = &server.requests()[0];
    let media = request.header("content-type").unwrap();
    let boundary = media.strip_prefix(&format!("{wanted}; boundary=")).unwrap();
    assert_eq!(boundary.len(), 32);
    Ok(request.text().replace(boundary, "B"))
}

#[test]
fn other_multipart_types_have_a_boundary_too() {
    let owner = Owner { id: 1 };
    let body = "--B\r\nContent-Disposition: form-data; name=\"owner\"\r\nContent-Type: application/json\r\n\r\n\
                {\"id\":1}\r\n--B--\r\n";
    let mixed = "multipart/mixed";
    let parts = |request: Request| request.parts_as(mixed).part("owner", &owner);
    assert_eq!(sent_as(mixed, parts).unwrap(), body);
    let related = "multipart/related; type=\"application/json\"";
    let parts = |request: Request| request.part("owner", &owner).parts_as(related);
    assert_eq!(sent_as(related, parts).unwrap(), body);
    let parts = |request: Request| request.parts_as("a\r\nb");
    assert_eq!(sent(parts).unwrap_err().kind(), ErrorKind::Request);
}

#[test]
fn the_parts_of_a_list_have_no_names() {
    let mixed = "multipart/mixed";
    let owners = vec![Owner { id: 1 }, Owner { id: 2 }];
    let items = |request: Request| request.items_as(mixed, "application/vnd.owner+json", &owners);
    let part =
        |id| format!("--B\r\nContent-Type: application/vnd.owner+json\r\n\r\n{{\"id\":{id}}}\r\n");
    let body = format!("{}{}--B--\r\n", part(1), part(2));
    assert_eq!(sent_as(mixed, items).unwrap(), body);
    let files = vec![File::new("a.bin", "A"), File::new("", "B")];
    let items = |request: Request| {
        request
            .items(mixed, &files)
            .part_header("", "X-Kind", "raw")
    };
    assert_eq!(
        sent_as(mixed, items).unwrap(),
        "--B\r\nContent-Disposition: attachment; filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\
         X-Kind: raw\r\n\r\nA\r\n--B\r\nContent-Disposition: attachment; filename=\"\"\r\n\
         Content-Type: application/octet-stream\r\nX-Kind: raw\r\n\r\nB\r\n--B--\r\n"
    );
    let none: Vec<Owner> = Vec::new();
    assert_eq!(
        sent_as(mixed, |request| request.items(mixed, &none)).unwrap(),
        "--B--\r\n"
    );
}

#[test]
fn the_parts_of_a_list_are_written_by_position() {
    let mixed = "multipart/mixed";
    let page = "<p>".to_owned();
    let sent = |value: &dyn Encode| {
        sent_as(mixed, |request| {
            let first: &[(_, &[_])] = &[
                (Some("text/html"), &[("Content-Location", "/page")]),
                (Some("application/vnd.owner+json"), &[]),
            ];
            request.items_by_position(mixed, first, (None, &[("X-Kind", "rest")]), value)
        })
    };
    let png = File::new("a.png", "PNG").with_header("x-kind", "own");
    assert_eq!(
        sent(&(page, Owner { id: 1 }, png, "end".to_owned())).unwrap(),
        "--B\r\nContent-Type: text/html\r\nContent-Location: /page\r\n\r\n<p>\r\n\
         --B\r\nContent-Type: application/vnd.owner+json\r\n\r\n{\"id\":1}\r\n\
         --B\r\nContent-Disposition: attachment; filename=\"a.png\"\r\nContent-Type: application/octet-stream\r\n\
         x-kind: own\r\n\r\nPNG\r\n--B\r\nX-Kind: rest\r\n\r\nend\r\n--B--\r\n"
    );
    // Null keeps its position, and a part that is not JSON cannot be null.
    let json = Json::from(vec![Json::from("a"), Json::Null]);
    assert_eq!(
        sent(&json).unwrap(),
        "--B\r\nContent-Type: text/html\r\nContent-Location: /page\r\n\r\na\r\n\
         --B\r\nContent-Type: application/vnd.owner+json\r\n\r\nnull\r\n--B--\r\n"
    );
    let error = sent(&vec![None, Some("b".to_owned())]).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
    assert_eq!(sent(&Json::Null).unwrap(), "--B--\r\n");
}

#[test]
fn an_object_becomes_parts() {
    let upload = Upload {
        title: "Füße".to_owned(),
        size: None,
        tags: vec!["a".to_owned(), "b".to_owned()],
        owner: Owner { id: 7 },
        photos: vec![
            File::new("1.png", vec![0x89]).with_content_type("image/png"),
            File::from("plain"),
        ],
    };
    let text = sent(|request| request.multipart(&upload)).unwrap();
    let expected = "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nFüße\r\n\
        --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n\
        --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nb\r\n\
        --B\r\nContent-Disposition: form-data; name=\"owner\"\r\nContent-Type: application/json\r\n\r\n{\"id\":7}\r\n\
        --B\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"1.png\"\r\nContent-Type: image/png\r\n\r\n\u{fffd}\r\n\
        --B\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\nplain\r\n\
        --B--\r\n";
    assert_eq!(text, expected);
}

#[test]
fn described_content_types_are_used_where_they_name_one() {
    let types = [
        ("title", "text/markdown"),
        ("owner", "application/vnd.owner+json; charset=utf-8"),
        ("photos", "image/png, image/jpeg"),
        ("tags", "application/json"),
    ];
    let upload = Upload {
        title: "x".to_owned(),
        size: Some(3),
        tags: vec!["a".to_owned()],
        owner: Owner { id: 7 },
        photos: vec![File::from("p")],
    };
    let text = sent(|request| request.multipart_as(&upload, &types)).unwrap();
    let content_types: Vec<&str> = text
        .split("\r\n")
        .filter_map(|line| line.strip_prefix("Content-Type: "))
        .collect();
    assert_eq!(
        content_types,
        [
            "text/markdown",
            "application/json",
            "application/vnd.owner+json; charset=utf-8",
            "application/octet-stream"
        ]
    );
    assert!(text.contains("\r\n\r\n\"a\"\r\n"));
    let one = sent(|request| request.part_as("p", "image/png", &File::from("p"))).unwrap();
    assert!(one.contains("Content-Type: image/png\r\n"));
    let own = File::from("p").with_content_type("image/gif");
    let one = sent(|request| request.part_as("p", "image/png", &own)).unwrap();
    assert!(one.contains("Content-Type: image/gif\r\n"));
}

#[test]
fn media_types_are_compared_without_case() {
    let media = "Application/Vnd.Note+JSON; charset=utf-8";
    let body = format!(
        "--B\r\nContent-Disposition: form-data; name=\"note\"\r\nContent-Type: {media}\r\n\r\n\"hi\"\r\n--B--\r\n"
    );
    let sent = sent(|request| request.part_as("note", media, &"hi"));
    assert_eq!(sent.unwrap(), body);
}

#[test]
fn parts_are_set_one_by_one() {
    let text = sent(|request| {
        let request = request
            .part("a", &1_i64)
            .part("a", &2_i64)
            .part("n", &None::<i64>);
        request
            .part("json", &Json::from(vec!["x"]))
            .part("null", &Json::Null)
    });
    let expected = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n2\r\n\
        --B\r\nContent-Disposition: form-data; name=\"json\"\r\n\r\nx\r\n--B--\r\n";
    assert_eq!(text.unwrap(), expected);
    assert_eq!(sent(Request::parts).unwrap(), "--B--\r\n");
    for other in [Json::from("x"), Json::from(vec![1])] {
        let error = sent(|request| request.multipart(&other)).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
    }
}

#[test]
fn styles_make_parts_of_text() {
    let list = vec!["a b".to_owned(), "c".to_owned()];
    let owner = Owner { id: 7 };
    let text = sent(|request| {
        request
            .part_style("p", Style::PipeDelimited, false, &list)
            .part_style("f", Style::Form, true, &list)
            .part_style("d", Style::DeepObject, true, &owner)
            .part_style("o", Style::Form, false, &owner)
    });
    let parts: Vec<String> = text
        .unwrap()
        .split("--B")
        .filter_map(|part| {
            let (head, value) = part.split_once("\r\n\r\n")?;
            let name = head.split('"').nth(1)?;
            Some(format!("{name}={}", value.trim_end()))
        })
        .collect();
    assert_eq!(parts, ["p=a b|c", "f=a b", "f=c", "d[id]=7", "o=id,7"]);
}

#[test]
fn parts_have_headers_of_their_own() {
    let photo = File::from("p").with_header("X-Kind", "back");
    let text = sent(|request| {
        request
            .part("photo", &vec![photo, File::from("q")])
            .part("text", &"t".to_owned())
            .part_header("photo", "x-kind", "cover")
            .part_header("photo", "X-Level", "3")
            .part_header("absent", "X-Level", "4")
    });
    let heads: Vec<String> = text
        .unwrap()
        .split("--B\r\n")
        .filter_map(|part| Some(part.split_once("\r\n\r\n")?.0.replace("\r\n", "|")))
        .collect();
    let photo = "Content-Disposition: form-data; name=\"photo\"; filename=\"file\"|\
        Content-Type: application/octet-stream";
    let wanted = [
        format!("{photo}|X-Kind: back|X-Level: 3"),
        format!("{photo}|x-kind: cover|X-Level: 3"),
        "Content-Disposition: form-data; name=\"text\"".to_owned(),
    ];
    assert_eq!(heads, wanted);
}

#[test]
fn a_header_of_a_part_cannot_be_any() {
    for (name, value) in [
        ("X Kind", "a"),
        ("X-Kind", "a\r\nX-Evil: 1"),
        ("Content-Type", "text/html"),
        ("content-disposition", "form-data"),
        ("Content-Length", "1"),
    ] {
        let file = File::from("p").with_header(name, value);
        let error = sent(|request| request.part("f", &file)).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
        assert!(!error.to_string().contains("Evil"));
        let file = File::from("p");
        let error = sent(|request| request.part("f", &file).part_header("f", name, value));
        assert_eq!(error.unwrap_err().kind(), ErrorKind::Request);
    }
}

#[test]
fn no_name_and_no_type_can_add_a_header() {
    let evil = File::new("a\"\r\nX-Evil: 1\r\n\r\n.txt", "x");
    let text = sent(|request| request.part("f\r\n\"", &evil)).unwrap();
    assert!(
        text.contains("name=\"f%0D%0A%22\"; filename=\"a%22%0D%0AX-Evil: 1%0D%0A%0D%0A.txt\"\r\n"),
        "{text}"
    );
    let typed = File::from("x").with_content_type("text/plain\r\nX-Evil: 1");
    let error = sent(|request| request.part("f", &typed)).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
}

#[test]
fn a_boundary_is_new_each_time_whatever_the_seed() {
    let boundaries = |policy: RetryPolicy| {
        let server = TestTransport::new();
        let client = ClientBuilder::new(&API, BaseUrl::described("https://api.example.com"))
            .transport(server.clone())
            .retry(policy)
            .build()
            .unwrap();
        for _ in 0..2 {
            server.respond(TestResponse::status(204));
            let call = client.call("files.create", Method::POST, "/files");
            block_on(call.part("a", &1_i64).empty()).unwrap();
        }
        let requests = server.requests();
        [0, 1].map(|at| requests[at].header("content-type").unwrap().to_owned())
    };
    for policy in [RetryPolicy::default(), RetryPolicy::default().seed(1)] {
        let [one, other] = boundaries(policy.clone());
        assert_ne!(one, other);
        assert!(
            !boundaries(policy)
                .iter()
                .any(|again| [&one, &other].contains(&again))
        );
    }
}
