use std::collections::BTreeMap;

use specwright_runtime::codec::{Decode, Encode, View, deserialize};
use specwright_runtime::prelude::*;

use crate::{read, refusal, write};

#[test]
fn the_ends_of_each_number_type_go_both_ways() {
    assert_eq!(
        read::<Vec<i64>>("[-9223372036854775808,9223372036854775807]"),
        [i64::MIN, i64::MAX]
    );
    assert_eq!(read::<u64>("18446744073709551615"), u64::MAX);
    assert_eq!(
        read::<(i32, u32, i64)>("[-2147483648,4294967295,-0.0]"),
        (i32::MIN, u32::MAX, 0)
    );
    assert_eq!(
        write(&(i64::MIN, u64::MAX, i32::MAX, u32::MAX)),
        "[-9223372036854775808,18446744073709551615,2147483647,4294967295]"
    );
    assert_eq!(
        refusal::<i64>("9223372036854775808"),
        "$: expected an integer from -9223372036854775808 to 9223372036854775807, found the number 9223372036854775808"
    );
    assert_eq!(
        refusal::<u64>("-1"),
        "$: expected an integer from 0 to 18446744073709551615, found the number -1"
    );
    assert_eq!(
        refusal::<i64>("1e400"),
        "$: expected an integer, found the number inf"
    );
    assert_eq!(read::<i64>("9.2e18"), 9_200_000_000_000_000_000);
    assert!(refusal::<i64>("9.3e18").contains("from -9223372036854775808"));
    assert_eq!(
        read::<Vec<f64>>("[1,-2.5,1e300,18446744073709551615]"),
        [1.0, -2.5, 1e300, 18_446_744_073_709_551_615.0]
    );
    assert_eq!(
        refusal::<f32>("1e300"),
        "$: expected a number of single precision, found the number 1e300"
    );
}

#[test]
fn numbers_are_written_as_short_as_they_read() {
    assert_eq!(write(&vec![0.1, 1.0, -2.5e-8]), "[0.1,1.0,-2.5e-8]");
    assert_eq!(write(&vec![0.1_f32, f32::MAX]), "[0.1,3.4028235e+38]");
    assert_eq!(read::<f32>("0.1").to_bits(), 0.1_f32.to_bits());
    assert_eq!(write(&vec![f64::NAN, f64::INFINITY]), "[null,null]");
    assert_eq!(write(&vec![f32::NAN, f32::NEG_INFINITY]), "[null,null]");
}

#[test]
fn a_scalar_stands_for_a_list_of_one_but_no_object_does() {
    assert_eq!(read::<Vec<i64>>("5"), [5]);
    assert_eq!(read::<Vec<bool>>("true"), [true]);
    assert_eq!(
        read::<Option<Vec<String>>>("\"a\""),
        Some(vec!["a".to_owned()])
    );
    assert_eq!(read::<Vec<Option<i64>>>("null"), []);
    assert_eq!(read::<Vec<Option<i64>>>("[null]"), [None]);
    assert_eq!(
        refusal::<Vec<JsonObject>>("{}"),
        "$: expected an array, found an object"
    );
    assert_eq!(
        refusal::<Vec<i64>>("\"a\""),
        "$: expected an array, found the string \"a\""
    );
}

#[test]
fn maps_and_json_keep_what_comes() {
    let text = r#"{"a":[1,-1,18446744073709551615,1.5,"x",true,null],"b":{"c":{}}}"#;
    assert_eq!(write(&read::<Json>(text)), text);
    assert_eq!(write(&read::<JsonObject>(text)), text);
    assert_eq!(write(&read::<BTreeMap<String, Json>>(text)), text);
    assert_eq!(write(&read::<Map<Json>>(text)), text);
    assert_eq!(
        read::<Json>(r#"{"a":{"b":1},"a":{"c":2}}"#),
        serde_json::json!({"a": {"c": 2}})
    );
    assert!(read::<JsonObject>("null").is_empty());
    assert!(read::<BTreeMap<String, i64>>("null").is_empty());
    assert_eq!(
        refusal::<JsonObject>("5"),
        "$: expected an object, found the number 5"
    );
    assert_eq!(
        refusal::<BTreeMap<String, i64>>(r#"{"a":1,"b":[]}"#),
        "$.b: expected an integer, found an array"
    );
}

#[test]
fn three_states_stay_three() {
    assert_eq!(read::<Nullable<Vec<i64>>>("[1]"), Nullable::Value(vec![1]));
    assert_eq!(read::<Nullable<JsonObject>>("null"), Nullable::Null);
    assert_eq!(
        read::<Nullable<JsonObject>>("{}"),
        Nullable::Value(JsonObject::new())
    );
    assert_eq!(
        refusal::<Nullable<i64>>("\"a\""),
        "$: expected an integer, found the string \"a\""
    );
    assert_eq!(
        Nullable::<String>::from("a"),
        Nullable::Value("a".to_owned())
    );
    assert_eq!(Nullable::<i64>::from(None), Nullable::Null);
    assert_eq!(Nullable::from(Some(1)), Nullable::from(1));
    assert_eq!(
        write(&vec![Nullable::Value(1), Nullable::Null, Nullable::Absent]),
        "[1,null,null]"
    );
    assert!(Nullable::<i64>::Absent.is_absent() && Nullable::<i64>::Null.is_null());
}

#[test]
fn a_secret_is_written_but_never_shown() {
    let secret: Secret = read("\"hunter2\"");
    assert_eq!(write(&secret), "\"hunter2\"");
    assert_eq!(serde_json::to_string(&secret).unwrap(), "\"hunter2\"");
    assert_eq!(
        format!("{secret:?} {:?}", Some(&secret)),
        "Secret(***) Some(Secret(***))"
    );
    assert_eq!(secret, Secret::from("hunter2"));
    assert_ne!(secret, Secret::from("hunter3"));
    assert_ne!(secret, Secret::from("hunter22"));
}

#[test]
fn uuids_come_in_every_form_and_leave_in_one() {
    let id: Uuid = read("\"{9BD39495-AD21-40F7-A8A6-9C8CF9D6A822}\"");
    assert_eq!(write(&id), "\"9bd39495-ad21-40f7-a8a6-9c8cf9d6a822\"");
    assert_eq!(
        refusal::<Uuid>("\"9bd3\""),
        "$: expected a UUID, found the string \"9bd3\""
    );
}

#[test]
fn timestamps_are_written_as_they_came() {
    for text in [
        "\"2024-05-17T08:30:00\"",
        "\"2024-05-17T08:30:00.120+02:00\"",
        "\"2024-05-17\"",
    ] {
        assert_eq!(write(&read::<Timestamp>(text)), text);
        assert_eq!(
            serde_json::to_string(&serde_json::from_str::<Timestamp>(text).unwrap()).unwrap(),
            text
        );
    }
    assert_eq!(
        refusal::<Timestamp>("1715934600"),
        "$: expected a timestamp (RFC 3339), found the number 1715934600"
    );
    assert_eq!(
        refusal::<Date>("\"soon\""),
        "$: expected a date (YYYY-MM-DD), found the string \"soon\""
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    assert_eq!(read::<Vec<i64>>("\u{feff}[1]"), [1]);
}

#[test]
fn views_show_the_parts_of_a_value() {
    let value = Map::from([("a", vec![1_i64, 2]), ("b", vec![])]);
    let mut shown = Vec::new();
    let View::Object(object) = value.view() else {
        panic!("a map is an object")
    };
    object.each(&mut |name, value| {
        let View::List(list) = value.view() else {
            panic!("a list is a list")
        };
        shown.push((name.to_owned(), list.len(), list.is_empty()));
    });
    assert_eq!(
        shown,
        [("a".to_owned(), 2, false), ("b".to_owned(), 0, true)]
    );
}

#[test]
fn numbers_in_disguise_are_numbers() {
    fn shown<T: Decode>(json: &Json) -> Result<T, serde_json::Error> {
        deserialize(json)
    }
    // The form in which serde_json shows every number if any crate enables its feature `arbitrary_precision`.
    let number = |text: &str| serde_json::json!({"$serde_json::private::Number": text});
    assert_eq!(shown::<i64>(&number("-5")).unwrap(), -5);
    assert_eq!(
        shown::<u64>(&number("18446744073709551615")).unwrap(),
        u64::MAX
    );
    assert_eq!(shown::<Option<f64>>(&number("1.5")).unwrap(), Some(1.5));
    assert_eq!(
        shown::<Vec<Json>>(&serde_json::json!([number("7")])).unwrap(),
        [Json::from(7)]
    );
    let error = shown::<JsonObject>(&number("7")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "$: expected an object, found the number 7"
    );
    let error = shown::<String>(&number("7")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "$: expected a string, found the number 7"
    );
}
