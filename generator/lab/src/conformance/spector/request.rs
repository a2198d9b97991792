//! Converts an expected request to the inputs of an operation.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};
use specwright::internals::emit::{Plan, argument};
use specwright::internals::model::{
    Api, Body, Codec, Constant, Encoding, Input, InputLocation, Kind, Media, Operation, Resource,
    Scalar, Shape, Style,
};
use specwright::internals::sample::{self, Given};

use super::{Content, Expected};

/// An operation that a request can come from.
pub(super) struct Found<'a> {
    pub(super) resource: &'a Resource,
    pub(super) operation: &'a Operation,
    /// The prefix of the path of the operation.
    pub(super) prefix: String,
    /// The parameters in the path.
    path: Vec<(String, String)>,
}

impl<'a> Found<'a> {
    /// Finds the operation that matches best: by method, the shortest prefix, the fewest path parameters, and the media
    /// type of the body.
    pub(super) fn find(api: &'a Api, expected: &Expected) -> Option<Self> {
        let all = api.resources.iter().flat_map(|resource| {
            let operations = resource.operations.iter();
            operations.map(move |operation| (resource, operation))
        });
        let same = all.filter(|(_, operation)| operation.method == expected.method);
        let found = same.filter_map(|(resource, operation)| {
            let (prefix, path) = located(&operation.path, &expected.uri)?;
            Some(Self {
                resource,
                operation,
                prefix,
                path,
            })
        });
        found.min_by_key(|found| {
            let fits = takes(found.operation, expected.body.as_ref());
            (found.prefix.len(), found.path.len(), !fits)
        })
    }

    /// Returns the Rust expression of the call, for the client `client`, or the input that has no value.
    pub(super) fn call(&self, plan: &Plan<'_>, expected: &Expected) -> Result<String, String> {
        let (api, operation) = (plan.api(), self.operation);
        let samples = sample::inputs(api, operation, Given::Required).unwrap_or_default();
        let (mut arguments, mut setters) = (Vec::new(), String::new());
        for (at, input) in operation.inputs.iter().enumerate() {
            let sample = samples.iter().find(|(index, _)| *index == at);
            let made = self.value(plan, input, expected);
            let value = made.or_else(|| {
                let (_, json) = sample?;
                Some(argument(plan, operation, input, json))
            });
            match (input.required, value) {
                (true, Some(value)) => arguments.push(value),
                (true, None) => return Err(format!("the input `{}` has no value", input.name)),
                (false, Some(value)) => drop(write!(setters, ".{}({value})", input.name)),
                (false, None) => {}
            }
        }
        let arguments = arguments.join(", ");
        let (module, name) = (&self.resource.module, &operation.name);
        let headers = self.headers(expected);
        Ok(format!(
            "client.{module}().{name}({arguments}){setters}{headers}"
        ))
    }

    /// Returns the headers with media types that the description leaves to the caller.
    fn headers(&self, expected: &Expected) -> String {
        let accept = header(&expected.headers, "accept").and_then(Value::as_str);
        let accept = accept.filter(|accept| self.operation.accept != [*accept]);
        let content = match (&self.operation.body, &expected.body) {
            (Body::Whole(media), Some(content)) if media.content_type.contains('*') => {
                Some(content.media.as_str())
            }
            _ => None,
        };
        let mut text = String::new();
        for (name, value) in [("accept", accept), ("content-type", content)] {
            if let Some(value) = value {
                let _ = write!(text, ".with_header({name:?}, {value:?})");
            }
        }
        text
    }

    /// Returns the value of an input as Rust.
    fn value(&self, plan: &Plan<'_>, input: &Input, expected: &Expected) -> Option<String> {
        let api = plan.api();
        let value = match &input.location {
            InputLocation::Path(encoding) => {
                let (_, text) = self.path.iter().find(|(name, _)| *name == input.wire)?;
                read(api, &input.shape, &json!(text), encoding)
            }
            InputLocation::Query(encoding) => {
                let value = expected.query.get(&input.wire)?;
                read(api, &input.shape, value, encoding)
            }
            InputLocation::Header(encoding) => {
                let value = header(&expected.headers, &input.wire)?;
                read(api, &input.shape, value, encoding)
            }
            InputLocation::Cookie(_) => return None,
            InputLocation::Property => {
                let (Body::Properties(media) | Body::Whole(media)) = &self.operation.body else {
                    return None;
                };
                let properties = whole(media, expected.body.as_ref()?)?;
                with_strings(api, &input.shape, properties.get(&input.wire)?.clone())
            }
            InputLocation::Body => {
                let Body::Whole(media) = &self.operation.body else {
                    return None;
                };
                let content = expected.body.as_ref()?;
                if media.codec == Codec::Bytes {
                    return Some(byte_literal(content));
                }
                let value = whole(media, content)?;
                match media.codec {
                    Codec::Multipart => with_strings(api, &input.shape, value),
                    _ => value,
                }
            }
        };
        Some(argument(plan, self.operation, input, &value.to_string()))
    }
}

/// Whether an operation sends bodies of this media type, or no body if none is expected.
fn takes(operation: &Operation, content: Option<&Content>) -> bool {
    match (&operation.body, content) {
        (Body::Whole(media) | Body::Properties(media), Some(content)) => {
            media.content_type.starts_with(&content.media)
        }
        (body, content) => (*body == Body::None) == content.is_none(),
    }
}

fn header<'a>(headers: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let mut headers = headers.iter();
    let found = headers.find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}

/// Reads a body that is not bytes as a JSON value.
fn whole(media: &Media, content: &Content) -> Option<Value> {
    if let Some(parts) = &content.parts {
        let mut properties = parts.clone();
        for (name, file) in &content.files {
            match properties.get_mut(name) {
                Some(Value::Array(files)) => files.push(json!(file)),
                Some(first) => *first = json!([first.take(), file]),
                None => drop(properties.insert(name.clone(), json!(file))),
            }
        }
        return Some(Value::Object(properties));
    }
    let text = content.text.as_ref()?;
    let json = serde_json::from_str(text).ok();
    if media.codec == Codec::Text && content.media != "application/json" {
        return Some(json!(text));
    }
    json
}

/// Converts the numbers of a multipart body to strings where the description has strings.
fn with_strings(api: &Api, shape: &Shape, value: Value) -> Value {
    match (api.resolved(shape), value) {
        (Shape::Named(id), Value::Object(properties)) => {
            let Kind::Record(record) = &api.ty(*id).kind else {
                return Value::Object(properties);
            };
            let properties = properties.into_iter().map(|(name, value)| {
                let field = record.fields.iter().find(|field| field.wire == name);
                match field {
                    Some(field) => (name, with_strings(api, &field.shape, value)),
                    None => (name, value),
                }
            });
            Value::Object(properties.collect())
        }
        (Shape::Scalar(Scalar::String), Value::Number(number)) => json!(number.to_string()),
        (_, value) => value,
    }
}

fn byte_literal(content: &Content) -> String {
    let bytes = match (&content.bytes, &content.text) {
        (Some(bytes), _) => bytes.as_slice(),
        (None, Some(text)) => text.as_bytes(),
        (None, None) => &[],
    };
    format!("::api::Bytes::from_static(b\"{}\")", bytes.escape_ascii())
}

/// Reads a value of this shape from a path, a query or a header.
fn read(api: &Api, shape: &Shape, value: &Value, encoding: &Encoding) -> Value {
    let parsed = || {
        let text = value.as_str()?;
        serde_json::from_str(text).ok()
    };
    match (api.resolved(shape), value) {
        (Shape::Nullable(inner), _) => read(api, inner, value, encoding),
        (Shape::List(item), Value::String(text)) => {
            let items = text.split(delimiter(encoding)).map(|item| json!(item));
            items
                .map(|value| read(api, item, &value, encoding))
                .collect()
        }
        (Shape::Scalar(scalar), _) if is_text(*scalar) => match value {
            Value::String(_) => value.clone(),
            other => json!(other.to_string()),
        },
        (Shape::Named(id), _) if is_string_enum(api, *id) => value.clone(),
        _ => parsed().unwrap_or_else(|| value.clone()),
    }
}

fn delimiter(encoding: &Encoding) -> char {
    match encoding {
        Encoding::Style {
            style: Style::SpaceDelimited,
            ..
        } => ' ',
        Encoding::Style {
            style: Style::PipeDelimited,
            ..
        } => '|',
        _ => ',',
    }
}

fn is_text(scalar: Scalar) -> bool {
    use Scalar::{Bool, Decimal, F64, I32, I64, U64};
    !matches!(scalar, Bool | Decimal | F64 | I32 | I64 | U64)
}

/// Whether the values of a type are strings.
fn is_string_enum(api: &Api, id: specwright::internals::model::TypeId) -> bool {
    match &api.ty(id).kind {
        Kind::Enumeration(enumeration) => {
            let mut variants = enumeration.variants.iter();
            variants.all(|variant| matches!(variant.value, Constant::String(_)))
        }
        _ => false,
    }
}

/// Matches a path template with the end of a URL. Returns the prefix, and the parameters.
fn located(template: &str, uri: &str) -> Option<(String, Vec<(String, String)>)> {
    let starts = uri.match_indices('/').map(|(at, _)| at);
    starts.chain([uri.len()]).find_map(|at| {
        let (prefix, rest) = uri.split_at(at);
        // The path `/` matches the end of any URL.
        let rest = if rest.is_empty() { "/" } else { rest };
        Some((prefix.to_owned(), captured(template, rest)?))
    })
}

/// Returns the parameters of a path.
fn captured(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let Some((literal, rest)) = template.split_once('{') else {
        return (template == path).then(Vec::new);
    };
    let (name, template) = rest.split_once('}')?;
    let path = path.strip_prefix(literal)?;
    let end = path.find('/').unwrap_or(path.len());
    let mut ends = (1..=end).rev().filter(|end| path.is_char_boundary(*end));
    ends.find_map(|end| {
        let (value, path) = path.split_at(end);
        let mut found = captured(template, path)?;
        found.push((name.to_owned(), value.to_owned()));
        Some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_found_at_the_end_of_an_address() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(located("/a", "/a"), Some((String::new(), vec![])));
        assert_eq!(
            located("/pets/{id}:feed", "/v1/pets/7:feed"),
            Some(("/v1".to_owned(), vec![pair("id", "7")]))
        );
        assert_eq!(located("/", "/v1"), Some(("/v1".to_owned(), vec![])));
        assert_eq!(located("/pets/{id}", "/pets/7/toys"), None);
    }
}
