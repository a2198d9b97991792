//! The reports of `specwright check`, their formats, and the fixes that it applies.

#[path = "support/command.rs"]
mod support;

use std::fs;

use support::Dir;

const SPEC: &str = "\
openapi: 3.1.0
info: {title: Pets, version: 1} # the first version
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        200:
          description: All pets.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet:
      type: object
      descripton: |
        A pet.
      properties:
        # The name.
        name: {type: strng, nullable: True}
        kind: {$ref: '#/components/schemas/Kid'}
    Kind: {type: string, format: dat-time}
";

#[test]
fn only_certain_corrections_are_applied() {
    let dir = Dir::new("fix");
    dir.put("a.yaml", SPEC);
    let run = dir.run(&["check", "--fix", "a.yaml"]);
    let corrected = dir.read("a.yaml");
    let wanted = SPEC
        .replace("version: 1}", "version: \"1\"}")
        .replace("descripton", "description")
        .replace("strng", "string")
        .replace("dat-time", "date-time");
    assert_eq!(corrected, wanted, "{}", run.err);
    let shown = "a.yaml:15:7: write `description`";
    assert!(run.err.contains(shown), "{}", run.err);
    assert!(
        run.err
            .contains("-      descripton: |\n+      description: |\n"),
        "{}",
        run.err
    );
    // The name in the reference is similar to that of another schema.
    assert!(run.err.contains("#/components/schemas/Kid"), "{}", run.err);
    dir.run(&["check", "--fix", "a.yaml"]);
    assert_eq!(dir.read("a.yaml"), corrected);
}

#[test]
fn a_path_parameter_is_marked_as_required_in_the_layout_of_its_file() {
    let dir = Dir::new("required");
    let spec = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets/{id}/{kind}/{name}/{size}:
    get:
      operationId: getPet
      parameters:
        - name: id
          in: path # in front of the kind
          schema: {type: string}
        - in: path
          # The kind.
          name: kind
          schema: {type: string}
        - {name: name, in: path, schema: {type: string}}
        - {name: size, in: path, required: false, schema: {type: string}}
      responses: {'204': {description: None.}}
";
    dir.put("a.yaml", spec);
    dir.put(
        "a.json",
        serde_json::to_string_pretty(&serde_yaml::from_str::<serde_json::Value>(spec).unwrap())
            .unwrap(),
    );
    let run = dir.run(&["check", "--fix", "a.yaml"]);
    let wanted = spec
        .replace("in: path # in", "required: true\n          in: path # in")
        .replace("- in: path\n", "- required: true\n          in: path\n")
        .replace("name: name, in", "name: name, required: true, in")
        .replace("required: false", "required: true");
    assert_eq!(dir.read("a.yaml"), wanted, "{}", run.err);
    assert_eq!(
        dir.run(&["check", "--fix", "a.yaml"]).err,
        "1 file, no mistakes\n"
    );
    assert_eq!(dir.read("a.yaml"), wanted);
    assert_eq!(dir.run(&["check", "--fix", "a.json"]).code, Some(0));
    let corrected = dir.read("a.json");
    assert_eq!(
        corrected.matches("            \"required\": true").count(),
        4,
        "{corrected}"
    );
    assert_eq!(
        dir.run(&["check", "--fix", "a.json"]).err,
        "1 file, no mistakes\n"
    );
    assert_eq!(dir.read("a.json"), corrected);
}

#[test]
fn corrections_keep_quotes_and_line_breaks() {
    let dir = Dir::new("quotes");
    let spec = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    get:
      parameters:
        - name: id
          in: path
          schema: {type: string, format: dtae}
      responses: {'200': {description: Pet., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {type: object, required: [nam, any], properties: {name: {type: string}, any: true, kind: 'type: string'}}
";
    let json = serde_yaml::from_str::<serde_json::Value>(spec).unwrap();
    dir.put("a.json", serde_json::to_string_pretty(&json).unwrap());
    dir.put("a.yaml", spec.replace('\n', "\r\n"));
    for name in ["a.json", "a.yaml"] {
        dir.run(&["check", "--fix", name]);
        let corrected = dir.read(name);
        let read: serde_json::Value = serde_yaml::from_str(&corrected).unwrap();
        let parameter = &read["paths"]["/pets/{id}"]["get"]["parameters"][0];
        assert_eq!(parameter["required"], true, "{corrected}");
        assert_eq!(parameter["schema"]["format"], "date", "{corrected}");
        let properties = &read["components"]["schemas"]["Pet"]["properties"];
        assert_eq!(properties["any"], serde_json::json!({}), "{corrected}");
        assert_eq!(properties["kind"]["type"], "string", "{corrected}");
        let run = dir.run(&["check", "--fix", name]);
        assert_eq!(dir.read(name), corrected, "{}", run.err);
    }
    let corrected = dir.read("a.yaml");
    assert_eq!(
        corrected.matches('\n').count(),
        corrected.matches("\r\n").count()
    );
    assert!(serde_json::from_str::<serde_json::Value>(&dir.read("a.json")).is_ok());
}

/// A correction that YAML reads as another type would be another mistake.
#[test]
fn corrections_quote_words_that_need_it() {
    let dir = Dir::new("other_types");
    let spec = "\
openapi: 3.1.0
info: {title: A, version: '1'}
paths: {}
components:
  schemas:
    A:
      type: object
      required: [nulll, truee, 20244, yess]
      properties: {'null': {type: string}, 'true': {type: string}, '2024': {type: string}, 'yes': {type: string}}
";
    dir.put("a.yaml", spec);
    let report = dir.run(&["check", "--format", "json", "a.yaml"]).out;
    for word in ["null", "true", "20244", "yes"] {
        let fix = format!(r#""suggested_replacement":"\"{word}\"""#);
        assert!(report.contains(&fix), "{word}: {report}");
    }
}

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

#[test]
fn references_into_other_files_show_both_files() {
    let dir = Dir::new("both_files");
    dir.put(
        "a.yaml",
        "\
openapi: 3.1.0
info: {title: A, version: '1'}
paths: {}
components:
  schemas:
    Missing: {$ref: 'parts.yaml#/schemas/Pte'}
    Kind: {$ref: 'parts.yaml#/responses/Pets'}
    Limited: {allOf: [{$ref: 'parts.yaml#/schemas/Old'}, {maximum: 3}]}
",
    );
    dir.put(
        "parts.yaml",
        "\
schemas:
  Old: {type: integer, minimum: 5}
responses:
  Pets: {description: All., content: {}}
",
    );
    let run = dir.run(&["check", "a.yaml"]);
    insta::assert_snapshot!("both_files", run.err);
}

#[test]
fn a_misspelling_is_one_report() {
    let dir = Dir::new("misspelt");
    let rest = "paths: {/a: {get: {security: [{tokn: []}], responses: {'204': {description: None.}}}}}\n\
        components: {securitySchemes: {token: {type: http, scheme: bearer}}}\n";
    let schemas = "\
openapi: 3.1.0
info: {title: A, version: '1'}
paths: {}
components:
  schemas:
    Pet: {type: object, descripton: A pet., properties: {kind: {ref: '#/components/schemas/Kind'}}}
    Kind: {type: boolean, description: A kind.}
    Pets: {description: All., type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}
";
    dir.put("schemas.yaml", schemas);
    dir.put(
        "token.yaml",
        format!("openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\n{rest}"),
    );
    let codes = |file: &str, allowed: &[&str]| {
        let fixed = ["check", file, "--format", "short", "--warn", "pedantic"];
        let allowed = allowed.iter().flat_map(|code| ["--allow", code]);
        let run = dir.run(&fixed.into_iter().chain(allowed).collect::<Vec<_>>());
        let lines = run
            .out
            .lines()
            .filter_map(|line| line.split_once('[')?.1.split_once(']'));
        lines.map(|(code, _)| code.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes("schemas.yaml", &[]), ["SW0202", "SW0202", "SW0750"]);
    assert_eq!(
        codes("token.yaml", &["SW0754", "SW0756", "SW0757"]),
        ["SW0305"]
    );
}

#[test]
fn known_warnings_are_not_reported() {
    let dir = Dir::new("baseline");
    dir.put("a.yaml", SPEC.replace("Kid", "Kind"));
    let first = dir.run(&[
        "check",
        "--baseline",
        "known.txt",
        "--update-baseline",
        "a.yaml",
    ]);
    assert_eq!(
        (first.code, &*first.err),
        (Some(0), "1 file, no mistakes\n")
    );
    // A new line above moves the warnings, and one warning is new.
    let moved = SPEC
        .replace("Kid", "Kind")
        .replace("paths:", "# Paths.\npaths:");
    dir.put(
        "a.yaml",
        moved.replace("A pet.\n", "A pet.\n      titel: x\n"),
    );
    let run = dir.run(&[
        "check",
        "--baseline",
        "known.txt",
        "--format",
        "short",
        "a.yaml",
    ]);
    assert_eq!(
        run.out,
        "a.yaml:18:7: warning[SW0202]: unknown key `titel` in a schema\n"
    );
    let run = dir.run(&["check", "--baseline", "missing.txt", "a.yaml"]);
    assert_eq!((run.code, dir.has("missing.txt")), (Some(2), false));
}

#[test]
fn levels_are_set_by_code_and_group() {
    let dir = Dir::new("levels");
    dir.put("a.yaml", SPEC.replace("Kid", "Kind"));
    let code = |arguments: &[&str]| dir.run(&[&["check", "a.yaml"], arguments].concat()).code;
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--deny", "all"]), Some(1));
    assert_eq!(code(&["--deny", "SW0754"]), Some(1));
    assert_eq!(code(&["--deny", "pedantic", "--allow", "SW0754"]), Some(1));
    let quiet = dir.run(&["check", "a.yaml", "--quiet", "--deny", "SW0707"]);
    assert_eq!(
        (quiet.code, quiet.err.matches("error[SW").count()),
        (Some(1), 1)
    );
    let none = dir.run(&["check", "a.yaml", "--allow", "all"]);
    assert_eq!(none.err, "1 file, no mistakes\n");
    let unknown = dir.run(&["check", "a.yaml", "--allow", "SW0799"]);
    assert_eq!(
        (unknown.code, &*unknown.err),
        (
            Some(2),
            "error: unknown code `SW0799`; did you mean `SW0709`?\n"
        )
    );
    let always = dir.run(&["check", "a.yaml", "--allow", "SW0004"]);
    assert_eq!(
        always.err,
        "error: `SW0004` is always an error: not valid YAML\n"
    );
}

#[test]
fn one_mistake_in_many_places_is_shown_once() {
    let dir = Dir::new("many");
    let paths = (0..40).map(|n| format!("  /pets/{n}:\n    get: {{}}\n"));
    let paths = paths.collect::<Vec<_>>().concat();
    dir.put(
        "a.yaml",
        format!("openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\npaths:\n{paths}"),
    );
    let run = dir.run(&["check", "a.yaml"]);
    assert_eq!(run.err.matches("warning[SW0711]").count(), 1, "{}", run.err);
    assert!(
        run.err
            .contains("= note: the same in 39 more places: 7:5, 9:5, 11:5, …\n"),
        "{}",
        run.err
    );
    assert!(
        run.err.ends_with("warning: 40 warnings in 1 file\n"),
        "{}",
        run.err
    );
}

#[test]
fn reports_for_other_programs() {
    let dir = Dir::new("reports");
    dir.put("a.yaml", SPEC);
    dir.put(
        "b.yaml",
        "openapi: 3.1.0\ninfo: {title: B, version: '1'}\npaths: {}\n",
    );
    for format in ["sarif", "junit"] {
        let run = dir.run(&["check", "a.yaml", "b.yaml", "--format", format]);
        insta::assert_snapshot!(format, run.out);
    }
}

#[test]
fn codes_are_explained() {
    let dir = Dir::new("explained");
    let run = dir.run(&["explain", "sw0707"]);
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/codes/SW0707.md");
    let explanation = fs::read_to_string(file).unwrap();
    let head = "SW0707 (warning): an unknown `format` that looks like a known one\n";
    assert_eq!(run.out, format!("{head}\n{explanation}"));
    let page = dir.run(&["explain", "--all"]).out;
    assert!(page.contains(&explanation) && page.contains("\n## SW0001: a file cannot be read\n"));
}
