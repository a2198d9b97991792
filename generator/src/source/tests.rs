//! Both parsers: values, locations, and hostile input.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{Node, Sources, Value, parse};
use crate::diagnostic::{Diagnostics, Format, Severity, code, in_quotes, is_plain};

struct Read {
    sources: Sources,
    node: Option<Node>,
    diagnostics: Diagnostics,
}

impl Read {
    fn new(path: &str, text: &str) -> Self {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::new();
        let file = sources.add(path, text);
        let node = parse(file, &sources, &mut diagnostics);
        Self {
            sources,
            node,
            diagnostics,
        }
    }

    fn yaml(text: &str) -> Self {
        Self::new("a.yaml", text)
    }

    fn json(text: &str) -> Self {
        Self::new("a.json", text)
    }

    fn value(&self) -> Json {
        assert!(!self.diagnostics.has_errors(), "{}", self.short());
        self.node.as_ref().unwrap().to_json()
    }

    fn short(&self) -> String {
        self.diagnostics.render(&self.sources, Format::Short, false)
    }

    /// The text that the node at a pointer marks.
    fn marked(&self, pointer: &str) -> &str {
        self.sources
            .text(self.node.as_ref().unwrap().pointer(pointer).unwrap().span)
    }

    fn marked_key(&self, parent: &str, key: &str) -> &str {
        let node = self.node.as_ref().unwrap().pointer(parent).unwrap();
        self.sources.text(node.member(key).unwrap().key.span)
    }

    fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|one| one.code).collect()
    }
}

#[test]
fn yaml_is_what_a_second_reader_says() {
    let snippets = [
        "a: 1\nb: [x, 'y', \"z\\n\\u00e4\"]\nc: {d: ~, e: null, f: }\n",
        "- true\n- False\n- yes\n- off\n- 1.5\n- -3\n- 0x1F\n- 0o17\n- 1e3\n",
        "text: |\n  one\n   two\n\n  three\nfolded: >-\n  a\n  b\n\n  c\nkept: |+\n  x\n\nlast: 1\n",
        "k: multi\n  line plain\nq: \"multi\n  line\"\n",
        "# c\na: # c\n  b: x # c\n\n  # c\n  c: y#z\n",
        "a: &x {p: 1, q: [1, 2]}\nb: *x\nc: [*x, *x]\n",
        "'200': {description: ok}\n\"x y\": 1\n? z\n: 2\n",
        "a: 'it''s'\nb: \"\\\"\\\\\\/\\t\\x41\\U0001F600\"\n",
        "- - a\n  - b\n-\n  c: d\n  e:\n  - f\n",
        "a: !!str 12\nb: !!int \"3\"\n",
        "url: http://x.y/z?a=b&c\ntime: 12:30:45\nversion: 1.2.3\ndate: 2024-01-01\n",
        "a: 12345678901234567890\nb: -9223372036854775808\nc: 1.0\nd: -0.5\n",
        "{a: [1, {b: c}], \"d\": e}\n",
        "%YAML 1.2\n---\na: 1\n...\n",
        "\"日本\": ü\nz: 😀\n",
        "a: 1\r\nb: |\r\n  x\r\n  y\r\n",
    ];
    for text in snippets {
        let second: Json = serde_yaml::from_str(text).unwrap();
        assert_eq!(Read::yaml(text).value(), second, "{text}");
    }
}

#[test]
fn places_in_yaml_are_exact() {
    let text = "# ü\ninfo:   \n  'tï tle': \"a b\"  # c\n  text: |\n    x\n    y\n\n  anchored: &x !t word\n  one: 'it''s' # 'c'\n  two: \"\\\\\\\"\" # \"c\n  ? \"k\" # c\n  : 1\nlist:\n  - a: 日本 \n    b:\n  - [1, {x: 2}]\n\n# end\n";
    let read = Read::yaml(text);
    assert_eq!(read.marked("/info/tï tle"), "\"a b\"");
    assert_eq!(read.marked_key("/info", "tï tle"), "'tï tle'");
    assert_eq!(read.marked("/info/text"), "x\n    y");
    assert_eq!(read.marked("/info/anchored"), "word");
    assert_eq!(read.marked("/info/one"), "'it''s'");
    assert_eq!(read.marked("/info/two"), "\"\\\\\\\"\"");
    assert_eq!(read.marked_key("/info", "k"), "\"k\"");
    assert_eq!(read.marked("/list/0/a"), "日本");
    assert_eq!(read.marked("/list/0/b"), "");
    assert_eq!(read.marked("/list/0"), "a: 日本 \n    b");
    assert_eq!(read.marked("/list/1"), "[1, {x: 2}]");
    assert_eq!(read.marked("/list/1/1"), "{x: 2}");
    assert!(
        read.marked("").ends_with("{x: 2}]"),
        "a map ends with its last child"
    );
    let span = read
        .node
        .as_ref()
        .unwrap()
        .pointer("/list/0/a")
        .unwrap()
        .span;
    assert_eq!(read.sources.file(span.file).location(span.start), (14, 8));
}

#[test]
fn places_in_json_are_exact() {
    let read =
        Read::json("{\r\n  \"ä\" : [ 1.50 , \"\\ud83d\\ude00\" ],\n  \"b\": {\"c\": null}\n}\n");
    assert_eq!(read.marked_key("", "ä"), "\"ä\"");
    assert_eq!(read.marked("/ä"), "[ 1.50 , \"\\ud83d\\ude00\" ]");
    assert_eq!(read.marked("/ä/0"), "1.50");
    assert_eq!(
        read.node.as_ref().unwrap().pointer("/ä/0").unwrap().value,
        Value::Number("1.50".into())
    );
    assert_eq!(read.marked("/b/c"), "null");
    assert_eq!(read.value()["ä"][1], json!("😀"));
}

#[test]
fn half_a_surrogate_pair_is_replaced() {
    let read = Read::json(r#"["\ud83d", "\ude00x", "\ud83d\u0041", "\ud83dx"]"#);
    assert_eq!(
        read.value(),
        json!(["\u{fffd}", "\u{fffd}x", "\u{fffd}A", "\u{fffd}x"])
    );
}

#[test]
fn invalid_json_is_reported_with_its_location() {
    let cases = [
        ("{\"a\": 1,}", "1:9: error[SW0005]: a key is missing here"),
        ("[1,\n]", "2:1: error[SW0005]: a value is missing here"),
        (
            "{'a': 1}",
            "1:2: error[SW0005]: a JSON key needs double quotes",
        ),
        (
            "{\"a\" 1}",
            "1:6: error[SW0005]: a `:` is missing after the key",
        ),
        ("[1 2]", "1:4: error[SW0005]: a `,` or `]` is missing here"),
        (
            "[01]",
            "1:2: error[SW0005]: a JSON number has no leading zero",
        ),
        (
            "[1.]",
            "1:4: error[SW0005]: a digit is missing after the decimal point",
        ),
        ("[NaN]", "1:2: error[SW0005]: this is not a JSON value"),
        ("[nullx]", "1:2: error[SW0005]: this is not a JSON value"),
        ("[\"a", "1:2: error[SW0005]: this string does not end"),
        ("[\"ü\\q\"]", "1:4: error[SW0005]: JSON has no such escape"),
        (
            "[\"\\u12\"]",
            "1:3: error[SW0005]: four hexadecimal digits belong after `\\u`",
        ),
        (
            "{} x",
            "1:4: error[SW0005]: unexpected characters after the end of the JSON value",
        ),
        ("{ // c\n}", "1:3: error[SW0005]: JSON has no comments"),
        (
            "{\"a\":",
            "1:6: error[SW0005]: the file ends where a value is expected",
        ),
        ("ü", "1:1: error[SW0005]: this is not a JSON value"),
    ];
    for (text, wanted) in cases {
        let read = Read::json(text);
        assert_eq!(read.short(), format!("a.json:{wanted}\n"), "{text}");
        assert!(read.node.is_none());
    }
}

#[test]
fn text_that_only_begins_like_json_is_read_as_yaml() {
    assert_eq!(
        Read::yaml("{a: 1, b: [x]}").value(),
        json!({"a": 1, "b": ["x"]})
    );
    assert_eq!(Read::yaml("{\"a\": 1}").value(), json!({"a": 1}));
    assert_eq!(Read::json("{a: 1}").codes(), [code::JSON]);
}

#[test]
fn yaml_errors_are_in_plain_words() {
    let cases = [
        (
            "info:\n  title: a: b\n",
            "2:11: error[SW0004]: not valid YAML: unexpected `:`",
        ),
        (
            "a:\n\tb: 1\n",
            "2:1: error[SW0004]: not valid YAML: a tab is used for indentation",
        ),
        (
            "a: 'b\nc: 1\n",
            "1:4: error[SW0004]: not valid YAML: this quoted string is not closed, or its next line is not indented enough",
        ),
        (
            "a: @b\n",
            "1:4: error[SW0004]: not valid YAML: an unquoted string cannot begin with this character",
        ),
        (
            "a: *b\n",
            "1:4: error[SW0004]: not valid YAML: this alias names no anchor above it",
        ),
        (
            "a: \"\\q\"\n",
            "1:4: error[SW0004]: not valid YAML: unknown escape in a double-quoted string",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "2:1: error[SW0007]: a second YAML document begins in this file",
        ),
        (
            "? [a]\n: b\n",
            "1:3: error[SW0008]: a map or a list cannot be a key",
        ),
        (
            "a: &x [*x]\n",
            "1:8: error[SW0009]: this alias refers to a value that contains it",
        ),
        (
            "<<: 1\n",
            "1:1: error[SW0011]: only a map can be merged with `<<`",
        ),
        ("# nothing\n", "1:1: error[SW0002]: the file holds no value"),
    ];
    for (text, wanted) in cases {
        assert_eq!(
            Read::yaml(text).short(),
            format!("a.yaml:{wanted}\n"),
            "{text}"
        );
    }
}

#[test]
fn duplicate_keys_are_told_with_both_places_and_the_first_stays() {
    for (read, places) in [
        (Read::yaml("a: 1\nb: 2\n'a': 3\n"), [(3, 1), (1, 1)]),
        (Read::json("{\"a\": 1,\n \"a\": 3}"), [(2, 2), (1, 2)]),
    ] {
        assert_eq!(read.codes(), [code::DUPLICATE_KEY]);
        let diagnostic = read.diagnostics.iter().next().unwrap();
        let spans = [
            diagnostic.primary.as_ref().unwrap().span,
            diagnostic.secondary[0].span,
        ];
        assert_eq!(
            spans.map(|span| read.sources.file(span.file).location(span.start)),
            places
        );
        assert_eq!(
            read.node.unwrap().pointer("/a").unwrap().to_json(),
            json!(1)
        );
    }
}

#[test]
fn many_keys_are_compared_as_well() {
    let keys = (0..20_000)
        .map(|index| format!("k{index}: {index}\n"))
        .collect::<Vec<_>>()
        .concat();
    assert_eq!(Read::yaml(&keys).codes(), [""; 0]);
    assert_eq!(
        Read::yaml(&(keys + "k7: 1\nlast: 1\nk8: 1\n")).codes(),
        [code::DUPLICATE_KEY; 2]
    );
}

#[test]
fn merged_maps_give_way_to_own_keys() {
    let read = Read::yaml(
        "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  first: 0\n  <<: [*a, *b]\n  x: 3\n  '<<': kept\n",
    );
    let merged = &read.value()["c"];
    assert_eq!(
        *merged,
        json!({"first": 0, "y": 1, "z": 2, "x": 3, "<<": "kept"})
    );
    let keys: Vec<_> = merged
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys, ["first", "y", "z", "x", "<<"]);
    assert_eq!(read.marked("/c/y"), "1");
}

#[test]
fn tags_and_numbers_that_json_lacks_are_warnings() {
    let read = Read::yaml("a: !foo 1\nb: !!int x\nc: -.inf\nd: !foo {x: 1}\n");
    assert_eq!(
        read.codes(),
        [code::TAG, code::TAG, code::NOT_FINITE, code::TAG]
    );
    assert!(
        read.diagnostics
            .iter()
            .all(|one| one.severity == Severity::Warning)
    );
    assert_eq!(
        read.value(),
        json!({"a": 1, "b": "x", "c": "-.inf", "d": {"x": 1}})
    );
}

/// The maximum time for hostile text, which is also enough for a slow machine without optimization.
const SOON: Duration = Duration::from_secs(60);

#[test]
fn hostile_text_is_refused_soon() {
    let bomb = (1..30)
        .map(|index| {
            format!(
                "a{index}: &a{index} [*a{0}, *a{0}, *a{0}, *a{0}]\n",
                index - 1
            )
        })
        .collect::<Vec<_>>()
        .concat();
    let wide = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(100_000),
        "*a,".repeat(20_000)
    );
    let deep_anchors = (0..150)
        .map(|index| format!("{}a: &a{index}\n", " ".repeat(index)))
        .collect::<Vec<_>>()
        .concat();
    let cases = [
        ("a.json", "[".repeat(100_000), code::TOO_DEEP),
        ("a.yaml", "[".repeat(100_000), code::TOO_DEEP),
        ("a.yaml", "{\"a\":".repeat(100_000), code::TOO_DEEP),
        ("a.yaml", "- ".repeat(50_000), code::TOO_DEEP),
        (
            "a.yaml",
            (0..1_000).map(|depth| " ".repeat(depth) + "a:\n").collect(),
            code::TOO_DEEP,
        ),
        (
            "a.yaml",
            format!(
                "{deep_anchors}\nb: *a0\nc: [[[{}*a0{}]]]\n",
                "[".repeat(60),
                "]".repeat(60)
            ),
            code::TOO_DEEP,
        ),
        ("a.yaml", format!("a0: &a0 x\n{bomb}"), code::ALIAS),
        ("a.yaml", wide, code::ALIAS),
    ];
    for (path, text, wanted) in cases {
        let started = Instant::now();
        let read = Read::new(path, &text);
        assert_eq!(read.codes(), [wanted], "{}", &text[..40]);
        assert!(
            started.elapsed() < SOON,
            "{}: {:?}",
            &text[..40],
            started.elapsed()
        );
    }
}

fn within(node: &Node, text: &str) {
    let check = |start: u32, end: u32| {
        assert!(
            text.get(start as usize..end as usize).is_some(),
            "{start}..{end}"
        );
    };
    check(node.span.start, node.span.end);
    for element in node.as_list().into_iter().flatten() {
        within(element, text);
    }
    for member in node.as_map().into_iter().flatten() {
        check(member.key.span.start, member.key.span.end);
        within(&member.value, text);
    }
}

/// Parses a text, and checks every location in the result.
fn survives(path: &str, text: &str) {
    let read = Read::new(path, text);
    read.node.iter().for_each(|node| within(node, text));
    assert!(read.node.is_some() || read.diagnostics.has_errors());
    for format in Format::NAMES {
        read.diagnostics.render(&read.sources, format.1, true);
    }
}

/// Words that YAML reads as something else, at the beginning of a word or as a whole.
const WORDS: [&str; 17] = [
    "null", "Null", "TRUE", "no", "Y", "off", "2024", "-", "...", "a: b", "a:?", "a #b", "{id}",
    "*a", "'", ".5", "..\t",
];

proptest! {
    #[test]
    fn a_plain_word_is_a_string_wherever_it_stands(first in prop::sample::select(&WORDS[..]), rest in "[ -~é]{0,4}") {
        for word in [first.to_owned(), rest.clone(), format!("{first}{rest}"), format!("{rest}{first}")] {
            let written = if is_plain(&word, "") { word.clone() } else { in_quotes(&word) };
            for text in [format!("- {written}\n"), format!("[{written}, {written}]\n")] {
                prop_assert_eq!(&Read::yaml(&text).value()[0], &json!(word), "{}", text);
                let read: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
                prop_assert_eq!(read[0].as_str(), Some(&*word), "{}", text);
            }
            let key: std::collections::BTreeMap<String, u8> = serde_yaml::from_str(&format!("{{{written}: 1}}\n")).unwrap();
            prop_assert!(key.contains_key(&word));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 400 } else { 4_000 }))]

    #[test]
    fn no_text_makes_a_reader_panic(text in "\\PC{0,80}") {
        survives("a.yaml", &text);
        survives("a.json", &text);
    }

    #[test]
    fn nothing_like_yaml_makes_a_reader_panic(text in "([ \n\t]|[-?:,\\[\\]{}#&*!|>'\"%@`~<]|[ax0.ü😀]|\r\n|: |- |\n  |&a |\\*a|!!str |<<: |---){0,60}") {
        survives("a.yaml", &text);
        survives("a.json", &text);
    }

    #[test]
    fn json_is_what_serde_json_says(text in "(\\[|\\]|\\{|\\}|,|:|\"a\"|\"\\\\\\\\u00e4\"|\"b\"|1|-0|2.5e3|true|null| ){0,12}") {
        let second = serde_json::from_str::<Json>(&text);
        let read = Read::json(&text);
        // A duplicate key is an error only of this parser.
        if !read.codes().contains(&code::DUPLICATE_KEY) {
            prop_assert_eq!(read.node.map(|node| node.to_json().to_string().replace("-0.0", "0")), second.ok().map(|value| value.to_string().replace("-0.0", "0")));
        }
    }
}
