//! The JSON Schema (draft 2020-12) of a description, for editors without a language server. It is made from the tables
//! of the decoder: `keys` lists the keys of each object, `grammar` the forms of their values.

use serde_json::{Map, Value as Json, json};

use super::super::{Format, Version};
use super::grammar::{Form, Names, Word, Words};
use super::keys::{ALL, DOCUMENT, Keys, SCHEMA};

/// The schema of a description in `OpenAPI` 3.0, 3.1 or 3.2.
pub(crate) fn json_schema() -> Json {
    let definitions = ALL.iter().map(|keys| (name(keys), object(keys)));
    let definitions: Map<String, Json> = definitions.collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "OpenAPI 3.0, 3.1 and 3.2, as specwright reads it",
        "$ref": reference(&DOCUMENT),
        "$defs": definitions,
    })
}

/// The name of an object's schema: `security-scheme` for "a security scheme".
fn name(keys: &Keys) -> String {
    let words = keys.noun.trim_start_matches("an ").trim_start_matches("a ");
    words.replace('`', "").replace(' ', "-")
}

fn reference(keys: &Keys) -> String {
    format!("#/$defs/{}", name(keys))
}

fn object(keys: &'static Keys) -> Json {
    let own = keys.all().chain(keys.section().map(|_| "$ref"));
    let properties = own.filter_map(|key| {
        let entry = keys.entry(key)?;
        let mut schema = schema(entry.form);
        schema["description"] = entry.docs.into();
        Some((key.to_owned(), schema))
    });
    let properties: Map<String, Json> = properties.collect();
    let mut object = json!({
        "type": "object",
        "properties": properties,
        "patternProperties": { "^x-": true },
        "additionalProperties": false,
    });
    if keys.noun == SCHEMA.noun {
        object["type"] = json!(["object", "boolean"]);
    }
    if keys.noun == DOCUMENT.noun {
        object["required"] = json!(["openapi", "info"]);
    }
    object
}

fn schema(form: Form) -> Json {
    match form {
        Form::Flag => json!({ "type": "boolean" }),
        Form::Number => json!({ "type": "number" }),
        Form::Any => json!({}),
        Form::Word(words @ Words::Of(all)) => {
            let of_openapi = |word: &&str| words.has_in(word, &(Version::V3_0..=Version::V3_2));
            let names: Vec<_> = names(all).into_iter().filter(of_openapi).collect();
            json!({ "enum": names })
        }
        Form::Word(Words::Suggested(words)) => suggested(&names(words)),
        Form::Word(Words::Format) => suggested(&names(&Format::words().collect::<Vec<_>>())),
        Form::Text | Form::Reference(_) | Form::Word(_) => json!({ "type": "string" }),
        Form::Object(keys) | Form::ObjectOrFlag(keys) => json!({ "$ref": reference(keys) }),
        Form::Map(names, inner) => map(names, &schema(*inner)),
        Form::List(inner) => json!({ "type": "array", "items": schema(*inner) }),
        Form::OneOrList(inner) => {
            let one = schema(*inner);
            let list = json!({ "type": "array", "items": one });
            json!({ "anyOf": [one, list] })
        }
    }
}

fn names(words: &[Word]) -> Vec<&'static str> {
    words.iter().map(|(name, _)| *name).collect()
}

/// A string that can be anything; editors complete these.
fn suggested(words: &[&str]) -> Json {
    json!({ "anyOf": [{ "enum": words }, { "type": "string" }] })
}

fn map(names: Names, inner: &Json) -> Json {
    let pattern = match names {
        Names::Path => "^/",
        Names::Status => "^([1-5]([0-9][0-9]|XX)|default)$",
        Names::Any | Names::Component | Names::MediaType | Names::Scheme => {
            return json!({ "type": "object", "additionalProperties": inner });
        }
    };
    json!({
        "type": "object",
        "patternProperties": { pattern: inner, "^x-": true },
        "additionalProperties": false,
    })
}
