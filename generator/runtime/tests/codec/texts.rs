//! Headers and forms, whose values are strings, are decoded into the same types as JSON.

use specwright_runtime::codec::{DecodeError, from_headers};
use specwright_runtime::prelude::*;
use specwright_runtime::{HeaderMap, HeaderName};

#[derive(Debug, Clone, PartialEq)]
struct Everything {
    text: Option<String>,
    count: Option<i64>,
    large: Option<u64>,
    real: Option<f64>,
    flag: Option<bool>,
    time: Option<Timestamp>,
    word: Option<Word>,
    ids: Option<Vec<i64>>,
    words: Option<Vec<Word>>,
    place: Option<Place>,
    limits: Option<Map<i64>>,
    either: Option<Either>,
    detail: Option<Place>,
    note: Option<String>,
    cookies: Option<Vec<String>>,
    any: Option<Json>,
    secret: Option<Secret>,
}
headers!(Everything {
    text: "X-Text",
    count: "X-Count",
    large: "X-Large",
    real: "X-Real",
    flag: "X-Flag",
    time: "X-Time",
    word: "X-Word",
    ids: "X-Ids",
    words: "X-Words",
    place: "X-Place",
    limits: "X-Limits",
    either: "X-Either",
    detail: "X-Detail" json,
    note: "X-Note" json,
    cookies: "Set-Cookie",
    any: "X-Any",
    secret: "X-Secret",
});

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Word {
    Yes,
    Unknown(String),
}
text_enum!(Word { Yes = "yes" } else Unknown);

#[derive(Debug, Clone, PartialEq)]
struct Place {
    x: i64,
    name: Option<String>,
}
record!(Place { x: "x" required, name: "name" });

#[derive(Debug, Clone, PartialEq)]
enum Either {
    Number(i64),
    Word(String),
    Unknown(Json),
}
union!(Either { Number, Word } else Unknown);

#[derive(Debug, Clone, PartialEq)]
struct Needed {
    count: i64,
}
headers!(Needed { count: "X-Count" required });

fn read(lines: &[(&str, &str)]) -> Result<Everything, DecodeError> {
    from_headers(&map(lines))
}

fn map(lines: &[(&str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let name: HeaderName = name.parse().unwrap();
        headers.append(name, value.parse().unwrap());
    }
    headers
}

fn place(x: i64, name: &str) -> Place {
    let name = Some(name.to_owned());
    Place { x, name }
}

#[test]
fn each_header_is_read_as_its_type() {
    let headers = read(&[
        ("x-text", "12, and more"),
        ("x-count", "12"),
        ("x-large", "18446744073709551615"),
        ("x-real", "0.5"),
        ("x-flag", "True"),
        ("x-time", "2024-05-17T08:30:00Z"),
        ("x-word", "other"),
        ("x-ids", "1, 2,3"),
        ("x-ids", "4"),
        ("x-words", "yes"),
        ("x-place", "x,7,name,here"),
        ("x-limits", "a=1,b=2"),
        ("x-either", "5"),
        ("x-detail", r#"{"x":1,"name":"a,b"}"#),
        ("x-note", r#""12""#),
        ("set-cookie", "a=1; Expires=Sun, 06 Nov 1994 08:49:37 GMT"),
        ("set-cookie", "b=2"),
        ("x-any", "1,2"),
        ("x-secret", "s3cret"),
    ])
    .unwrap();
    assert_eq!(headers.text.as_deref(), Some("12, and more"));
    assert_eq!((headers.count, headers.large), (Some(12), Some(u64::MAX)));
    assert_eq!((headers.real, headers.flag), (Some(0.5), Some(true)));
    assert_eq!(headers.time.unwrap().as_str(), "2024-05-17T08:30:00Z");
    assert_eq!(headers.word, Some(Word::Unknown("other".to_owned())));
    assert_eq!(headers.ids, Some(vec![1, 2, 3, 4]));
    assert_eq!(headers.words, Some(vec![Word::Yes]));
    assert_eq!(headers.place, Some(place(7, "here")));
    let limits = headers.limits.unwrap();
    assert_eq!((limits.get("a"), limits.get("b")), (Some(&1), Some(&2)));
    assert_eq!(headers.either, Some(Either::Number(5)));
    assert_eq!(headers.detail, Some(place(1, "a,b")));
    assert_eq!(headers.note.as_deref(), Some("12"));
    let cookies = headers.cookies.unwrap();
    assert_eq!(cookies.len(), 2);
    assert!(cookies[0].ends_with("08:49:37 GMT"));
    assert_eq!(headers.any, Some("1,2".into()));
    assert_eq!(headers.secret.unwrap().expose(), "s3cret");
}

#[test]
fn a_date_as_http_writes_it_is_a_timestamp() {
    let headers = read(&[("x-time", "Sun, 06 Nov 1994 08:49:37 GMT")]).unwrap();
    assert_eq!(headers.time.unwrap().unix_seconds(), 784_111_777);
}

#[test]
fn no_header_and_an_empty_one_say_nothing() {
    let empty = read(&[
        ("x-count", ""),
        ("x-ids", ""),
        ("x-flag", " "),
        ("other", "1"),
    ])
    .unwrap();
    assert_eq!((empty.count, empty.flag), (None, None));
    assert_eq!(empty.ids, None);
    assert_eq!(read(&[]).unwrap().text, None);
    assert_eq!(read(&[("x-text", "")]).unwrap().text.as_deref(), Some(""));
}

#[test]
fn errors_of_headers_name_the_header() {
    for (lines, message) in [
        (
            &[("X-Count", "many")][..],
            r#"X-Count: expected an integer, found the string "many""#,
        ),
        (
            &[("X-Ids", "1,two,3")][..],
            r#"X-Ids[1]: expected an integer, found the string "two""#,
        ),
        (
            &[("X-Place", "x,7,name")][..],
            r#"X-Place: expected an object, found the string "x,7,name""#,
        ),
        (
            &[("X-Place", "name,7")][..],
            r#"X-Place: the required property "x" is missing"#,
        ),
        (
            &[("X-Real", "NaN")][..],
            r#"X-Real: expected a number, found the string "NaN""#,
        ),
        (
            &[("X-Count", "9223372036854775808")][..],
            r#"X-Count: expected an integer, found the string "9223372036854775808""#,
        ),
    ] {
        assert_eq!(read(lines).unwrap_err().to_string(), message);
    }
    let missing = from_headers::<Needed>(&map(&[("X-Counts", "1")])).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "X-Count: the required header is missing"
    );
}
