//! The values of examples, tests and docs: the only code that chooses them.
//!
//! Everywhere the rule is the same: an example of the description, otherwise a value of the type. `lower` puts the
//! examples that are valid into the model, and values for restrictions beyond the type (a length, a format):
//! [`Field::sample`], [`Input::sample`](crate::model::Input::sample). Values of types are minimal: the required
//! properties only (without any, one optional property), the first value of an enum, the first alternative of a union.

mod response;

pub(crate) use response::{response_body, response_headers};

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::model::{
    Api, Constant, Field, Kind, Operation, Presence, Record, SamplePart, Shape, TypeId, Union,
};

/// The maximum depth of nesting. Deeper arrays are empty, and other deeper values fail.
const DEEPEST: usize = 24;

/// The maximum number of values of named types in one value. Without it, a value could grow exponentially with its
/// depth.
const MOST: usize = 10_000;

/// The maximum number of lines of a sample, beyond which its JSON is emitted in one line.
const MOST_LINES: usize = 100;

/// The direction of a value: read-only properties occur in responses, write-only ones in requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From the server.
    Read,
    /// To the server.
    Written,
}

/// A value of this shape; `None` if every value of it would be infinite.
pub(crate) fn value(api: &Api, shape: &Shape, direction: Direction) -> Option<Value> {
    let mut maker = Maker {
        api,
        direction,
        above: Vec::new(),
        left: MOST,
    };
    maker.value(shape)
}

/// Makes the samples of the types that are read: the example of the description, or what is required. A type whose values
/// would be infinite has none. A part of a value that is the sample of its own type refers to that type, so that a change
/// of the type does not change the samples of all others.
pub(crate) fn settle(api: &mut Api) {
    let ids = (0..).map(TypeId).zip(&api.types);
    let ids = ids.filter(|(_, ty)| ty.sample().is_some());
    let values =
        ids.filter_map(|(id, _)| Some((id, value(api, &Shape::Named(id), Direction::Read)?)));
    let values: BTreeMap<TypeId, Value> = values.collect();
    let made = values
        .iter()
        .map(|(id, value)| (*id, in_parts(api, *id, value, &values)));
    let mut made: BTreeMap<TypeId, _> = made.collect();
    for (id, ty) in (0..).map(TypeId).zip(&mut api.types) {
        if let Kind::Record(record) = &mut ty.kind {
            let made = made.remove(&id);
            record.sample = record
                .sample
                .take()
                .zip(made)
                .map(|(mut sample, (json, parts))| {
                    (sample.json, sample.parts) = (json, parts);
                    sample
                });
        }
    }
}

/// The JSON text of a sample without its parts, and the parts.
fn in_parts(
    api: &Api,
    id: TypeId,
    value: &Value,
    samples: &BTreeMap<TypeId, Value>,
) -> (String, Vec<SamplePart>) {
    let mut rest = value.clone();
    let (Kind::Record(record), Value::Object(members)) = (&api.ty(id).kind, &mut rest) else {
        return (shown(value), Vec::new());
    };
    let alias = |id| match &api.ty(id).kind {
        Kind::Alias(target) => Some(target),
        _ => None,
    };
    let parts = record.fields.iter().filter_map(|field| {
        let value = members.get(&field.wire)?;
        let (shape, value, is_list) = match (field.shape.plain(alias), value) {
            (Shape::List(element), Value::Array(values)) => match &**values {
                [only] => (element.plain(alias), only, true),
                _ => return None,
            },
            (shape, value) => (shape, value, false),
        };
        let (Shape::Named(ty) | Shape::Boxed(ty)) = *shape else {
            return None;
        };
        (samples.get(&ty) == Some(value)).then(|| SamplePart {
            wire: field.wire.clone(),
            ty,
            is_list,
        })
    });
    let parts: Vec<SamplePart> = parts.collect();
    let names: BTreeSet<&str> = parts.iter().map(|part| &*part.wire).collect();
    members.retain(|name, _| !names.contains(&**name));
    (shown(&rest), parts)
}

/// JSON as a person would write it, if that does not take too many lines.
fn shown(value: &Value) -> String {
    let long = serde_json::to_string_pretty(value).unwrap_or_default();
    if long.lines().count() > MOST_LINES {
        return value.to_string();
    }
    long
}

/// The inputs of a call that are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Given {
    /// The required inputs.
    Required,
    /// All inputs.
    All,
}

/// The inputs of the example request of an operation, by the positions of its resource and its own: those of the
/// description's example, otherwise values for all inputs.
pub(crate) fn request(api: &Api, (resource, at): (usize, usize)) -> Option<Vec<(usize, String)>> {
    let mut requests = api.requests.iter();
    let example = requests.find(|request| (request.resource, request.operation) == (resource, at));
    if let Some(example) = example {
        return Some(example.values.clone());
    }
    let operation = api.resources.get(resource)?.operations.get(at)?;
    inputs(api, operation, Given::All)
}

/// A value as JSON text for the inputs of an operation, with the index in [`Operation::inputs`]. `None` if a required
/// input has no finite value; an optional input without one is omitted.
pub fn inputs(api: &Api, operation: &Operation, given: Given) -> Option<Vec<(usize, String)>> {
    let mut values = Vec::new();
    for (index, input) in operation.inputs.iter().enumerate() {
        if !input.required && given == Given::Required {
            continue;
        }
        let described = input.sample.as_deref().and_then(parsed);
        match described.or_else(|| value(api, &input.shape, Direction::Written)) {
            Some(value) => values.push((index, readable(api, &input.shape, value).to_string())),
            None if input.required => return None,
            None => {}
        }
    }
    Some(values)
}

/// Adds required read-only properties to a value that is sent. Without them it could not be deserialized to the type.
fn readable(api: &Api, shape: &Shape, mut written: Value) -> Value {
    let mut maker = Maker {
        api,
        direction: Direction::Read,
        above: Vec::new(),
        left: MOST,
    };
    maker.complete(shape, &mut written);
    written
}

/// A value as JSON text of a scalar's type; `None` for other shapes.
pub(crate) fn scalar(shape: &Shape) -> Option<String> {
    match shape {
        Shape::Scalar(scalar) => Some(scalar.sample().to_owned()),
        Shape::Own(own) => scalar(&Shape::Scalar(own.sampled()?)),
        _ => None,
    }
}

/// Makes values, and keeps track of the enclosing types.
struct Maker<'a> {
    api: &'a Api,
    direction: Direction,
    above: Vec<TypeId>,
    /// The number of values of named types that may still be made.
    left: usize,
}

impl Maker<'_> {
    fn value(&mut self, shape: &Shape) -> Option<Value> {
        if self.above.len() > DEEPEST {
            return None;
        }
        match shape {
            Shape::Scalar(scalar) => parsed(scalar.sample()),
            Shape::Named(id) | Shape::Boxed(id) => self.named(*id),
            // An array is empty if its elements have no finite value.
            Shape::List(item) => Some(Value::Array(self.value(item).into_iter().collect())),
            Shape::Map(value) => {
                let member = self.value(value).map(|value| ("sample".to_owned(), value));
                Some(Value::Object(member.into_iter().collect()))
            }
            Shape::Nullable(inner) => Some(self.value(inner).unwrap_or(Value::Null)),
            Shape::Tuple(elements) => elements.iter().map(|element| self.value(element)).collect(),
            Shape::Json => Some(Value::from("sample")),
            Shape::JsonObject => Some(serde_json::json!({ "sample": "sample" })),
            // It is unknown which values the type accepts; those of the scalar are the best guess.
            Shape::Own(own) => self.value(&Shape::Scalar(own.sampled()?)),
        }
    }

    fn named(&mut self, id: TypeId) -> Option<Value> {
        if self.above.contains(&id) {
            return None;
        }
        self.left = self.left.checked_sub(1)?;
        self.above.push(id);
        let value = match &self.api.ty(id).kind {
            Kind::Record(record) => self.example(record).or_else(|| self.record(record)),
            Kind::Enumeration(enumeration) => {
                let first = enumeration.variants.first();
                first.map(|variant| constant(&variant.value))
            }
            Kind::Union(union) => self.union(union),
            Kind::Alias(shape) | Kind::Wrapper(shape) => self.value(shape),
        };
        self.above.pop();
        value
    }

    /// The example of a record that is read.
    fn example(&self, record: &Record) -> Option<Value> {
        let sample = record.sample.as_ref();
        let sample = sample.filter(|_| self.direction == Direction::Read)?;
        parsed(sample.example.as_deref()?)
    }

    fn record(&mut self, record: &Record) -> Option<Value> {
        let mut members = Map::new();
        let direction = self.direction;
        for field in record.fields.iter().filter(|f| needs(f, direction)) {
            members.insert(field.wire.clone(), self.field(field)?);
        }
        if members.is_empty() {
            members.extend(self.first(record));
        }
        Some(Value::Object(members))
    }

    /// The first property with a value, for a record without required properties: in a path or a query, an empty record
    /// could not be distinguished from an absent one.
    fn first(&mut self, record: &Record) -> Option<(String, Value)> {
        let mut written = record.fields.iter().filter(|field| !field.read_only);
        let named = written.find_map(|field| Some((field.wire.clone(), self.described(field)?)));
        named.or_else(|| {
            let value = self.value(&record.rest.as_ref()?.shape)?;
            Some(("sample".to_owned(), value))
        })
    }

    /// Adds the missing required read-only properties at all depths.
    fn complete(&mut self, shape: &Shape, value: &mut Value) {
        let mut shape = shape;
        loop {
            shape = match shape {
                Shape::Nullable(inner) => inner,
                Shape::Named(id) | Shape::Boxed(id) => match &self.api.ty(*id).kind {
                    Kind::Record(record) => return self.complete_record(record, value),
                    Kind::Alias(shape) | Kind::Wrapper(shape) => shape,
                    Kind::Enumeration(_) | Kind::Union(_) => return,
                },
                _ => break,
            };
        }
        match (shape, value) {
            (Shape::List(item), Value::Array(values)) => {
                for value in values {
                    self.complete(item, value);
                }
            }
            (Shape::Map(of), Value::Object(members)) => {
                for value in members.values_mut() {
                    self.complete(of, value);
                }
            }
            _ => {}
        }
    }

    fn complete_record(&mut self, record: &Record, value: &mut Value) {
        let Value::Object(members) = value else {
            return;
        };
        for field in &record.fields {
            match members.get_mut(&field.wire) {
                Some(member) => self.complete(&field.shape, member),
                None if field.read_only && needs(field, Direction::Read) => {
                    members.extend(self.field(field).map(|value| (field.wire.clone(), value)));
                }
                None => {}
            }
        }
    }

    /// The value of a required field.
    fn field(&mut self, field: &Field) -> Option<Value> {
        if let Some(value) = &field.constant {
            return Some(constant(value));
        }
        let value = self.described(field);
        match field.presence {
            Presence::RequiredNullable => Some(value.unwrap_or_default()),
            _ => value,
        }
    }

    /// The example of a field, otherwise a value of its type.
    fn described(&mut self, field: &Field) -> Option<Value> {
        let described = field.sample.as_deref().and_then(parsed);
        described.or_else(|| self.value(&field.shape))
    }

    /// The first alternative with a value, with its tag.
    fn union(&mut self, union: &Union) -> Option<Value> {
        union.alternatives.iter().find_map(|alternative| {
            let mut value = self.value(&alternative.shape)?;
            if let (Some(tag), Some(word), Value::Object(members)) =
                (&union.tag, alternative.tags.first(), &mut value)
            {
                members.insert(tag.clone(), Value::String(word.clone()));
            }
            Some(value)
        })
    }
}

/// Whether a field is required in this direction; a constant always is.
fn needs(field: &Field, direction: Direction) -> bool {
    let left_out = match direction {
        Direction::Read => field.write_only,
        Direction::Written => field.read_only,
    };
    !left_out && (field.presence.is_required() || field.given || field.constant.is_some())
}

fn parsed(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok()
}

fn constant(constant: &Constant) -> Value {
    match constant {
        Constant::String(text) => text.as_str().into(),
        Constant::Bool(value) => (*value).into(),
        Constant::Integer(value) => (*value).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const DESCRIPTION: &str = r##"
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets/{id}:
    post:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
        - {name: limit, in: query, schema: {type: integer, minimum: 10}}
        - {name: mail, in: query, schema: {type: string, format: email}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
      responses: {"204": {description: done}}
components:
  schemas:
    Pet:
      type: object
      required: [name, code, level, kinds, friend, place, parent, tags]
      properties:
        name: {type: string, example: Rex}
        code: {type: string, minLength: 8}
        level: {enum: [low, high]}
        kinds: {type: array, minItems: 2, items: {type: string, maxLength: 3}}
        friend: {oneOf: [{$ref: "#/components/schemas/Pet"}, {type: boolean}]}
        place: {type: [object, "null"], required: [zip], properties: {zip: {type: string}}}
        parent: {anyOf: [{$ref: "#/components/schemas/Pet"}, {type: "null"}]}
        tags: {type: array, items: {$ref: "#/components/schemas/Pet"}}
        note: {type: string}
"##;

    fn api() -> Api {
        let path =
            std::env::temp_dir().join(format!("specwright-sample-{}.yaml", std::process::id()));
        fs::write(&path, DESCRIPTION).unwrap();
        let mut run = crate::check(std::slice::from_ref(&path));
        fs::remove_file(&path).unwrap();
        assert!(
            !run.diagnostics.has_errors(),
            "{}",
            run.render(crate::diagnostic::Format::Short, false)
        );
        run.apis.remove(0)
    }

    #[test]
    fn values_are_what_the_description_allows() {
        let api = api();
        let operation = &api.resources[0].operations[0];
        let least = inputs(&api, operation, Given::Required).unwrap();
        assert_eq!(least.len(), 2);
        let body: Value = serde_json::from_str(&least[1].1).unwrap();
        let wanted = serde_json::json!({
            "name": "Rex", "code": "samplesa", "level": "low", "kinds": ["sam", "sam"],
            "friend": true, "place": { "zip": "sample" }, "parent": null, "tags": [],
        });
        assert_eq!(body, wanted);
        let all = inputs(&api, operation, Given::All).unwrap();
        let values: Vec<&str> = all.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values[0], "\"9bd39495-ad21-40f7-a8a6-9c8cf9d6a822\"");
        assert!(
            values.contains(&"10") && values.contains(&"\"someone@example.com\""),
            "{values:?}"
        );
    }
}
