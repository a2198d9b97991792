use specwright_runtime::prelude::*;

use crate::{read, refusal, write};

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
enum Open {
    None,
    Some,
    Ok,
    Err,
    Unknown(String),
}
text_enum!(Open { None = "none", Some = "so \"me\"", Ok = "", Err = "ERR" } else Unknown);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Closed {
    Up,
    Down,
}
text_enum!(Closed { Up = "up", Down = "down" });

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Code {
    One,
    Minus,
    Unknown(i64),
}
integer_enum!(Code { One = 1, Minus = -1 } else Unknown);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Only {
    Big,
}
integer_enum!(Only { Big = 9_000_000_000 });

#[test]
fn an_open_enum_keeps_unknown_values() {
    for (text, value) in [
        (r#""none""#, Open::None),
        (r#""so \"me\"""#, Open::Some),
        (r#""""#, Open::Ok),
        (r#""ERR""#, Open::Err),
        (r#""err""#, Open::Unknown("err".to_owned())),
    ] {
        assert_eq!(read::<Open>(text), value);
        assert_eq!(write(&value), text);
        assert_eq!(value.to_string().parse::<Open>(), Ok(value.clone()));
        assert_eq!(Open::from(value.to_string()), value);
    }
    assert_eq!(
        refusal::<Open>("1"),
        "$: expected a string, found the number 1"
    );
    assert_eq!(format!("{:>5}|", Open::None), " none|");
}

#[test]
fn a_closed_enum_lists_its_values_in_errors() {
    assert_eq!(read::<Closed>(r#""down""#), Closed::Down);
    assert_eq!(write(&Closed::Up), r#""up""#);
    let word: &'static str = Closed::Up.as_str();
    assert_eq!(word, "up");
    assert_eq!(
        refusal::<Vec<Closed>>(r#"["up","left"]"#),
        r#"$[1]: expected one of "up", "down", found the string "left""#
    );
    assert_eq!(
        "left".parse::<Closed>().unwrap_err().to_string(),
        r#"expected one of "up", "down""#
    );
    assert_eq!(read::<Option<Closed>>("null"), None);
}

#[test]
fn integer_enums_are_numbers() {
    assert_eq!(
        read::<Vec<Code>>("[1,-1,7,1.0]"),
        [Code::One, Code::Minus, Code::Unknown(7), Code::One]
    );
    assert_eq!(write(&vec![Code::Minus, Code::Unknown(7)]), "[-1,7]");
    assert_eq!("-1".parse::<Code>().unwrap(), Code::Minus);
    assert_eq!(Code::from(7).to_string(), "7");
    assert_eq!(Only::try_from(9_000_000_000), Ok(Only::Big));
    assert_eq!(
        refusal::<Only>("1"),
        "$: expected 9000000000, found the number 1"
    );
    assert_eq!(
        refusal::<Only>(r#""1""#),
        r#"$: expected an integer, found the string "1""#
    );
    assert!("x".parse::<Code>().is_err());
}

#[test]
fn constants_of_an_enum_are_set_from_the_start() {
    #[derive(Debug, PartialEq)]
    struct Event {
        direction: Closed,
        code: Code,
        flag: bool,
    }
    record!(Event {
        direction: "direction" = "down",
        code: "code" = -1,
        flag: "flag" = true
    });
    let event: Event = read("{}");
    assert_eq!(
        event,
        Event {
            direction: Closed::Down,
            code: Code::Minus,
            flag: true
        }
    );
    assert_eq!(
        write(&event),
        r#"{"direction":"down","code":-1,"flag":true}"#
    );
}

#[test]
fn a_constant_that_may_be_null_is_set_from_the_start_and_keeps_null() {
    #[derive(Debug, PartialEq)]
    struct Event {
        kind: Option<String>,
    }
    record!(Event {
        kind: "kind" = "created"
    });
    assert_eq!(write(&read::<Event>("{}")), r#"{"kind":"created"}"#);
    assert_eq!(
        write(&read::<Event>(r#"{"kind":null}"#)),
        r#"{"kind":null}"#
    );
}
