//! JSON values of any type.

use std::borrow::Cow;

use crate::codec::std_types::collections::map_codec;
use crate::codec::{
    Array, Decode, Encode, Entries, Fill, Fit, Mismatch, Mode, Scalar, View, Walk, Whole,
};

/// Any JSON value.
pub type Json = serde_json::Value;

/// A JSON object with any properties.
pub type JsonObject = serde_json::Map<String, Json>;

impl Decode for Json {
    fn empty() -> Self {
        Self::Null
    }

    fn expected(&self) -> Cow<'static, str> {
        "a JSON value".into()
    }

    fn scalar(&mut self, scalar: Scalar<'_>, _: Mode) -> Result<(), Mismatch> {
        *self = match scalar {
            Scalar::Null => Self::Null,
            Scalar::Bool(value) => value.into(),
            Scalar::Integer(value) => value.into(),
            Scalar::Unsigned(value) => value.into(),
            Scalar::Float(value) => value.into(),
            Scalar::Text(text) => text.into(),
        };
        Ok(())
    }

    fn array(&mut self) -> Result<&mut dyn Array, Mismatch> {
        *self = Self::Array(Vec::new());
        Ok(self)
    }

    fn object(&mut self, fill: &mut Fill<'_>) -> Result<(), Mismatch> {
        let mut properties = JsonObject::new();
        properties.object(fill)?;
        *self = Self::Object(properties);
        Ok(())
    }

    fn whole(&mut self) -> Option<&mut dyn Whole> {
        Some(self)
    }
}

impl Whole for Json {
    fn look<'v>(&self, _: &'v Json, _: &mut Walk<'v>) -> Option<Fit> {
        Some(Fit::default())
    }

    fn take<'v>(&mut self, json: &'v Json, _: &mut Walk<'v>) {
        self.clone_from(json);
    }
}

impl Array for Json {
    fn element(&mut self, index: usize) -> Result<&mut dyn Decode, Mismatch> {
        match self {
            Self::Array(elements) => elements.element(index),
            _ => Err(Mismatch::expected("an array")),
        }
    }
}

impl Encode for Json {
    fn view(&self) -> View<'_> {
        View::Json(self)
    }
}

map_codec!(JsonObject);

impl Entries for JsonObject {
    fn entry(&mut self, key: String) -> &mut dyn Decode {
        let entry = self.entry(key).and_modify(|slot| *slot = Json::Null);
        entry.or_insert(Json::Null)
    }
}
