use specwright_runtime::prelude::*;

use crate::{read, write};

#[derive(Debug, Clone, PartialEq)]
struct Cat {
    lives: i64,
    names: Vec<String>,
}
record!(Cat { lives: "lives" required, names: "names" });

#[derive(Debug, Clone, PartialEq)]
struct Dog {
    pet_type: String,
    puppies: Vec<Pet>,
}
record!(Dog { pet_type: "petType" required, puppies: "puppies" });

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
enum Pet {
    Cat(Cat),
    Dog(Box<Dog>),
    Unknown(Json),
}
union!(Pet tag "petType" { Cat: "cat" | "Cat", Dog: "dog" } else Unknown);

#[test]
fn the_tag_decides_and_is_written_first() {
    let cat: Pet = read(r#"{"lives":9.0,"names":"Tom","petType":"Cat"}"#);
    assert_eq!(
        cat,
        Pet::Cat(Cat {
            lives: 9,
            names: vec!["Tom".to_owned()]
        })
    );
    assert_eq!(
        write(&cat),
        r#"{"petType":"cat","lives":9,"names":["Tom"]}"#
    );
    let dog: Pet = read(
        r#"{"puppies":[{"petType":"cat","lives":1,"names":[]},{"petType":"dog","puppies":[]}],"petType":"dog"}"#,
    );
    assert!(matches!(&dog, Pet::Dog(dog) if matches!(*dog.puppies, [Pet::Cat(_), Pet::Dog(_)])));
    assert_eq!(read::<Pet>(&write(&dog)), dog);
}

#[test]
fn a_value_that_fits_no_alternative_is_kept() {
    for text in [
        r#"{"petType":"newt"}"#,
        r#"{"petType":"cat"}"#,
        r#"{"lives":9}"#,
        r#"{"lives":9,"petType":null}"#,
        "[1,{\"a\":null}]",
        "\"cat\"",
        "null",
        "-1.5",
    ] {
        let pet: Pet = read(text);
        assert_eq!(pet, Pet::Unknown(serde_json::from_str(text).unwrap()));
        assert_eq!(write(&pet), text);
    }
    assert_eq!(read::<Option<Pet>>("null"), None);
    assert_eq!(
        read::<Vec<Pet>>(r#"[{"petType":"cat","lives":1},null]"#).len(),
        2
    );
}

#[derive(Debug, Clone, PartialEq)]
struct Held(Pet);
wrapper!(Held);

/// A type that contains a union ends its object as well.
#[test]
fn a_union_is_settled_whatever_holds_it() {
    let text = r#"{"petType":"cat","lives":9,"names":[]}"#;
    let cat: Pet = read(text);
    assert!(matches!(cat, Pet::Cat(_)));
    assert_eq!(read::<Option<Pet>>(text), Some(cat.clone()));
    assert_eq!(read::<Nullable<Pet>>(text), Nullable::Value(cat.clone()));
    assert_eq!(read::<Box<Pet>>(text), Box::new(cat.clone()));
    assert_eq!(read::<Option<Box<Pet>>>(text), Some(Box::new(cat.clone())));
    assert_eq!(read::<Held>(text), Held(cat.clone()));
    let map: Map<Option<Pet>> = read(&format!("{{\"a\":{text}}}"));
    assert_eq!(map["a"], Some(cat.clone()));
    assert_eq!(
        read::<(Pet, Nullable<Held>)>(&format!("[{text},{text}]")).1,
        Nullable::Value(Held(cat))
    );
}

/// The fit of a nested union is that of its alternatives.
#[derive(Debug, Clone, PartialEq)]
enum Keeper {
    Pet(Option<Pet>),
    Held(Held),
    Names(Map<String>),
    Unknown(Json),
}
union!(Keeper { Pet, Held, Names } else Unknown);

#[test]
fn a_union_within_a_union_fits_only_by_its_own_alternatives() {
    assert!(matches!(
        read(r#"{"petType":"dog","puppies":[]}"#),
        Keeper::Pet(Some(Pet::Dog(_)))
    ));
    assert!(matches!(read(r#"{"petType":"newt"}"#), Keeper::Names(_)));
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Word {
    Auto,
    Unknown(String),
}
text_enum!(Word { Auto = "auto" } else Unknown);

#[derive(Debug, Clone, PartialEq)]
enum Value {
    List(Vec<i64>),
    Number(i64),
    Float(f64),
    Word(Word),
    Text(String),
    Flag(bool),
    Cat(Cat),
    Unknown(Json),
}
union!(Value { List, Number, Float, Word, Text, Flag, Cat } else Unknown);

#[test]
fn no_leniency_makes_the_wrong_alternative_fit() {
    for (text, value) in [
        ("5", Value::Number(5)),
        ("5.0", Value::Float(5.0)),
        (
            "18446744073709551615",
            Value::Float(18_446_744_073_709_551_615.0),
        ),
        ("[5]", Value::List(vec![5])),
        ("\"auto\"", Value::Word(Word::Auto)),
        ("\"5\"", Value::Text("5".to_owned())),
        ("true", Value::Flag(true)),
        (
            r#"{"lives":1,"names":[]}"#,
            Value::Cat(Cat {
                lives: 1,
                names: vec![],
            }),
        ),
        // Only lenient decoding accepts these.
        ("[5.0]", Value::List(vec![5])),
        (
            r#"{"lives":1,"names":"Tom"}"#,
            Value::Cat(Cat {
                lives: 1,
                names: vec!["Tom".to_owned()],
            }),
        ),
        ("null", Value::Unknown(Json::Null)),
        ("[true]", Value::Unknown(serde_json::json!([true]))),
        (r#"{"x":1}"#, Value::Unknown(serde_json::json!({"x": 1}))),
    ] {
        assert_eq!(read::<Value>(text), value, "{text}");
    }
}

#[test]
fn an_open_enum_takes_other_words_where_nothing_else_does() {
    #[derive(Debug, Clone, PartialEq)]
    enum Size {
        Word(Word),
        Number(i64),
        Unknown(Json),
    }
    union!(Size { Word, Number } else Unknown);
    assert_eq!(
        read::<Size>("\"large\""),
        Size::Word(Word::Unknown("large".to_owned()))
    );
    assert_eq!(read::<Size>("1"), Size::Number(1));
    assert_eq!(read::<Size>("true"), Size::Unknown(true.into()));
}

#[derive(Debug, Clone, PartialEq)]
struct Circle {
    kind: String,
    radius: Option<f64>,
}
record!(Circle {
    kind: "kind" = "circle",
    radius: "radius"
});

#[derive(Debug, Clone, PartialEq)]
struct Square {
    kind: String,
    side: Option<f64>,
}
record!(Square {
    kind: "kind" = "square",
    side: "side"
});

#[derive(Debug, Clone, PartialEq)]
struct Plain {
    side: Option<f64>,
    radius: Option<f64>,
}
record!(Plain {
    side: "side",
    radius: "radius"
});

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Any(JsonObject),
    Circle(Circle),
    Square(Square),
    Plain(Plain),
    Group(Vec<Shape>),
    Unknown(Json),
}
union!(Shape { Any, Circle, Square, Plain, Group } else Unknown);

#[test]
fn the_record_that_knows_most_properties_wins_and_constants_must_hold() {
    let shape = |text| read::<Shape>(text);
    assert!(matches!(shape(r#"{"kind":"circle"}"#), Shape::Circle(_)));
    assert!(matches!(
        shape(r#"{"kind":"square","radius":1}"#),
        Shape::Square(_)
    ));
    assert!(matches!(shape(r#"{"side":1}"#), Shape::Square(_)));
    assert!(matches!(shape(r#"{"side":1,"radius":1}"#), Shape::Plain(_)));
    assert!(matches!(
        shape(r#"{"kind":"star","points":5}"#),
        Shape::Any(_)
    ));
    assert!(
        matches!(shape(r#"[{"side":1,"radius":1},{"kind":"circle"}]"#), Shape::Group(group)
        if matches!(*group, [Shape::Plain(_), Shape::Circle(_)]))
    );
}

#[test]
fn a_nested_tagged_union_only_fits_known_tags() {
    #[derive(Debug, Clone, PartialEq)]
    enum Outer {
        Pet(Pet),
        Plain(Plain),
        Unknown(Json),
    }
    union!(Outer { Pet, Plain } else Unknown);
    assert!(matches!(
        read(r#"{"petType":"cat","lives":1}"#),
        Outer::Pet(Pet::Cat(_))
    ));
    assert!(matches!(read(r#"{"side":1}"#), Outer::Plain(_)));
}

#[test]
fn a_number_can_be_the_tag() {
    #[derive(Debug, Clone, PartialEq)]
    enum Versioned {
        One(Plain),
        Unknown(Json),
    }
    union!(Versioned tag "v" { One: "1" } else Unknown);
    assert!(matches!(read(r#"{"v":1}"#), Versioned::One(_)));
    assert!(matches!(read(r#"{"v":2}"#), Versioned::Unknown(_)));
}

#[derive(Debug, Clone, PartialEq)]
struct Folder {
    name: String,
    children: Vec<Item>,
}
record!(Folder { name: "name" required, children: "children" required });

#[derive(Debug, Clone, PartialEq)]
struct Project {
    name: String,
    children: Vec<Item>,
    owner: String,
    state: Option<Word>,
}
record!(Project {
    name: "name" required,
    children: "children" required,
    owner: "owner" required,
    state: "state",
});

#[derive(Debug, Clone, PartialEq)]
enum Item {
    Folder(Folder),
    Project(Project),
    Unknown(Json),
}
union!(Item { Folder, Project } else Unknown);

impl Item {
    fn depth_of_projects(&self) -> usize {
        match self {
            Self::Project(project) => {
                let below = project.children.iter().map(Self::depth_of_projects);
                1 + below.max().unwrap_or(0)
            }
            Self::Folder(_) | Self::Unknown(_) => 0,
        }
    }
}

fn nested(opening: &str, depth: usize, core: &str, closing: &str) -> String {
    format!("{}{core}{}", opening.repeat(depth), closing.repeat(depth))
}

#[test]
fn the_alternative_that_knows_most_properties_wins_at_any_depth() {
    // An array and an object each count for the nesting limit of JSON text.
    for depth in [1, 12, 30, 62] {
        let text = nested(
            r#"{"children":["#,
            depth,
            "",
            r#"],"name":"n","owner":"o"}"#,
        );
        let item: Item = read(&text);
        assert_eq!(item.depth_of_projects(), depth);
        assert_eq!(read::<Json>(&write(&item)), read::<Json>(&text));
    }
}

#[test]
fn a_value_that_needs_lenience_does_not_cost_the_properties_beside_it() {
    let text = r#"{"children":[],"name":"n","owner":"o","state":"paused"}"#;
    let text = nested(r#"{"children":["#, 3, text, r#"],"name":"n","owner":"o"}"#);
    let item: Item = read(&text);
    assert_eq!(item.depth_of_projects(), 4);
    assert_eq!(read::<Json>(&write(&item)), read::<Json>(&text));
}

#[test]
fn an_alternative_that_ignores_nothing_wins_over_one_that_knows_as_much() {
    #[derive(Debug, Clone, PartialEq)]
    enum Loose {
        Plain(Plain),
        Any(JsonObject),
        Unknown(Json),
    }
    union!(Loose { Plain, Any } else Unknown);
    assert!(matches!(read(r#"{"side":1,"x":2}"#), Loose::Plain(_)));
    assert!(matches!(read(r#"{"x":2}"#), Loose::Any(_)));
}

/// The alternatives differ only by a constant on a deep level.
#[test]
fn constants_decide_at_any_depth() {
    #[derive(Debug, Clone, PartialEq)]
    struct Circles {
        data: Option<Vec<Circle>>,
    }
    record!(Circles { data: "data" });
    #[derive(Debug, Clone, PartialEq)]
    struct Squares {
        data: Option<Vec<Square>>,
    }
    record!(Squares { data: "data" });
    #[derive(Debug, Clone, PartialEq)]
    enum Event {
        Circles(Circles),
        Squares(Squares),
        Unknown(Json),
    }
    union!(Event { Circles, Squares } else Unknown);
    assert!(matches!(
        read(r#"{"data":[{"kind":"square","radius":1}]}"#),
        Event::Squares(_)
    ));
    assert!(matches!(
        read(r#"{"data":[{"kind":"circle","side":1}]}"#),
        Event::Circles(_)
    ));
}

/// An alternative can be the union itself, in a careless description.
#[test]
fn a_union_that_is_its_own_alternative_is_read() {
    #[derive(Debug, Clone, PartialEq)]
    enum Round {
        Again(Box<Round>),
        List(Vec<Round>),
        Count(i64),
        Unknown(Json),
    }
    union!(Round { Again, List, Count } else Unknown);
    assert_eq!(read::<Round>("1"), Round::Count(1));
    assert_eq!(read::<Round>("null"), Round::Unknown(Json::Null));
    assert_eq!(
        read::<Round>("[1,[]]"),
        Round::List(vec![Round::Count(1), Round::List(vec![])])
    );
    assert_eq!(read::<Round>("{}"), Round::Unknown(read("{}")));
}
