use specwright_runtime::codec::from_json;
use specwright_runtime::prelude::*;

use crate::{read, write};

#[derive(Debug, Clone, PartialEq)]
struct Node {
    next: Option<Box<Node>>,
    any: Option<Json>,
    either: Option<Either>,
    rest: Map<Node>,
}
record!(Node {
    next: "next",
    any: "any",
    either: "either",
    ..rest
});

#[derive(Debug, Clone, PartialEq)]
enum Either {
    Node(Box<Node>),
    List(Vec<Either>),
    Unknown(Json),
}
union!(Either { Node, List } else Unknown);

#[test]
fn nesting_without_end_is_an_error() {
    for opening in [
        "[",
        "{\"next\":",
        "{\"any\":",
        "{\"either\":",
        "{\"x\":",
        "{\"any\":[",
    ] {
        let text = opening.repeat(100_000);
        let error = from_json::<Node>(text.as_bytes()).unwrap_err();
        assert!(error.to_string().len() < 4_000, "{error}");
        let error = from_json::<Either>(text.as_bytes()).unwrap_err();
        assert!(error.is_syntax(), "{opening}: {error}");
        assert!(
            error.found().contains("recursion limit"),
            "{opening}: {error}"
        );
        assert!(from_json::<Json>(text.as_bytes()).is_err());
        assert!(from_json::<Vec<Vec<Json>>>(text.as_bytes()).is_err());
    }
}

#[test]
fn nesting_to_the_limit_is_read_and_written() {
    let text = format!("{}{}", "[".repeat(120), "]".repeat(120));
    assert_eq!(write(&read::<Json>(&text)), text);
    let text = format!("{}1{}", "{\"either\":".repeat(12), "}".repeat(12));
    assert_eq!(write(&read::<Node>(&text)), text);
}

#[test]
fn every_beginning_of_a_text_is_an_error_or_a_value() {
    let text = "{\"next\":{\"any\":[1,-2.5e3,\"a\\u00e9\\ud83d\\ude00\",null,true]},\"either\":[{},[\"ü\"]],\"x\":{}}";
    let node: Node = read(text);
    assert_eq!(read::<Node>(&write(&node)), node);
    for end in 0..text.len() {
        assert!(
            from_json::<Node>(&text.as_bytes()[..end])
                .unwrap_err()
                .is_syntax()
        );
    }
}

#[derive(Debug, Clone, PartialEq)]
struct All {
    of: Vec<Filter>,
}
record!(All { of: "of" required });

#[derive(Debug, Clone, PartialEq)]
struct Any {
    of: Vec<Filter>,
}
record!(Any { of: "of" required });

#[derive(Debug, Clone, PartialEq)]
enum Filter {
    Text(String),
    Any(Any),
    All(All),
    List(Vec<Filter>),
    Unknown(Json),
}
union!(Filter { Text, Any, All, List } else Unknown);

#[test]
fn unions_that_cannot_be_told_apart_stay_affordable() {
    let filter: Filter = read(r#"{"of":["a",{"of":["b"]}]}"#);
    assert!(
        matches!(&filter, Filter::Any(any) if matches!(&*any.of, [Filter::Text(_), Filter::Any(_)]))
    );
    for core in ["\"x\"", "5", "null"] {
        for opening in ["{\"of\":[", "{\"y\":0,\"of\":[", "[{\"of\":["] {
            let closing = if opening.starts_with('[') {
                "]}]"
            } else {
                "]}"
            };
            let depth = if opening.starts_with('[') { 40 } else { 60 };
            let text = format!("{}{core}{}", opening.repeat(depth), closing.repeat(depth));
            let filter: Filter = read(&text);
            assert_eq!(write(&filter).matches("of").count(), depth);
        }
    }
}

/// Returns how many strings are decoded for a text: the work of a union, without a clock.
#[test]
fn the_work_of_nested_unions_grows_with_the_text_only() {
    for tagged in [false, true] {
        let cost = |depth: usize| {
            let text = format!(
                "{}{}",
                "{\"kind\":\"n\",\"of\":[".repeat(depth),
                "]}".repeat(depth)
            );
            READS.set(0);
            if tagged {
                assert!(matches!(read(&text), Tagged::Node(_)));
            } else {
                assert!(matches!(read(&text), Untagged::Long(_)));
            }
            READS.get()
        };
        assert_eq!(cost(60) - cost(40), cost(40) - cost(20), "tagged: {tagged}");
    }
}

std::thread_local! {
    static READS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// A string that counts how often it is decoded.
#[derive(Debug, Clone, PartialEq)]
struct Counted(String);

impl specwright_runtime::codec::Decode for Counted {
    fn empty() -> Self {
        Self(String::new())
    }

    fn scalar(
        &mut self,
        scalar: specwright_runtime::codec::Scalar<'_>,
        mode: specwright_runtime::codec::Mode,
    ) -> Result<(), specwright_runtime::codec::Mismatch> {
        READS.set(READS.get() + 1);
        self.0.scalar(scalar, mode)
    }
}

impl specwright_runtime::codec::Encode for Counted {
    fn view(&self) -> specwright_runtime::codec::View<'_> {
        self.0.view()
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Branch {
    kind: Counted,
    of: Vec<Tagged>,
}
record!(Branch { kind: "kind" required, of: "of" required });

#[derive(Debug, Clone, PartialEq)]
enum Tagged {
    Node(Branch),
    Unknown(Json),
}
union!(Tagged tag "kind" { Node: "n" } else Unknown);

#[derive(Debug, Clone, PartialEq)]
struct Short {
    of: Vec<Untagged>,
}
record!(Short { of: "of" required });

#[derive(Debug, Clone, PartialEq)]
struct Plain {
    of: Vec<Plain>,
    kind: Counted,
}
record!(Plain { of: "of" required, kind: "kind" required });

#[derive(Debug, Clone, PartialEq)]
struct Long {
    kind: Counted,
    of: Vec<Untagged>,
}
record!(Long { kind: "kind" required, of: "of" required });

/// `Plain` decodes everything below it without a union, which would otherwise be repeated at each level.
#[derive(Debug, Clone, PartialEq)]
enum Untagged {
    Short(Short),
    Long(Long),
    Plain(Plain),
    Unknown(Json),
}
union!(Untagged { Short, Long, Plain } else Unknown);

#[test]
fn a_list_that_holds_itself_is_no_list_of_one() {
    #[derive(Debug, Clone, PartialEq)]
    struct Nest(Vec<Nest>);
    wrapper!(Nest);
    assert_eq!(read::<Vec<Filter>>("5"), [Filter::Unknown(5.into())]);
    assert!(from_json::<Nest>(b"5").is_err());
    assert!(from_json::<Nest>(b"[[],5]").is_err());
    assert_eq!(read::<Filter>("5"), Filter::Unknown(5.into()));
}
