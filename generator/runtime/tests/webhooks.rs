//! A generated event enum: decoded by name and by the body alone, and as JSON.

#![allow(
    missing_docs,
    unreachable_pub,
    reason = "this is what a crate of its own would hold, in one file"
)]

use specwright_runtime::calls::*;
use specwright_runtime::codec;

#[derive(Debug, Clone, PartialEq)]
pub struct Created {
    pub text: String,
}
record!(Created {
    text: "text" required,
});

#[derive(Debug, Clone, PartialEq)]
pub struct Sms {
    pub text: String,
    pub media: i64,
    pub numbers: Option<Vec<i64>>,
}
record!(Sms {
    text: "Body" required,
    media: "NumMedia" required,
    numbers: "Numbers",
});

#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    Created(Created),
    Sms(Sms),
    Counted(Option<i64>),
    Note(String),
    Raw(Bytes),
    Ping,
    Unknown(Json),
}
webhooks!(Event by "data" "type" {
    Created = "message.created" json: "created" | "made",
    Counted = "counted" json: "counted",
    Sms = "sms" form,
    Note = "note" text,
    Raw = "raw" bytes,
    Ping = "ping" empty,
} else Unknown);

#[derive(Debug, Clone, PartialEq)]
pub enum Tagged {
    Created(Created),
    Unknown(Json),
}
webhooks!(Tagged by "type" { Created = "message.created" json: "created" } with "action" else Unknown);
union!(Tagged tag "type" { Created: "created" } else Unknown);

fn created(text: &str) -> Created {
    Created {
        text: text.to_owned(),
    }
}

#[test]
fn a_name_says_how_the_body_is_read() {
    for (name, body, event) in [
        (
            "message.created",
            &br#"{"text":"a"}"#[..],
            Event::Created(created("a")),
        ),
        (
            "MESSAGE_CREATED",
            br#"{"text":"a"}"#,
            Event::Created(created("a")),
        ),
        (
            "sms",
            b"Body=a+%C3%A4%26&NumMedia=2&Numbers=1&Numbers=2",
            Event::Sms(Sms {
                text: "a \u{e4}&".to_owned(),
                media: 2,
                numbers: Some(vec![1, 2]),
            }),
        ),
        ("counted", b"3", Event::Counted(Some(3))),
        ("counted", b"", Event::Counted(None)),
        ("note", b"\xffa", Event::Note("\u{fffd}a".to_owned())),
        (
            "raw",
            b"\xff\x00",
            Event::Raw(Bytes::from_static(b"\xff\x00")),
        ),
        ("ping", b"anything", Event::Ping),
        ("other", b"[1]", Event::Unknown(serde_json::json!([1]))),
        ("other", b"", Event::Unknown(Json::Null)),
        (
            "other",
            b"a=1&b=x+y",
            Event::Unknown(serde_json::json!({"a": "1", "b": "x y"})),
        ),
    ] {
        assert_eq!(Event::decode(name, body).unwrap(), event, "{name}");
    }
}

#[test]
fn a_body_that_is_not_what_its_event_has_says_where() {
    let error = Event::decode("message.created", br#"{"text":5}"#).unwrap_err();
    assert_eq!(error.path(), "$.text");
    let error = Event::decode("message.created", b"").unwrap_err();
    assert!(error.is_syntax(), "{error}");
    assert!(Event::decode("other", b"<html>").unwrap_err().is_syntax());
    assert!(Event::decode("other", b"{a=b").unwrap_err().is_syntax());
    let error = Event::decode("sms", b"Body=a&NumMedia=two").unwrap_err();
    assert_eq!(
        error.to_string(),
        "$.NumMedia: expected an integer, found the string \"two\""
    );
    let error = Tagged::from_slice(br#"{"type":"created"}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "$: the required property \"text\" is missing"
    );
}

#[test]
fn a_property_of_the_body_says_what_it_is() {
    let nested = br#"{"data":{"type":"made"},"text":"a"}"#;
    assert_eq!(
        Event::from_slice(nested).unwrap(),
        Event::Created(created("a"))
    );
    let other = Event::from_slice(br#"{"data":{"type":"ping"}}"#).unwrap();
    assert_eq!(other.name(), None);
    assert_eq!(
        Tagged::decode("message", br#"{"action":"created","text":"a"}"#).unwrap(),
        Tagged::Created(created("a"))
    );
}

#[test]
fn an_event_knows_its_name() {
    assert_eq!(Event::Ping.name(), Some("ping"));
    assert_eq!(Event::Created(created("a")).name(), Some("message.created"));
    assert_eq!(Event::Unknown(Json::Null).name(), None);
    assert_eq!(
        Event::NAMES,
        ["message.created", "counted", "sms", "note", "raw", "ping"]
    );
}

#[test]
fn tagged_events_are_json_too() {
    let text = br#"{"type":"created","text":"a"}"#;
    let event: Tagged = serde_json::from_slice(text).unwrap();
    assert_eq!(event, Tagged::Created(created("a")));
    assert_eq!(codec::to_json(&event), text);
}
