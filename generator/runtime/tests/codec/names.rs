//! The macros in a scope in which every name that they could use is another item.

#![allow(non_camel_case_types, dead_code, reason = "the names are the point")]

use specwright_runtime::prelude as given;

use crate::{read, write};

struct Vec;
struct Result;
struct Ok;
struct Err;
struct Box;
struct Into;
struct From;
struct Default;
struct Decode;
struct Encode;
struct View;
struct Json;
struct Self_;
struct str;
struct bool;
struct i64;
enum None {}
enum Some {}

#[derive(Debug, Clone, PartialEq)]
struct String {
    r#type: std::string::String,
    r#match: std::option::Option<Option>,
    value: std::option::Option<Union>,
    fill: std::primitive::bool,
    property: std::primitive::i64,
    mode: given::JsonObject,
}

given::record!(String {
    r#type: "type" required,
    r#match: "match",
    value: "value",
    fill: "fill" = true,
    property: "property" = 5,
    ..mode
});

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Option {
    None,
    Some,
    Unknown(std::string::String),
}

given::text_enum!(Option { None = "None", Some = "Some" } else Unknown);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Word {
    Ok,
    Err,
}

given::text_enum!(Word { Ok = "Ok", Err = "Err" });

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Number {
    None,
    Ok,
}

given::integer_enum!(Number { None = 0, Ok = 1 });

#[derive(Debug, Clone, PartialEq)]
enum Union {
    Some(Word),
    None(Number),
    Ok(Wrapper),
    Err(given::Json),
}

given::union!(Union { Some, None, Ok } else Err);

#[derive(Debug, Clone, PartialEq)]
enum Tagged {
    Some(String),
    Other(given::Json),
}

given::union!(Tagged tag "type" { Some: "some" } else Other);

#[derive(Debug, Clone, PartialEq)]
struct Wrapper(std::vec::Vec<Wrapper>);

given::wrapper!(Wrapper);

#[test]
fn no_name_in_scope_disturbs_the_macros() {
    let text = r#"{"type":"some","match":"Some","value":"Err","fill":true,"property":5,"x":1}"#;
    assert_eq!(write(&read::<String>(text)), text);
    assert_eq!(write(&read::<Tagged>(text)), text);
    assert_eq!(read::<Union>("1"), Union::None(Number::Ok));
    assert_eq!(
        read::<Union>("[[]]"),
        Union::Ok(Wrapper(vec![Wrapper(vec![])]))
    );
    assert_eq!(
        read::<Option>("\"none\""),
        Option::Unknown("none".to_owned())
    );
}
