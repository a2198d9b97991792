//! Bodies without a schema.

use bytes::Bytes;

use super::Json;

/// The body of a response without a schema, decoded by its `Content-Type`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AnyBody {
    /// JSON. An empty body is null.
    Json(Json),
    /// Text: CSV, XML, HTML and the like.
    Text(String),
    /// Anything else.
    Bytes(Bytes),
}

impl AnyBody {
    /// Returns the JSON value, if the body is JSON.
    pub fn as_json(&self) -> Option<&Json> {
        match self {
            Self::Json(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the text, if the body is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the JSON value. Text becomes a JSON string, and bytes become `None`.
    pub fn into_json(self) -> Option<Json> {
        match self {
            Self::Json(value) => Some(value),
            Self::Text(text) => Some(text.into()),
            Self::Bytes(_) => None,
        }
    }
}

impl PartialEq<Json> for AnyBody {
    fn eq(&self, other: &Json) -> bool {
        self.as_json() == Some(other)
    }
}
