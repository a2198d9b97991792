//! Makes the JSON Schema of the file from its structs.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::SCHEMA;
use super::file::{File, OneOrMany};
use super::located::Located;
use crate::document::Filter;

const PATH: &str = "src/config/schema.json";

#[test]
fn the_schema_is_that_of_the_structs() {
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(File)).unwrap() + "\n";
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(PATH, &schema).unwrap();
        return;
    }
    assert_eq!(SCHEMA, schema, "`INSTA_UPDATE=always` writes {PATH}");
}

impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl JsonSchema for Filter {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Filter".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "object"],
            "properties": {"tag": {"type": "string"}},
            "required": ["tag"],
            "additionalProperties": false
        })
    }
}

impl JsonSchema for OneOrMany {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "OneOrMany".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "array"],
            "items": {"type": "string"}
        })
    }
}
