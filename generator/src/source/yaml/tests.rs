//! Lines that are not indented enough, with libyaml for comparison.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::diagnostic::{Diagnostics, Format, code};
use crate::source::{Node, Sources, parse};

struct Read {
    sources: Sources,
    node: Option<Node>,
    diagnostics: Diagnostics,
}

fn read(text: &str) -> Read {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::new();
    let file = sources.add("a.yaml", text);
    let node = parse(file, &sources, &mut diagnostics);
    Read {
        sources,
        node,
        diagnostics,
    }
}

impl Read {
    fn short(&self) -> String {
        self.diagnostics.render(&self.sources, Format::Short, false)
    }

    fn warned(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|one| one.code == code::INDENTATION)
    }

    fn marked(&self, pointer: &str) -> &str {
        let node = self.node.as_ref().unwrap().pointer(pointer).unwrap();
        self.sources.text(node.span)
    }
}

#[test]
fn lines_that_are_indented_too_little_are_read_with_a_warning() {
    let cases = [
        // Closing brackets at the column of the key, and before it.
        ("a:\n  b: [\n    \"x\"\n  ]\n", "4:3"),
        ("a:\n  b: {\n    \"x\": 'y'\n}\nc: 1\n", "4:1"),
        ("a: [\n  'x', [\n  \"y\"\n]\n]\n", "4:1"),
        // Elements, comments and plain texts of several lines.
        ("a: [\n\"x\",\n\"y\" ]\n", "2:1"),
        ("a: [ # x ]\n# ]\n'x', # '\n  # y\ny z\nz]\n", "3:1"),
        (
            "a:\n  b: {\n    c: d e\n    f,\n  g: \"h\",\n  i: j\n  k\n  }\n",
            "5:3",
        ),
        ("a: [\n\t\"x\",\n\t\"y\"\n\t]\n", "2:2"),
        ("a: [\r\n\"x\"\r\n]\r\n", "2:1"),
        ("- [\n'x'\n]\n- - {\n  'y': 1 }\n", "2:1"),
        ("a: &x [\n\"x\"\n]\nb: !!seq [\n'y'\n]\nc: *x\n", "2:1"),
        (
            "a: [ # 1\n'x'\n] # 2\nb: !!map { # 3\n'c': [ # 4\n'y'\n ] , # 5\n 'd': 1} # 6\n",
            "2:1",
        ),
        ("? k\n: [\n'x'\n]\n", "3:1"),
        // Quoted texts.
        ("a: 'x\ny'\nb: 1\n", "2:1"),
        ("a:\n  - b: \"x\n\n  y\\\n  z # no\n \" # c\n", "4:3"),
        ("a: \"x\n\ty\"\n", "2:2"),
        ("a: {'b': 'it''s\nx', c: \"\\\"\ny\"}\n", "2:1"),
        // A character before it that only looks like a bracket or a quote.
        (
            "t: |\n  'x [\n   {\ns: >-\n\n  \"\nu: it's [x\n  {y \"\nv: x # '\na: [\n'y'\n]\n",
            "11:1",
        ),
        ("x: a: b\n", ""),
        ("日本: \"ü\"\na: [\n  \"ü\",\n日本,\n\"😀\"]\nb: ü\n", "4:1"),
    ];
    for (text, at) in cases {
        let read = read(text);
        if at.is_empty() {
            assert!(read.diagnostics.has_errors() && !read.warned(), "{text}");
            continue;
        }
        assert!(!read.diagnostics.has_errors(), "{text}{}", read.short());
        let wanted = format!("a.yaml:{at}: warning[SW0016]");
        assert!(read.short().starts_with(&wanted), "{text}{}", read.short());
        let second: Json = serde_yaml::from_str(text).unwrap();
        assert_eq!(read.node.unwrap().to_json(), second, "{text}");
    }
}

#[test]
fn places_after_padding_are_exact() {
    let read = read("ä: [\n'ü', x\ny,\n\"😀\"\n]\nb: 'x\ny' # c\nc: {d: \"e\"}\n");
    assert_eq!(read.marked("/ä"), "[\n'ü', x\ny,\n\"😀\"\n]");
    assert_eq!(read.marked("/ä/0"), "'ü'");
    assert_eq!(read.marked("/ä/1"), "x\ny");
    assert_eq!(read.marked("/ä/2"), "\"😀\"");
    assert_eq!(read.marked("/b"), "'x\ny'");
    assert_eq!(read.marked("/c/d"), "\"e\"");
    let node = read.node.unwrap();
    assert_eq!(node.to_json()["b"], json!("x y"));
    let moved = read.diagnostics.iter().map(|one| {
        let label = one.primary.as_ref().unwrap();
        (read.sources.text(label.span), one.notes.len())
    });
    assert_eq!(moved.collect::<Vec<_>>(), [("'ü', x", 1), ("y' # c", 0)]);
}

#[test]
fn what_libyaml_refuses_stays_an_error() {
    let cases = [
        // A key and its `:` must be on one line.
        "k: {\nk\n:\nv\n}\n",
        "k: {\n'x'\n: 'y'}\n",
        "k: {\nx\ny: 'z'}\n",
        "k: [\n'x', [y,\nz]: 1]\n",
        // Marks of a document end every construct.
        "k: [\n'x',\n---\n]\n",
        "k: 'x\n...\ny'\n",
        // Brackets that do not fit, or do not end.
        "k: [\n'x'\n}\n",
        "k: [\n'x'\nl: 1\n",
        "k: {\n'x'\n",
        "k: 'x\nl: 1\n",
        // Something follows the construct.
        "k: 'x\nl: 'y'\n",
        "k: [\n'x'\n] y\n",
        "k: [\n'x'\n]: y\n",
        // A tab in the indentation of a plain text.
        "k: ['x', y\n\tz]\n",
        // A bracket right after the `:` of a key without quotes.
        "k: ['x',\n---:]\n",
        // Too little indentation elsewhere.
        "k:\n  - [\n  'x']\n - y\n",
        "a: [\n'x'\n]\nb:\n   c: 1\n  d: 2\n",
    ];
    for text in cases {
        let read = read(text);
        assert!(read.diagnostics.has_errors(), "{text}");
        assert!(serde_yaml::from_str::<Json>(text).is_err(), "{text}");
    }
}

#[test]
fn the_first_syntax_error_is_reported() {
    let later = read("a: [\n'x'\n]\nb:\n   c: 1\n  d: 2\n");
    assert!(
        later.short().contains("6:3: error[SW0004]"),
        "{}",
        later.short()
    );
    let unclosed = read("a: [\n  'x'\nb: 1\n");
    let shown = unclosed.short();
    assert!(shown.starts_with("a.yaml:1:4: error[SW0004]"), "{shown}");
}

#[test]
fn many_lines_are_read_in_one_go() {
    let lines = "'x',\n".repeat(100_000);
    let read = read(&format!("a: [\n{lines}]\n"));
    assert_eq!(read.diagnostics.len(), 1);
    let node = read.node.unwrap();
    assert_eq!(node.get("a").unwrap().as_list().unwrap().len(), 100_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 500 } else { 20_000 }))]

    #[test]
    fn what_is_padded_is_what_libyaml_reads(
        text in "(a: |b: |  c: |- )[\\[{\"']((\n)( ){0,3}|'x'|\"y\"|z|[,:\\[\\]{}#'\"\t]|, |: | #|\\\\|''|k: |\n- |\n  |\n---){0,16}[\\]}\"']{0,3}\n(d: 1\n)?"
    ) {
        let read = read(&text);
        let value = read.node.as_ref().map(Node::to_json);
        // YAML 1.2 has keys without text (`: x`), which libyaml does not read.
        let has_empty_key = value.as_ref().is_some_and(has_empty_key);
        if read.warned() && !read.diagnostics.has_errors() && !has_empty_key {
            let second = serde_yaml::from_str::<Json>(&text);
            prop_assert!(second.is_ok(), "{text:?} {second:?}");
            prop_assert_eq!(value, second.ok());
        }
    }
}

fn has_empty_key(value: &Json) -> bool {
    match value {
        Json::Object(entries) => entries
            .iter()
            .any(|(key, value)| key.is_empty() || has_empty_key(value)),
        Json::Array(elements) => elements.iter().any(has_empty_key),
        _ => false,
    }
}

#[test]
fn slips_are_reported_where_they_are() {
    let missing = "a space is missing after this";
    let cases = [
        ("a:\n  b :1\n  c: 2\n", format!("2:3 {missing} `:`")),
        ("a:\n  - b:1\n    c: 2\n", format!("2:5 {missing} `:`")),
        ("a:\n  b:[1, 2]\n  c: 2\n", format!("2:3 {missing} `:`")),
        (
            "a:\n  b:c:Text\n  d:e: Text\n",
            format!("2:3 {missing} `:`"),
        ),
        ("a:\n  b:\u{a0}1\n  c: 2\n", format!("2:3 {missing} `:`")),
        ("a:\n  -b: 1\n    c: 2\n", format!("2:3 {missing} `-`")),
        (
            "a:\n  b = 1\n  c: 2\n",
            "2:3 this key has a `=` instead of a `:`".to_owned(),
        ),
        (
            "a:\n  b\u{ff1a} 1\n  c: 2\n",
            "2:3 this key has a full-width `\u{ff1a}` instead of a `:`".to_owned(),
        ),
        // A URL is no key without a space.
        ("a: http://b.c\n  d: 1\n", "2:4 unexpected `:`".to_owned()),
        (
            "a:\n  b: 1\n \tc: 2\n",
            "3:2 a tab is used for indentation".to_owned(),
        ),
        (
            "a: [b] c\nd: 1\n",
            "1:4 text follows the closing bracket".to_owned(),
        ),
        (
            "a: |\n  b\n more words\nc: 1\n",
            "3:2 a line of the text after `|` or `>` is not indented".to_owned(),
        ),
        (
            "a:\n  b:\n    c: 1\n  d: 1\n e: 1\n  f: 1\n",
            "5:2 this line fits no map above it".to_owned(),
        ),
        (
            "a:\nb:\n  c: 1\n  d: 1\n  e: 1\nf:\n    g: 1\n  h: 1\n",
            "7:5 a line is indented more than its neighbours".to_owned(),
        ),
    ];
    for (text, wanted) in cases {
        let (place, meaning) = wanted.split_once(' ').unwrap();
        let wanted = format!("a.yaml:{place}: error[SW0004]: not valid YAML: {meaning}\n");
        assert_eq!(read(text).short(), wanted, "{text}");
    }
}
