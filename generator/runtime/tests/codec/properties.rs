//! Property tests: a record decodes and encodes the same as the values of `serde_json`.

use proptest::prelude::*;
use specwright_runtime::codec::{from_json, from_value, to_json, to_value};
use specwright_runtime::prelude::{Json, JsonObject, Map, Nullable, record, text_enum, union};

#[derive(Debug, Clone, PartialEq)]
struct Everything {
    text: String,
    flag: bool,
    small: i32,
    whole: i64,
    large: u64,
    real: f64,
    maybe: Option<String>,
    nullable: Nullable<i64>,
    word: Word,
    words: Vec<Word>,
    pair: (i64, String),
    map: Map<Vec<i64>>,
    any: Json,
    either: Either,
    child: Option<Box<Everything>>,
    others: JsonObject,
}

record!(Everything {
    text: "text" required,
    flag: "flag" required,
    small: "small" required,
    whole: "whole" required,
    large: "large" required,
    real: "real" required,
    maybe: "maybe",
    nullable: "nullable",
    word: "word" required,
    words: "words" required,
    pair: "pair" required,
    map: "map" required,
    any: "any" required,
    either: "either" required,
    child: "child",
    ..others
});

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Word {
    Yes,
    No,
    Unknown(String),
}
text_enum!(Word { Yes = "yes", No = "no" } else Unknown);

#[derive(Debug, Clone, PartialEq)]
enum Either {
    Number(i64),
    Large(u64),
    Real(f64),
    Text(String),
    Unknown(Json),
}
union!(Either { Number, Large, Real, Text } else Unknown);

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Json::from),
            prop::collection::vec((any::<String>(), inner), 0..5)
                .prop_map(|properties| Json::Object(properties.into_iter().collect())),
        ]
    })
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("yes".to_owned()),
        Just("no".to_owned()),
        any::<String>()
    ]
}

/// Objects that fit [`Everything`], with any of its optional properties and some unknown ones.
fn fitting() -> impl Strategy<Value = Json> {
    let scalars = (
        any::<String>(),
        any::<bool>(),
        any::<i32>(),
        any::<i64>(),
        any::<u64>(),
        -1e300..1e300_f64,
    );
    let optional = (
        prop::option::of(any::<String>()),
        prop::option::of(prop::option::of(any::<i64>())),
        prop::option::of(("[A-Z]{1,3}", json())),
    );
    let nested = (
        word(),
        prop::collection::vec(word(), 0..4),
        (any::<i64>(), any::<String>()),
        prop::collection::btree_map(
            any::<String>(),
            prop::collection::vec(any::<i64>(), 0..3),
            0..3,
        ),
        json(),
        json(),
    );
    (scalars, optional, nested).prop_map(|(scalars, optional, nested)| {
        let (text, flag, small, whole, large, real) = scalars;
        let (word, words, pair, map, any, either) = nested;
        let mut object = serde_json::json!({
            "text": text, "flag": flag, "small": small, "whole": whole, "large": large, "real": real,
            "word": word, "words": words, "pair": pair, "map": map, "any": any, "either": either,
        });
        let (maybe, nullable, other) = optional;
        if let Some(maybe) = maybe {
            object["maybe"] = maybe.into();
        }
        if let Some(nullable) = nullable {
            object["nullable"] = nullable.into();
        }
        if let Some((name, value)) = other {
            object[name] = value;
        }
        object
    })
}

proptest! {
    #[test]
    fn what_fits_is_written_as_it_was_read(outer in fitting(), inner in prop::option::of(fitting())) {
        let mut object = outer;
        if let Some(inner) = inner {
            object["child"] = inner;
        }
        let value: Everything = from_json(object.to_string().as_bytes()).unwrap();
        prop_assert_eq!(to_value(&value), object.clone());
        prop_assert_eq!(serde_json::to_value(&value).unwrap(), object.clone());
        prop_assert_eq!(to_json(&value), serde_json::to_vec(&value).unwrap());
        prop_assert_eq!(&from_value::<Everything>(&object).unwrap(), &value);
        prop_assert_eq!(serde_json::from_value::<Everything>(object).unwrap(), value);
    }

    #[test]
    fn one_wrong_property_is_named(object in fitting(), index in 0..12_usize) {
        let required = ["text", "flag", "small", "whole", "large", "real", "word", "words", "pair", "map"];
        let name = required[index % required.len()];
        let mut object = object;
        object[name] = serde_json::json!([{}]);
        let error = from_json::<Everything>(object.to_string().as_bytes()).unwrap_err();
        prop_assert!(error.path().starts_with(&format!("$.{name}")), "{}", error);
        object.as_object_mut().unwrap().remove(name);
        let error = from_json::<Everything>(object.to_string().as_bytes()).unwrap_err();
        prop_assert_eq!(error.to_string(), format!("$: the required property {name:?} is missing"));
    }

    #[test]
    fn any_json_is_a_value_or_an_error(json in json()) {
        let text = json.to_string();
        prop_assert_eq!(from_json::<Json>(text.as_bytes()).unwrap(), serde_json::from_str::<Json>(&text).unwrap());
        let _ = from_json::<Everything>(text.as_bytes());
        let _ = from_json::<Vec<Either>>(text.as_bytes());
    }

    #[test]
    fn any_bytes_are_a_value_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let ours = from_json::<Json>(&bytes).is_ok();
        prop_assert_eq!(ours, serde_json::from_slice::<Json>(&bytes).is_ok());
    }
}
