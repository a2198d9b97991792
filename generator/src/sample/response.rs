//! Example responses: the example of the description, otherwise a sample of what is read.

use serde_json::Value;

use super::Direction;
use crate::model::{Api, Field, Kind, Operation, Output, Presence, Shape, StatusRange};

/// The required headers of the response, with values.
pub(crate) fn response_headers(api: &Api, operation: &Operation) -> Vec<(String, String)> {
    let status = operation.success.status;
    let of_success = |known: &StatusRange| match *known {
        StatusRange::Code(code) => code == status,
        StatusRange::Range(hundreds) => u16::from(hundreds) == status / 100,
        StatusRange::Default => true,
    };
    let mut sets = operation.headers.iter();
    let set = sets.find(|set| set.statuses.is_empty() || set.statuses.iter().any(of_success));
    let Some(Kind::Record(record)) = set.map(|set| &api.ty(set.ty).kind) else {
        return Vec::new();
    };
    let required = record.fields.iter();
    let required = required.filter(|field| field.presence == Presence::Required);
    let header = |field: &Field| {
        let shown = field.sample.as_deref();
        let shown = shown.and_then(|text| serde_json::from_str(text).ok());
        let value = shown.or_else(|| super::value(api, &field.shape, Direction::Read))?;
        let text = if field.json_text {
            value.to_string()
        } else {
            simple(&value)
        };
        let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        is_plain.then(|| (field.wire.clone(), text))
    };
    required.filter_map(header).collect()
}

/// Serializes a value in the style `simple`: `a,b` or `k=v,k=v`.
fn simple(value: &Value) -> String {
    let parts: Vec<String> = match value {
        Value::String(text) => return text.clone(),
        Value::Array(items) => items.iter().map(simple).collect(),
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, value)| format!("{name}={}", simple(value)));
            members.collect()
        }
        other => return other.to_string(),
    };
    parts.join(",")
}

/// The body of an example response.
pub(crate) enum Body {
    Json(Value),
    Text(String),
}

impl Body {
    /// Indented JSON.
    pub(crate) fn long(&self) -> String {
        match self {
            // Serializing a `Value` cannot fail.
            Self::Json(value) => serde_json::to_string_pretty(value).unwrap_or_default(),
            Self::Text(text) => text.clone(),
        }
    }

    /// In as few lines as possible.
    pub(crate) fn short(&self) -> String {
        match self {
            Self::Json(value) => value.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// The body of the example response of an operation; `None` if it has none.
pub(crate) fn response_body(api: &Api, operation: &Operation) -> Option<Body> {
    let shown = operation.success.example.as_deref();
    let shown = shown.and_then(|text| serde_json::from_str::<Value>(text).ok());
    let output = match &operation.output {
        Output::OneOf { cases, .. } => &cases.first()?.output,
        output => output,
    };
    let made_up = |shape| super::value(api, shape, Direction::Read).unwrap_or_default();
    Some(match (output, shown) {
        (Output::Json(..) | Output::Any, Some(value)) => Body::Json(value),
        (Output::Any, None) => Body::Json(made_up(&Shape::Json)),
        (Output::Json(shape, _), None) => Body::Json(made_up(shape)),
        (Output::Text, Some(Value::String(text))) => Body::Text(text),
        (Output::Text | Output::Bytes, _) => Body::Text("sample".to_owned()),
        (Output::Events(Some(shape)), item) => {
            let data = item.unwrap_or_else(|| made_up(shape));
            Body::Text(format!("data: {data}\n\n"))
        }
        (Output::Events(None), _) => Body::Text("data: sample\n\n".to_owned()),
        (Output::JsonLines(shape), item) => {
            let line = item.unwrap_or_else(|| made_up(shape));
            Body::Text(format!("{line}\n"))
        }
        (Output::Empty | Output::OneOf { .. }, _) => return None,
    })
}
