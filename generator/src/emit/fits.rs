//! Which alternative of a union a value of the description is.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use crate::model::{Alternative, Api, Constant, Field, Kind, Record, Scalar, Shape, Union};

/// The alternative that the tag or the value itself selects.
pub(super) fn alternative<'u>(api: &Api, union: &'u Union, json: &Json) -> Option<&'u Alternative> {
    let mut alternatives = union.alternatives.iter();
    let Some(name) = &union.tag else {
        let mut fitting = alternatives.filter(|one| can_be(api, &one.shape, json));
        let first = fitting.next()?;
        return fitting.next().is_none().then_some(first);
    };
    let tag = json.get(name)?.as_str()?;
    let fitting = alternatives.find(|one| one.tags.iter().any(|known| known == tag))?;
    // If the value itself has no tag, the first one is sent.
    let is_sent = fitting.tags.first().is_some_and(|first| first == tag)
        || has_tag(api, &fitting.shape, name);
    is_sent.then_some(fitting)
}

fn has_tag(api: &Api, shape: &Shape, name: &str) -> bool {
    let (Shape::Named(id) | Shape::Boxed(id)) = api.resolved(shape) else {
        return false;
    };
    match &api.ty(*id).kind {
        Kind::Record(record) => record.fields.iter().any(|field| field.wire == name),
        kind => matches!(kind, Kind::Union(_)),
    }
}

/// Whether a value may be of this shape: its JSON types and the names of its properties fit.
fn can_be(api: &Api, shape: &Shape, json: &Json) -> bool {
    match api.resolved(shape) {
        Shape::Scalar(Scalar::Bool) => json.is_boolean(),
        Shape::Scalar(scalar) if scalar.is_number() => json.is_number(),
        Shape::Scalar(_) => json.is_string(),
        Shape::List(item) => {
            let items = json.as_array();
            items.is_some_and(|items| items.iter().all(|json| can_be(api, item, json)))
        }
        Shape::Map(_) | Shape::JsonObject => json.is_object(),
        Shape::Nullable(inner) => json.is_null() || can_be(api, inner, json),
        Shape::Named(id) | Shape::Boxed(id) => match &api.ty(*id).kind {
            Kind::Record(record) => {
                let members = json.as_object();
                members.is_some_and(|members| has_fields(api, record, members))
            }
            Kind::Enumeration(enumeration) => {
                let mut variants = enumeration.variants.iter();
                variants.any(|variant| has_value(&variant.value, json))
            }
            Kind::Union(_) | Kind::Alias(_) | Kind::Wrapper(_) => true,
        },
        Shape::Tuple(_) | Shape::Json | Shape::Own(_) => true,
    }
}

fn has_fields(api: &Api, record: &Record, json: &Map<String, Json>) -> bool {
    let fields = record.fields.iter().map(|field| (&*field.wire, field));
    let fields: HashMap<&str, &Field> = fields.collect();
    let mut required = record.fields.iter().filter(|field| field.is_argument());
    required.all(|field| json.contains_key(&field.wire))
        && json
            .iter()
            .all(|(name, json)| match fields.get(name.as_str()) {
                Some(field) => match &field.constant {
                    Some(constant) => has_value(constant, json),
                    None => json.is_null() || can_be(api, &field.shape, json),
                },
                None => record.rest.is_some(),
            })
}

/// Whether a value is this constant.
pub(super) fn has_value(constant: &Constant, json: &Json) -> bool {
    match constant {
        Constant::String(text) => json.as_str() == Some(text),
        Constant::Integer(number) => json.as_i64() == Some(*number),
        Constant::Bool(flag) => json.as_bool() == Some(*flag),
    }
}
