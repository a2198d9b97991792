use super::{read_api, read_operation, read_schemas};

#[test]
fn pointers_lead_anywhere_in_the_file() {
    let schemas = "
A:
  properties: {a/b~c d: {type: string}, list: {allOf: [{type: integer}]}}
  $defs: {Inner: {$anchor: inner, type: number}}
B: {$ref: '#/components/schemas/A/properties/a~1b~0c%20d'}
C: {$ref: '#/components/schemas/A/properties/list/allOf/0'}
D: {$ref: '#/components/schemas/A/$defs/Inner', description: Beside., type: [number, 'null']}
E: {$ref: '#inner'}
F: {$ref: '#/components/schemas/G/properties/list'}
G: {$ref: '#/components/schemas/A'}
";
    read_schemas(schemas, |read| {
        let behind = |name: &str| read.by_id(read.schema(name).reference.expect("a reference").0);
        let types: Vec<_> = ["B", "C", "D", "E"]
            .iter()
            .map(|name| format!("{:?}", behind(name).types))
            .collect();
        assert_eq!(types, ["[String]", "[Integer]", "[Number]", "[Number]"]);
        assert_eq!(behind("D").component, Some("Inner"));
        assert_eq!(behind("B").component, None);
        assert_eq!(read.schema("D").description, Some("Beside."));
        assert!(read.schema("D").nullable);
        assert!(std::ptr::eq(
            behind("F"),
            read.by_id(read.schema("A").properties[1].1)
        ));
        assert_eq!(read.messages, Vec::<String>::new());
    });
}

#[test]
fn a_mistyped_reference_is_an_error_with_the_right_one() {
    let schemas = "Pet: {type: object}\nA: {$ref: '#/components/schemas/Pett'}\nB: {$ref: '#/components/schema/Pet'}\n";
    read_schemas(schemas, |read| {
        assert_eq!(
            read.messages,
            [
                "error SW0301 6: `#/components/schemas/Pett` does not exist",
                "warning SW0301 7: `#/components/schema/Pet` does not exist; it is read as `#/components/schemas/Pet`",
            ]
        );
        for diagnostic in &read.diagnostics {
            assert_eq!(
                diagnostic.fixes[0].replacement,
                "\"#/components/schemas/Pet\""
            );
        }
        assert!(read.schema("A").reference.is_none());
    });
}

#[test]
fn references_of_swagger_and_bare_names_are_known() {
    let schemas = "Pet: {type: object}\nA: {$ref: '#/definitions/Pet'}\nB: {$ref: Pet}\n";
    read_schemas(schemas, |read| {
        let replacements: Vec<_> = read
            .diagnostics
            .iter()
            .map(|one| one.fixes[0].replacement.clone())
            .collect();
        assert_eq!(replacements, ["\"#/components/schemas/Pet\""; 2]);
    });
}

#[test]
fn a_reference_to_what_nobody_wrote_is_a_warning() {
    let schemas =
        "A: {$ref: '#/components/schemas/Completely'}\nB: {$ref: 'https://x.test/schema.json'}\n";
    read_schemas(schemas, |read| {
        assert_eq!(
            read.messages,
            [
                "warning SW0301 5: `#/components/schemas/Completely` does not exist; any JSON is accepted instead",
                "warning SW0303 6: `https://x.test/schema.json` is not fetched: any JSON is accepted instead",
            ]
        );
    });
}

#[test]
fn a_reference_without_quotes_is_a_comment() {
    read_schemas(
        "A:\n  $ref: #/components/schemas/B\nB: {type: string}",
        |read| {
            assert_eq!(
                read.messages,
                ["warning SW0204 6: `$ref` has no value; it is ignored"]
            );
        },
    );
}

#[test]
fn a_circle_is_reported_once_with_all_its_places() {
    let schemas = "
A: {$ref: '#/components/schemas/B'}
B: {$ref: '#/components/schemas/C'}
C: {$ref: '#/components/schemas/B'}
Self: {$ref: '#/components/schemas/Self'}
Tree: {properties: {next: {$ref: '#/components/schemas/Tree'}}}
";
    read_schemas(schemas, |read| {
        let message = "these references form a cycle without a schema; any JSON is accepted";
        assert_eq!(
            read.messages,
            [
                format!("warning SW0302 7: {message}"),
                format!("warning SW0302 9: {message}")
            ]
        );
        assert_eq!(
            read.diagnostics.iter().next().expect("one").secondary.len(),
            1
        );
        assert!(read.schema("A").reference.is_some() && read.schema("B").reference.is_none());
    });
}

#[test]
fn circles_of_other_things_are_left_out() {
    let text = "
paths:
  /a: {get: {parameters: [{$ref: '#/components/parameters/A'}]}}
  /b: {$ref: '#/paths/~1b'}
components:
  parameters: {A: {$ref: '#/components/parameters/B'}, B: {$ref: '#/components/parameters/A'}}
";
    read_api(text, |read| {
        assert!(read.operation().parameters.is_empty() && read.operation().incomplete);
        assert!(
            read.messages.contains(
                &"warning SW0302 6: this reference is part of a cycle that never reaches a path item; it is ignored"
                    .to_owned()
            )
        );
        assert!(
            read.messages
                .iter()
                .all(|message| message.starts_with("warning SW0302"))
        );
    });
}

#[test]
fn a_component_of_another_kind_is_an_error() {
    let text = "parameters: [{$ref: '#/components/schemas/Pet'}]\nresponses: {200: {$ref: '#/components/responses/Okay'}}";
    read_operation(text, |read| {
        assert_eq!(
            read.messages,
            [
                "error SW0304 6: expected a parameter, but this refers to one of `schemas`",
                "warning SW0301 7: `#/components/responses/Okay` does not exist; it is ignored",
            ]
        );
    });
}

#[test]
fn the_description_and_its_sections_are_not_what_a_reference_means() {
    let text = "
paths:
  /a:
    get:
      parameters: [{$ref: '#/components/parameters'}]
      responses:
        200: {description: Done., content: {application/json: {schema: {$ref: '#'}}}}
        400: {description: No., content: {application/json: {schema: {$ref: '#/info'}}}}
        401: {description: No., content: {application/json: {schema: {$ref: '#/components/schemas'}}}}
components:
  schemas: {Pet: {type: string}}
  parameters: {A: {name: a, in: query, schema: {}}}
";
    read_api(text, |read| {
        assert_eq!(
            read.messages,
            [
                "error SW0304 7: expected a parameter, but this refers to the object `components/parameters`",
                "error SW0304 9: expected a schema, but this refers to the description itself",
                "error SW0304 10: expected a schema, but this refers to the object `info`",
                "error SW0304 11: expected a schema, but this refers to the object `components/schemas`",
            ]
        );
    });
}

#[test]
fn a_mistake_in_a_component_is_reported_once() {
    let text = "
paths:
  /a: {get: {parameters: [{$ref: '#/components/parameters/A'}]}, put: {parameters: [{$ref: '#/components/parameters/A', schema: {}}]}}
components:
  parameters: {A: {name: a, in: qery, schema: {}}}
";
    read_api(text, |read| {
        assert_eq!(
            read.messages,
            [
                "warning SW0203 5: `schema` is not a key of a reference; it is ignored",
                "warning SW0207 7: unknown parameter location `qery`; it is read as `query`",
            ]
        );
    });
}
