//! The explanations of codes (`src/codes/*.md`): each has a wrong example, for which the code is reported as in its
//! snapshot, and a right one, for which it is not reported.

use std::fs;
use std::path::{Path, PathBuf};

use specwright::codes::{self, Code, Rules, Setting};
use specwright::config::Configuration;
use specwright::diagnostic::Format;
use specwright::{Options, Run, check_with};

/// Codes that a single YAML file cannot show.
const WITHOUT_EXAMPLES: &[&str] = &[
    "SW0001", "SW0002", "SW0003", "SW0005", "SW0009", "SW0010", "SW0501",
];

/// The beginning that the examples omit.
const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: \"1\"}\n";

/// The description that the examples of configurations and overlays are for.
const PETS: &str = "\
openapi: 3.1.0
info: {title: Pets, version: \"1\"}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: {\"204\": {description: Listed.}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
";

#[test]
fn wrong_examples_are_reported_and_right_ones_are_not() {
    for code in codes::all() {
        let Some([wrong, right]) = examples(code) else {
            assert!(WITHOUT_EXAMPLES.contains(&code.code), "{}", code.code);
            continue;
        };
        let found = run(code, "wrong", wrong);
        assert!(
            found.codes.contains(&code.code),
            "{}: the wrong example is not reported",
            code.code
        );
        let report = found.report.replace(&folder().display().to_string(), "");
        insta::with_settings!({
            snapshot_path => "explanations",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(code.code, report);
        });
        let found = run(code, "right", right);
        assert!(
            !found.codes.contains(&code.code),
            "{}: the right example is reported",
            code.code
        );
    }
}

#[test]
fn every_explanation_belongs_to_a_code() {
    for entry in fs::read_dir("src/codes").unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap();
        assert!(codes::find(code).is_some(), "{}: no code", path.display());
    }
}

/// The wrong and the right example of an explanation, if it has examples.
fn examples(code: &Code) -> Option<[&'static str; 2]> {
    let blocks = code.explanation.split("```yaml\n").skip(1);
    let blocks: Vec<&str> = blocks
        .map(|block| block.split("```").next().unwrap())
        .collect();
    if blocks.is_empty() {
        return None;
    }
    let text = code.explanation;
    let heads = ["\nWrong:\n", "\nRight:\n"];
    assert!(
        heads.iter().all(|head| text.contains(head)),
        "{}",
        code.code
    );
    Some(blocks.try_into().expect("a wrong and a right example"))
}

/// Checks an example. Of the rules that are off by default, only the one of this code is on.
fn run(code: &Code, name: &str, example: &str) -> Found {
    if code.code.starts_with("SW06") {
        return run_beside(code, name, example);
    }
    let has = |key: &str| example.lines().any(|line| line.starts_with(key));
    let mut text = if has("openapi:") {
        String::new()
    } else {
        HEAD.to_owned()
    };
    if !["paths:", "components:", "webhooks:"].into_iter().any(has) {
        text.push_str("paths: {}\n");
    }
    text.push_str(example);
    let folder = folder().join(code.code);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}.yaml"));
    fs::write(&path, text).unwrap();
    let mut options = Options::new("", "");
    let mut rules = Rules::default();
    if code.level == codes::Level::Pedantic {
        rules.set(code.code, Setting::Warn).unwrap();
    }
    options.rules = rules;
    check_with(&[path], &options).into()
}

/// Checks [`PETS`] with a configuration or an overlay as the example.
fn run_beside(code: &Code, name: &str, example: &str) -> Found {
    let folder = folder().join(code.code).join(name);
    fs::create_dir_all(&folder).unwrap();
    let description = folder.join("pets.yaml");
    fs::write(&description, PETS).unwrap();
    let is_overlay = example.starts_with("overlay:");
    let file = if is_overlay {
        "overlay.yaml"
    } else {
        "specwright.yaml"
    };
    let path = folder.join(file);
    fs::write(&path, example).unwrap();
    if is_overlay {
        let mut options = Options::new("", "");
        options.overlays.push(path);
        return check_with(&[description], &options).into();
    }
    let configuration = Configuration::load(&path);
    if configuration.diagnostics.is_empty() {
        let one = &configuration.crates[0];
        return check_with(&one.descriptions, &Options::of(one, "", "")).into();
    }
    Found {
        codes: configuration
            .diagnostics
            .iter()
            .map(|one| one.code)
            .collect(),
        report: configuration.render(Format::Human, false),
    }
}

/// What is reported of an example.
struct Found {
    codes: Vec<&'static str>,
    report: String,
}

impl From<Run> for Found {
    fn from(run: Run) -> Self {
        Self {
            codes: run.diagnostics.iter().map(|one| one.code).collect(),
            report: run.render(Format::Human, false),
        }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("explanations")
}
