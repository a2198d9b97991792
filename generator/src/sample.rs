//! Values that fit a shape, made up where the description shows none.

use serde_json::{Map, Value, json};

use crate::model::{Api, Constant, Field, Kind, Presence, Record, Scalar, Shape, TypeId, Union};

/// Which way a value goes: members that are only read are in what comes, those that are only written in what is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the server.
    Read,
    /// To the server.
    Written,
}

/// A value of a shape with nothing but what is required; `None` where that would never end.
pub fn sample(api: &Api, shape: &Shape, direction: Direction) -> Option<Value> {
    let mut sampler = Sampler {
        api,
        direction,
        above: Vec::new(),
    };
    sampler.shape(shape)
}

struct Sampler<'a> {
    api: &'a Api,
    direction: Direction,
    /// The types whose values hold the one that is made.
    above: Vec<TypeId>,
}

impl Sampler<'_> {
    fn shape(&mut self, shape: &Shape) -> Option<Value> {
        Some(match shape {
            Shape::Scalar(kind) => scalar(*kind),
            Shape::Named(id) | Shape::Boxed(id) => return self.named(*id),
            Shape::List(element) => Value::Array(self.shape(element).into_iter().collect()),
            Shape::Nullable(inner) => self.shape(inner).unwrap_or_default(),
            Shape::Tuple(places) => {
                let places = places.iter().map(|place| self.shape(place));
                Value::Array(places.collect::<Option<_>>()?)
            }
            Shape::Map(_) | Shape::Json | Shape::JsonObject => Value::Object(Map::new()),
        })
    }

    fn named(&mut self, id: TypeId) -> Option<Value> {
        if self.above.contains(&id) {
            return None;
        }
        self.above.push(id);
        let api = self.api;
        let value = match &api.ty(id).kind {
            Kind::Record(record) => self.record(record),
            Kind::Enumeration(enumeration) => enumeration
                .variants
                .first()
                .map(|variant| constant(&variant.value)),
            Kind::Union(union) => self.union(union),
            Kind::Alias(shape) | Kind::Wrapper(shape) => self.shape(shape),
        };
        self.above.pop();
        value
    }

    fn record(&mut self, record: &Record) -> Option<Value> {
        let mut members = Map::new();
        let direction = self.direction;
        for field in record.fields.iter().filter(|field| needs(field, direction)) {
            let value = match &field.constant {
                Some(value) => Some(constant(value)),
                None => self.shape(&field.shape),
            };
            let value = match field.presence {
                Presence::RequiredNullable => value.unwrap_or_default(),
                _ => value?,
            };
            members.insert(field.wire.clone(), value);
        }
        Some(Value::Object(members))
    }

    /// The first alternative that ends, with the tag that tells it.
    fn union(&mut self, union: &Union) -> Option<Value> {
        let mut alternatives = union.alternatives.iter();
        alternatives.find_map(|alternative| {
            let mut value = self.shape(&alternative.shape)?;
            if let (Some(tag), Some(word)) = (&union.tag, alternative.tags.first()) {
                value
                    .as_object_mut()?
                    .insert(tag.clone(), word.as_str().into());
            }
            Some(value)
        })
    }
}

/// Whether a member has to be there.
fn needs(field: &Field, direction: Direction) -> bool {
    let left_out = match direction {
        Direction::Read => field.write_only,
        Direction::Written => field.read_only,
    };
    let required = matches!(
        field.presence,
        Presence::Required | Presence::RequiredNullable
    );
    !left_out && (required || field.constant.is_some())
}

fn constant(value: &Constant) -> Value {
    match value {
        Constant::String(text) => text.as_str().into(),
        Constant::Bool(flag) => (*flag).into(),
        Constant::Integer(number) => (*number).into(),
    }
}

fn scalar(kind: Scalar) -> Value {
    match kind {
        Scalar::String | Scalar::Secret | Scalar::File => json!("sample"),
        Scalar::Bool => json!(true),
        Scalar::I32 | Scalar::I64 | Scalar::U64 => json!(7),
        Scalar::F32 | Scalar::F64 => json!(1.5),
        Scalar::Uuid => json!("9bd39495-ad21-40f7-a8a6-9c8cf9d6a822"),
        Scalar::Date => json!("2020-03-27"),
        Scalar::Timestamp => json!("2020-03-27T12:56:34Z"),
        Scalar::Base64 => json!("c2FtcGxl"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::json;

    use super::*;

    const DESCRIPTION: &str = r"
openapi: 3.1.0
info: {title: Zoo, version: '1'}
components:
  schemas:
    Pet:
      type: object
      required: [name, kind, id, secret, owner, tags, best]
      properties:
        name: {type: string}
        kind: {enum: [cat, dog]}
        id: {type: integer, readOnly: true}
        secret: {type: string, writeOnly: true}
        owner: {type: [object, 'null'], required: [pet], properties: {pet: {$ref: '#/components/schemas/Pet'}}}
        tags: {type: array, items: {type: string, format: uuid}}
        best: {$ref: '#/components/schemas/Choice'}
        nick: {type: string}
    Choice:
      oneOf: [{$ref: '#/components/schemas/Pet'}, {$ref: '#/components/schemas/Leaf'}]
      discriminator: {propertyName: type, mapping: {pet: '#/components/schemas/Pet', leaf: '#/components/schemas/Leaf'}}
    Leaf: {type: object, required: [type], properties: {type: {type: string}, at: {type: string, format: date}}}
";

    fn made_up(name: &str, direction: Direction) -> Option<Value> {
        let dir = std::env::temp_dir().join(format!("specwright-sample-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let path = dir.join(format!("{name}-{direction:?}.yaml"));
        fs::write(&path, DESCRIPTION).unwrap();
        let run = crate::check(&[path]);
        fs::remove_dir_all(&dir).ok();
        let api = &run.apis[0];
        let at = api.types.iter().position(|ty| ty.name.plain() == name);
        let id = TypeId(u32::try_from(at.unwrap()).unwrap());
        sample(api, &Shape::Named(id), direction)
    }

    #[test]
    fn a_value_has_what_is_required_in_its_direction() {
        let id = "9bd39495-ad21-40f7-a8a6-9c8cf9d6a822";
        let read = json!({"name": "sample", "kind": "cat", "id": 7, "owner": null, "tags": [id], "best": {"type": "leaf"}});
        assert_eq!(made_up("Pet", Direction::Read), Some(read));
        let written = made_up("Pet", Direction::Written).unwrap();
        assert_eq!(written["secret"], "sample");
        assert!(written.get("id").is_none() && written.get("nick").is_none());
    }
}
