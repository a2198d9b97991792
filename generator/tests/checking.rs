//! The reports of `specwright check`, and their formats.

#[path = "support/command.rs"]
mod support;

use std::fs;

use support::Dir;

const SPEC: &str = include_str!("checking/pets.yaml");

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
fn a_part_that_cannot_be_parsed_is_one_report() {
    let dir = Dir::new("invalid_part");
    dir.put(
        "a.yaml",
        "\
openapi: 3.1.0
info: {title: A, version: '1'}
paths: {}
components:
  schemas:
    Pet: {$ref: 'parts/pets.yaml#/Pet'}
    Cat: {$ref: './parts/pets.yaml#/Cat'}
    Dog: {$ref: parts/empty.yaml}
",
    );
    dir.put(
        "parts/pets.yaml",
        "Pet: {type: string\nCat: {type: object}\n",
    );
    dir.put("parts/empty.yaml", "");
    let run = dir.run(&["check", "a.yaml"]);
    insta::assert_snapshot!("invalid_part", run.err);
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

/// `id` is an old keyword of JSON Schema, but with a schema it is a property like those beside it. A description of the
/// fixtures would count as the effect of the keyword.
#[test]
fn a_property_outside_of_properties_may_be_named_id() {
    let dir = Dir::new("outside");
    let spec = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {properties: {name: {type: string}}, id: {type: integer}}
    Owner: {properties: {name: {type: string}}, id: 5}
";
    dir.put("a.yaml", spec);
    let run = dir.run(&["check", "a.yaml"]);
    let messages = [
        "`id` is not a key of a schema; it is ignored",
        "so that it is under `properties`",
        "`id` must be a string, not the number 5",
    ];
    for message in messages {
        assert_eq!(run.err.matches(message).count(), 1, "{}", run.err);
    }
}

#[test]
fn keys_of_a_later_version_are_reported_wherever_they_are() {
    let dir = Dir::new("later-keys");
    let text = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers:
  - {url: https://pets.example, name: production}
tags:
  - {name: pets, kind: nav, summary: Pets}
  - {name: cats, parent: pets}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          summary: All
          description: All pets.
          content:
            application/jsonl:
              itemSchema: {$ref: '#/components/schemas/Pet'}
              examples: {one: {dataValue: {kind: Cat}}}
components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties: {kind: {type: string, xml: {nodeType: attribute}}}
";
    dir.put("a.yaml", text);
    let run = dir.run(&["check", "--format", "short", "a.yaml"]);
    let words = [
        "name",
        "kind",
        "summary",
        "parent",
        "itemSchema",
        "dataValue",
        "nodeType",
    ];
    for word in words {
        let wanted = format!("SW0701]: `{word}` is not a keyword of OpenAPI 3.1");
        assert!(
            run.out.contains(&wanted) || run.err.contains(&wanted),
            "{word}: {}{}",
            run.out,
            run.err
        );
    }
    dir.put("a.yaml", text.replace("3.1.0", "3.2.0"));
    let run = dir.run(&["check", "--format", "short", "a.yaml"]);
    assert!(
        !run.out.contains("SW0701") && !run.err.contains("SW0701"),
        "{}{}",
        run.out,
        run.err
    );
}

#[test]
fn the_closing_line_counts_the_mistakes_of_the_configuration_too() {
    let dir = Dir::new("closing");
    dir.put("a.yaml", SPEC);
    let filters = "operations: {include: ['tag: cats']}";
    dir.put(
        "specwright.yaml",
        format!("crates: [{{out: a, nam: b, description: a.yaml, {filters}}}]\n"),
    );
    for (command, end) in [("check", "\n"), ("generate", "; nothing was written\n")] {
        let run = dir.run(&[command]);
        let end = format!("\nerror: 2 errors, 1 warning in 2 files{end}");
        assert!(run.err.ends_with(&end), "{}", run.err);
    }
}

#[test]
fn lenient_is_only_proposed_where_it_helps() {
    let dir = Dir::new("lenient");
    let help = "help: correct it, or ignore it with `--lenient`\n";
    dir.put("a.yaml", SPEC);
    let generate = ["generate", "a.yaml", "--out", "a"];
    assert!(dir.run(&generate).err.ends_with(help));
    assert!(dir.run(&[&generate[..], &["--lenient"]].concat()).is_well());
    let denied = [&generate[..], &["--deny", "all"]].concat();
    assert!(!dir.run(&denied).err.contains(help));
    assert!(!dir.run(&[&denied[..], &["--lenient"]].concat()).is_well());
}
