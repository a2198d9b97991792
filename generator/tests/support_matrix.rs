//! The support matrix of the book: each key that a description can have, what it does, and a description that shows it.
//!
//! The verdict is found by an experiment. A description from `cases` or `errors` is generated with the key and without
//! it, and what differs tells what the key does. `INSTA_UPDATE=always` writes the chapter.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json};
use specwright::diagnostic::{Diagnostics, Format};
use specwright::internals::source::{Node, Sources, Value, parse};
use specwright::internals::{Has, keys, keys_used};
use specwright::tree::Tree;
use specwright::{Options, generate};

const CHAPTER: &str = "book/src/support.md";

/// How often a key is tried until a description shows that it is supported.
const MOST_TRIED: usize = 18;

/// How often a key is tried in one description.
const MOST_TRIED_HERE: usize = 3;

const INTRODUCTION: &str = "\
# What is supported

<!-- `INSTA_UPDATE=always cargo test --package specwright --test support_matrix` writes this page. -->

Every key that a description can have. The columns are the versions: Swagger 2.0, OpenAPI 3.0, 3.1 and 3.2.

| mark | what it means |
|---|---|
| `●` | this version of the specification defines the key |
| `○` | it does not, and the key is read all the same; where another version defines it, most uses are reported |
| none | the key is unknown in this version and reported, or the version does not have the object |

| verdict | what it means |
|---|---|
| supported | the key decides what the generated code is |
| documentation | the key changes the documentation only |
| warning | the key is reported as ignored, or as a mistake that has a usable reading |
| no effect | the key is accepted and the generated files stay the same, for the reason in the last column |

Otherwise the last column names a description that shows it, in `generator/tests`. The verdicts are found by a test, which
generates this description with the key and without it.
";

const LINKS: &str = "links are checked; nothing is generated from them";

const DIALECT: &str = "the known dialects are read in the same way, and an unknown one is reported";

const XML: &str = "XML bodies are strings; SW0430 reports their schemas";

/// The keys that have no effect, with the reason.
const WITHOUT_EFFECT: &[(&str, &str, &str)] = &[
    (
        "a description",
        "$self",
        "references are resolved from the path of the file",
    ),
    ("a description", "jsonSchemaDialect", DIALECT),
    ("a schema", "$schema", DIALECT),
    (
        "a tag",
        "kind parent",
        "for pages of documentation that group tags",
    ),
    (
        "a parameter",
        "allowEmptyValue",
        "an empty string is sent like any other one",
    ),
    (
        "a header",
        "style explode collectionFormat",
        "arrays in headers are always separated by commas",
    ),
    (
        "a header",
        "x-nullable",
        "a header is text, or it is absent",
    ),
    (
        "a link",
        "description operationId operationRef parameters requestBody server",
        LINKS,
    ),
    ("a response", "links", LINKS),
    ("`components`", "links", LINKS),
    (
        "an operation",
        "x-sunset x-stability-level",
        "`specwright diff` compares them",
    ),
    (
        "a schema",
        "x-extensible-enum",
        "`specwright diff` compares the values",
    ),
    (
        "an encoding",
        "allowReserved",
        "reserved characters decode to the same value, encoded or not",
    ),
    (
        "an example",
        "summary description",
        "the tests of examples are named after their keys",
    ),
    (
        "an example",
        "serializedValue externalValue",
        "tests use `value` and `dataValue`",
    ),
    (
        "`xml`",
        "attribute name namespace nodeType prefix wrapped",
        XML,
    ),
    ("a schema", "xml", XML),
    (
        "a schema",
        "$id id",
        "references are resolved from the root of the file",
    ),
    ("a schema", "$comment", "for the authors of the description"),
    ("a schema", "$vocabulary", "for the authors of dialects"),
];

/// What a key does; the first is the best. A use without effect comes before a report, which can be about a mistake in
/// another use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Supported,
    Documentation,
    NoEffect,
    Warning,
    Error,
}

impl Verdict {
    fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Documentation => "documentation",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::NoEffect => "no effect",
        }
    }
}

/// What is generated from a description.
struct Outcome {
    /// `None` if there are errors.
    code: Option<String>,
    docs: String,
    diagnostics: BTreeSet<String>,
}

impl Outcome {
    fn of(description: &Json) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("support_matrix.json");
        fs::write(&path, description.to_string()).unwrap();
        let mut options = Options::new("matrix", "test");
        options.jobs = 1;
        let run = generate(&[path], &options);
        let report = run.render(Format::Short, false);
        let without_location = |line: &str| line.split_once(": ").map(|(_, rest)| rest.to_owned());
        let diagnostics = report.lines().filter_map(without_location).collect();
        let (mut code, mut docs) = (String::new(), String::new());
        for (path, text) in run.tree.iter().flat_map(Tree::iter) {
            let extension = Path::new(path).extension();
            let is_code = extension.is_some_and(|end| end == "rs" || end == "toml");
            for line in text.lines() {
                let is_comment = line.trim_start().starts_with("//");
                let target = if is_code && !is_comment {
                    &mut code
                } else {
                    &mut docs
                };
                writeln!(target, "{line}").unwrap();
            }
        }
        Self {
            code: run.tree.is_some().then_some(code),
            docs,
            diagnostics,
        }
    }

    /// What the key does, which is missing in `without`.
    fn verdict(&self, without: &Self, key: &str) -> Verdict {
        let mut gone = self.diagnostics.difference(&without.diagnostics).peekable();
        if gone.peek().is_some() {
            let is_error = gone.any(|message| message.starts_with("error"));
            return if is_error {
                Verdict::Error
            } else {
                Verdict::Warning
            };
        }
        if self.code != without.code {
            Verdict::Supported
        } else if self.docs != without.docs {
            Verdict::Documentation
        } else if self.reports(key) {
            Verdict::Warning
        } else {
            Verdict::NoEffect
        }
    }

    /// Whether a message names the key, perhaps together with others.
    fn reports(&self, key: &str) -> bool {
        let name = format!("`{key}`");
        let mut diagnostics = self.diagnostics.iter();
        diagnostics.any(|message| message.contains(&name))
    }
}

/// A description of the tests.
struct Sample {
    name: String,
    root: Node,
    outcome: Outcome,
}

/// The descriptions of the tests, cases first.
fn samples() -> Vec<Sample> {
    let cases = entries("tests/cases").into_iter();
    let cases = cases.map(|case| (case.join("spec.yaml"), case));
    let errors = entries("tests/errors").into_iter();
    let errors = errors.filter(|path| path.extension().is_some_and(|end| end != "snap"));
    let all = cases.chain(errors.map(|path| (path.clone(), path)));
    let read = |(path, shown): (PathBuf, PathBuf)| {
        let text = fs::read_to_string(path).ok()?;
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", text);
        let root = parse(file, &sources, &mut Diagnostics::new())?;
        let outcome = Outcome::of(&without(&root, &[]));
        let name = shown.strip_prefix("tests").ok()?.display().to_string();
        Some(Sample {
            name,
            root,
            outcome,
        })
    };
    all.filter_map(read).collect()
}

fn entries(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut entries: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

/// The value without the key at the end of this path; with all keys, if the path is empty.
fn without(node: &Node, path: &[String]) -> Json {
    let inner = |key: &str, node: &Node| match path {
        [first, rest @ ..] if first == key => without(node, rest),
        _ => without(node, &[]),
    };
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Number(text) => serde_json::from_str(text).unwrap_or(Json::Null),
        Value::String(text) => Json::String(text.to_string()),
        Value::List(elements) => {
            let elements = elements.iter().enumerate();
            elements
                .map(|(index, element)| inner(&index.to_string(), element))
                .collect()
        }
        Value::Map(members) => {
            let is_removed = |key: &str| matches!(path, [last] if last == key);
            let members = members
                .iter()
                .filter(|member| !is_removed(&member.key.text));
            let member = |member: &specwright::internals::source::Member| {
                let key = member.key.text.to_string();
                let value = inner(&key, &member.value);
                (key, value)
            };
            Json::Object(members.map(member).collect::<Map<_, _>>())
        }
    }
}

/// The verdicts on all keys that the descriptions have, each with the name of a description that shows it.
fn verdicts() -> BTreeMap<(&'static str, String), (Verdict, String)> {
    let mut found: BTreeMap<_, (Verdict, String)> = BTreeMap::new();
    let mut tried: BTreeMap<_, usize> = BTreeMap::new();
    for sample in samples() {
        let mut here: BTreeMap<_, usize> = BTreeMap::new();
        for (noun, key, path) in keys_used(&sample.root) {
            let at = (noun, key);
            let count = tried.entry(at.clone()).or_default();
            let count_here = here.entry(at.clone()).or_default();
            let best = found.get(&at).map(|(verdict, _)| *verdict);
            let is_enough = *count == MOST_TRIED || *count_here == MOST_TRIED_HERE;
            if best == Some(Verdict::Supported) || is_enough {
                continue;
            }
            *count_here += 1;
            *count += 1;
            let changed = Outcome::of(&without(&sample.root, &path));
            let verdict = sample.outcome.verdict(&changed, &at.1);
            let best = found
                .entry(at)
                .or_insert_with(|| (verdict, sample.name.clone()));
            if verdict < best.0 {
                *best = (verdict, sample.name.clone());
            }
        }
    }
    found
}

#[test]
fn the_support_matrix_is_what_the_cases_show() {
    let verdicts = verdicts();
    let (mut chapter, mut object) = (INTRODUCTION.to_owned(), "");
    let (mut missing, mut unexplained, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for (noun, key, versions) in keys() {
        let Some((verdict, name)) = verdicts.get(&(noun, key.to_owned())) else {
            missing.push(format!("{noun}: {key}"));
            continue;
        };
        if noun != object {
            object = noun;
            let title = noun[..1].to_uppercase() + &noun[1..];
            let columns = "| key | 2.0 | 3.0 | 3.1 | 3.2 | verdict | shown by |\n|---|---|---|---|---|---|---|";
            writeln!(chapter, "\n## {title}\n\n{columns}").unwrap();
        }
        let versions = versions.map(|has| match has {
            Has::Defined => "●",
            Has::Accepted => "○",
            Has::Unknown => "",
        });
        let reason = WITHOUT_EFFECT
            .iter()
            .find(|(of, keys, _)| *of == noun && keys.split_whitespace().any(|known| known == key));
        let shown = match reason.filter(|_| *verdict == Verdict::NoEffect) {
            Some((.., reason)) => (*reason).to_owned(),
            None => format!("`{name}`"),
        };
        if (*verdict == Verdict::NoEffect) != reason.is_some() {
            unexplained.push(format!("{noun}: {key}"));
        }
        if *verdict == Verdict::Error {
            refused.push(format!("{noun}: {key}"));
        }
        let (versions, verdict) = (versions.join(" | "), verdict.name());
        writeln!(chapter, "| `{key}` | {versions} | {verdict} | {shown} |").unwrap();
    }
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        fs::write(CHAPTER, &chapter).unwrap();
    }
    assert!(missing.is_empty(), "no case has these keys: {missing:#?}");
    assert!(
        unexplained.is_empty(),
        "these keys have no effect without a reason, or an effect and a reason: {unexplained:#?}"
    );
    assert!(
        refused.is_empty(),
        "the introduction does not say what `error` means: {refused:#?}"
    );
    let written = fs::read_to_string(CHAPTER).unwrap();
    assert!(written == chapter, "`INSTA_UPDATE=always` writes {CHAPTER}");
}
