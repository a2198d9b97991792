//! Values that no parser accepts, or at the wrong location: the rest of the response is kept.

use specwright_runtime::codec::{Decode, Encode, from_json};
use specwright_runtime::prelude::*;

use super::{read, refusal, write};

/// Decodes a value, and checks that it is encoded in the same way.
fn round_trip<T: Decode + Encode>(text: &str) -> T {
    let value = read(text);
    assert_eq!(write(&value), text);
    value
}

#[derive(Debug, Clone, PartialEq)]
struct Reading {
    name: String,
    value: f64,
    note: Option<Json>,
    kind: Kind,
}

record!(Reading {
    name: "name" required,
    value: "value" required,
    note: "note",
    kind: "kind" required,
});

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Kind {
    Warm,
    Unknown(String),
}

text_enum!(Kind { Warm = "warm" } else Unknown);

#[test]
fn a_number_beyond_any_float_costs_nothing_but_itself() {
    let reading: Reading = read(r#"{"name":"a","value":-1e400,"note":1e999,"kind":"warm"}"#);
    assert!(reading.value.is_infinite() && reading.value < 0.0);
    assert_eq!(reading.note, Some(Json::Null));
    assert_eq!((&*reading.name, reading.kind), ("a", Kind::Warm));
    let reading: Reading = read(r#"{"name":"a","value":NaN,"kind":"warm"}"#);
    assert!(reading.value.is_nan());
    let all: Vec<f64> = read("[1, Infinity, 2.5]");
    assert!(all.len() == 3 && all[1].is_infinite());
}

#[test]
fn half_a_surrogate_pair_costs_nothing_but_itself() {
    let reading: Reading = read(r#"{"name":"\ud83dx","value":1,"kind":"\udc00"}"#);
    assert_eq!(reading.name, "\u{fffd}x");
    assert_eq!(reading.kind, Kind::Unknown("\u{fffd}".to_owned()));
    let latin: Vec<String> = from_json(b"[\"caf\xe9\"]").unwrap();
    assert_eq!(latin, ["caf\u{fffd}"]);
    let names: Map<i64> = read("{\"a\tb\": 1, \"\\ud800\": 2}");
    assert_eq!(names.keys().collect::<Vec<_>>(), ["a\tb", "\u{fffd}"]);
}

#[test]
fn other_json_errors_are_passed_on() {
    assert_eq!(
        refusal::<Vec<f64>>("[1e400"),
        "$[0]: invalid JSON: number out of range at line 1 column 6"
    );
    assert_eq!(
        refusal::<Vec<i64>>(r#"["\ud800", 1]"#),
        r#"$[0]: expected an integer, found the string "�""#
    );
}

#[derive(Debug, Clone, PartialEq)]
struct Cat {
    kind: String,
    lives: Option<i64>,
}

record!(Cat {
    kind: "kind" = "cat",
    lives: "lives",
});

#[derive(Debug, Clone, PartialEq)]
struct Other {
    kind: Option<String>,
    name: Option<String>,
}

record!(Other {
    kind: "kind",
    name: "name",
});

#[derive(Debug, Clone, PartialEq)]
enum Pet {
    Cat(Cat),
    Other(Other),
    Unknown(Json),
}

union!(Pet tag "kind" { Cat: "cat", Other: "Other" } default Other else Unknown);

#[test]
fn an_object_whose_tag_is_missing_or_unknown_is_the_default_alternative() {
    for text in [r#"{"kind":"dog","name":"Rex"}"#, r#"{"name":"Rex"}"#] {
        let pet: Pet = round_trip(text);
        assert!(
            matches!(&pet, Pet::Other(other) if other.name.as_deref() == Some("Rex")),
            "{text}: {pet:?}"
        );
    }
    let cat: Pet = round_trip(r#"{"kind":"cat","lives":9}"#);
    assert!(matches!(cat, Pet::Cat(_)));
    let none: Pet = round_trip("5");
    assert_eq!(none, Pet::Unknown(5.into()));
}

#[derive(Debug, Clone, PartialEq)]
struct User {
    name: String,
    password: Option<Secret>,
}

record!(User {
    name: "name" required,
    password: "password" write_only,
});

#[test]
fn a_write_only_value_that_did_not_come_is_not_sent_back() {
    let user: User = round_trip(r#"{"name":"a"}"#);
    assert_eq!(user.password, None);
}
