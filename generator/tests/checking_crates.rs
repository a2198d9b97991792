//! `specwright check` with the configurations of crates among its arguments.

#[path = "support/command.rs"]
mod support;

use support::Dir;

#[test]
fn a_configuration_among_the_descriptions_configures_them() {
    let dir = Dir::new("configured");
    let spec = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {}}}\n";
    dir.put("a.yaml", spec);
    let run = |names: &[&str]| dir.run(&[&["check", "--format", "short"], names].concat());
    assert_eq!(run(&["a.yaml"]).out.matches("SW0711").count(), 1);
    dir.put("specwright.yaml", "rules: {SW0711: deny}\n");
    let both = run(&["a.yaml", "specwright.yaml"]);
    assert_eq!(
        (both.code, both.out.matches("error[SW0711]").count()),
        (Some(1), 1)
    );
    dir.put("specwright.yaml", "rules: {SW0711: no}\n");
    let wrong = run(&["a.yaml", "specwright.yaml"]);
    assert!(
        wrong.out.contains("specwright.yaml:1:17: error[SW0602]"),
        "{}",
        wrong.out
    );
    let only = run(&["specwright.yaml"]);
    assert!(
        only.out.contains("specwright.yaml:1:17: error[SW0602]"),
        "{}",
        only.out
    );
}

#[test]
fn each_description_is_checked_as_its_named_configuration_says() {
    let dir = Dir::new("several_configurations");
    let spec = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {}}}\n";
    for name in ["a/a.yaml", "b/b.yaml", "b/other.yaml"] {
        dir.put(name, spec);
    }
    let crates = "crates: [{out: out, description: a.yaml, rules: {SW0711: allow}}]\n";
    dir.put("a/specwright.yaml", crates);
    let crates = "crates: [{out: out, description: b.yaml, rules: {SW0711: deny}}]\n";
    dir.put("b/specwright.yaml", crates);
    let run = |names: &str| {
        let names = names.split(' ');
        let arguments = ["check", "--format", "short"].into_iter().chain(names);
        let run = dir.run(&arguments.collect::<Vec<_>>());
        let lines = run.out.lines();
        let lines = lines.map(|line| line.rsplit_once("[SW").unwrap().0);
        lines.collect::<Vec<_>>().join(", ")
    };
    let warned = "a/a.yaml:3:14: warning, b/b.yaml:3:14: warning";
    assert_eq!(run("a/a.yaml b/b.yaml"), warned);
    let all = run("a/a.yaml a/specwright.yaml b/b.yaml b/other.yaml b/specwright.yaml");
    assert_eq!(all, "b/b.yaml:3:14: error, b/other.yaml:3:14: warning");
    let configurations = run("a/specwright.yaml b/specwright.yaml");
    assert_eq!(configurations, "b/b.yaml:3:14: error");
}

#[test]
fn several_crates_are_one_document() {
    let dir = Dir::new("one_document");
    let spec = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {}}}\n";
    dir.put("a.yaml", spec);
    dir.put("b.yaml", spec);
    let crates = "crates: [{out: a, description: a.yaml}, {out: b, description: b.yaml}]\n";
    dir.put("specwright.yaml", crates);
    let sarif = dir.run(&["check", "--format", "sarif"]).out;
    let log: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 2);
    let junit = dir.run(&["check", "--format", "junit"]).out;
    assert_eq!(junit.matches("<?xml").count(), 1);
    assert!(junit.contains("failures=\"2\""), "{junit}");
    assert_eq!(
        junit.matches("<testsuite name=\"specwright.yaml\"").count(),
        1,
        "{junit}"
    );
}

/// What the settings of a crate name may be in a description that is not read.
#[test]
fn some_descriptions_of_a_crate_are_checked_without_the_others() {
    let dir = Dir::new("some_descriptions");
    let head = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\n";
    let responses = "responses: {'204': {description: Done.}}";
    let first = format!(
        "{head}paths: {{/a: {{get: {{operationId: a, tags: [pets], {responses}}}}}}}\n\
        components: {{schemas: {{Foo: {{type: object}}}}}}\ntags: [{{name: pets}}]\n"
    );
    let second = format!(
        "{head}paths: {{/b: {{get: {{operationId: b, tags: [cats], {responses}}}}}}}\n\
        tags: [{{name: cats}}]\n"
    );
    dir.put("a.yaml", first);
    dir.put("b.yaml", second);
    let overlay = |extends: &str| {
        format!(
            "overlay: 1.1.0\ninfo: {{title: O, version: '1'}}\n{extends}actions:\n\
        \x20 - {{target: '$.paths[\"/a\"]', update: {{summary: First.}}}}\n"
        )
    };
    dir.put("both.yaml", overlay(""));
    dir.put("first.yaml", overlay("extends: a.yaml\n"));
    dir.put(
        "specwright.yaml",
        "\
crates:
  - out: out
    description: [a.yaml, b.yaml]
    overlays: [both.yaml, first.yaml]
    operations: {include: ['tag: pets', 'tag: cats']}
    rename: {'#/components/schemas/Foo': Bar}
    types: {'#/components/schemas/Foo': {rust: String}}
",
    );
    let check = |names: &[&str]| {
        let run = dir.run(&[&["check", "--format", "short"], names].concat());
        run.out
    };
    assert_eq!(check(&["b.yaml", "specwright.yaml"]), "");
    assert_eq!(check(&["a.yaml", "specwright.yaml"]), "");
    assert_eq!(check(&["a.yaml", "b.yaml", "specwright.yaml"]), "");
    let whole = dir.read("specwright.yaml");
    dir.put("specwright.yaml", whole.replace("pets", "petz"));
    assert!(!check(&["b.yaml", "specwright.yaml"]).contains("SW0606"));
    let both = check(&["a.yaml", "b.yaml", "specwright.yaml"]);
    assert!(both.contains("SW0606"), "{both}");
}

#[test]
fn configurations_without_crates_are_an_error() {
    let dir = Dir::new("without_crates");
    dir.put("a/specwright.yaml", "rules: {SW0711: deny}\n");
    dir.put("b/specwright.yaml", "rules: {SW0711: deny}\n");
    for names in [
        &["a/specwright.yaml"][..],
        &["a/specwright.yaml", "b/specwright.yaml"],
    ] {
        let run = dir.run(&[&["check"], names].concat());
        assert_eq!(run.code, Some(2), "{}", run.err);
        assert!(run.err.contains("has no `crates`"), "{}", run.err);
    }
}
