//! A form is decoded into the type that it was encoded from.

use proptest::prelude::*;
use specwright_runtime::codec::from_form;
use specwright_runtime::prelude::*;
use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
use specwright_runtime::{Api, ClientBuilder, Method, Style};

#[derive(Debug, Clone, PartialEq)]
struct Message {
    kind: String,
    text: String,
    count: i64,
    large: Option<u64>,
    real: Option<f64>,
    flag: Option<bool>,
    word: Word,
    tags: Option<Vec<String>>,
    numbers: Option<Vec<i64>>,
    sender: Option<Sender>,
    readers: Option<Vec<Sender>>,
    deep: Option<Sender>,
    bracket: Option<String>,
    others: Map<String>,
}
record!(Message {
    kind: "kind" = "message",
    text: "Text" required,
    count: "count" required,
    large: "large",
    real: "real",
    flag: "flag",
    word: "word" required,
    tags: "tags",
    numbers: "numbers",
    sender: "sender",
    readers: "readers",
    deep: "deep",
    bracket: "deep[odd]",
    ..others
});

#[derive(Debug, Clone, PartialEq)]
struct Sender {
    name: String,
    age: Option<i64>,
}
record!(Sender { name: "name" required, age: "age" });

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Word {
    Yes,
    Unknown(String),
}
text_enum!(Word { Yes = "yes" } else Unknown);

#[test]
fn pairs_are_decoded_and_read_as_what_they_mean() {
    let form = b"Text=a+b%26%C3%A4&count=3&word=no&flag=true&tags=x&numbers=1&numbers=2&other%3D=1&&large=&real=1";
    let message: Message = from_form(form).unwrap();
    assert_eq!(message.text, "a b&\u{e4}");
    assert_eq!((message.count, message.flag), (3, Some(true)));
    assert_eq!((message.large, message.real), (None, Some(1.0)));
    assert_eq!(message.word, Word::Unknown("no".to_owned()));
    assert_eq!(message.tags, Some(vec!["x".to_owned()]));
    assert_eq!(message.numbers, Some(vec![1, 2]));
    assert_eq!(message.others.get("other=").map(String::as_str), Some("1"));
    assert_eq!(message.kind, "message");
}

#[test]
fn objects_come_as_json_or_in_brackets() {
    let required = "Text=&count=0&word=&";
    let json = r#"sender={"name":"Ann","age":7}&readers={"name":"Bob"}"#;
    let message: Message = from_form(format!("{required}{json}").as_bytes()).unwrap();
    let ann = sender("Ann", Some(7));
    assert_eq!(message.sender, Some(ann.clone()));
    assert_eq!(message.readers, Some(vec![sender("Bob", None)]));

    let brackets = "deep[name]=Ann&deep%5Bage%5D=7&readers[0][name]=Ann&readers[0][age]=7&readers[1][name]=Bob\
        &tags[]=a&tags[]=b&deep[odd]=1&unknown[x]=2";
    let message: Message = from_form(format!("{required}{brackets}").as_bytes()).unwrap();
    assert_eq!(message.deep, Some(ann.clone()));
    assert_eq!(message.readers, Some(vec![ann, sender("Bob", None)]));
    assert_eq!(message.tags, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(message.bracket.as_deref(), Some("1"));
    assert_eq!(
        message.others.get("unknown[x]").map(String::as_str),
        Some("2")
    );
}

fn sender(name: &str, age: Option<i64>) -> Sender {
    let name = name.to_owned();
    Sender { name, age }
}

#[test]
fn errors_of_a_form_name_the_property() {
    for (form, message) in [
        (
            "Text=x&word=",
            "$: the required property \"count\" is missing",
        ),
        (
            "Text=x&word=&count=many",
            "$.count: expected an integer, found the string \"many\"",
        ),
        (
            "Text=x&word=&count=1&numbers=1&numbers=b",
            "$.numbers[1]: expected an integer, found the string \"b\"",
        ),
    ] {
        let error = from_form::<Message>(form.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
    // For a property with one value, the last one counts; any JSON keeps all values.
    let last: Message = from_form(b"Text=x&Text=y&word=&count=1&count=2").unwrap();
    assert_eq!((last.text.as_str(), last.count), ("y", 2));
    let any: Json = from_form(b"a=1&a=2&b[c]=3").unwrap();
    assert_eq!(any, serde_json::json!({"a": ["1", "2"], "b": {"c": "3"}}));
}

#[derive(Debug, Clone, PartialEq)]
struct Places {
    list: Option<Vec<i64>>,
    map: Option<Map<i64>>,
}
record!(Places {
    list: "list",
    map: "map"
});

#[derive(Debug, Clone, PartialEq)]
enum Event {
    Listed(Places),
    Unknown(Json),
}
union!(Event tag "kind" { Listed: "listed" } else Unknown);

#[test]
fn all_entries_with_brackets_are_kept() {
    let places: Places =
        from_form(b"map[1]=1&map[x]=2&map[0]=3&list[5]=2&list[0]=1&list[]=3").unwrap();
    assert_eq!(places.list, Some(vec![1, 2, 3]));
    let map = places.map.unwrap();
    assert_eq!(["1", "x", "0"].map(|key| map[key]), [1, 2, 3]);

    let error = from_form::<Places>(b"list[1]=b&list[0]=1").unwrap_err();
    let message = "$.list[1]: expected an integer, found the string \"b\"";
    assert_eq!(error.to_string(), message);

    let any: Json = from_form(b"a[1]=x&a[0]=y&b=1&b[k]=2&c[k]=1&c[k]=2").unwrap();
    let kept = serde_json::json!({
        "a": {"1": "x", "0": "y"}, "b": {"": "1", "k": "2"}, "c": {"k": ["1", "2"]}
    });
    assert_eq!(any, kept);

    let event: Event = from_form(b"kind=listed&list[]=1&map[k]=2").unwrap();
    let Event::Listed(places) = event else {
        panic!("{event:?}");
    };
    assert_eq!(
        (places.list, places.map.map(|map| map["k"])),
        (Some(vec![1]), Some(2))
    );
}

fn senders() -> impl Strategy<Value = Sender> {
    (any::<String>(), any::<Option<i64>>()).prop_map(|(name, age)| Sender { name, age })
}

prop_compose! {
    fn messages()(
        (text, count, word) in (any::<String>(), any::<i64>(), any::<String>()),
        (large, real, flag) in (any::<Option<u64>>(), prop::option::of(-1e300..1e300_f64), any::<Option<bool>>()),
        (tags, numbers) in (lists(any::<String>()), lists(any::<i64>())),
        (sender, readers, deep) in (prop::option::of(senders()), lists(senders()), prop::option::of(senders())),
        others in prop::collection::btree_map("[ -~]{0,4}é", any::<String>(), 0..3),
    ) -> Message {
        let word = if word == "yes" { Word::Yes } else { Word::Unknown(word) };
        let others = others.into_iter().collect();
        let (kind, bracket) = ("message".to_owned(), None);
        Message { kind, text, count, large, real, flag, word, tags, numbers, sender, readers, deep, bracket, others }
    }
}

/// Arrays after a round trip: an empty one has no pair.
fn lists<T: std::fmt::Debug>(
    item: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<Vec<T>>> {
    prop::option::of(prop::collection::vec(item, 1..4))
}

static API: Api = Api::new("test", "test/1");

/// Returns the body that the client sends for a message.
fn written(message: &Message) -> Vec<u8> {
    let server = TestTransport::new();
    server.respond(TestResponse::status(204));
    let base = "https://example.test".parse().unwrap();
    let client = ClientBuilder::new(&API, base)
        .transport(server.clone())
        .build()
        .unwrap();
    let styles = [("deep", Style::DeepObject, true)];
    let call = client.call("send", Method::POST, "/");
    block_on(call.form_styled(message, &styles).empty()).unwrap();
    server.requests()[0].body().to_vec()
}

proptest! {
    #[test]
    fn what_is_written_as_a_form_reads_as_the_same(message in messages()) {
        let read: Message = from_form(&written(&message)).unwrap();
        prop_assert_eq!(read, message);
    }

    #[test]
    fn any_bytes_are_a_form(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = from_form::<Message>(&body);
        from_form::<Json>(&body).unwrap();
    }

    #[test]
    fn brackets_of_any_kind_do_no_harm(names in prop::collection::vec("(deep|tags|readers)(\\[[a-c0-2]?\\]){0,20}=[a-z{\\[]?", 0..20)) {
        let _ = from_form::<Message>(names.join("&").as_bytes());
    }
}

/// Each pair is found in constant time, and a form with too many pairs or keys is rejected before decoding.
#[test]
fn a_form_of_many_names_is_read_up_to_a_limit() {
    let form = |name: &str, pairs: usize| {
        let closing = if name.ends_with('b') { "]" } else { "" };
        let pairs: Vec<String> = (0..pairs)
            .map(|index| format!("{name}{index}{closing}=1"))
            .collect();
        pairs.join("&")
    };
    for name in ["key", "map[a][b"] {
        let read: Json = from_form(form(name, 49_000).as_bytes()).unwrap();
        assert_eq!(read.to_string().matches("\"1\"").count(), 49_000);
    }
    let deep = format!("x{}=1&", "[]".repeat(16));
    for too_long in [
        form("x", 100_001),
        deep.repeat(6_000),
        form("map[a][b", 50_001),
    ] {
        let error = from_form::<JsonObject>(too_long.as_bytes()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "$: expected a form of at most 100000 pairs and keys, found more"
        );
    }
    assert!(from_form::<JsonObject>(deep.repeat(5_000).as_bytes()).is_ok());
}
