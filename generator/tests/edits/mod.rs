//! Random edits of a description. Each is of a kind that has a rule in `specwright diff`, and at a different location,
//! so that a comparison has to find exactly these.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use specwright::diff::Diff;

/// A description with its edits.
pub(crate) struct Edited {
    /// The description after the edits.
    pub(crate) description: Value,
    /// The code and the subject of the change for each edit, sorted.
    pub(crate) expected: Vec<(String, String)>,
}

/// Edits a description at up to `count` locations.
pub(crate) fn edit(description: &Value, seed: u64, count: usize) -> Edited {
    let mut edited = description.clone();
    let mut random = Random(seed);
    let mut places = places(description);
    let mut expected = Vec::new();
    while expected.len() < count && !places.is_empty() {
        let place = places.swap_remove(random.below(places.len()));
        let number = expected.len();
        let (code, subject) = match &place {
            Place::Schema(name) => {
                let schema = &mut edited["components"]["schemas"][name];
                let (code, property) = of_schema(schema, number, &mut random);
                (code, format!("schema `{name}`, `{property}`"))
            }
            Place::Operation(path, method) => {
                let operation = &mut edited["paths"][path][method];
                let (code, part) = of_operation(operation, number, &mut random);
                (code, format!("`{} {path}`{part}", method.to_uppercase()))
            }
        };
        expected.push((code.to_owned(), subject));
    }
    expected.push(whole_operation(&mut edited));
    expected.push(whole_schema(&mut edited));
    expected.sort();
    Edited {
        description: edited,
        expected,
    }
}

/// The code and the subject of each change, sorted, without changes of items that other changes cause.
pub(crate) fn found(diff: &Diff) -> Vec<(String, String)> {
    let changes = diff.changes.iter();
    let changes = changes.filter(|change| !change.rule.code.starts_with("SWD9"));
    let found = changes.map(|change| (change.rule.code.to_owned(), change.subject.to_string()));
    let mut found: Vec<_> = found.collect();
    found.sort();
    found
}

/// A location that is edited at most once, so that no two edits are one change.
enum Place {
    /// A property of a component.
    Schema(String),
    /// An operation, by its path and method.
    Operation(String, String),
}

fn places(description: &Value) -> Vec<Place> {
    let mut joined = BTreeSet::new();
    parts_of_all(description, &mut joined);
    let schemas = entries(&description["components"]["schemas"]);
    // The properties of a schema in an `allOf` may be in several schemas.
    let is_alone = |name: &str, schema: &Value| {
        let composed = ["allOf", "oneOf", "anyOf", "$ref"];
        !joined.contains(name) && composed.iter().all(|key| schema.get(key).is_none())
    };
    let objects =
        schemas.filter(|(name, schema)| is_alone(name, schema) && !properties(schema).is_empty());
    let schemas = objects.map(|(name, _)| Place::Schema(name.clone()));
    let paths = entries(&description["paths"]);
    let operations = paths.flat_map(|(path, item)| {
        let methods = ["get", "post", "put", "patch", "delete"];
        let methods = methods
            .into_iter()
            .filter(|method| item.get(method).is_some());
        methods.map(|method| Place::Operation(path.clone(), method.to_owned()))
    });
    schemas.chain(operations).collect()
}

/// The names of the components that are part of an `allOf`.
fn parts_of_all(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| parts_of_all(one, names)),
        Value::Object(map) => {
            let parts = map.get("allOf").and_then(Value::as_array);
            let references = parts.into_iter().flatten();
            let references = references.filter_map(|part| part["$ref"].as_str());
            names.extend(references.filter_map(|text| Some(text.rsplit_once('/')?.1.to_owned())));
            map.values().for_each(|one| parts_of_all(one, names));
        }
        _ => {}
    }
}

fn entries(map: &Value) -> impl Iterator<Item = (&String, &Value)> {
    map.as_object().into_iter().flatten()
}

/// The names of the properties with a simple inline schema.
fn properties(schema: &Value) -> Vec<String> {
    let plain = |property: &Value| property["type"].is_string();
    let all = entries(&schema["properties"]).filter(|(_, property)| plain(property));
    all.map(|(name, _)| name.clone()).collect()
}

type Change = (&'static str, String);

/// Edits one of the properties of a schema. Returns the code and the name of the property.
fn of_schema(schema: &mut Value, number: usize, random: &mut Random) -> Change {
    let names = properties(schema);
    let name = names[random.below(names.len())].clone();
    let is_required = required(schema).contains(&json!(name));
    let code = match random.below(6) {
        0 if names.len() > 1 => {
            // The other properties keep their order, which is that of arguments in Rust.
            object(&mut schema["properties"]).shift_remove(&name);
            required(schema).retain(|one| *one != name);
            if is_required { "SWD417" } else { "SWD418" }
        }
        1 => {
            let added = format!("edit{number}");
            let is_required = random.below(2) == 0;
            object(&mut schema["properties"]).insert(added.clone(), json!({"type": "boolean"}));
            if is_required {
                required(schema).push(json!(added));
            }
            let code = if is_required { "SWD415" } else { "SWD416" };
            return (code, added);
        }
        2 if is_required => {
            required(schema).retain(|one| *one != name);
            "SWD420"
        }
        2 => {
            required(schema).push(json!(name));
            "SWD419"
        }
        _ => of_value(object(&mut schema["properties"][&name]), number, random),
    };
    (code, name)
}

/// Edits the schema of a property.
fn of_value(value: &mut Map<String, Value>, number: usize, random: &mut Random) -> &'static str {
    let has = |key: &str| value.contains_key(key);
    let is_text = value["type"] == "string";
    let is_free = is_text
        && !["enum", "pattern", "const", "default", "maxLength"]
            .map(has)
            .contains(&true);
    let (key, new, code) = match random.below(8) {
        0 if !has("deprecated") => ("deprecated", json!(true), "SWD431"),
        1 if !has("readOnly") => ("readOnly", json!(true), "SWD421"),
        2 if !has("nullable") && is_text => ("nullable", json!(true), "SWD407"),
        3 if is_free => ("maxLength", json!(1), "SWD601"),
        4 if is_free => ("default", json!("edit"), "SWD414"),
        5 if is_free && !has("format") => ("format", json!("uuid"), "SWD405"),
        6 if is_free && !has("format") => ("type", json!("integer"), "SWD401"),
        7 if is_text && has("enum") && !has("nullable") => {
            let mut values = value["enum"].as_array().cloned().unwrap_or_default();
            values.push(json!(format!("edit{number}")));
            ("enum", json!(values), "SWD409")
        }
        _ => ("description", json!(format!("Edit {number}.")), "SWD801"),
    };
    value.insert(key.to_owned(), new);
    code
}

/// Edits an operation. Returns the code and the part of the operation in the subject.
fn of_operation(operation: &mut Value, number: usize, random: &mut Random) -> Change {
    let name = format!("edit{number}");
    let whole = String::new();
    match random.below(7) {
        0 => {
            operation["operationId"] = json!(name);
            ("SWD106", whole)
        }
        1 => {
            operation["tags"] = json!([name]);
            ("SWD107", whole)
        }
        2 if operation["deprecated"] != true => {
            operation["deprecated"] = json!(true);
            ("SWD108", whole)
        }
        3 => {
            let is_required = random.below(2) == 0;
            let added = json!({"name": name, "in": "query", "required": is_required, "schema": {"type": "boolean"}});
            array(&mut operation["parameters"]).push(added);
            let code = if is_required { "SWD201" } else { "SWD202" };
            (code, format!(", query parameter `{name}`"))
        }
        4 if operation["responses"].get("418").is_none() => {
            operation["responses"]["418"] = json!({"description": "An edit."});
            ("SWD311", ", response `418`".to_owned())
        }
        5 if operation["requestBody"]["content"].is_object() => {
            let body = &mut operation["requestBody"];
            let was_required = body["required"] == true;
            body["required"] = json!(!was_required);
            let code = if was_required { "SWD305" } else { "SWD304" };
            (code, ", request body".to_owned())
        }
        _ => {
            operation["description"] = json!(format!("Edit {number}."));
            ("SWD801", whole)
        }
    }
}

/// Adds an operation.
fn whole_operation(description: &mut Value) -> (String, String) {
    let responses = json!({"204": {"description": "Nothing."}});
    description["paths"]["/edited"] =
        json!({"get": {"operationId": "edited", "responses": responses}});
    ("SWD103".to_owned(), "`GET /edited`".to_owned())
}

/// Adds a schema.
fn whole_schema(description: &mut Value) -> (String, String) {
    description["components"]["schemas"]["Edited"] = json!({"type": "string"});
    ("SWD429".to_owned(), "schema `Edited`".to_owned())
}

fn required(schema: &mut Value) -> &mut Vec<Value> {
    array(&mut schema["required"])
}

/// The array; an empty one is added if it is missing.
fn array(value: &mut Value) -> &mut Vec<Value> {
    if !value.is_array() {
        *value = json!([]);
    }
    value.as_array_mut().expect("a list")
}

fn object(value: &mut Value) -> &mut Map<String, Value> {
    value.as_object_mut().expect("an object")
}

/// A pseudorandom sequence that only depends on its seed (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^= number >> 31;
        usize::try_from(number % limit as u64).unwrap_or_default()
    }
}
