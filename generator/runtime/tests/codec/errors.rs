use specwright_runtime::codec::{from_json, from_value};
use specwright_runtime::prelude::*;

use crate::refusal;

#[derive(Debug, Clone, PartialEq)]
struct Page {
    data: Vec<Item>,
    next: Option<(i64, String)>,
}
record!(Page { data: "data" required, next: "next-page" });

#[derive(Debug, Clone, PartialEq)]
struct Item {
    id: i32,
    secret: Option<Secret>,
    values: Option<Map<Vec<f64>>>,
}
record!(Item { id: "id" required, secret: "secret", values: "values" });

#[test]
fn an_error_says_where_what_and_instead_of_what() {
    let cases = [
        (
            r#"{"data":[{"id":1},{"id":"x"}]}"#,
            r#"$.data[1].id: expected an integer, found the string "x""#,
        ),
        (
            r#"{"data":[{"id":1},{"id":1},{}]}"#,
            r#"$.data[2]: the required property "id" is missing"#,
        ),
        (
            r#"{"data":5}"#,
            "$.data: expected an array, found the number 5",
        ),
        (
            r#"{"data":{"id":5}}"#,
            "$.data: expected an array, found an object",
        ),
        (
            r#"{"data":[[]]}"#,
            "$.data[0]: expected an object, found an array",
        ),
        (
            r#"{"data":[{"id":1.5}]}"#,
            "$.data[0].id: expected an integer, found the number 1.5",
        ),
        (
            r#"{"data":[{"id":2147483648}]}"#,
            "$.data[0].id: expected an integer from -2147483648 to 2147483647, found the number 2147483648",
        ),
        (
            r#"{"data":[{"id":1e300}]}"#,
            "$.data[0].id: expected an integer from -2147483648 to 2147483647, found the number 1e300",
        ),
        (
            r#"{"data":[{"id":18446744073709551615}]}"#,
            "$.data[0].id: expected an integer from -2147483648 to 2147483647, found the number 18446744073709551615",
        ),
        (
            r#"{"data":[{"id":1,"values":{"a b":[1],"c":[2,true]}}]}"#,
            "$.data[0].values.c[1]: expected a number, found true",
        ),
        (
            r#"{"data":[{"id":1,"values":{"a \"b":[{}]}}]}"#,
            r#"$.data[0].values["a \"b"][0]: expected a number, found an object"#,
        ),
        (
            r#"{"data":[],"next-page":[1,null]}"#,
            r#"$["next-page"][1]: expected a string, found null"#,
        ),
        (
            r#"{"data":[],"next-page":[1]}"#,
            r#"$["next-page"]: expected an array of 2 elements, found an array"#,
        ),
        (
            r#"{"data":[],"next-page":[1,"",3]}"#,
            r#"$["next-page"][2]: expected an array of 2 elements, found more"#,
        ),
    ];
    for (text, message) in cases {
        assert_eq!(refusal::<Page>(text), message);
        let json = serde_json::from_str(text).unwrap();
        assert_eq!(from_value::<Page>(&json).unwrap_err().to_string(), message);
    }
}

#[test]
fn the_parts_of_an_error_can_be_asked_for() {
    let error = from_json::<Page>(br#"{"data":[{}]}"#).unwrap_err();
    assert_eq!(error.path(), "$.data[0]");
    assert_eq!(error.expected(), r#"the required property "id""#);
    assert_eq!(error.found(), "an object without it");
    assert!(!error.is_syntax());
    assert_eq!(size_of_val(&error), size_of::<usize>());
}

#[test]
fn no_error_shows_a_secret() {
    let message = refusal::<Page>(r#"{"data":[{"id":1,"secret":271828}]}"#);
    assert_eq!(
        message,
        "$.data[0].secret: expected a string, found a number"
    );
    let message = refusal::<Page>(r#"{"data":[{"id":1,"secret":[271828]}]}"#);
    assert_eq!(
        message,
        "$.data[0].secret: expected a string, found an array"
    );
}

#[test]
fn a_long_string_is_cut() {
    let message = refusal::<i64>(&format!("\"{}\"", "ä".repeat(500)));
    assert_eq!(
        message,
        format!(
            "$: expected an integer, found the string \"{}\"…",
            "ä".repeat(40)
        )
    );
}

#[test]
fn text_that_is_no_json_is_told_apart() {
    for (text, place) in [
        ("", "$"),
        ("<html>", "$"),
        (r#"{"data":[{"id":1},{"id":"#, "$.data[1].id"),
        (r#"{"data":[]} x"#, "$"),
        (r#"{"data":[],}"#, "$"),
        ("\u{0}", "$"),
    ] {
        let error = from_json::<Page>(text.as_bytes()).unwrap_err();
        assert!(error.is_syntax(), "{text}: {error}");
        assert_eq!(error.path(), place, "{error}");
        assert_eq!(error.expected(), "JSON");
        assert!(error.found().contains("line 1 column"), "{error}");
    }
    let error = from_json::<Vec<String>>(b"[\"\xff\"").unwrap_err();
    assert!(error.is_syntax());
}
