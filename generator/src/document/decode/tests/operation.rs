use super::{read_api, read_operation};
use crate::document::{Location, Status, Style};

#[test]
fn parameters_of_the_path_come_first_and_are_overridden() {
    let text = "
paths:
  /pets/{id}:
    servers: [{url: https://one.test}]
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: X-Trace, in: header, schema: {type: string}}
      - $ref: '#/components/parameters/Limit'
    get:
      parameters:
        - {name: x-trace, in: header, required: true, schema: {type: integer}}
        - {name: limit, in: header, schema: {}}
components:
  parameters:
    Limit: {name: limit, in: query, explode: 'false', schema: {}}
";
    read_api(text, |read| {
        let operation = read.operation();
        let parameters: Vec<_> = operation
            .parameters
            .iter()
            .map(|one| (one.name.text, one.location, one.required, one.explode))
            .collect();
        assert_eq!(
            parameters,
            [
                ("id", Location::Path, true, false),
                ("x-trace", Location::Header, true, false),
                ("limit", Location::Query, false, false),
                ("limit", Location::Header, false, false),
            ]
        );
        assert_eq!(operation.servers[0].url, "https://one.test");
        assert_eq!(
            read.messages,
            [
                "warning SW0205 17: `explode` must be `true` or `false`, not the string `false`; it is read as `false`"
            ]
        );
    });
}

#[test]
fn styles_have_the_defaults_of_their_place() {
    let text = "parameters:
  - {name: a, in: query, schema: {}}
  - {name: b, in: cookie, schema: {}}
  - {name: id, in: path, required: true, style: label, schema: {}}
  - {name: d, in: query, style: deepObject, schema: {}}
  - {name: e, in: path, required: true, style: form, schema: {}}
  - {name: f, in: query, style: spaceDelimeted, schema: {}}
  - {name: g, in: query, content: {application/json: {schema: {type: object}}}}
";
    read_operation(text, |read| {
        let styles: Vec<_> = read
            .operation()
            .parameters
            .iter()
            .map(|one| (one.style, one.explode))
            .collect();
        assert_eq!(
            styles,
            [
                (Style::Form, true),
                (Style::Form, true),
                (Style::Label, false),
                (Style::DeepObject, false),
                (Style::Simple, false),
                (Style::SpaceDelimited, false),
                (Style::Form, true),
            ]
        );
        let content = read.operation().parameters[6]
            .content
            .as_ref()
            .expect("content");
        assert!(content.schema.is_some());
        assert_eq!(
            read.messages,
            [
                "warning SW0205 11: the style `form` is invalid in this location; the default is used",
                "warning SW0207 12: unknown style `spaceDelimeted`; it is read as `spaceDelimited`",
            ]
        );
    });
}

#[test]
fn a_parameter_that_cannot_be_read_is_left_out_alone() {
    let text = "parameters:
  - {name: a, in: body, schema: {}}
  - {in: query}
  - 5
  - {name: b, in: query, type: integer, format: int32, required: 'yes'}
  - {name: b, in: query, schema: {}}
";
    read_operation(text, |read| {
        let [only] = &read.operation().parameters[..] else {
            panic!("one parameter")
        };
        let schema = read.by_id(only.schema.expect("a schema"));
        assert_eq!(schema.format.map(|format| format.text), Some("int32"));
        assert!(read.operation().incomplete);
        assert_eq!(
            read.messages,
            [
                "warning SW0207 7: unknown parameter location `body`; the parameter is ignored",
                "warning SW0206 8: `name` is missing in a parameter, which is ignored",
                "error SW0204 9: a parameter must be an object, not the number 5",
                "warning SW0205 10: `type` belongs under the parameter's `schema`; it is read from there",
                "warning SW0204 10: `required` must be `true` or `false`, not the string `yes`; it is ignored",
                "warning SW0209 11: the parameter `b` is given twice; the first one counts",
            ]
        );
    });
}

#[test]
fn bodies_and_responses_are_read() {
    let text = "
paths:
  /pets:
    post:
      operationId: createPet
      tags: pets
      deprecated: true
      security: []
      requestBody: {$ref: '#/components/requestBodies/Pet', description: Here.}
      responses:
        200:
          description: Fine.
          headers: {Request-Id: {required: true, schema: {type: string}}}
          content:
            application/json:
              schema: {type: object}
              examples: {one: {value: {a: 1}}, two: {a: 2}, three: {$ref: '#/components/examples/three'}}
            text/csv:
            application/jsonl: {itemSchema: {type: object}}
        4XX: {$ref: '#/components/responses/Bad'}
        '200': {description: Again.}
        2000: {description: None.}
        default: {description: Else.}
components:
  examples: {three: {value: 3}}
  requestBodies:
    Pet:
      required: true
      description: There.
      content: {multipart/form-data: {schema: {}, encoding: {photo: {contentType: image/png, style: form}}}}
  responses: {Bad: {description: Bad.}}
";
    let text = text.replace("        '200': {description: Again.}\n", "");
    read_api(&text, |read| {
        let operation = read.operation();
        assert_eq!(operation.id.map(|id| id.text), Some("createPet"));
        assert_eq!(
            operation
                .tags
                .iter()
                .map(|tag| tag.text)
                .collect::<Vec<_>>(),
            ["pets"]
        );
        assert!(operation.deprecated && operation.security.as_ref().is_some_and(Vec::is_empty));
        let body = operation.body.as_ref().expect("a body");
        assert_eq!(
            (body.description, body.required),
            (Some("Here."), Some(true))
        );
        assert_eq!(body.content[0].encoding[0].content_type, Some("image/png"));
        assert_eq!(body.content[0].encoding[0].style, Some(Style::Form));
        let statuses: Vec<_> = operation
            .responses
            .iter()
            .map(|one| (one.status, one.component))
            .collect();
        assert_eq!(
            statuses,
            [
                (Status::Code(200), None),
                (Status::Range(4), Some("Bad")),
                (Status::Default, None)
            ]
        );
        let fine = &operation.responses[0];
        assert_eq!(
            (fine.headers[0].name.text, fine.headers[0].style),
            ("Request-Id", Style::Simple)
        );
        let names: Vec<_> = fine.content[0]
            .examples
            .iter()
            .map(|one| one.name)
            .collect();
        assert_eq!(names, [Some("one"), Some("two"), Some("three")]);
        assert!(fine.content[1].schema.is_none() && fine.content[2].item_schema.is_some());
        assert_eq!(
            read.messages,
            [
                "warning SW0205 8: `tags` must be an array; this is read as an array of one",
                "warning SW0205 19: the example `two` has no `value`; it is read as the value itself",
                "warning SW0207 23: `2000` is not a status code; the response is ignored",
            ]
        );
    });
}

#[test]
fn methods_of_all_versions_are_read() {
    let text = "
paths:
  pets:
    GET: {}
    query: {}
    additionalOperations: {LINK: {}, copy: {}, 'a b': {}}
    gett: {}
  /x: {get: 5, post: {}}
";
    read_api(text, |read| {
        let methods: Vec<_> = read.document().paths[0]
            .operations
            .iter()
            .map(|one| one.method)
            .collect();
        assert_eq!(methods, ["GET", "QUERY", "LINK", "copy"]);
        assert_eq!(read.document().paths[1].operations.len(), 1);
        assert_eq!(
            read.messages,
            [
                "warning SW0205 5: a path begins with `/`; this is read as `/pets`",
                "warning SW0205 6: the key `GET` is read as `get`",
                "warning SW0205 8: methods are case-sensitive; `copy` is sent as it is written",
                "warning SW0207 8: `a b` is not an HTTP method; the operation is ignored",
                "error SW0202 9: unknown key `gett` in a path item",
                "warning SW0204 10: an operation must be an object, not the number 5; it is ignored",
            ]
        );
    });
}

#[test]
fn path_items_and_callbacks_are_followed() {
    let text = "
paths:
  /a: {$ref: '#/components/pathItems/shared', post: {operationId: own}}
  /b:
    put:
      callbacks:
        done: {'{$request.body#/url}': {post: {callbacks: {again: {$ref: '#/components/callbacks/loop'}}}}}
components:
  pathItems: {shared: {parameters: [{name: q, in: query, schema: {}}], get: {operationId: shared}, post: {operationId: hidden}}}
  callbacks: {loop: {x: {post: {callbacks: {again: {$ref: '#/components/callbacks/loop'}}}}}}
";
    read_api(text, |read| {
        let ids: Vec<_> = read.document().paths[0]
            .operations
            .iter()
            .filter_map(|one| one.id)
            .map(|id| id.text)
            .collect();
        assert_eq!(ids, ["own", "shared"]);
        assert!(
            read.document().paths[0]
                .operations
                .iter()
                .all(|one| one.parameters.len() == 1)
        );
        let done = &read.document().paths[1].operations[0].callbacks[0];
        assert_eq!(
            (&*done.key.text, done.callback.map(|key| &*key.text)),
            ("{$request.body#/url}", Some("done"))
        );
        assert!(done.operations[0].callbacks.is_empty());
        let left_out =
            "`callbacks` is not supported: callbacks of a callback's operations are ignored";
        assert_eq!(
            read.messages,
            [
                format!("warning SW0208 9: {left_out}"),
                format!("warning SW0208 12: {left_out}")
            ]
        );
    });
}
