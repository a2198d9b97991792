use super::{read, read_schemas};
use crate::document::{Reach, SimpleType};

#[test]
fn types_are_read_in_every_spelling() {
    let schemas = "
A: {type: string, nullable: true}
B: {type: [integer, 'null']}
C: {type: [string, null]}
D: {nullable: true}
E: {type: String}
F: {type: file}
G: {type: any}
H: {type: strng}
I: {type: null}
J: {type: {}}
K: {type: Pet}
L: {type: long, x-nullable: true}
";
    read_schemas(schemas, |read| {
        use SimpleType::{Integer, Null, String};
        let types: Vec<_> = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"]
            .iter()
            .map(|name| (&read.schema(name).types[..], read.schema(name).nullable))
            .collect();
        assert_eq!(
            types,
            [
                (&[String, Null][..], true),
                (&[Integer, Null], true),
                (&[String, Null], true),
                (&[], true),
                (&[String], false),
                (&[String], false),
                (&[], false),
                (&[], false),
                (&[Null], true),
                (&[], false),
                (&[], false),
                (&[Integer, Null], true),
            ]
        );
        assert_eq!(
            read.schema("F").format.map(|format| format.text),
            Some("binary")
        );
        assert_eq!(
            read.messages,
            [
                "warning SW0205 8: the type must be a string; it is read as `\"null\"`",
                "warning SW0205 10: `String` is not a schema type; it is read as `string`",
                "warning SW0205 11: `file` is not a schema type; it is read as `string` of format `binary`",
                "warning SW0205 12: `any` is not a schema type; any JSON is accepted",
                "warning SW0207 13: `strng` is not a schema type; it is ignored",
                "warning SW0205 14: the type must be a string; it is read as `\"null\"`",
                "warning SW0204 15: `type` must be a string, not an object; it is ignored",
                "warning SW0207 16: `Pet` is not a schema type; it is ignored",
                "warning SW0205 17: `long` is not a schema type; it is read as `integer`",
            ]
        );
    });
}

#[test]
fn objects_lists_and_unions_are_read() {
    let schemas = "
Pet:
  type: object
  required: [id, 5]
  properties: {id: {type: string, readOnly: true}, next: {$ref: '#/components/schemas/Pet'}}
  additionalProperties: {type: integer}
  patternProperties: {'^x': {}}
Closed: {additionalProperties: 'false'}
Pair: {type: array, items: [{type: string}, {type: integer}]}
Many: {items: {type: string}, minItems: 1}
Any: true
Union:
  oneOf: [{$ref: '#/components/schemas/Pet'}, {$ref: '#/components/schemas/Many'}]
  anyOf: {type: string}
  not: {type: boolean}
  discriminator: {propertyName: kind, mapping: {pet: Pet, many: '#/components/schemas/Many', gone: ./Nowhere.yaml, none: Nothing}}
";
    read_schemas(schemas, |read| {
        let pet = read.schema("Pet");
        assert_eq!(pet.component, Some("Pet"));
        assert_eq!(
            pet.required
                .iter()
                .map(|name| name.text)
                .collect::<Vec<_>>(),
            ["id", "5"]
        );
        assert!(
            read.by_id(pet.properties[0].1).read_only
                && read.by_id(pet.properties[0].1).component.is_none()
        );
        assert_eq!(
            read.by_id(pet.properties[1].1).reference.map(|(id, _)| id),
            Some(read.document().components[0].1)
        );
        assert!(pet.additional_schema.is_some() && pet.pattern_properties.len() == 1);
        assert_eq!(read.schema("Closed").additional, Some(false));
        assert_eq!(
            (
                read.schema("Pair").prefix_items.len(),
                read.schema("Pair").items
            ),
            (2, None)
        );
        assert!(read.schema("Many").items.is_some() && read.schema("Many").has_list_keywords);
        assert_eq!(read.schema("Any").boolean, Some(true));
        let union = read.schema("Union");
        assert_eq!(
            (union.one_of.len(), union.any_of.len(), union.not.is_some()),
            (2, 1, true)
        );
        let discriminator = union.discriminator.as_ref().expect("a discriminator");
        let words: Vec<_> = discriminator
            .mapping
            .iter()
            .map(|(key, id)| (&*key.text, read.by_id(*id).component))
            .collect();
        assert_eq!(words, [("pet", Some("Pet")), ("many", Some("Many"))]);
        assert_eq!(
            read.messages,
            [
                "warning SW0205 8: an element of `required` must be a string; it is read as `5`",
                "warning SW0205 12: `additionalProperties` must be `true` or `false`, not the string `false`; it is read as `false`",
                "warning SW0205 13: `items` must be a schema; this array is read as `prefixItems`",
                "warning SW0205 18: `anyOf` must be an array; this is read as an array of one",
                "warning SW0303 20: the file `./Nowhere.yaml` was not read: its value of the discriminator is ignored",
                "warning SW0301 20: `Nothing` does not exist; its value of the discriminator is ignored",
            ]
        );
    });
}

#[test]
fn mistakes_in_schemas_are_reported_each() {
    let schemas = "
A:
  propertees: {}
  required: true
  enum: {a: 1}
  min_length: 3
  items: 5
  properties: [a]
B: text
C:
  oneOf: 7
";
    read_schemas(schemas, |read| {
        assert_eq!(
            read.messages,
            [
                "warning SW0203 7: `propertees` is not a key of a schema; it is ignored",
                "warning SW0205 8: `required` of a schema is an array of property names; this boolean is ignored",
                "warning SW0204 9: `enum` must be an array, not an object; it is ignored",
                "warning SW0205 10: the key `min_length` is read as `minLength`",
                "warning SW0204 11: a schema must be an object, not the number 5",
                "warning SW0204 12: `properties` must be an object, not an array; it is ignored",
                "warning SW0204 13: a schema must be an object, not the string `text`",
                "warning SW0204 15: `oneOf` must be an array, not the number 7; it is ignored",
            ]
        );
    });
}

#[test]
fn a_mistyped_keyword_that_matters_is_an_error_in_a_strict_run() {
    read_schemas(
        "A: {requird: [a], allOff: [{}], aditionalProperties: false, formatt: x}",
        |read| {
            let near: Vec<_> = read
                .diagnostics
                .iter()
                .map(|one| one.fixes[0].replacement.as_str())
                .collect();
            assert_eq!(
                near,
                ["required", "allOf", "additionalProperties", "format"]
            );
            // A keyword that can mark a value as secret is never ignored.
            let strict: Vec<_> = read.diagnostics.iter().map(|one| one.strict).collect();
            assert_eq!(strict, [true, true, true, false]);
            assert!(read.diagnostics.has_errors());
        },
    );
}

#[test]
fn values_and_own_keys_are_read() {
    let schemas = "
A:
  enum: [a, 1, null]
  const: a
  default: b
  example: c
  examples: [d]
  maximum: 18446744073709551615
  pattern: x
  contentEncoding: base64
  x-rust-name: Letters
  x-enum: closed
  x-success-flag: {flag: success, messages: message}
B: {maximum: 9223372036854775807, x-enum: ajar, x-success-flag: {flags: x}, examples: {one: {value: 1}}, enum: single}
";
    read_schemas(schemas, |read| {
        let a = read.schema("A");
        assert_eq!(a.enumeration.as_ref().map(Vec::len), Some(3));
        assert_eq!(
            (a.constant.is_some(), a.default.is_some(), a.examples.len()),
            (true, true, 2)
        );
        assert!(
            a.reach == Reach::Unsigned
                && a.has_number_keywords
                && a.has_string_keywords
                && !a.has_object_keywords
        );
        assert_eq!(
            (a.rust_name.map(|name| name.text), a.open),
            (Some("Letters"), Some(false))
        );
        assert_eq!(
            a.success_flag
                .as_ref()
                .and_then(|flag| flag.messages)
                .map(|name| name.text),
            Some("message")
        );
        let b = read.schema("B");
        assert!(b.reach == Reach::Signed && b.success_flag.is_none() && b.open.is_none());
        assert_eq!(
            (b.examples[0].name, b.enumeration.as_ref().map(Vec::len)),
            (Some("one"), Some(1))
        );
        assert_eq!(
            read.messages,
            [
                "warning SW0207 18: unknown value of `x-enum` `ajar`; it is ignored",
                "warning SW0202 18: unknown key `flags` in `x-success-flag`; it is ignored",
                "warning SW0205 18: `examples` of a schema must be an array; the values of the object are used",
                "warning SW0205 18: `enum` must be an array; this is read as an array of one",
            ]
        );
    });
}

#[test]
fn a_schema_of_2019_contains_itself() {
    let schemas = "Tree:\n  $recursiveAnchor: true\n  properties: {next: {$recursiveRef: '#'}}\n";
    read_schemas(schemas, |read| {
        let next = read.by_id(read.schema("Tree").properties[0].1);
        assert_eq!(
            next.reference.map(|(id, _)| id),
            Some(read.document().components[0].1)
        );
    });
}

#[test]
fn thousands_of_schemas_in_a_chain_are_no_danger() {
    use std::fmt::Write as _;
    let mut text =
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents:\n  schemas:\n".to_owned();
    for number in 0..20_000 {
        writeln!(
            text,
            "    S{number}: {{$ref: '#/components/schemas/S{}'}}",
            number + 1
        )
        .expect("a string");
    }
    text.push_str("    S20000: {type: string}\n");
    read(&text, |read| {
        assert_eq!(read.messages, Vec::<String>::new());
        assert_eq!(read.document().schemas.len(), 20_001);
    });
}

#[test]
fn keys_that_differ_in_case_are_read() {
    read_schemas(
        "A: {Type: string, readonly: true, minlength: 1, allof: [{}]}",
        |read| {
            let a = read.schema("A");
            assert!(
                a.types == [SimpleType::String]
                    && a.read_only
                    && a.has_string_keywords
                    && a.all_of.len() == 1
            );
            assert_eq!(read.messages.len(), 4);
            assert_eq!(
                read.messages[0],
                "warning SW0205 5: the key `Type` is read as `type`"
            );
        },
    );
}
