//! Several answers of one operation.

use super::*;
use crate::{Bytes, answers};

#[derive(Debug, PartialEq)]
enum GetAnswer {
    Number(i64),
    Page(String),
    Created(Vec<i64>),
    Done,
    Unchanged,
    Text(String),
    Other(Bytes),
}

answers!(GetAnswer {
    Number = 200 "application/json" json,
    Page = 200 "text/*" text,
    Created = 201 json,
    Done = 204 empty,
    Unchanged = 304 empty,
    Text = 2XX "text/plain" text,
    Other = default bytes,
});

#[derive(Debug, PartialEq)]
enum Narrow {
    Some(Option<i64>),
}

answers!(Narrow { Some = 200 json });

fn answer(reply: Reply) -> Result<GetAnswer, Error> {
    let server = TestTransport::new();
    server.reply(reply);
    block_on(get(&client(&server)).answer::<GetAnswer>().without_retry())
}

#[test]
fn status_and_media_type_choose() {
    let html = |status| Reply::status(status).body("text/html; charset=utf-8", "<p>");
    for (reply, wanted) in [
        (Reply::json("5"), GetAnswer::Number(5)),
        (html(200), GetAnswer::Page("<p>".into())),
        (
            Reply::status(200).body("application/problem+json", "6"),
            GetAnswer::Number(6),
        ),
        (Reply::status(200).body("a/b", "7"), GetAnswer::Number(7)),
        (
            Reply::status(201).with_json("[1]"),
            GetAnswer::Created(vec![1]),
        ),
        (Reply::status(204), GetAnswer::Done),
        (Reply::status(304), GetAnswer::Unchanged),
        (
            Reply::status(202).body("TEXT/Plain", "t"),
            GetAnswer::Text("t".into()),
        ),
        (html(202), GetAnswer::Text("<p>".into())),
    ] {
        assert_eq!(answer(reply).unwrap(), wanted);
    }
}

#[test]
fn errors_stay_errors() {
    for status in [301, 400, 401, 404, 500] {
        let error = answer(Reply::status(status).with_json("5")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Status);
        assert_eq!(error.status().unwrap(), status);
    }
    let error = answer(Reply::json("\"x\"")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.decode_error().unwrap().path(), "$");
    let server = TestTransport::new();
    server.reply(Reply::status(206).with_json("1"));
    let error = block_on(get(&client(&server)).answer::<Narrow>()).unwrap_err();
    assert!(
        error.to_string().contains("no answer with status 206"),
        "{error}"
    );
    server.reply(Reply::json("null"));
    let answer = block_on(get(&client(&server)).answer::<Narrow>()).unwrap();
    assert_eq!(answer, Narrow::Some(None));
}

#[test]
fn text_and_bytes_come_as_they_are() {
    let server = TestTransport::new();
    let client = client(&server);
    server.reply(Reply::status(200).body("text/plain; charset=ISO-8859-1", vec![0xe9]));
    assert_eq!(block_on(get(&client).text_answer()).unwrap(), "é");
    server.reply(Reply::status(200).body("text/plain", vec![b'a', 0xff]));
    assert_eq!(block_on(get(&client).text_answer()).unwrap(), "a\u{fffd}");
    server.reply(Reply::status(200).body("image/png", vec![0, 1]));
    assert_eq!(block_on(get(&client).bytes_answer()).unwrap(), vec![0, 1]);
    server.reply(Reply::json("{\"ignored\": 1}"));
    block_on(get(&client).empty()).unwrap();
}
