//! Bodies that the description has no schema for.

use bytes::Bytes;

use super::Json;

/// The body of a response that the description has no schema for. Its `Content-Type` says what it is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AnyBody {
    /// JSON. An empty body is null.
    Json(Json),
    /// Text: CSV, XML, HTML and the like.
    Text(String),
    /// Anything else, as it came.
    Bytes(Bytes),
}

impl AnyBody {
    /// Returns the JSON value, where the body is JSON.
    pub fn as_json(&self) -> Option<&Json> {
        match self {
            Self::Json(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the text, where the body is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the JSON value. A text becomes a JSON string, and bytes give `None`.
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
