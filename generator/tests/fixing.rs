//! The corrections that `specwright check --fix` writes into descriptions.

#[path = "support/command.rs"]
mod support;

use support::Dir;

const SPEC: &str = include_str!("checking/pets.yaml");

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
fn what_may_be_meant_otherwise_is_not_corrected() {
    let text = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
server: [{url: https://pets.example}]
paths:
  /pets:
    pst: {operationId: addPet, responses: {'204': {description: Done.}}}
components:
  schema:
    Pet: {type: object, properties: {name: {type: string}}, note: {type: string}}
    Kind: {type: string, values: [cat, dog]}
    Ids: {type: 'integer[]'}
    Level: {type: string, enum: low high}
  securitySchemes:
    token: {type: oauth2, flow: clientCredentials}
";
    let dir = Dir::new("unsure");
    dir.put("a.yaml", text);
    dir.run(&["check", "--fix", "a.yaml"]);
    // A key in the singular is one in the plural, if the value is that of the plural.
    let wanted = text
        .replace("server:", "servers:")
        .replace("schema:", "schemas:");
    assert_eq!(dir.read("a.yaml"), wanted);
}
