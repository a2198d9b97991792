use std::collections::HashMap;
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::Serde;
use crate::codec::{from_form, from_json, from_value, to_json, to_value};
use crate::prelude::*;

/// An amount as a program has it: no codec of this crate, and no `Default`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Money {
    amount: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
}

/// A newtype, which serde decodes by a method of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Rank(u8);

#[derive(Debug, Clone, PartialEq)]
struct Offer {
    price: Serde<Money>,
    rank: Option<Serde<Rank>>,
    former: Nullable<Serde<Money>>,
    parts: Vec<Serde<Money>>,
    ranks: Map<Option<Serde<Rank>>>,
}

record!(Offer {
    price: "price" required decimal,
    rank: "rank" decimal,
    former: "former" decimal,
    parts: "parts",
    ranks: "ranks",
});

#[derive(Debug, Clone, PartialEq)]
struct Gift {
    from: String,
}

record!(Gift { from: "from" required });

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Money(Serde<Money>),
    Gift(Gift),
    Unknown(Json),
}

union!(Value { Money, Gift } else Unknown);

#[derive(Debug, Clone, PartialEq)]
enum Tagged {
    Money(Serde<Money>),
    Unknown(Json),
}

union!(Tagged tag "kind" { Money: "money" } else Unknown);

fn money(amount: i64) -> Money {
    let currency = None;
    Money { amount, currency }
}

#[test]
fn a_type_of_serde_stands_wherever_a_value_does() {
    let text = br#"{"price":{"amount":5,"currency":"EUR"},"rank":3,"former":null,"parts":[{"amount":1}],"ranks":{"a":null,"b":7}}"#;
    let offer: Offer = from_json(text).unwrap();
    assert_eq!(
        (offer.price.amount, offer.rank),
        (5, Some(Serde::new(Rank(3))))
    );
    let offer: Offer = from_json(text).unwrap();
    assert_eq!(offer.former, Nullable::Null);
    assert_eq!(offer.parts, [money(1).into()]);
    assert_eq!(offer.ranks["b"], Some(Rank(7).into()));
    assert_eq!(to_json(&offer), text);
    let json: Json = serde_json::from_slice(text).unwrap();
    assert_eq!(from_value::<Offer>(&json).unwrap(), offer);
    assert_eq!(to_value(&offer), json);
    assert_eq!(serde_json::from_value::<Offer>(json).unwrap(), offer);
}

#[test]
fn absent_and_null_are_what_they_are_for_other_fields() {
    let offer: Offer = from_json(br#"{"price":{"amount":5}}"#).unwrap();
    assert_eq!((&offer.rank, &offer.former), (&None, &Nullable::Absent));
    let error = from_json::<Offer>(b"{}").unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"$: the required property "price" is missing"#
    );
}

#[test]
fn errors_have_the_location_and_what_the_type_expected() {
    for (text, expected) in [
        (
            r#"{"price":{"amount":"5"}}"#,
            "$.price: expected i64, found an object",
        ),
        (
            r#"{"price":{}}"#,
            "$.price: expected a valid value (missing field `amount`), found an object",
        ),
        (
            r#"{"price":[]}"#,
            "$.price: expected struct Money with 2 elements, found an array",
        ),
        (
            r#"{"price":7}"#,
            "$.price: expected struct Money, found the number 7",
        ),
        (
            r#"{"price":{"amount":1},"rank":300}"#,
            "$.rank: expected u8, found the number 300",
        ),
        (
            r#"{"price":{"amount":1},"parts":[{"amount":1},true]}"#,
            "$.parts[1]: expected struct Money, found true",
        ),
        (
            r#"{"price":{"amount":1},"ranks":{"a":-1}}"#,
            "$.ranks.a: expected u8, found the number -1",
        ),
    ] {
        assert_eq!(
            from_json::<Offer>(text.as_bytes()).unwrap_err().to_string(),
            expected
        );
        let json: Json = serde_json::from_str(text).unwrap();
        assert_eq!(
            from_value::<Offer>(&json).unwrap_err().to_string(),
            expected
        );
    }
}

#[test]
fn an_alternative_fits_by_what_it_encodes_again() {
    let read = |text: &str| from_json::<Value>(text.as_bytes()).unwrap();
    assert_eq!(read(r#"{"amount":2}"#), Value::Money(money(2).into()));
    let gift = Value::Gift(Gift {
        from: "Ann".to_owned(),
    });
    assert_eq!(read(r#"{"from":"Ann"}"#), gift);
    assert_eq!(
        read(r#"{"to":"Ann"}"#),
        Value::Unknown(serde_json::json!({"to": "Ann"}))
    );
}

#[test]
fn an_alternative_is_written_with_the_discriminator() {
    let tagged: Tagged = from_json(br#"{"kind":"money","amount":2}"#).unwrap();
    assert_eq!(tagged, Tagged::Money(money(2).into()));
    assert_eq!(to_json(&tagged), br#"{"kind":"money","amount":2}"#);
}

#[test]
fn a_number_keeps_its_digits() {
    /// What a crate for decimal numbers does with the feature `arbitrary_precision` of `serde_json`.
    #[derive(Debug, PartialEq)]
    struct Digits(String);
    impl Digits {
        fn as_str(&self) -> &str {
            &self.0
        }
    }
    impl<'de> Deserialize<'de> for Digits {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let raw = <Box<serde_json::value::RawValue>>::deserialize(deserializer)?;
            Ok(Self(raw.get().to_owned()))
        }
    }
    impl Serialize for Digits {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(&self.0)
        }
    }
    let list: Vec<Serde<Digits>> = from_json(b"[0.10000000000000000000001]").unwrap();
    assert_eq!(list[0].as_str(), "0.10000000000000000000001");
}

#[test]
fn strings_of_forms_are_converted() {
    let map: Map<Serde<Rank>> = from_form(b"a=7").unwrap();
    assert_eq!(*map["a"], Rank(7));
    let map: Map<Serde<Money>> = from_form(b"a=%7B%22amount%22%3A3%7D").unwrap();
    assert_eq!(map["a"].amount, 3);
}

#[test]
fn values_that_serde_cannot_serialize_are_null() {
    let map: HashMap<Vec<u8>, u8> = HashMap::from([(vec![1], 2)]);
    assert_eq!(to_json(&vec![Serde::new(map)]), b"[null]");
    let hosts = Serde::new(vec![Ipv4Addr::LOCALHOST]);
    assert_eq!(to_json(&hosts), br#"["127.0.0.1"]"#);
}
